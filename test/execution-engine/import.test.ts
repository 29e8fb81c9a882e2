import fs, { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { INodeExecutionData, IRun } from 'n8n-workflow';
import {
	fileItem,
	jsonOf,
	keepBinaryData,
	outputOf,
	runNodes,
	storedFileItem,
	type PlacedNode,
} from './run-nodes';

const root = join(__dirname, '../..');
const contacts = readFileSync(join(root, 'workflows/files/contacts.csv'));
const schema = readFileSync(join(root, 'host/contacts.sql'), 'utf8');
const example = JSON.parse(readFileSync(join(root, 'workflows/import-contacts.json'), 'utf8')) as {
	nodes: Array<{ name: string; type: string; parameters: PlacedNode['parameters'] }>;
};

/** A node of the example workflow, with other parameters where they are given. */
function placed(name: string, parameters: PlacedNode['parameters'] = {}): PlacedNode {
	const node = example.nodes.find((candidate) => candidate.name === name)!;
	return {
		name,
		type: node.type.replace('n8n-nodes-data-import.', ''),
		parameters: { ...node.parameters, ...parameters },
	};
}

/** The folders of temporary files that are made from now on, and not yet removed. */
function watchTemporaryFiles(): () => Promise<string[]> {
	const spooled = jest.spyOn(fs.promises, 'mkdtemp');
	const spilled = jest.spyOn(fs, 'mkdtempSync');
	return async () => {
		const made = await Promise.all(
			spooled.mock.results.map(({ value }) => value as Promise<string>),
		);
		const all = [...made, ...spilled.mock.results.map(({ value }) => String(value))];
		return all.filter((folder) => fs.existsSync(folder));
	};
}

describe('an import in n8n’s execution engine', () => {
	const folder = mkdtempSync(join(tmpdir(), 'import-nodes-'));
	const path = join(folder, 'contacts.sqlite');
	const credentials = { sqliteFile: { path } };
	let database: DatabaseSync;

	beforeAll(() => {
		process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
	});

	beforeEach(async () => {
		await keepBinaryData('default');
		rmSync(path, { force: true });
		database = new DatabaseSync(path);
		database.exec(schema);
	});

	afterEach(() => database.close());

	afterAll(() => rmSync(folder, { recursive: true }));

	const table = () =>
		database
			.prepare(
				'select email, last_name, birthdate, country, annual_donation, newsletter from contacts order by email',
			)
			.all()
			.map((row) => ({ ...row }));

	const chain = (output: 'dataset' | 'items') => [
		placed('Parse Spreadsheet', { output }),
		placed('Map Fields'),
		placed('Transform'),
		placed('Match & Upsert'),
	];

	const importContacts = (output: 'dataset' | 'items' = 'dataset', item?: INodeExecutionData) =>
		runNodes(chain(output), [item ?? fileItem(contacts, 'contacts.csv')], credentials);

	test('the messy contacts go through four nodes, and every row is accounted for', async () => {
		const run = await importContacts();
		const [summary] = jsonOf(run, 'Match & Upsert');
		expect(summary).toMatchObject({
			status: 'applied',
			rows: 30,
			inserted: 23,
			updated: 0,
			unchanged: 0,
			skipped: 2,
			failed: 5,
			unprocessed: 0,
			file: 'contacts.csv',
		});
		const failed = jsonOf(run, 'Match & Upsert', 2);
		expect(failed.map(({ row, code, column, value }) => ({ row, code, column, value }))).toEqual([
			{ row: 14, code: 'CELL_DATE', column: 'Birthdate', value: '31.02.1981' },
			{
				row: 19,
				code: 'CELL_EMAIL',
				column: 'E-mail Address',
				value: 'sarka.dvorakova(at)example.cz',
			},
			{ row: 21, code: 'CELL_NUMBER', column: 'Annual Donation', value: 'n/a' },
			{ row: 27, code: 'CELL_REQUIRED', column: 'E-mail Address', value: null },
			{ row: 29, code: 'ROW_LONG', column: null, value: 'moved, see note' },
		]);
		expect(table()).toContainEqual({
			email: 'zoe.obrien@example.org',
			last_name: "O'Brien",
			birthdate: '1990-03-17',
			country: 'IE',
			annual_donation: null,
			newsletter: 1,
		});
		expect(table()).toContainEqual(
			expect.objectContaining({ email: 'anke.weiss@example.de', annual_donation: -50 }),
		);
		expect(table()).toHaveLength(23);
	});

	test('the same file again leaves every row unchanged', async () => {
		await importContacts();
		const before = table();
		const [summary] = jsonOf(await importContacts(), 'Match & Upsert');
		expect(summary).toMatchObject({
			rows: 30,
			inserted: 0,
			updated: 0,
			unchanged: 23,
			skipped: 2,
			failed: 5,
		});
		expect(table()).toEqual(before);
	});

	test('Dataset and Items give the same rows', async () => {
		await importContacts('dataset');
		const fromDataset = table();
		database.exec('delete from contacts');
		const run = await importContacts('items');
		expect(table()).toEqual(fromDataset);
		expect(jsonOf(run, 'Map Fields', 2).map(({ code }) => code)).toEqual([
			'CELL_DATE',
			'CELL_EMAIL',
			'CELL_NUMBER',
			'CELL_REQUIRED',
		]);
		expect(jsonOf(run, 'Parse Spreadsheet', 2).map(({ code }) => code)).toEqual(['ROW_LONG']);
	});

	test('a dataset travels as one item: its file by reference, its columns and decisions to be seen', async () => {
		const run = await importContacts();
		const [parsed] = outputOf(run, 'Parse Spreadsheet');
		expect(outputOf(run, 'Parse Spreadsheet')).toHaveLength(1);
		expect(parsed!.binary?.data?.fileName).toBe('contacts.csv');
		expect(parsed!.json.fields).toMatchObject({ 'E-mail Address': 'email', Birthdate: 'date' });
		expect(parsed!.json.sample).toMatchObject({ 'Mailing City': 'Berlin' });
		expect(parsed!.json.decisions).toMatchObject({
			delimiter: expect.stringContaining('semicolon'),
		});
		expect(outputOf(run, 'Parse Spreadsheet', 1)).toHaveLength(20);
		const [mapped] = jsonOf(run, 'Map Fields');
		expect(mapped!.mapping).toContainEqual(
			expect.objectContaining({ column: 'Lead Source', field: null, status: 'unmapped' }),
		);
		expect(jsonOf(run, 'Map Fields', 1)[0]).toMatchObject({
			annual_donation: 1250,
			newsletter: true,
		});
	});

	test('the failed rows come as a file in the layout of the source', async () => {
		const run = await importContacts();
		const [first] = outputOf(run, 'Match & Upsert', 2);
		const text = Buffer.from(first!.binary!.failed!.data, 'base64').toString('utf8');
		const lines = text.trimEnd().split('\r\n');
		expect(first!.binary!.failed!.fileName).toBe('contacts-failed.csv');
		expect(lines[0]).toBe(
			(contacts.toString('utf8').split('\r\n')[0] ?? '') +
				';import_row;import_code;import_reason;import_extra_cells;import_run',
		);
		expect(lines).toHaveLength(6);
		expect(lines[1]).toContain('31.02.1981');
		expect(lines[5]).toMatch(/;moved, see note;1$/);
	});

	test('the file of failed rows goes the same way again once it is corrected', async () => {
		const [first] = outputOf(await importContacts(), 'Match & Upsert', 2);
		const failed = Buffer.from(first!.binary!.failed!.data, 'base64').toString('utf8');
		const mended = failed.replace('31.02.1981', '28.02.1981');
		const run = await importContacts('dataset', fileItem(mended, 'contacts-failed.csv'));
		const { hints = [] } = run.data.resultData.runData['Parse Spreadsheet']![0]!;
		expect(hints[0]?.message).toMatch(/, a retry of run 1(;|\.$)/);
		const [parsed] = jsonOf(run, 'Parse Spreadsheet');
		expect(Object.keys(parsed!.fields as object)).toEqual(
			contacts.toString('utf8').split('\r\n')[0]!.split(';'),
		);
		expect(jsonOf(run, 'Match & Upsert')[0]).toMatchObject({ rows: 5, inserted: 1, failed: 4 });
		const [again] = outputOf(run, 'Match & Upsert', 2);
		const lines = Buffer.from(again!.binary!.failed!.data, 'base64').toString().split('\r\n');
		expect(lines[0]).toBe(failed.split('\r\n')[0]);
		expect(lines[1]).toContain(';19;CELL_EMAIL;');
		expect(again!.binary!.failed!.fileName).toBe('contacts-failed-failed.csv');
	});

	describe.each([
		['on disk', 'filesystem', /^filesystem/],
		['in its database', 'database', /^database:/],
		['in memory', 'default', /^$/],
	] as const)('a file that n8n keeps %s', (_, mode, id) => {
		test.each([
			['as it is', 'contacts.csv', contacts],
			['packed by gzip', 'contacts.csv.gz', gzipSync(contacts)],
		])('%s', async (__, fileName, content) => {
			await keepBinaryData(mode);
			const item = await storedFileItem(content, fileName);
			expect(item.binary?.data?.id ?? '').toMatch(id);
			const temporaryFiles = watchTemporaryFiles();
			const [summary] = jsonOf(await importContacts('dataset', item), 'Match & Upsert');
			expect(summary).toMatchObject({ rows: 30, inserted: 23, file: fileName });
			expect(await temporaryFiles()).toEqual([]);
			jest.restoreAllMocks();
		});
	});

	test.each(['filesystem', 'database'] as const)(
		'a file that is gone from where n8n keeps it (%s) is said to be so',
		async (mode) => {
			await keepBinaryData(mode);
			const item = await storedFileItem(contacts, 'contacts.csv');
			const data = item.binary!.data!;
			data.id = `${data.id!.slice(0, -12)}000000000000`;
			const run = await importContacts('dataset', item);
			expect((run.data.resultData.error as Error).message).toBe(
				'The file "contacts.csv" cannot be taken from where n8n keeps it [FILE_UNREADABLE]',
			);
		},
	);

	test('a plan says what would be written, with before and after, and writes nothing', async () => {
		await importContacts();
		const changed = contacts.toString('utf8').replace('Dublin', 'Cork');
		const before = table();
		const run = await runNodes(
			[...chain('dataset').slice(0, 3), placed('Match & Upsert', { mode: 'plan' })],
			[fileItem(changed, 'contacts.csv')],
			credentials,
		);
		expect(jsonOf(run, 'Match & Upsert')[0]).toMatchObject({
			status: 'planned',
			updated: 1,
			unchanged: 22,
		});
		expect(jsonOf(run, 'Match & Upsert', 1)).toMatchObject([
			{
				action: 'update',
				changes: 'city: Dublin → Cork',
				city: 'Cork',
				before: { city: 'Dublin' },
			},
		]);
		expect(table()).toEqual(before);
	});

	describe('what is configured wrongly is said before the first row is read', () => {
		const errorOf = async (nodes: PlacedNode[], items = [fileItem(contacts, 'contacts.csv')]) => {
			const run: IRun = await runNodes(nodes, items, credentials);
			expect(table()).toEqual([]);
			return run.data.resultData.error as unknown as { message: string; description?: string };
		};
		const [parse, map, transform, upsert] = chain('dataset') as [
			PlacedNode,
			PlacedNode,
			PlacedNode,
			PlacedNode,
		];

		test('a column that is not there', async () => {
			const columns = {
				mappingMode: 'defineBelow',
				value: { email: 'Mail' },
				schema: [],
				matchingColumns: [],
			};
			const error = await errorOf([parse, placed('Map Fields', { columns }), transform, upsert]);
			expect(error.message).toContain('RUN_NO_COLUMN');
			expect(error.message).toContain('"Mail"');
		});

		test('an empty mapping', async () => {
			const columns = { mappingMode: 'defineBelow', value: {}, schema: [], matchingColumns: [] };
			const rules = { rule: [] };
			const error = await errorOf([parse, placed('Map Fields', { columns, rules }), upsert]);
			expect(error.message).toContain('RUN_NO_MAPPING');
		});

		test('a table that does not exist', async () => {
			const error = await errorOf([
				parse,
				map,
				placed('Match & Upsert', { table: { __rl: true, mode: 'name', value: 'members' } }),
			]);
			expect(error.message).toContain('RUN_NO_TABLE');
			expect(error.description).toContain('contacts');
		});

		test('a credential that leads nowhere', async () => {
			const run = await runNodes(chain('dataset'), [fileItem(contacts, 'contacts.csv')], {
				sqliteFile: { path: join(folder, 'missing.sqlite') },
			});
			expect((run.data.resultData.error as Error).message).toContain('RUN_CONNECTION');
		});

		test('an operation on a column that is not there', async () => {
			const operations = { operation: [{ operation: 'trim', fields: ['nickname'] }] };
			const error = await errorOf([parse, map, placed('Transform', { operations }), upsert]);
			expect(error.message).toContain('RUN_NO_COLUMN');
		});

		test('a file that n8n does not permit', async () => {
			const run = await runNodes(chain('dataset'), [fileItem(contacts, 'contacts.csv')], {
				sqliteFile: { path: '/etc/passwd' },
			});
			expect((run.data.resultData.error as Error).message).toContain('does not permit');
		});
	});

	test('each file goes where the expressions of its own item say', async () => {
		database.exec(schema.replace('contacts', 'others'));
		const files = ['contacts.csv', 'others.csv'].map((name) => fileItem(contacts, name));
		const table = { __rl: true, mode: 'name', value: "={{ $binary.data.fileName.split('.')[0] }}" };
		const run = await runNodes(
			[...chain('dataset').slice(0, 3), placed('Match & Upsert', { table })],
			files,
			credentials,
		);
		expect(jsonOf(run, 'Match & Upsert').map((json) => [json.table, json.inserted])).toEqual([
			['contacts', 23],
			['others', 23],
		]);
		const [counted] = database.prepare('select count(*) as n from others').all();
		expect(counted?.n).toBe(23);
	});

	test('more rows than the item limit are an error, never a shortened list', async () => {
		const run = await runNodes(
			[placed('Parse Spreadsheet', { output: 'items', options: { itemLimit: 10 } })],
			[fileItem(contacts, 'contacts.csv')],
		);
		expect((run.data.resultData.error as Error).message).toContain('RUN_ITEM_LIMIT');
	});

	test('where the workflow goes on after errors, a file that cannot be read comes out as rejected', async () => {
		const parse = { ...placed('Parse Spreadsheet'), onError: 'continueRegularOutput' as const };
		const run = await runNodes(
			[parse],
			[fileItem('', 'empty.csv'), fileItem(contacts, 'contacts.csv')],
		);
		expect(jsonOf(run, 'Parse Spreadsheet', 2)).toMatchObject([{ code: 'FILE_EMPTY' }]);
		expect(jsonOf(run, 'Parse Spreadsheet')).toHaveLength(1);
	});

	test('a dataset cannot be made to read a file that its item does not hold', async () => {
		const [parsed] = outputOf(await importContacts(), 'Parse Spreadsheet');
		const forged: INodeExecutionData = {
			json: {
				...parsed!.json,
				dataset: {
					...(parsed!.json.dataset as object),
					path: '/etc/passwd',
					bytes: { id: 'filesystem-v2:/etc/passwd' },
				},
			},
		};
		const run = await runNodes([placed('Map Fields')], [forged], credentials);
		expect((run.data.resultData.error as Error).message).toMatch(/binary/i);
	});
});
