import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOf, keepBinaryData, runNodes, type PlacedNode } from './run-nodes';

const schema = readFileSync(join(__dirname, '../../host/contacts.sql'), 'utf8');

const ROWS = 25;

const items = Array.from({ length: ROWS }, (_, i) => ({
	json: { email: `c${i}@x.org`, last_name: `Name ${i}` },
}));

describe('Match & Upsert that commits in batches', () => {
	const folder = mkdtempSync(join(tmpdir(), 'commit-in-batches-'));
	const path = join(folder, 'contacts.sqlite');
	let database: DatabaseSync;

	beforeEach(async () => {
		process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
		await keepBinaryData('default');
		rmSync(path, { force: true });
		database = new DatabaseSync(path);
		database.exec(schema);
	});

	afterEach(() => database.close());

	afterAll(() => rmSync(folder, { recursive: true }));

	const importItems = async (options: { commit?: string; batchRows?: number }) => {
		const node: PlacedNode = {
			name: 'Match & Upsert',
			type: 'matchUpsert',
			parameters: {
				database: 'sqlite',
				table: { __rl: true, mode: 'list', value: 'contacts' },
				mode: 'apply',
				matchBy: 'columns',
				matchOn: ['email'],
				onMatch: 'update',
				onNoMatch: 'insert',
				options,
			},
		};
		return await runNodes([node], items, { sqliteFile: { path } });
	};

	const books = () =>
		database
			.prepare('select state, batches, inserted from data_import_batches')
			.all()
			.map((row) => ({ ...row }));

	test('each batch has the rows that are asked for, and the books are closed at the end', async () => {
		const run = await importItems({ commit: 'batch', batchRows: 10 });
		const [summary] = jsonOf(run, 'Match & Upsert');
		expect(summary).toMatchObject({ status: 'applied', rows: ROWS, inserted: ROWS });
		expect(books()).toEqual([{ state: 'done', batches: 3, inserted: ROWS }]);
	});

	test('without the option everything is written at once, and no books are kept', async () => {
		await importItems({});
		expect(books).toThrow('no such table');
		const [row] = database.prepare('select count(*) as n from contacts').all();
		expect(Number(row?.n)).toBe(ROWS);
	});
});
