import type { Cell, Column } from '../../../engine/dataset';
import { cellsOf } from '../fields/apply-step';
import { applyOperation, applyToColumn } from './apply-operation';

type Cases = Array<[object, Cell, Cell]>;

const cases: Record<string, Cases> = {
	pad: [
		[{ length: 5 }, 1067, '01067'],
		[{ length: 3, fill: '.', side: 'end' }, 'a', 'a..'],
		[{ length: 3 }, '', ''],
		[{ length: 3 }, null, null],
		[{ length: 2 }, 'long', 'long'],
	],
	'fill-empty': [
		[{ value: 0 }, ' ', 0],
		[{ value: 'x' }, null, 'x'],
		[{ value: 'x' }, false, false],
	],
	'format-date': [
		[{ pattern: 'MM/dd/yy' }, '2024-06-05', '06/05/24'],
		[{ pattern: "EEE d MMM yyyy 'at' h:mm a" }, '2024-06-05T15:07:00', 'Wed 5 Jun 2024 at 3:07 PM'],
		[{ pattern: 'dd.MM.yyyy HH:mm:ss' }, '2024-06-05', '05.06.2024 00:00:00'],
		[{ pattern: 'd MMMM yyyy', language: 'fr' }, '2024-08-01', '1 août 2024'],
		[{ pattern: 'd.M.yyyy H:mm' }, '2024-02-29T23:59:59.123456789012+05:30', '29.2.2024 23:59'],
		[{ pattern: 'd MMMM', language: 'pl' }, '2024-08-01', '1 sierpnia'],
	],
	'format-number': [
		[{}, 1234567.891, '1234567.89'],
		[{ grouping: 'sign' }, '12345678901234567890.125', '12,345,678,901,234,567,890.13'],
		[{ grouping: 'blank', decimalSign: 'comma', decimals: 0 }, 1234567.5, '1 234 568'],
		[{ decimals: 0 }, -0.4, '0'],
		[{ prefix: 'CHF ' }, -1, 'CHF -1.00'],
		[{}, 1e-7, '0.00'],
	],
	'parse-boolean': [
		[{}, 'Oui', true],
		[{}, 0, false],
		[{ trueWords: 'paid' }, ' PAID ', true],
		[{ falseWords: ['yes'] }, 'yes', false],
		[{}, '', null],
	],
	'parse-phone': [
		[{ country: 'DE' }, '(030) 12345678', '+493012345678'],
		[{ country: 'us' }, '(212) 555-0123 ext. 5', '+12125550123'],
		[{}, '0044 20 7946 0018', '+442079460018'],
		[{ country: 'DE', form: 'NATIONAL' }, '+493012345678', '030 12345678'],
		[{}, ' ', null],
	],
	'clean-email': [
		[{}, '"Lovelace, Ada" <ADA@example.org>', 'ada@example.org'],
		[{ lowerCase: false }, 'Ada@EXAMPLE.org', 'Ada@example.org'],
		[{}, null, null],
	],
	'clean-url': [
		[{}, 'example.org/path?q=1', 'https://example.org/path?q=1'],
		[{ result: 'domain' }, 'https://www.example.org:8080/x', 'example.org'],
		[{}, 'http://bücher.example/', 'http://xn--bcher-kva.example/'],
	],
	mask: [
		[{ form: 'email' }, 'ada@example.org', 'a••••••@example.org'],
		[{ form: 'email' }, 'no address', '••••••'],
		[{ form: 'initials' }, 'Ada O’Brien', 'A••• O•••'],
		[{ form: 'all' }, 12, '••••••'],
		[{ form: 'end', visible: 2 }, '12345', '••••••45'],
		[{ form: 'all' }, '', ''],
	],
};

describe.each(Object.entries(cases))('%s', (kind, list) => {
	test.each(list)('S128: with %j, %j becomes %j', async (options, cell, expected) => {
		expect(await applyToColumn(kind, options, [cell])).toEqual([expected]);
	});
});

test.each<[string, object, Cell, string]>([
	['format-date', { pattern: 'yyyy' }, '5.6.2024', 'CELL_DATE'],
	['format-date', { pattern: 'EEEE' }, '2024-13-45', 'CELL_DATE'],
	['format-date', { pattern: 'd MMMM yyyy' }, '2024-02-31', 'CELL_DATE'],
	['format-date', { pattern: 'yyyy' }, '2023-02-29', 'CELL_DATE'],
	['format-date', { pattern: 'HH:mm' }, '2024-02-28T25:99', 'CELL_DATE'],
	['format-date', { pattern: 'HH:mm' }, '2024-02-28T09:30:61', 'CELL_DATE'],
	['format-date', { pattern: 'HH:mm' }, '2024-02-28T09:30:00+25:00', 'CELL_DATE'],
	['format-number', {}, '1.234,50', 'CELL_NUMBER'],
	['parse-boolean', {}, 'maybe', 'CELL_BOOLEAN'],
	['parse-phone', { country: 'DE' }, '12', 'CELL_PHONE'],
	['parse-phone', {}, '030 12345678', 'CELL_PHONE'],
	['clean-email', {}, 'ada(at)example.org', 'CELL_EMAIL'],
	['clean-url', {}, 'javascript:alert(1)', 'CELL_URL'],
	['clean-url', {}, 'not an address', 'CELL_URL'],
])('%s with %j refuses %j', async (kind, options, cell, code) => {
	const batch = await applyOperation(kind, { fields: ['x'], ...options }, ['x'], [[cell]]);
	expect(batch.rows).toEqual([]);
	expect(batch.rejected).toMatchObject([{ outcome: 'failed', issues: [{ code, column: 'x' }] }]);
	const kept = await applyOperation(
		kind,
		{ fields: ['x'], onFailure: 'keep', ...options },
		['x'],
		[[cell]],
	);
	expect(cellsOf(kept)).toEqual([[cell]]);
	expect(kept.issues).toMatchObject([{ code, severity: 'warning' }]);
});

test.each<[string, object]>([
	['format-date', { pattern: 'yyyy' }],
	['format-number', {}],
])('%s leaves the type open where cells may be kept as they are', async (kind, options) => {
	const columnsOut = async (onFailure: string) =>
		(await applyOperation(kind, { fields: ['x'], onFailure, ...options }, ['x'], [['n/a']]))
			.columns;
	expect(await columnsOut('keep')).toEqual([{ name: 'x' }]);
	expect(await columnsOut('empty')).toEqual([{ name: 'x', type: 'text' }]);
	expect(await columnsOut('fail')).toEqual([{ name: 'x', type: 'text' }]);
});

test.each<[string, object, string]>([
	['format-date', { pattern: 'QQQ' }, 'unknown field "QQQ"'],
	['format-date', { pattern: 'MMM', language: 'no language' }, 'is not a language'],
	['parse-phone', { country: 'Germany' }, 'is not a country'],
	['pad', { length: 0 }, 'from 1 to 1000'],
])('%s refuses the setting %j', async (kind, options, message) => {
	const applying = applyOperation(kind, { fields: ['x'], ...options }, ['x'], []);
	await expect(applying).rejects.toThrow(message);
});

describe('arithmetic', () => {
	test.each<[object, Cell[], Cell]>([
		[{ sign: 'add', other: 'b' }, [0.1, 0.2], 0.3],
		[{ sign: 'subtract', other: '1' }, ['5', null], 4],
		[{ sign: 'multiply', other: '1.005', decimals: 2 }, [1, null], 1.01],
		[{ sign: 'divide', other: 'b', decimals: 3 }, [-2, 3], -0.667],
		[{ sign: 'modulo', other: '4' }, [10, null], 2],
		[{ sign: 'add', other: 'b' }, [1, ''], null],
	])('%j of %j', async (options, row, expected) => {
		const batch = await applyOperation('arithmetic', { field: 'a', ...options }, ['a', 'b'], [row]);
		expect(cellsOf(batch)[0]?.[0]).toBe(expected);
	});

	test('a division by zero and a text fail their rows', async () => {
		const options = { field: 'a', sign: 'divide', other: 'b', result: 'c' };
		const rows = [
			[1, 0],
			['x', 1],
		];
		const { rejected } = await applyOperation('arithmetic', options, ['a', 'b'], rows);
		expect(rejected).toMatchObject([
			{ number: 2, issues: [{ code: 'CELL_NUMBER', message: '"1" cannot be divided by "0"' }] },
			{ number: 3, issues: [{ code: 'CELL_NUMBER', value: 'x' }] },
		]);
	});
});

describe('columns', () => {
	const columns: Column[] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
	const names = async (kind: string, options: object) =>
		(await applyOperation(kind, options, columns, [[1, 2, 3]])).columns.map(({ name }) => name);

	test('are dropped, put in front and renamed', async () => {
		expect(await names('select-columns', { fields: ['b'], action: 'drop' })).toEqual(['a', 'c']);
		expect(await names('select-columns', { fields: ['c'], action: 'first' })).toEqual([
			'c',
			'a',
			'b',
		]);
		const swap = [
			{ field: 'a', name: 'b' },
			{ field: 'b', name: 'a' },
		];
		expect(await names('rename-columns', { names: swap })).toEqual(['b', 'a', 'c']);
	});

	test('keep names of their own', async () => {
		const twice = { names: [{ field: 'a', name: 'c' }] };
		await expect(names('rename-columns', twice)).rejects.toThrow('Two columns');
		const all = { fields: ['a', 'b', 'c'], action: 'drop' };
		await expect(names('select-columns', all)).rejects.toThrow('No column');
	});

	test('S129, S131: are split, joined and extracted', async () => {
		const cells = async (kind: string, options: object, row: Cell[]) =>
			cellsOf(await applyOperation(kind, options, columns, [row]))[0];
		expect(
			await cells('split', { field: 'a', delimiter: ',', names: 'x,y' }, ['1, 2,3', 0, 0]),
		).toEqual(['1, 2,3', 0, 0, '1', '2,3']);
		expect(
			await cells(
				'split',
				{
					field: 'a',
					delimiter: '\\s*[;,]\\s*',
					regularExpression: true,
					names: ['b', 'c'],
					rest: 'drop',
				},
				['1 ; 2 , 3', 0, 0],
			),
		).toEqual(['1 ; 2 , 3', '1', '2']);
		expect(
			await cells('join', { fields: ['c', 'a'], field: 'a', separator: '-' }, ['x', 0, 'y']),
		).toEqual(['y-x', 0, 'y']);
		expect(
			await cells('extract', { field: 'a', pattern: '\\d+', names: 'n' }, ['No. 42', 0, 0]),
		).toEqual(['No. 42', 0, 0, '42']);
	});

	test('a text that does not fit the pattern fails its row, if asked', async () => {
		const options = { field: 'a', pattern: '^\\d+$', names: 'n', noMatch: 'fail' };
		const { rejected } = await applyOperation('extract', options, columns, [['x', 0, 0]]);
		expect(rejected).toMatchObject([
			{ issues: [{ code: 'CELL_PATTERN', column: 'a', value: 'x' }] },
		]);
	});
});

test('fill-down takes the value from the left where it is told so', async () => {
	const options = { fields: ['a', 'b', 'c'], direction: 'right' };
	const batch = await applyOperation(
		'fill-down',
		options,
		['a', 'b', 'c'],
		[
			['Fall', '', null],
			[null, 'Winter', ' '],
		],
	);
	expect(cellsOf(batch)).toEqual([
		['Fall', 'Fall', 'Fall'],
		[null, 'Winter', 'Winter'],
	]);
});

test('a UUID is random without columns, and a fingerprint of several columns tells them apart', async () => {
	const random = await applyOperation('uuid', {}, ['a'], [[1], [1]]);
	const [first, second] = cellsOf(random).map(([, id]) => id);
	expect(first).toMatch(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
	expect(first).not.toBe(second);
	const rows = [
		['ab', 'c'],
		['a', 'bc'],
	];
	const hashes = cellsOf(await applyOperation('hash', { key: 'secret' }, ['a', 'b'], rows));
	expect(new Set(hashes.map(([, , hash]) => hash)).size).toBe(2);
});

test('rows are numbered as they come, or by the file', async () => {
	const rows = [['x'], ['y']];
	const numbers = async (options: object) =>
		cellsOf(await applyOperation('sequence', options, ['a'], rows)).map(([, n]) => n);
	expect(await numbers({ start: 10, step: -5 })).toEqual([10, 5]);
	expect(await numbers({ count: 'file' })).toEqual([2, 3]);
	expect(await numbers({ start: -1, length: 3 })).toEqual(['-001', '000']);
});

const written: Column = { name: 'a', type: 'decimal', format: { decimalSign: ',' } };

test.each<[string, Column, Cell, Column]>([
	['a text among texts', { name: 'a', type: 'text' }, 'x', { name: 'a', type: 'text' }],
	['a text among numbers as they are written', written, '0,5', written],
	['a number among numbers as they are written', written, 0.5, { name: 'a' }],
	['a text among numbers', { name: 'a', type: 'decimal' }, '0', { name: 'a' }],
	['a number among texts', { name: 'a', type: 'text' }, 0, { name: 'a' }],
])('%s as the default value: what is known of the column', async (_, column, value, after) => {
	const options = { fields: ['a'], value };
	const { columns } = await applyOperation('fill-empty', options, [column], [['1']]);
	expect(columns).toEqual([after]);
});
