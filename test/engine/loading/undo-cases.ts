import {
	exactRule,
	load,
	openRows,
	undo,
	type Cell,
	type LoadOptions,
	type LoadRules,
	type UndoOptions,
	type UndoResult,
} from '../../../engine';
import { counts, upsertOn, type Bench } from './load-cases';

/** Where databases differ in how tables are made. */
export interface UndoBench extends Bench {
	/** The definition of a key that the database numbers. */
	numbered: string;
	/** Quotes a name. */
	quote: (name: string) => string;
}

/** A column of some type, with a value before and after a run, as SQL. */
export interface UndoneType {
	type: string;
	before: string;
	/** What the file brings. */
	after: Cell;
}

const COLUMNS = ['email', 'name', 'age'];

/** The counts that are not zero; with the records that were deleted they add up to what the run wrote. */
function undoCounts({ summary }: UndoResult): Record<string, number> {
	const { rows, deleted, updated, unchanged, skipped, failed, unprocessed } = summary;
	expect(deleted + updated + unchanged + skipped + failed + unprocessed).toBe(rows);
	const all = { deleted, updated, unchanged, skipped, failed, unprocessed };
	return Object.fromEntries(Object.entries(all).filter(([, n]) => n > 0));
}

const reasons = async ({ failed }: UndoResult) =>
	(await failed.first(100)).map(({ number, issues }) => [number, issues[0]?.code]);

let lastRun = 0;

/** Statements about undoing runs that hold on every database. */
export function describeUndo(bench: () => UndoBench): void {
	const run = (statement: string) => bench().run(statement);

	const people = async () =>
		(await run('select email, name, age, status from people order by email')).map((row) => [
			row.email,
			row.name,
			row.age,
			row.status,
		]);

	const entries = async () =>
		await run(
			'select action, file_row, record_key, before_image, after_image, undone_at from data_import_journal order by run, entry',
		);

	const importRows = async (
		rows: Cell[][],
		rules: Partial<LoadRules> = {},
		options: Partial<LoadOptions> = {},
		columns = COLUMNS,
	) => {
		const named = `run ${++lastRun}`;
		const result = await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			bench().target,
			{
				table: bench().table('people'),
				mode: 'apply',
				rules: { ...upsertOn('email'), ...rules },
				journal: { run: named },
				...options,
			},
		);
		return { named, result };
	};

	const undoRun = async (named: string, options: Partial<UndoOptions> = {}) =>
		await undo(bench().target, {
			table: bench().table('people'),
			run: named,
			mode: 'apply',
			...options,
		});

	/** The type of a column that refers to a numbered key. */
	const keyType = () =>
		/^(\w+)/.exec(bench().numbered)?.[1]?.replace('serial', 'integer') ?? 'integer';

	beforeEach(async () => {
		for (const name of ['children', 'people', 'data_import_journal']) {
			await run(`drop table if exists ${name}`);
		}
		await run(
			`create table people (id ${bench().numbered}, email varchar(60) not null unique, name varchar(20), age integer check (age > 0), status varchar(10) not null default 'new')`,
		);
		await run(
			"insert into people (email, name, age) values ('ann@x.org', 'Ann', 30), ('bob@x.org', 'Bob', 40), ('cyd@x.org', null, 50)",
		);
	});

	/** Inserts three, updates two, leaves one unchanged; one is a duplicate and one is refused. */
	const everything: Cell[][] = [
		['ann@x.org', 'Anna', '31'],
		['bob@x.org', 'Bob', '40'],
		['cyd@x.org', 'Cyd', ''],
		['dee@x.org', 'Dee', '20'],
		['eve@x.org', 'Eve', '-1'],
		['fay@x.org', 'Fay', ''],
		['dee@x.org', '', '21'],
		['gus@x.org', 'Gus', '1'],
	];

	test('S108: what a run inserted, updated and merged is taken back, and the table is as it was', async () => {
		const before = await people();
		const { named, result } = await importRows(everything, { duplicates: 'merge' });
		expect(counts(result)).toEqual({
			rows: 8,
			inserted: 3,
			updated: 2,
			unchanged: 1,
			skipped: 1,
			failed: 1,
		});
		expect(result.summary.run).toBe(named);
		const after = await people();
		expect(after).toHaveLength(6);

		const plan = await undoRun(named, { mode: 'plan' });
		expect(plan.summary).toMatchObject({ status: 'planned', run: named, rows: 5 });
		expect(undoCounts(plan)).toEqual({ deleted: 3, updated: 2 });
		expect(await people()).toEqual(after);

		const undone = await undoRun(named);
		expect(undone.summary).toMatchObject({ status: 'undone', run: named, rows: 5, codes: {} });
		expect(undoCounts(undone)).toEqual({ deleted: 3, updated: 2 });
		expect(undone.written).toEqual(plan.written);
		expect(undone.written.map(({ number, action }) => [number, action])).toEqual([
			[1, 'restore'],
			[3, 'restore'],
			[4, 'delete'],
			[6, 'delete'],
			[8, 'delete'],
		]);
		expect(await people()).toEqual(before);
	});

	test('S108: the journal keeps what records were before, next to what they became', async () => {
		await importRows(everything, { duplicates: 'merge' });
		const kept = await entries();
		// neither the unchanged row, nor the duplicate, nor the refused one
		expect(kept.map(({ action, file_row }) => `${String(file_row)} ${String(action)}`)).toEqual([
			'1 update',
			'3 update',
			'4 insert',
			'6 insert',
			'8 insert',
		]);
		const [first, , inserted] = kept;
		expect(String(first?.before_image)).toContain('Ann');
		const before = JSON.parse(String(first?.before_image)) as Record<string, string>;
		const after = JSON.parse(String(first?.after_image)) as Record<string, string>;
		expect([before.age, after.age]).toEqual(['30', '31']);
		expect(Object.keys(before)).toEqual(expect.arrayContaining(['name', 'age']));
		expect(inserted?.before_image).toBeNull();
		const whole = JSON.parse(String(inserted?.after_image)) as Record<string, string>;
		expect(Object.keys(whole).sort()).toEqual(['age', 'email', 'id', 'name', 'status']);
		expect(Object.keys(JSON.parse(String(inserted?.record_key)) as object)).toEqual(['id']);
	});

	test('a run that was undone is not undone again', async () => {
		const { named } = await importRows(everything);
		await undoRun(named);
		const before = await people();
		await run("update people set name = 'Anna' where email = 'ann@x.org'");
		const again = await undoRun(named);
		expect(again.summary).toMatchObject({
			status: 'already undone',
			codes: { UNDO_DONE: again.summary.rows },
		});
		expect(undoCounts(again)).toEqual({ skipped: 5 });
		expect(again.written).toEqual([]);
		await run("update people set name = 'Ann' where email = 'ann@x.org'");
		expect(await people()).toEqual(before);
	});

	test('a record that somebody changed since is left, the others are undone', async () => {
		const { named } = await importRows(everything);
		await run("update people set age = 99 where email = 'ann@x.org'");
		// the run did not write it
		await run("update people set status = 'old' where email = 'cyd@x.org'");
		await run("update people set status = 'old' where email = 'dee@x.org'");
		const result = await undoRun(named);
		expect(undoCounts(result)).toEqual({ failed: 2, updated: 1, deleted: 2 });
		expect(await reasons(result)).toEqual([
			[1, 'UNDO_CHANGED'],
			[4, 'UNDO_CHANGED'],
		]);
		const [first, second] = await result.failed.first(2);
		expect(first).toMatchObject({
			source: ['restore', expect.anything()],
			issues: [{ field: 'age', value: '99', message: expect.stringContaining('the run left 31') }],
		});
		expect(second).toMatchObject({ issues: [{ field: 'status' }] });
		expect(result.columns.map(({ name }) => name)).toEqual(['undo', 'id']);
		expect(await people()).toEqual([
			['ann@x.org', 'Anna', 99, 'new'],
			['bob@x.org', 'Bob', 40, 'new'],
			['cyd@x.org', null, 50, 'old'],
			['dee@x.org', 'Dee', 20, 'old'],
		]);
		// once the change is taken back, what is left can be undone
		await run("update people set age = 31 where email = 'ann@x.org'");
		const again = await undoRun(named);
		expect(undoCounts(again)).toEqual({ updated: 1, failed: 1, skipped: 3 });
		expect((await people())[0]).toEqual(['ann@x.org', 'Ann', 30, 'new']);
	});

	test('a difference in case or in blanks is a change', async () => {
		const { named } = await importRows([['ann@x.org', 'Anna', '30']]);
		await run("update people set name = 'anna' where email = 'ann@x.org'");
		expect(await reasons(await undoRun(named))).toEqual([[1, 'UNDO_CHANGED']]);
		await run("update people set name = 'Anna ' where email = 'ann@x.org'");
		expect(await reasons(await undoRun(named))).toEqual([[1, 'UNDO_CHANGED']]);
	});

	test('a record that is gone is listed', async () => {
		const { named } = await importRows(everything);
		await run("delete from people where email in ('ann@x.org', 'dee@x.org')");
		const result = await undoRun(named);
		expect(undoCounts(result)).toEqual({ failed: 2, updated: 1, deleted: 2 });
		expect(await reasons(result)).toEqual([
			[1, 'UNDO_GONE'],
			[4, 'UNDO_GONE'],
		]);
	});

	test('a record that somebody has set back already is unchanged', async () => {
		const { named } = await importRows([['ann@x.org', 'Anna', '31']]);
		await run("update people set name = 'Ann', age = 30 where email = 'ann@x.org'");
		expect(undoCounts(await undoRun(named))).toEqual({ unchanged: 1 });
		expect((await undoRun(named)).summary.status).toBe('already undone');
	});

	test('a record that others refer to is left, the others are deleted', async () => {
		const { named } = await importRows(everything);
		const [dee] = await run("select id from people where email = 'dee@x.org'");
		await run(
			`create table children (parent ${keyType()}, foreign key (parent) references people (id))`,
		);
		await run(`insert into children values (${String(dee?.id)})`);
		const result = await undoRun(named);
		expect(undoCounts(result)).toEqual({ failed: 1, updated: 2, deleted: 2 });
		expect(await reasons(result)).toEqual([[4, 'UNDO_REFERENCED']]);
		expect((await people()).map(([email]) => email)).toContain('dee@x.org');
		await run('delete from children');
		expect(undoCounts(await undoRun(named))).toEqual({ deleted: 1, skipped: 4 });
		expect((await people()).map(([email]) => email)).not.toContain('dee@x.org');
		await run('drop table children');
	});

	test('records that refer to each other are deleted', async () => {
		await run('drop table people');
		await run(
			'create table people (id integer primary key, parent integer, foreign key (parent) references people (id))',
		);
		const rows = Array.from({ length: 12 }, (_, i) => [String(i + 1), i === 0 ? '' : String(i)]);
		const { named } = await importRows(rows, upsertOn('id'), {}, ['id', 'parent']);
		expect(undoCounts(await undoRun(named))).toEqual({ deleted: 12 });
		expect(await run('select * from people')).toEqual([]);
	});

	test('rows that refer to other rows of the file are kept and undone', async () => {
		await run('drop table people');
		await run(
			`create table people (id ${bench().numbered}, name varchar(20) not null unique, parent ${keyType()}, foreign key (parent) references people (id))`,
		);
		await run("insert into people (name) values ('root')");
		const before = await run('select id, name, parent from people order by id');
		const rows = [
			['c', 'b'],
			['b', 'a'],
			['a', 'root'],
			['root', ''],
			['d', 'a'],
		];
		const { named, result } = await importRows(
			rows,
			upsertOn('name'),
			{ references: [{ column: 'parent', table: bench().table('people'), by: 'name' }] },
			['name', 'parent'],
		);
		expect(counts(result)).toEqual({ rows: 5, inserted: 4, unchanged: 1 });
		const linked = await run(
			'select t.name, p.name as parent from people t join people p on p.id = t.parent order by t.name',
		);
		expect(linked.map(({ name, parent }) => [name, parent])).toEqual([
			['a', 'root'],
			['b', 'a'],
			['c', 'b'],
			['d', 'a'],
		]);
		expect(undoCounts(await undoRun(named))).toEqual({ deleted: 4 });
		expect(await run('select id, name, parent from people order by id')).toEqual(before);
	});

	test('runs are undone in the reverse order; out of order, what a later run changed is left', async () => {
		const first = await importRows([['ann@x.org', 'Ann', '31']]);
		const second = await importRows([['ann@x.org', 'Ann', '32']]);
		expect(await reasons(await undoRun(first.named))).toEqual([[1, 'UNDO_CHANGED']]);
		expect(undoCounts(await undoRun(second.named))).toEqual({ updated: 1 });
		expect(undoCounts(await undoRun(first.named))).toEqual({ updated: 1 });
		expect((await people())[0]).toEqual(['ann@x.org', 'Ann', 30, 'new']);
	});

	test('several rows for one record are one write', async () => {
		const before = await people();
		const { named } = await importRows(
			[
				['ann@x.org', 'One', '31'],
				['ann@x.org', 'Two', ''],
				['new@x.org', 'New', '1'],
			],
			{ duplicates: 'all' },
		);
		expect(await entries()).toHaveLength(2);
		expect(undoCounts(await undoRun(named))).toEqual({ updated: 1, deleted: 1 });
		expect(await people()).toEqual(before);
	});

	test('records that were found by rules, and given another key, get theirs back', async () => {
		const before = await run('select id, email, name from people order by id');
		const { named } = await importRows(
			[
				['700', 'ANN@x.org', 'A'],
				['701', 'none@x.org', 'bob'],
			],
			{
				match: [
					{ fields: [{ column: 'email', normalizer: 'email' }] },
					{ fields: [{ column: 'name', normalizer: 'words' }] },
				],
			},
			{},
			['id', 'email', 'name'],
		);
		const between = await run('select id from people order by id');
		expect(between.map(({ id }) => Number(id)).slice(1)).toEqual([700, 701]);
		expect(undoCounts(await undoRun(named))).toEqual({ updated: 2 });
		expect(await run('select id, email, name from people order by id')).toEqual(before);
	});

	test('a run that is not known, or that wrote to another table, is said to be', async () => {
		await expect(undoRun('never')).rejects.toMatchObject({ code: 'UNDO_UNKNOWN' });
		await run('create table children (id integer primary key)');
		const { named } = await importRows(
			[['1']],
			upsertOn('id'),
			{ table: bench().table('children') },
			['id'],
		);
		await expect(undoRun('never')).rejects.toMatchObject({ code: 'UNDO_UNKNOWN' });
		await expect(undoRun(named)).rejects.toMatchObject({
			code: 'UNDO_UNKNOWN',
			issue: { hint: expect.stringContaining('children') },
		});
		await run('drop table children');
	});

	test('a run that wrote nothing, was stopped, cancelled or only planned leaves no journal', async () => {
		const { result } = await importRows([['ann@x.org', 'Ann', '30']]);
		expect(result.summary.run).toBeUndefined();
		await importRows(everything, {}, { mode: 'plan' });
		const stopped = await importRows(everything, {}, { guards: { maxFailedPercent: 1 } });
		expect(stopped.result.summary.status).toBe('stopped');
		const cancelled = new AbortController();
		cancelled.abort();
		await expect(importRows(everything, {}, { signal: cancelled.signal })).rejects.toMatchObject({
			code: 'RUN_CANCELLED',
		});
		expect(await entries()).toEqual([]);
	});

	test('in batches nothing is kept: such an import is refused before anything is read', async () => {
		const before = await people();
		await expect(importRows(everything, {}, { commit: 'batch' })).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			issue: { hint: expect.stringContaining('Keep for Undo off') },
		});
		expect(await people()).toEqual(before);
		await expect(run('select 1 from data_import_journal')).rejects.toThrow();
	});

	test('a plan makes no journal', async () => {
		await importRows(everything, {}, { mode: 'plan' });
		await expect(run('select 1 from data_import_journal')).rejects.toThrow();
	});

	test('guards hold for an undo too', async () => {
		const { named } = await importRows(everything);
		const after = await people();
		for (const mode of ['plan', 'apply'] as const) {
			const guarded = await undoRun(named, { mode, guards: { maxUpdated: 1 } });
			expect(guarded.summary.stopped).toContain('2 records would be updated');
			expect(guarded.summary.codes).toEqual({ RUN_GUARD: 1 });
			expect(await people()).toEqual(after);
		}
		const stopped = await undoRun(named, { guards: { maxUpdated: 1 } });
		expect(stopped.summary.status).toBe('stopped');
		expect(undoCounts(stopped)).toEqual({ unprocessed: 5 });
		expect(stopped.written).toEqual([]);
	});

	test('an undo that is cancelled leaves the table as it is', async () => {
		const { named } = await importRows(everything);
		const after = await people();
		const cancelled = new AbortController();
		cancelled.abort();
		await expect(undoRun(named, { signal: cancelled.signal })).rejects.toMatchObject({
			code: 'RUN_CANCELLED',
		});
		expect(await people()).toEqual(after);
		expect(undoCounts(await undoRun(named))).toEqual({ deleted: 3, updated: 2 });
	});

	test('thousands of writes are undone, those that cannot be are found among them', async () => {
		const rows = Array.from({ length: 5000 }, (_, i) => [
			`p${String(i).padStart(5, '0')}@x.org`,
			`P ${i}`,
			'5',
		]);
		const first = await importRows(rows);
		expect(counts(first.result)).toEqual({ rows: 5000, inserted: 5000 });
		const second = await importRows(rows.map(([email]) => [email ?? '', 'changed', '6']));
		expect(counts(second.result)).toEqual({ rows: 5000, updated: 5000 });
		await run("update people set age = 7 where email in ('p00007@x.org', 'p04321@x.org')");
		const undone = await undoRun(second.named, { listLimit: 3 });
		expect(undoCounts(undone)).toEqual({ updated: 4998, failed: 2 });
		expect(undone.written).toHaveLength(3);
		expect(await reasons(undone)).toEqual([
			[8, 'UNDO_CHANGED'],
			[4322, 'UNDO_CHANGED'],
		]);
		expect(undoCounts(await undoRun(first.named))).toEqual({ deleted: 4998, failed: 2 });
		expect(await people()).toHaveLength(5);
	});

	test.each([
		'Quoted "name"',
		"it's",
		'back\\slash',
		'a.b $1 ? :x',
		'order',
		'größe',
		'b0',
		'image',
	])('a table and its columns may have the name %s', async (name) => {
		const { quote, table, target } = bench();
		await run(`drop table if exists ${quote(name)}`);
		await run(
			`create table ${quote(name)} (${quote(`${name}1`)} varchar(30) not null primary key, ${quote(name)} varchar(30))`,
		);
		await run(`insert into ${quote(name)} values ('a', 'b')`);
		const options = { table: table(name), mode: 'apply' as const };
		const columns = [{ name: `${name}1` }, { name }];
		const rows = [
			['a', 'it\'s \\ "new"'],
			['c', 'd'],
		];
		await load(openRows(columns, rows), target, {
			...options,
			rules: upsertOn(`${name}1`),
			journal: { run: name },
		});
		expect(undoCounts(await undo(target, { ...options, run: name }))).toEqual({
			deleted: 1,
			updated: 1,
		});
		expect(await run(`select * from ${quote(name)}`)).toEqual([{ [`${name}1`]: 'a', [name]: 'b' }]);
		await run(`drop table ${quote(name)}`);
	});

	test('a table of many columns is undone', async () => {
		await run('drop table people');
		const names = Array.from({ length: 180 }, (_, i) => `f${i}`);
		await run(
			`create table people (id integer primary key, ${names.map((name) => `${name} varchar(9)`).join(', ')})`,
		);
		await run("insert into people (id, f0, f179) values (1, 'a', 'z')");
		const row = (id: string) => [id, ...names.map((name) => `x${name}`)];
		const before = await run('select * from people');
		const { named } = await importRows([row('1'), row('2')], upsertOn('id'), {}, ['id', ...names]);
		expect(undoCounts(await undoRun(named))).toEqual({ deleted: 1, updated: 1 });
		expect(await run('select * from people')).toEqual(before);
	});

	test('a column that came after the run hinders nothing; one that is gone is a change', async () => {
		const before = await people();
		const first = await importRows(everything);
		await run('alter table people add column more varchar(5)');
		expect(undoCounts(await undoRun(first.named))).toEqual({ deleted: 3, updated: 2 });
		expect(await people()).toEqual(before);
		const second = await importRows(everything);
		await run('alter table people drop column name');
		const result = await undoRun(second.named);
		// what was empty before the run is empty now
		expect(undoCounts(result)).toEqual({ failed: 4, unchanged: 1 });
		expect(result.summary.codes).toEqual({ UNDO_CHANGED: 4 });
	});

	test('rows matched on nothing are taken back', async () => {
		const before = await people();
		const { named } = await importRows([['new@x.org', 'New', '1']], {
			match: [],
			onMatch: 'insert',
		});
		expect(undoCounts(await undoRun(named))).toEqual({ deleted: 1 });
		expect(await people()).toEqual(before);
	});

	test('the rule by which records are found may be a column that the run empties', async () => {
		const before = await people();
		const { named } = await importRows(
			[['ann@x.org', '', '']],
			{ match: [exactRule('email')], emptyCells: 'clear' },
			{},
		);
		expect((await people())[0]).toEqual(['ann@x.org', null, null, 'new']);
		expect(undoCounts(await undoRun(named))).toEqual({ updated: 1 });
		expect(await people()).toEqual(before);
	});
}

/** Values of every type come back exactly: the record is compared in the database itself. */
export function describeUndoneTypes(
	bench: () => UndoBench,
	types: readonly UndoneType[],
	/** True where two columns hold the very same, of the same type. */
	same: (left: string, right: string) => string,
): void {
	test.each(types)('$type $before comes back', async ({ type, before, after }) => {
		const { run, target, table, numbered } = bench();
		await run('drop table if exists typed');
		await run(
			`create table typed (id ${numbered}, code varchar(9) not null unique, v ${type}, original ${type})`,
		);
		await run(`insert into typed (code, v, original) values ('a', ${before}, ${before})`);
		const named = `typed ${++lastRun}`;
		const options = { table: table('typed'), mode: 'apply' as const };
		const rows = [
			['a', after],
			['b', after],
		];
		const loaded = await load(openRows([{ name: 'code' }, { name: 'v' }], rows), target, {
			...options,
			rules: { ...upsertOn('code'), emptyCells: 'clear' },
			journal: { run: named },
		});
		expect(counts(loaded)).toEqual({ rows: 2, inserted: 1, updated: 1 });
		const undone = await undo(target, { ...options, run: named });
		expect(undone.summary.codes).toEqual({});
		expect(undoCounts(undone)).toEqual({ deleted: 1, updated: 1 });
		const rest = await run(
			`select code, case when ${same('v', 'original')} then 'same' else 'other' end as is_same from typed`,
		);
		expect(rest).toEqual([{ code: 'a', is_same: 'same' }]);
		await run('drop table typed');
	});
}
