import {
	DataTableTarget,
	exactRule,
	load,
	openFile,
	openRows,
	undo,
	type Cell,
	type LoadOptions,
	type LoadRules,
} from '../../../engine';
import { DataTableStore } from './data-table-store';
import { counts, describeLoading, upsertOn, type Bench } from './load-cases';
import { describeDelta } from './delta-cases';
import { describeMatching } from './match-cases';
import { describePolicies } from './policy-cases';
import { describeSynchronisation } from './sync-cases';

const benchOf = (store: DataTableStore): Bench => ({
	target: new DataTableTarget(store),
	table: (name) => ({ name }),
	run: (statement) => Promise.resolve(store.run(statement)),
});

describe('loading into a Data Table', () => {
	const bench = benchOf(new DataTableStore());

	describeLoading(() => bench);

	describeMatching(() => bench);

	describePolicies(() => bench);

	describeSynchronisation(() => bench);

	describeDelta(() => bench);
});

describe('what Data Tables do in their own way', () => {
	let store: DataTableStore;

	let bench: Bench;

	beforeEach(() => {
		store = new DataTableStore();
		bench = benchOf(store);
		store.run(
			'create table people (email text, name text, age integer, member boolean, born date)',
		);
		store.run(
			"insert into people (email, name, age) values ('ann@x.org', 'Ann', 30), ('bob@x.org', 'Bob', 40)",
		);
	});

	const importRows = async (
		columns: string[],
		rows: Cell[][],
		rules: Partial<LoadRules> = {},
		options: Partial<LoadOptions> = {},
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			bench.target,
			{
				table: bench.table('people'),
				mode: 'apply',
				rules: { ...upsertOn('email'), ...rules },
				...options,
			},
		);

	const people = () =>
		store.run('select id, email, age from people order by id').map((row) => Object.values(row));

	const newcomers = (count: number): Cell[][] =>
		Array.from({ length: count }, (_, i) => [`p${i}@x.org`, String(i)]);

	test('nothing is kept for undo: an import that wants it, its plan and an undo are refused', async () => {
		for (const mode of ['plan', 'apply'] as const) {
			const kept = importRows(['email'], [['new@x.org']], {}, { mode, journal: { run: 'r' } });
			await expect(kept).rejects.toMatchObject({
				code: 'RUN_CONFIG',
				issue: { hint: expect.stringContaining('Keep for Undo off') },
			});
		}
		const undone = undo(bench.target, { table: bench.table('people'), run: 'r', mode: 'apply' });
		await expect(undone).rejects.toMatchObject({ code: 'RUN_CONFIG' });
		expect(people()).toHaveLength(2);
	});

	test('a table is found by its id and by its name in other case', async () => {
		for (const name of ['people', 'PEOPLE', 'id of people']) {
			const { table, columns } = await bench.target.describeTable({ name });
			expect(table.name).toBe('people');
			expect(columns.map((column) => [column.name, column.type])).toEqual([
				['id', 'integer'],
				['email', 'text'],
				['name', 'text'],
				['age', 'decimal'],
				['member', 'boolean'],
				['born', 'date-time'],
				['createdAt', 'date-time'],
				['updatedAt', 'date-time'],
			]);
		}
	});

	test('batches are refused before anything is read: there are no commits', async () => {
		const importing = importRows(['email', 'age'], newcomers(3), {}, { commit: 'batch' });
		await expect(importing).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			issue: { hint: expect.stringContaining('Everything at Once') },
		});
		expect(people()).toHaveLength(2);
	});

	test('dates without a zone are in UTC, and yes and no are compared as such', async () => {
		const columns = ['email', 'member', 'born'];
		const rows = [
			['ann@x.org', 'yes', '1990-02-01'],
			['cyd@x.org', 'no', '1990-02-01T10:00:00+02:00'],
		];
		const first = await importRows(columns, rows);
		expect(counts(first)).toEqual({ rows: 2, inserted: 1, updated: 1 });
		expect(first.written.map(({ values }) => [values.member, values.born])).toEqual([
			[true, '1990-02-01T00:00:00.000Z'],
			[false, '1990-02-01T08:00:00.000Z'],
		]);
		expect(counts(await importRows(columns, rows))).toEqual({ rows: 2, unchanged: 2 });
	});

	test('a number that would be rounded fails its row', async () => {
		const result = await importRows(
			['email', 'age'],
			[
				['a@x.org', '12345678901234567890'],
				['b@x.org', '0.30000000000000004'],
			],
		);
		expect(counts(result)).toEqual({ rows: 2, inserted: 1, failed: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]).toMatchObject({
			code: 'CELL_RANGE',
			row: 1,
			field: 'age',
			value: '12345678901234567890',
		});
	});

	test('a refused call is halved until the bad rows stand alone', async () => {
		const bad = new Set(['p7@x.org', 'p1500@x.org']);
		const insertRows = store.insertRows.bind(store);
		store.insertRows = async (table, rows) => {
			if (rows.some(({ email }) => bad.has(String(email)))) throw new Error('0x00 is no text');
			await insertRows(table, rows);
		};
		const result = await importRows(['email', 'age'], newcomers(2000));
		expect(counts(result)).toEqual({ rows: 2000, inserted: 1998, failed: 2 });
		const failed = await result.failed.first(5);
		expect(failed.map(({ number, issues }) => [number, issues[0]?.code])).toEqual([
			[8, 'WRITE_REFUSED'],
			[1501, 'WRITE_REFUSED'],
		]);
		expect(people()).toHaveLength(2000);
	});

	test.each([
		['Data table size limit exceeded: 201MB used, limit is 200MB', 'WRITE_NO_SPACE'],
		['Cannot modify data tables on a protected instance', 'WRITE_DENIED'],
		["unknown column name 'age'", 'RUN_NO_COLUMN'],
		['the lights went out', 'WRITE_REFUSED'],
	] as const)(
		'once the store says "%s", what is left fails with %s, and what is written counts',
		async (message, code) => {
			store.before = () => {
				if (store.calls.length > 1) throw new Error(message);
			};
			const result = await importRows(['email', 'age'], newcomers(5000));
			expect(counts(result)).toEqual({ rows: 5000, inserted: 1000, failed: 4000 });
			expect(result.summary.codes).toEqual({ [code]: 4000 });
			expect(people()).toHaveLength(1002);
		},
	);

	test('updates that the store refuses fail alone, and end the write where it is not their fault', async () => {
		store.updateRows = () =>
			Promise.resolve({
				written: new Set(),
				refused: new Map([[1, new Error("value 'x' does not match column type 'number'")]]),
			});
		const rows = [
			['ann@x.org', '31'],
			['new@x.org', '1'],
		];
		const alone = await importRows(['email', 'age'], rows);
		expect(counts(alone)).toEqual({ rows: 2, inserted: 1, failed: 1 });
		expect(alone.summary.codes).toEqual({ WRITE_TYPE: 1 });
		store.updateRows = () => Promise.reject(new Error('the lights went out'));
		const ended = await importRows(['email', 'age'], [...rows, ['newer@x.org', '1']]);
		expect(counts(ended)).toEqual({ rows: 3, unchanged: 1, failed: 2 });
	});

	test('a record that was changed since it was read is left as it is', async () => {
		store.before = (call) => {
			if (call === 'update') {
				store.run("update people set age = 99, updatedAt = '2999-01-01 00:00:00' where id = 1");
				store.run('delete from people where id = 2');
			}
		};
		const result = await importRows(
			['email', 'age'],
			[
				['ann@x.org', '31'],
				['bob@x.org', '41'],
			],
		);
		expect(counts(result)).toEqual({ rows: 2, failed: 2 });
		expect(result.summary.codes).toEqual({ WRITE_CHANGED: 2 });
		expect(people()).toEqual([[1, 'ann@x.org', 99]]);
	});

	test('several rows for one record are written in their order', async () => {
		const result = await importRows(
			['email', 'age', 'name'],
			[
				['ann@x.org', '31', 'Anna'],
				['ann@x.org', '30', 'Anne'],
			],
			{ duplicates: 'all', policies: { name: 'never' } },
		);
		expect(counts(result)).toEqual({ rows: 2, updated: 1, unchanged: 1 });
		const both = await importRows(
			['email', 'age', 'name'],
			[
				['bob@x.org', '31', 'Bob'],
				['bob@x.org', '40', 'Rob'],
			],
			{ duplicates: 'all' },
		);
		expect(counts(both)).toEqual({ rows: 2, updated: 2 });
		expect(store.run('select age, name from people where id = 2')).toEqual([
			{ age: 40, name: 'Rob' },
		]);
	});

	describe('the id', () => {
		const byId: Partial<LoadRules> = { match: [exactRule('id')] };

		test('leads to a record; a row with an id that no record has fails', async () => {
			const rows = [
				['1', '77'],
				['9', '1'],
			];
			for (const mode of ['plan', 'apply'] as const) {
				const result = await importRows(['id', 'age'], rows, byId, { mode });
				expect(counts(result)).toEqual({ rows: 2, updated: 1, failed: 1 });
				expect(result.summary.codes).toEqual({ MATCH_NONE: 1 });
			}
			expect(people()[0]).toEqual([1, 'ann@x.org', 77]);
		});

		test('is given to rows that bring none', async () => {
			const rows = [['', 'new@x.org']];
			const result = await importRows(['id', 'email'], rows, { ...byId, blankKey: 'insert' });
			expect(counts(result)).toEqual({ rows: 1, inserted: 1 });
			expect(people()[2]).toEqual([3, 'new@x.org', null]);
		});

		test('is never changed, nor given to a record that another rule did not find', async () => {
			const result = await importRows(
				['id', 'email', 'age'],
				[
					['7', 'ann@x.org', '78'],
					['8', 'new@x.org', '1'],
				],
				{ match: [exactRule('id'), exactRule('email')] },
			);
			expect(counts(result)).toEqual({ rows: 2, updated: 1, failed: 1 });
			expect((await result.failed.first(1))[0]?.issues[0]).toMatchObject({
				code: 'WRITE_REFUSED',
				field: 'id',
				value: '8',
			});
			expect(people()).toEqual([
				[1, 'ann@x.org', 78],
				[2, 'bob@x.org', 40],
			]);
		});

		test.each(['id', 'updatedAt'])('%s cannot be written, and can be ignored', async (name) => {
			const columns = ['email', name];
			const rows = [['new@x.org', '2020-01-01']];
			await expect(importRows(columns, rows)).rejects.toMatchObject({
				code: 'RUN_CONFIG',
				issue: { column: name },
			});
			const result = await importRows(columns, rows, {}, { extraColumns: 'ignore' });
			expect(counts(result)).toEqual({ rows: 1, inserted: 1 });
		});
	});

	test('rows that do not fit for certain are refused before the first is written', async () => {
		store.sizeLimit = 30_000;
		expect(counts(await importRows(['email', 'age'], newcomers(500)))).toMatchObject({
			inserted: 500,
		});
		const rows = newcomers(1500).slice(500);
		for (const mode of ['plan', 'apply'] as const) {
			const imported = importRows(['email', 'age'], rows, {}, { mode });
			await expect(imported).rejects.toMatchObject({
				code: 'WRITE_NO_SPACE',
				message: expect.stringMatching(/holds about [\d.]+ MB, [\d.]+ MB are to be inserted/),
			});
		}
		expect(people()).toHaveLength(502);
	});

	test('a cancelled write says how many rows are there', async () => {
		const stop = new AbortController();
		store.before = () => stop.abort();
		const imported = importRows(['email', 'age'], newcomers(3000), {}, { signal: stop.signal });
		await expect(imported).rejects.toMatchObject({
			code: 'RUN_CANCELLED',
			message: 'The run was cancelled; 1000 rows were written and stay',
		});
		expect(people()).toHaveLength(1002);
	});

	test('an error behind the write says how many rows are there', async () => {
		store.createTable = () => Promise.reject(new Error('the lights went out'));
		const imported = load(await openFile(Buffer.from('email,age\na@x.org,1\n')), bench.target, {
			table: bench.table('people'),
			rules: upsertOn('email'),
			mode: 'apply',
			once: true,
		});
		await expect(imported).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
			message:
				'The file could not be remembered as imported (Data Table: the lights went out); 1 rows were written and stay',
		});
		expect(people()).toHaveLength(3);
	});

	test('failures that the write brings to light come too late for a guard', async () => {
		store.before = () => {
			if (store.calls.length > 1) throw new Error('the lights went out');
		};
		const guards = { maxFailedPercent: 10 };
		const result = await importRows(['email', 'age'], newcomers(2000), {}, { guards });
		expect(result.summary.status).toBe('applied');
		expect(counts(result)).toEqual({ rows: 2000, inserted: 1000, failed: 1000 });
	});

	test('a cancel that comes after the last write is too late', async () => {
		const stop = new AbortController();
		store.before = () => stop.abort();
		const result = await importRows(['email', 'age'], newcomers(10), {}, { signal: stop.signal });
		expect(counts(result)).toEqual({ rows: 10, inserted: 10 });
	});

	test('an import that ends with an error lets the next one in', async () => {
		store.readRows = () => Promise.reject(new Error('the lights went out'));
		await expect(importRows(['email', 'age'], newcomers(1))).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
		});
		Reflect.deleteProperty(store, 'readRows');
		expect(counts(await importRows(['email', 'age'], newcomers(1)))).toMatchObject({
			inserted: 1,
		});
	});
});
