import {
	addStep,
	attach,
	close,
	columnsOf,
	head,
	openFile,
	openRows,
	run,
	type Batch,
	type Cell,
	type Dataset,
} from '../../../engine';
import { SpillMap } from '../../../engine/dataset/spill';
import { cellsOf } from '../fields/apply-step';
import { applyOperation } from './apply-operation';

const table = {
	columns: ['code', 'name', 'manager'],
	rows: [
		['A1', 'Berlin', 'Ada'],
		['B2', 'Paris', 'Bo'],
		['b2 ', 'Lyon', 'Cy'],
		['', 'nowhere', 'Nobody'],
	] as Cell[][],
};

const rows: Cell[][] = [
	['r1', 'a1 '],
	['r2', 'B2'],
	['r3', 'C3'],
	['r4', ''],
];

const look = (options: object, from = rows) =>
	applyOperation(
		'lookup',
		{ table, keys: [{ field: 'site', lookupField: 'code' }], ...options },
		['id', 'site'],
		from,
	);

const codes = ({ rejected }: Batch) =>
	rejected.map(({ number, outcome, issues }) => [number, outcome, issues[0]?.code]);

async function allOf(dataset: Dataset) {
	const batches: Batch[] = [];
	for await (const batch of run(dataset)) batches.push(batch);
	return {
		cells: batches.flatMap(cellsOf),
		rejected: batches.flatMap(({ rejected }) => rejected),
		issues: batches.flatMap(({ issues }) => issues),
	};
}

test('all columns but the key are brought over, under their own names', async () => {
	const batch = await look({});
	expect(batch.columns.map(({ name }) => name)).toEqual(['id', 'site', 'name', 'manager']);
	expect(cellsOf(batch)).toEqual([
		['r1', 'a1 ', 'Berlin', 'Ada'],
		['r2', 'B2', 'Paris', 'Bo'],
		['r3', 'C3', null, null],
		['r4', '', null, null],
	]);
});

test('the row says what it was before, and what was not found is a warning', async () => {
	const batch = await look({});
	expect(batch.rows.map(({ source }) => source)).toEqual(rows);
	expect(
		batch.issues.map(({ code, severity, row, message }) => [code, severity, row, message]),
	).toEqual([
		[
			'RUN_LOOKUP_DUPLICATE',
			'warning',
			undefined,
			'One key is in the lookup table more than once, the first "b2 " in its rows 2 and 3',
		],
		['ROW_LOOKUP_NONE', 'warning', 4, 'The lookup table has no row with the key "C3"'],
		['ROW_LOOKUP_NONE', 'warning', 5, 'The row has no key to look up'],
	]);
});

test.each([
	['the first', {}, 'Bo'],
	['all texts', { several: 'join', separator: ' / ' }, 'Bo / Cy'],
])('of several rows with the key it takes %s', async (_, options, manager) => {
	const batch = await look(options);
	expect(batch.rows[1]?.cells[3]).toBe(manager);
});

test('a row whose key the table has several times can fail', async () => {
	expect(codes(await look({ several: 'fail' }))).toEqual([[3, 'failed', 'ROW_LOOKUP_SEVERAL']]);
});

test.each([
	['fail', { none: 'fail' }, [], ['r1', 'r2']],
	['default', { none: 'default', default: 'desk' }, ['desk', 'desk'], ['r1', 'r2', 'r3', 'r4']],
])('a key that the table does not have: %s', async (_, options, managers, ids) => {
	const batch = await look(options);
	expect(batch.rows.map(({ cells }) => cells[0])).toEqual(ids);
	expect(batch.rows.slice(2).map(({ cells }) => cells[3])).toEqual(managers);
	expect(batch.rows.length + batch.rejected.length).toBe(rows.length);
});

test('a column that is there already keeps its value where nothing is found', async () => {
	const bring = [{ lookupField: 'manager', name: 'id' }];
	expect(cellsOf(await look({ bring, none: 'keep' })).map(([id]) => id)).toEqual([
		'Ada',
		'Bo',
		'r3',
		'r4',
	]);
});

test.each([
	[{ ignoreCase: false }, [null, 'Bo']],
	[{ trim: false }, [null, 'Bo']],
	[{ ignoreCase: false, trim: false }, [null, 'Bo']],
])('keys can be compared as they are written: %j', async (options, managers) => {
	const batch = await look(options);
	expect(batch.rows.slice(0, 2).map(({ cells }) => cells[3])).toEqual(managers);
});

test('a key of several columns, and numbers that are the same as texts', async () => {
	const batch = await applyOperation(
		'lookup',
		{
			table: {
				columns: ['year', 'class', 'room'],
				rows: [
					[2024, 'a', 'R1'],
					[2025, 'a', 'R2'],
				],
			},
			keys: [{ field: 'year' }, { field: 'class' }],
		},
		['class', 'year'],
		[
			['a', '2025'],
			['A', 2024],
			['b', 2024],
		],
	);
	expect(batch.rows.map(({ cells }) => cells[2])).toEqual(['R2', 'R1', null]);
});

test.each([
	[
		{ keys: [{ field: 'site', lookupField: 'codes' }] },
		'The lookup table has no column "codes"; it has "code", "name", "manager"',
	],
	[
		{ bring: [{ lookupField: 'boss' }] },
		'The lookup table has no column "boss"; it has "code", "name", "manager"',
	],
	[
		{ bring: [{ lookupField: 'name' }, { lookupField: 'manager', name: 'name' }] },
		'Two columns of the lookup table would be "name"',
	],
	[{ table: undefined }, 'The parameter "table" must be the name of an attached table'],
	[{ table: { attachment: 'x' } }, 'There is no table "x"'],
	[
		{ table: { columns: ['code'], rows: Array.from({ length: 1001 }, (_, i) => [i]) } },
		'The parameter "table" must be attached: it has more than 1000 rows',
	],
])('what cannot be is said before a row is read: %j', async (options, message) => {
	await expect(look(options)).rejects.toThrow(message);
});

describe('a table that travels with the dataset', () => {
	const step = (options: object = {}) => ({
		kind: 'lookup',
		version: 1,
		options: { table: { attachment: 'sites' }, keys: [{ field: 'site' }], ...options },
	});

	test('is read with its own steps, and gives its types', async () => {
		const file = await openFile(
			Buffer.from('Site,Opened,Staff\nA1,2020-01-02,4\nB2,2021-03-04,\n'),
			{ fileName: 'sites.csv' },
		);
		const sites = addStep(file, {
			kind: 'rename-columns',
			version: 1,
			options: { names: [{ field: 'Site', name: 'site' }] },
		});
		const dataset = addStep(
			attach(openRows([{ name: 'site' }], [['B2'], ['A1']]), 'sites', sites),
			step(),
		);
		expect(columnsOf(dataset)).toEqual([
			{ name: 'site', type: 'text' },
			expect.objectContaining({ name: 'Opened', type: 'date' }),
			expect.objectContaining({ name: 'Staff', type: 'integer' }),
		]);
		const { cells, issues } = await allOf(dataset);
		expect(cells).toEqual([
			['B2', '2021-03-04', ''],
			['A1', '2020-01-02', '4'],
		]);
		expect(issues).toEqual([]);
		await close(dataset);
		await expect(file.bytes!.read(0, 1)).resolves.toBeDefined();
	});

	test('rows of it that cannot be used are said', async () => {
		const sites = addStep(
			openRows(
				[{ name: 'site' }, { name: 'n' }],
				[
					['A1', 'x'],
					['B2', '2'],
				],
			),
			{ kind: 'parse-number', version: 1, options: { fields: ['n'] } },
		);
		const dataset = addStep(
			attach(openRows([{ name: 'site' }], [['A1'], ['B2']]), 'sites', sites),
			step(),
		);
		const { cells, issues } = await allOf(dataset);
		expect(cells).toEqual([
			['A1', null],
			['B2', 2],
		]);
		expect(issues.map(({ code, message }) => `${code}: ${message}`)).toEqual([
			'RUN_LOOKUP_REJECTED: One row of the lookup table cannot be used',
			'ROW_LOOKUP_NONE: The lookup table has no row with the key "A1"',
		]);
	});

	test('a table that does not come along is said before a row is read', () => {
		const dataset = addStep(openRows([{ name: 'site' }], [['A1']]), step());
		expect(() => columnsOf(dataset)).toThrow('The table "sites" does not come with the rows');
	});

	test('a large one lies in a temporary file meanwhile, which is gone afterwards', async () => {
		const count = 120_000;
		const sites = openRows(
			[{ name: 'site' }, { name: 'name' }],
			Array.from({ length: count }, (_, i) => [`S${i}`, `Site ${i} ${'x'.repeat(80)}`]),
		);
		const dataset = addStep(
			attach(
				openRows(
					[{ name: 'site' }],
					Array.from({ length: 5000 }, (_, i) => [`s${i * 24}`]),
				),
				'sites',
				sites,
			),
			step(),
		);
		const closed = jest.spyOn(SpillMap.prototype, 'close');
		const wasInMemory: boolean[] = [];
		closed.mockImplementation(function (this: SpillMap<Cell>) {
			wasInMemory.push(this.isInMemory);
			closed.mockRestore();
			this.close();
		});
		const names: Cell[] = [];
		for await (const batch of run(dataset)) {
			for (const { cells } of batch.rows) names.push((cells[1] as string).split(' x')[0] ?? '');
		}
		expect(names).toEqual(Array.from({ length: 5000 }, (_, i) => `Site ${i * 24}`));
		expect(wasInMemory).toEqual([false]);
	});

	test('a preview looks into it as a run does', async () => {
		const sites = openRows([{ name: 'site' }, { name: 'city' }], [['A1', 'Berlin']]);
		const dataset = addStep(
			attach(openRows([{ name: 'site' }], [['A1'], ['A1']]), 'sites', sites),
			step(),
		);
		expect(cellsOf(await head(dataset, 1))).toEqual([['A1', 'Berlin']]);
	});
});

describe('values by a second table', () => {
	const map = (options: object, cells: Cell[]) =>
		applyOperation(
			'lookup-values',
			{
				table: {
					columns: ['label', 'code'],
					rows: [
						['Yes', 1],
						['No', 0],
						['none', null],
					],
				},
				fields: ['x'],
				fromField: 'label',
				toField: 'code',
				...options,
			},
			['x'],
			cells.map((cell) => [cell]),
		);
	const cells: Cell[] = ['yes ', 'NONE', 'maybe', '', null];

	test.each([
		['keep', {}, [1, null, 'maybe', '', null]],
		['empty', {}, [1, null, null, '', null]],
		['default', { default: 9 }, [1, null, 9, '', null]],
		['fail', {}, [1, null, '', null]],
	])('other values: %s', async (unknown, options, expected) => {
		const batch = await map({ unknown, ...options }, cells);
		expect(cellsOf(batch).flat()).toEqual(expected);
		expect(batch.rows.length + batch.rejected.length).toBe(cells.length);
		const found = [...batch.issues, ...batch.rejected.flatMap(({ issues }) => issues)];
		expect(found.map(({ code }) => code)).toEqual(
			['empty', 'fail'].includes(unknown) ? ['CELL_OPTION'] : [],
		);
	});

	test('a column that the table does not have is said', async () => {
		await expect(map({ toField: 'key' }, cells)).rejects.toThrow(
			'The lookup table has no column "key"; it has "label", "code"',
		);
	});
});
