import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, IRun } from 'n8n-workflow';
import { jsonOf, keepBinaryData, outputOf, runNodes, type PlacedNode } from './run-nodes';

const NODE = 'Match & Upsert';

describe('undoing a run in n8n’s execution engine', () => {
	const folder = mkdtempSync(join(tmpdir(), 'undo-nodes-'));
	const path = join(folder, 'people.sqlite');
	let database: DatabaseSync;

	beforeAll(() => {
		process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
	});

	beforeEach(async () => {
		await keepBinaryData('default');
		rmSync(path, { force: true });
		database = new DatabaseSync(path);
		database.exec(
			"create table people (id integer primary key, email text unique, age integer); insert into people values (1, 'ann@x.org', 30), (2, 'bob@x.org', 40)",
		);
	});

	afterEach(() => database.close());

	afterAll(() => rmSync(folder, { recursive: true }));

	const people = () =>
		database
			.prepare('select email, age from people order by email')
			.all()
			.map(({ email, age }) => [email, age]);

	const node = (
		parameters: PlacedNode['parameters'],
		onError?: PlacedNode['onError'],
	): PlacedNode => ({
		name: NODE,
		type: 'matchUpsert',
		parameters: {
			database: 'sqlite',
			table: { __rl: true, mode: 'name', value: 'people' },
			...parameters,
		},
		onError,
	});

	const runNode = async (placed: PlacedNode, rows: IDataObject[]): Promise<IRun> =>
		await runNodes(
			[placed],
			rows.map((json) => ({ json })),
			{ sqliteFile: { path } },
		);

	const ROWS = [
		{ email: 'ann@x.org', age: 31 },
		{ email: 'cyd@x.org', age: 50 },
		{ email: 'dee@x.org', age: 60 },
	];

	const importRows = async (options: { keepForUndo?: boolean } = { keepForUndo: true }) => {
		const run = await runNode(node({ matchOn: ['email'], options }), ROWS);
		return jsonOf(run, NODE)[0]!;
	};

	const undoRun = async (parameters: PlacedNode['parameters'], rows: IDataObject[] = [{}]) =>
		await runNode(node({ operation: 'undo', ...parameters }), rows);

	test('an import that is kept names its run, and the run can be undone by it', async () => {
		const summary = await importRows();
		expect(summary).toMatchObject({ status: 'applied', inserted: 2, updated: 1 });
		expect(summary.run).toEqual(expect.any(String));
		const after = people();

		const plan = await undoRun({ mode: 'plan', run: '={{ $json.run }}' }, [summary]);
		expect(jsonOf(plan, NODE)[0]).toMatchObject({ status: 'planned', deleted: 2, updated: 1 });
		expect(people()).toEqual(after);

		const undone = await undoRun({ run: '={{ $json.run }}' }, [summary]);
		expect(jsonOf(undone, NODE)).toEqual([
			{
				status: 'undone',
				run: summary.run,
				rows: 3,
				inserted: 0,
				updated: 1,
				deleted: 2,
				unchanged: 0,
				skipped: 0,
				failed: 0,
				unprocessed: 0,
				table: 'people',
				seconds: expect.any(Number),
				codes: {},
				problems: [],
			},
		]);
		expect(jsonOf(undone, NODE, 1)).toEqual([
			{ row: 1, action: 'restore', changes: 'age: 31 → 30', id: 1, age: 30, before: { age: 31 } },
			{ row: 2, action: 'delete', id: 3, email: 'cyd@x.org', age: 50 },
			{ row: 3, action: 'delete', id: 4, email: 'dee@x.org', age: 60 },
		]);
		expect(people()).toEqual([
			['ann@x.org', 30],
			['bob@x.org', 40],
		]);

		const again = await undoRun({ run: summary.run as string });
		expect(jsonOf(again, NODE)[0]).toMatchObject({
			status: 'already undone',
			skipped: 3,
			codes: { UNDO_DONE: 3 },
		});
	});

	test('what was changed since fails, as an item and in a file', async () => {
		const { run } = await importRows();
		database.exec("update people set age = 99 where email = 'cyd@x.org'");
		const undone = await undoRun({ run: run as string });
		expect(jsonOf(undone, NODE)[0]).toMatchObject({ deleted: 1, updated: 1, failed: 1 });
		const [failed] = outputOf(undone, NODE, 2);
		expect(failed?.json).toMatchObject({
			row: 2,
			code: 'UNDO_CHANGED',
			column: 'age',
			value: '99',
			undo: 'delete',
			id: 3,
		});
		const file = Buffer.from(failed!.binary!.failed!.data, 'base64').toString();
		expect(file).toContain('undo,id,');
		expect(file).toContain('UNDO_CHANGED');
	});

	test('without Keep for Undo nothing is kept beside the table', async () => {
		const summary = await importRows({});
		expect(summary.run).toBeUndefined();
		expect(
			database.prepare("select name from sqlite_schema where name like 'data_import%'").all(),
		).toEqual([]);
	});

	test('a run that is not known is an error with its code, or a summary where the workflow goes on', async () => {
		const unknown = await undoRun({ run: 'never' });
		expect(unknown.data.resultData.error?.message).toContain('[UNDO_UNKNOWN]');
		const none = await undoRun({ run: '={{ "" }}' });
		expect(none.data.resultData.error?.message).toContain('[RUN_CONFIG]');
		const parameters = { operation: 'undo', run: 'never' };
		const goesOn = await runNode(node(parameters, 'continueRegularOutput'), [{}]);
		expect(jsonOf(goesOn, NODE)[0]).toMatchObject({ status: 'failed', code: 'UNDO_UNKNOWN' });
	});
});
