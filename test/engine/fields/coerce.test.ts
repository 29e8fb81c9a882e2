import type { Cell, ColumnFormat, ColumnType } from '../../../engine/dataset';
import { compileCoercion, Misfit, type FieldSpec } from '../../../engine/fields';

const coerce = (
	type: ColumnType | undefined,
	cell: Cell,
	format?: ColumnFormat,
	field: Partial<FieldSpec> = {},
) => {
	const value = compileCoercion({ name: 'f', type, ...field }, { name: 'c', format })(cell);
	return value instanceof Misfit ? `${value.code}: ${value.message}` : value;
};

const dayFirst: ColumnFormat = { dateOrder: 'dmy' };
const comma: ColumnFormat = { decimalSign: ',' };

test.each<[ColumnType, Cell, Cell, ColumnFormat?]>([
	['text', ' a ', ' a '],
	['text', 12, '12'],
	['text', 1e21, '1000000000000000000000'],
	['text', true, 'true'],
	['text', { a: [1] }, '{"a":[1]}'],
	['text', '#N/A', '#N/A'],
	['text', '#hashtag', '#hashtag'],
	['text', '#REF!', 'CELL_FORMULA_ERROR: The cell holds the formula error #REF!'],
	['integer', '12', 12],
	['integer', '1.234', 1234, comma],
	['integer', '12.00', 12],
	['integer', '9007199254740991', 9007199254740991],
	['integer', '9007199254740993', '9007199254740993'],
	['integer', '-123456789012345678901', '-123456789012345678901'],
	['integer', 12, 12],
	['integer', '12,5', 'CELL_NUMBER: "12,5" is not a whole number', comma],
	['integer', 12.5, 'CELL_NUMBER: "12.5" is not a whole number'],
	['integer', 'abc', 'CELL_NUMBER: "abc" is not a number'],
	['integer', '#N/A', 'CELL_FORMULA_ERROR: The cell holds the formula error #N/A'],
	['integer', true, 'CELL_NUMBER: "true" is not a number'],
	[
		'integer',
		'1.234',
		'CELL_NUMBER_AMBIGUOUS: "1.234" is 1.234 with a decimal point and 1234 with a decimal comma',
	],
	['decimal', '1.234,50', 1234.5, comma],
	['decimal', '-1234567890.123456789', '-1234567890.123456789', { decimalSign: '.' }],
	['decimal', '12,5 %', 0.125, comma],
	['decimal', '(5)', -5],
	['decimal', 'abc', 'CELL_NUMBER: "abc" is not a number (decimal comma)', comma],
	['decimal', '1.5', 1.5],
	[
		'decimal',
		'1.234',
		'CELL_NUMBER_AMBIGUOUS: "1.234" is 1.234 with a decimal point and 1234 with a decimal comma',
		{ ambiguous: 'decimal-sign' },
	],
	['boolean', 'Ja', true],
	['boolean', '0', false],
	['boolean', 1, true],
	['boolean', false, false],
	['boolean', 'maybe', 'CELL_BOOLEAN: "maybe" is neither true nor false'],
	['boolean', 2, 'CELL_BOOLEAN: "2" is neither true nor false'],
	['date', '31.12.2024', '2024-12-31', dayFirst],
	['date', '2024-12-31', '2024-12-31', dayFirst],
	['date', '2024-12-31T00:00:00', '2024-12-31'],
	['date', '2024-12-31T00:00:00.000Z', '2024-12-31'],
	[
		'date',
		'2024-12-31T10:00:00',
		'CELL_DATE: "2024-12-31T10:00:00" has a time of day, and the field holds a date',
	],
	['date', '31.02.2024', 'CELL_DATE: "31.02.2024" is not a date (day first)', dayFirst],
	['date', '25.12.2024', '2024-12-25'],
	[
		'date',
		'05.06.2024',
		'CELL_DATE_AMBIGUOUS: "05.06.2024" is 2024-06-05 with the day first and 2024-05-06 with the month first',
		{ ambiguous: 'date-order' },
	],
	['date', 45000, 'CELL_DATE: "45000" is a number and not a date'],
	['date-time', '31.12.2024', '2024-12-31T00:00:00', dayFirst],
	['date-time', '31.12.2024 10:15', '2024-12-31T10:15:00', dayFirst],
	['date-time', '2024-12-31T10:15:00.5+01:00', '2024-12-31T10:15:00.500+01:00'],
	['time', '9:30 pm', '21:30:00'],
	['time', '25:00', 'CELL_TIME: "25:00" is not a time of day'],
	['email', ' Ada@Example.com ', 'Ada@Example.com'],
	['email', 'jürgen@müller.de', 'jürgen@müller.de'],
	['email', 'ada@example', 'CELL_EMAIL: "ada@example" is not an e-mail address'],
	['email', 'a..b@example.com', 'CELL_EMAIL: "a..b@example.com" is not an e-mail address'],
	['email', 5, 'CELL_EMAIL: "5" is not an e-mail address'],
	['phone', '+49 (30) 123-456', '+49 (30) 123-456'],
	['phone', '030/1234567 ext. 12', '030/1234567 ext. 12'],
	['phone', 4930123456, '4930123456'],
	['phone', '123', 'CELL_PHONE: "123" is not a phone number'],
	['phone', 'call me', 'CELL_PHONE: "call me" is not a phone number'],
	['phone', '1234567890123456', 'CELL_PHONE: "1234567890123456" is not a phone number'],
	['url', 'https://example.com/a?b#c', 'https://example.com/a?b#c'],
	['url', 'www.example.com', 'www.example.com'],
	['url', 'example', 'CELL_URL: "example" is not a web address'],
	['url', 'javascript:alert(1)', 'CELL_URL: "javascript:alert(1)" is not a web address'],
	['json', '{"a":[1,null]}', { a: [1, null] }],
	['json', { a: 1 }, { a: 1 }],
	['json', '{a}', 'CELL_JSON: "{a}" is not valid JSON'],
])('as %s, %j becomes %j', (...row) => {
	const [type, cell, expected, format] = row;
	expect(coerce(type, cell, format)).toEqual(expected);
});

test.each<ColumnType>([
	'text',
	'integer',
	'decimal',
	'boolean',
	'date',
	'date-time',
	'time',
	'email',
	'phone',
	'url',
	'json',
])('an empty cell is null as %s, whatever blanks it holds', (type) => {
	expect([coerce(type, null), coerce(type, ''), coerce(type, ' \u00a0\t')]).toEqual([
		null,
		null,
		null,
	]);
});

test.each<[ColumnType, Cell[]]>([
	['integer', ['12', '9007199254740993']],
	['decimal', ['1.50', '-1234567890.123456789']],
	['date', ['2024-12-31']],
	['date-time', ['2024-12-31 10:15', '2024-12-31T10:15:00.5Z']],
	['time', ['9:30']],
	['boolean', ['yes']],
	['json', ['{"a":1}']],
])('a value of type %s is its own coercion', (type, cells) => {
	for (const cell of cells) {
		const once = coerce(type, cell, { decimalSign: '.', dateOrder: 'ymd' });
		expect(coerce(type, once)).toEqual(once);
	}
});

test('without a type, cells pass as they are', () => {
	expect([coerce(undefined, ''), coerce(undefined, ' x '), coerce(undefined, 5)]).toEqual([
		'',
		' x ',
		5,
	]);
});

describe('the format of the field', () => {
	test('wins over that of the column', () => {
		expect(coerce('date', '01/02/2024', dayFirst, { format: { dateOrder: 'mdy' } })).toBe(
			'2024-01-02',
		);
		expect(coerce('decimal', '1.234', comma, { format: { decimalSign: '.' } })).toBe(1.234);
	});

	test('resolves an ambiguous column', () => {
		const ambiguous: ColumnFormat = { ambiguous: 'date-order' };
		expect(coerce('date', '05.06.2024', ambiguous, { format: { dateOrder: 'dmy' } })).toBe(
			'2024-06-05',
		);
	});

	test('may be a date pattern', () => {
		const field = { format: { datePattern: 'yyyyMMdd HHmm' } };
		expect(coerce('date-time', '20241231 0915', undefined, field)).toBe('2024-12-31T09:15:00');
		expect(coerce('date-time', '31.12.2024', undefined, field)).toBe(
			'CELL_DATE: "31.12.2024" is not a date (yyyyMMdd HHmm)',
		);
	});

	test('may bring its own words for true and false', () => {
		const field = { format: { trueWords: ['Aktiv'], falseWords: ['inaktiv'] } };
		expect(coerce('boolean', 'aktiv', undefined, field)).toBe(true);
		expect(coerce('boolean', 'INAKTIV', undefined, field)).toBe(false);
		expect(coerce('boolean', 'yes', undefined, field)).toBe(
			'CELL_BOOLEAN: "yes" is neither true nor false',
		);
	});
});

test.each<[Partial<FieldSpec>, Cell, Cell]>([
	[{ type: 'text', maxLength: 3 }, 'abc', 'abc'],
	[
		{ type: 'text', maxLength: 3 },
		'abcd',
		'CELL_LENGTH: "abcd" has 4 characters, at most 3 are allowed',
	],
	[{ type: 'text', maxLength: 2 }, '😀😀', '😀😀'],
	[{ type: 'decimal', precision: 5, scale: 2 }, '123.45', 123.45],
	[
		{ type: 'decimal', precision: 5, scale: 2 },
		'1234.5',
		'CELL_RANGE: "1234.5" has more than 5 digits, 2 of them decimals',
	],
	[
		{ type: 'decimal', precision: 5, scale: 2 },
		'1.005',
		'CELL_RANGE: "1.005" has 3 decimals, at most 2 are allowed',
	],
	[{ type: 'decimal', precision: 3 }, '12.34', 'CELL_RANGE: "12.34" has more than 3 digits'],
	[{ type: 'integer', max: 32767 }, '40000', 'CELL_RANGE: "40000" is more than 32767'],
	[{ type: 'integer', max: '9223372036854775807' }, '9223372036854775807', '9223372036854775807'],
	[
		{ type: 'integer', max: '9223372036854775807' },
		'9223372036854775808',
		'CELL_RANGE: "9223372036854775808" is more than 9223372036854775807',
	],
	[{ type: 'integer', min: 0 }, '-1', 'CELL_RANGE: "-1" is less than 0'],
	[
		{ type: 'date', min: '2020-01-01' },
		'2019-12-31',
		'CELL_RANGE: "2019-12-31" is less than 2020-01-01',
	],
	[{ type: 'date-time', max: '2020-01-01' }, '2020-01-01T23:00:00', '2020-01-01T23:00:00'],
	[{ type: 'text', options: ['Open', 'Closed'] }, 'Open', 'Open'],
	[{ type: 'text', options: ['Open', 'Closed'] }, ' open', 'Open'],
	[
		{ type: 'text', options: ['Open', 'Closed'] },
		'Closd',
		'CELL_OPTION: "Closd" is not one of Open, Closed; did you mean "Closed"?',
	],
	[
		{ type: 'text', options: ['Open', 'Closed'] },
		'Red',
		'CELL_OPTION: "Red" is not one of Open, Closed',
	],
	[{ type: 'text', options: ['Open'], maxLength: 2, min: 0 }, null, null],
])('with %j, %j becomes %j', (field, cell, expected) => {
	expect(coerce(undefined, cell, { decimalSign: '.' }, field)).toEqual(expected);
});
