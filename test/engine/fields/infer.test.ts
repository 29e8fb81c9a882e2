import type { Cell, ColumnFormat } from '../../../engine/dataset';
import { inferColumns } from '../../../engine/fields';

const infer = (cells: Cell[]) => {
	const [inferred] = inferColumns(
		[{ name: 'x' }],
		cells.map((cell) => [cell]),
	);
	if (inferred === undefined) throw new Error('no column');
	return inferred;
};

test.each<[string, Cell[], string | undefined, ColumnFormat | undefined, string]>([
	['no values', [null, '', '  '], undefined, undefined, 'empty'],
	['words', ['Berlin', 'Paris'], 'text', undefined, 'text'],
	['whole numbers', ['1', '-2', ' 30 '], 'integer', {}, 'whole numbers in 3 cells'],
	['0 and 1', ['0', '1', '1'], 'integer', {}, 'whole numbers in 3 cells'],
	['leading zeros', ['00123', '4567'], 'text', undefined, 'leading zeros in 1 cell'],
	[
		'long ids',
		['1234567890123456', '12'],
		'text',
		undefined,
		'ids of more than 15 digits in 1 cell',
	],
	[
		'a decimal point',
		['1.5', '1,234.50'],
		'decimal',
		{ decimalSign: '.' },
		'decimal numbers, decimal point: 2 cells for it, none against',
	],
	[
		'a decimal comma',
		['1,5', '2'],
		'decimal',
		{ decimalSign: ',' },
		'decimal numbers, decimal comma: 1 cell for it, none against',
	],
	[
		'a repeated sign',
		['1.234', '1.234.567'],
		'integer',
		{ decimalSign: ',' },
		'whole numbers, decimal comma: 1 cell for it, none against',
	],
	[
		'a sign that one cell decides',
		['1.234', '5.678', '0.5'],
		'decimal',
		{ decimalSign: '.' },
		'decimal numbers, decimal point: 1 cell for it, none against',
	],
	[
		'numbers that fit both signs',
		['1.234', '5.678', '12'],
		'text',
		{ ambiguous: 'decimal-sign' },
		'ambiguous: 2 cells fit both a decimal point and a decimal comma',
	],
	[
		'amounts',
		['1.234,50 €', '(5,00 €)'],
		'decimal',
		{ decimalSign: ',' },
		'decimal numbers (€), decimal comma: 2 cells for it, none against',
	],
	['amounts in two currencies', ['5,00 €', '$5.00'], 'text', undefined, 'amounts in € and $'],
	['percent', ['5 %', '12 %', '0'], 'decimal', {}, 'decimal numbers (percent) in 3 cells'],
	['percent here and there', ['5 %', '12'], 'text', undefined, 'a percent sign in 1 of 2 numbers'],
	['JavaScript integers', [1, 2], 'integer', {}, 'whole numbers in 2 cells'],
	['JavaScript numbers', [1, 2.5], 'decimal', {}, 'decimal numbers in 2 cells'],
	['true and false', ['true', 'FALSE'], 'boolean', {}, 'only the words true, false'],
	['JavaScript booleans', [true, false], 'boolean', {}, 'only the words true, false'],
	['ja and nein', ['ja', 'Nein', 'ja'], 'boolean', {}, 'only the words ja, nein'],
	['y alone', ['y', 'y'], 'text', undefined, 'text'],
	['y and n', ['y', 'n'], 'boolean', {}, 'only the words y, n'],
	[
		'ISO dates',
		['2024-12-31', '2024-01-02'],
		'date',
		{ dateOrder: 'ymd' },
		'dates, year first or with the name of the month, in 2 cells',
	],
	[
		'dates, day first',
		['31.12.2024', '01.02.2024'],
		'date',
		{ dateOrder: 'dmy' },
		'dates, day first: the first part is above 12 in 1 cell, the second part in none',
	],
	[
		'dates, month first',
		['12/31/2024', '1/2/2024'],
		'date',
		{ dateOrder: 'mdy' },
		'dates, month first: the second part is above 12 in 1 cell, the first part in none',
	],
	[
		'dates that fit both orders',
		['01.02.2024', '03.04.2024'],
		'text',
		{ ambiguous: 'date-order' },
		'ambiguous: 2 cells fit both day-first and month-first',
	],
	[
		'dates that are the same both ways',
		['01.01.2024', '02.02.2024'],
		'date',
		{},
		'dates in 2 cells, each the same day in any order',
	],
	[
		'dates with a time',
		['31.12.2024 10:15', '01.02.2024'],
		'date-time',
		{ dateOrder: 'dmy' },
		'dates with a time, day first: the first part is above 12 in 1 cell, the second part in none',
	],
	[
		'dates at midnight',
		['2024-12-31 00:00:00', '2024-01-02 00:00:00'],
		'date',
		{ dateOrder: 'ymd' },
		'dates, year first or with the name of the month, in 2 cells',
	],
	[
		'dates with names of months',
		['31 Dec 2024', 'Jan 5, 2024'],
		'date',
		{ dateOrder: 'ymd' },
		'dates, year first or with the name of the month, in 2 cells',
	],
	['times', ['9:30', '10:15:00'], 'time', {}, 'times of day in 2 cells'],
	['e-mail addresses', ['a@b.de', 'c.d@example.com '], 'email', {}, 'e-mail addresses in 2 cells'],
	['web addresses', ['https://a.de/x', 'www.b.com'], 'url', {}, 'web addresses in 2 cells'],
	[
		'phone numbers with a plus',
		['+49 30 123456', '+493012345678'],
		'phone',
		{},
		'phone numbers in 2 cells',
	],
	[
		'phone numbers in groups',
		['555 123 456', '555 987 654'],
		'phone',
		{},
		'phone numbers in 2 cells',
	],
	[
		'American phone numbers',
		['(415) 555-1234', '415-555-9876'],
		'phone',
		{},
		'phone numbers in 2 cells',
	],
	[
		'numbers in groups beside short ones',
		['1 234 567', '12', '1 234'],
		'integer',
		{},
		'whole numbers in 3 cells',
	],
	['social security numbers', ['123-45-6789', '987-65-4321'], 'text', undefined, 'text'],
	['ZIP+4 codes', ['12345-6789', '98765-4321'], 'text', undefined, 'text'],
	['IP addresses', ['192.168.1.10', '10.0.0.1'], 'text', undefined, 'text'],
	['ids with an E', ['12E45', '34E56'], 'text', undefined, 'text'],
	['records', [{ a: 1 }, '{"b":2}'], 'json', {}, 'lists or records in 2 cells'],
])('a column of %s', (_, cells, type, format, evidence) => {
	const inferred = infer(cells);
	expect(inferred.column).toEqual({ name: 'x', ...(type && { type }), ...(format && { format }) });
	expect(inferred.evidence).toBe(evidence);
	expect(inferred.misfits).toEqual([]);
});

test('a type holds when at least 90 % of the filled cells fit, and the others are named', () => {
	const cells = [
		...Array.from({ length: 18 }, (_, index) => String(index + 1)),
		'n/a',
		'none',
		null,
	];
	const { column, filled, fits, misfits } = infer(cells);
	expect({ type: column.type, filled, fits, misfits }).toEqual({
		type: 'integer',
		filled: 20,
		fits: 18,
		misfits: ['n/a', 'none'],
	});
});

test('below 90 % the column stays text and says how close it was', () => {
	const { column, evidence } = infer(['1', '2', '3', '4', 'five']);
	expect(column.type).toBe('text');
	expect(evidence).toBe('text: as integer, only 4 of 5 cells fit (whole numbers in 4 cells)');
});

test('at most three misfits are named, cut to a readable length', () => {
	const { misfits } = infer([...Array.from({ length: 60 }, () => '1'), 'a', 'b', 'c', 'd', 'e']);
	expect(misfits).toEqual(['a', 'b', 'c']);
});

test('a column whose dates contradict each other stays text', () => {
	const { column, evidence } = infer(['31.12.2024', '30.11.2024', '12.31.2024', '11.30.2024']);
	expect(column).toEqual({ name: 'x', type: 'text' });
	expect(evidence).toBe(
		'text: as date, only 2 of 4 cells fit (dates, day first: the first part is above 12 in 2 cells, the second part in 2)',
	);
});

test('one date that does not exist does not change the type of the column', () => {
	const days = Array.from({ length: 19 }, (_, index) => `${index + 10}.01.2024`);
	expect(infer([...days, '31.02.2024'])).toMatchObject({
		column: { type: 'date', format: { dateOrder: 'dmy' } },
		fits: 19,
		misfits: ['31.02.2024'],
	});
});

test('formula errors are misfits of every type, text included', () => {
	const cells = [...Array.from({ length: 9 }, () => 'a'), '#REF!'];
	expect(infer(cells)).toMatchObject({ column: { type: 'text' }, fits: 9, misfits: ['#REF!'] });
});

test('every column is judged by itself, and rows may be short', () => {
	const inferred = inferColumns(
		[{ name: 'a' }, { name: 'b', type: 'text' }],
		[['1', 'a@b.de'], ['2']],
	);
	expect(inferred.map(({ column }) => column.type)).toEqual(['integer', 'email']);
});
