import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode, IRun } from 'n8n-workflow';
import {
	fileItem,
	jsonOf,
	keepBinaryData,
	outputOf,
	runNodes,
	type BinaryMode,
	type PlacedNode,
} from './run-nodes';

type Parameters = INode['parameters'];

const folder = mkdtempSync(join(tmpdir(), 'lookup-nodes-'));

beforeAll(() => {
	process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
	process.env.DATA_IMPORT_TEMPLATES = join(folder, 'state.sqlite');
});

afterAll(() => {
	delete process.env.DATA_IMPORT_TEMPLATES;
	rmSync(folder, { recursive: true });
});

const contacts = 'name,country\nAda,de\nBo,JP\nCy,FR\nDi,\n';
const countries = 'code;label;continent\nDE;Germany;Europe\nJP;Japan;Asia\n';

/** One upload with both files. */
const upload = () => {
	const item = fileItem(contacts, 'contacts.csv');
	item.binary!.table = fileItem(countries, 'countries.csv').binary!.data!;
	return item;
};

const parse: PlacedNode = { name: 'Parse', type: 'parseSpreadsheet', parameters: {} };

const parseTable: PlacedNode = {
	name: 'Table',
	type: 'parseSpreadsheet',
	parameters: { binaryProperty: 'table' },
	after: 'Start',
};

const giving = (...rows: IDataObject[]): PlacedNode => ({
	name: 'Table',
	type: 'give',
	parameters: { items: JSON.stringify(rows) },
	after: 'Start',
});

const lookup = {
	operation: 'lookup',
	keys: { entry: [{ field: 'country', lookupField: 'code' }] },
	bring: { entry: [{ lookupField: 'continent', name: 'region' }] },
};

const transform = (
	operations: IDataObject[],
	parameters: Parameters = {},
	place: Partial<PlacedNode> = {},
): PlacedNode => ({
	name: 'Transform',
	type: 'transform',
	parameters: { operations: { operation: operations }, ...parameters } as Parameters,
	...place,
});

/** Gives the rows of a Dataset as items. */
const list: PlacedNode = {
	name: 'List',
	type: 'transform',
	parameters: { operations: {}, output: 'items' },
};

const hintsOf = (run: IRun, node: string) =>
	(run.data.resultData.runData[node]?.[0]?.hints ?? []).map(({ message }) => message);

const errorOf = (run: IRun) =>
	run.data.resultData.error as (Error & { description?: string }) | undefined;

const expected = [
	{ name: 'Ada', country: 'de', region: 'Europe' },
	{ name: 'Bo', country: 'JP', region: 'Asia' },
	{ name: 'Cy', country: 'FR', region: null },
	{ name: 'Di', country: '', region: null },
];

describe.each<BinaryMode>(['default', 'filesystem', 'database'])(
	'a second input, binary data in %s',
	(mode) => {
		beforeAll(() => keepBinaryData(mode));

		test('a Dataset is looked into by a Dataset, by the node that runs it', async () => {
			const run = await runNodes(
				[parse, parseTable, transform([lookup], {}, { after: 'Parse', lookup: 'Table' }), list],
				[upload()],
			);
			expect(jsonOf(run, 'List')).toEqual(expected);
			const [item] = outputOf(run, 'Transform');
			expect(Object.keys(item!.binary!)).toEqual(['data', 'lookup']);
			expect(item!.binary!.lookup!.fileName).toBe('countries.csv');
			expect(jsonOf(run, 'Transform', 1)).toEqual(expected);
			expect(hintsOf(run, 'List')).toEqual([
				'2 warnings "The lookup table does not know the row" [ROW_LOOKUP_NONE], the first: row 4: The lookup table has no row with the key "FR".',
			]);
		});

		test('rows that are too many for JSON travel as a file, with the values that they had', async () => {
			const rows = Array.from({ length: 1500 }, (_, i) => ({
				code: i === 0 ? 'DE' : `X${i}`,
				continent: { name: 'Europe', countries: 50 },
				nothing: null,
				zip: '00501',
				rank: 1.5,
			}));
			const run = await runNodes(
				[
					parse,
					giving(...rows),
					transform([{ ...lookup, bring: {} }], {}, { after: 'Parse', lookup: 'Table' }),
					list,
				],
				[upload()],
			);
			expect(jsonOf(run, 'List')[0]).toEqual({
				name: 'Ada',
				country: 'de',
				continent: { name: 'Europe', countries: 50 },
				nothing: null,
				zip: '00501',
				rank: 1.5,
			});
			const [item] = outputOf(run, 'Transform');
			expect(item!.binary!.lookup).toMatchObject({ fileName: 'lookup.ndjson' });
			expect(JSON.stringify(item!.json).length).toBeLessThan(5000);
		});
	},
);

describe('a second input', () => {
	beforeAll(() => keepBinaryData('default'));

	const few = giving({ code: 'DE', continent: 'Europe' }, { code: 'JP', continent: 'Asia' });
	const at = { after: 'Parse', lookup: 'Table' };

	test.each(['dataset', 'items'])('few rows look like any other table: %s', async (output) => {
		const nodes = [parse, few, transform([lookup], { output }, at)];
		const run = await runNodes(output === 'dataset' ? [...nodes, list] : nodes, [upload()]);
		expect(jsonOf(run, output === 'dataset' ? 'List' : 'Transform')).toEqual(expected);
	});

	test('ordinary items are looked up in a Dataset', async () => {
		const rows = giving({ name: 'Ada', country: 'JP' });
		const run = await runNodes(
			[
				{ ...rows, name: 'Rows' },
				parseTable,
				transform([lookup], {}, { after: 'Rows', lookup: 'Table' }),
			],
			[upload()],
		);
		expect(jsonOf(run, 'Transform')).toEqual([{ name: 'Ada', country: 'JP', region: 'Asia' }]);
	});

	test('several operations look into it, one Transform behind the other, and a lookup in a lookup', async () => {
		const codes = {
			operation: 'lookup-values',
			fields: ['country'],
			fromField: 'code',
			toField: 'label',
			unknown: 'keep',
		};
		const planets = giving({ continent: 'Europe', planet: 'Earth' });
		const run = await runNodes(
			[
				parse,
				parseTable,
				{ ...planets, name: 'Planets' },
				{
					...transform(
						[{ operation: 'lookup', keys: { entry: [{ field: 'continent' }] }, none: 'empty' }],
						{},
						{ after: 'Table', lookup: 'Planets' },
					),
					name: 'Wider',
				},
				{ ...transform([lookup, codes], {}, { after: 'Parse', lookup: 'Wider' }), name: 'First' },
				transform(
					[
						{
							operation: 'lookup',
							keys: { entry: [{ field: 'country', lookupField: 'label' }] },
							bring: { entry: [{ lookupField: 'code' }, { lookupField: 'planet' }] },
						},
					],
					{},
					{ after: 'First', lookup: 'Wider' },
				),
				list,
			],
			[upload()],
		);
		expect(jsonOf(run, 'List').slice(0, 2)).toEqual([
			{ name: 'Ada', country: 'Germany', region: 'Europe', code: 'DE', planet: 'Earth' },
			{ name: 'Bo', country: 'Japan', region: 'Asia', code: 'JP', planet: null },
		]);
		const [item] = outputOf(run, 'Transform');
		expect(Object.keys(item!.binary!)).toEqual(['data', 'lookup', 'lookup2']);
	});

	test('without operations that look into it, it need not be connected and does not count', async () => {
		const trim = { operation: 'trim', fields: ['name'] };
		const alone = await runNodes([parse, transform([trim], { output: 'items' })], [upload()]);
		expect(jsonOf(alone, 'Transform')).toHaveLength(4);
		const both = await runNodes([parse, few, transform([trim], {}, at)], [upload()]);
		expect(Object.keys(outputOf(both, 'Transform')[0]!.binary!)).toEqual(['data']);
	});

	test.each([
		['not connected', undefined, 'Nothing came in by the input Lookup [RUN_CONFIG]'],
		['empty', giving(), 'Nothing came in by the input Lookup [RUN_CONFIG]'],
		[
			'without the column',
			giving({ a: 1 }),
			'The lookup table has no column "code"; it has "a" [RUN_NO_COLUMN]',
		],
	])('an operation that needs it says so: %s', async (_, table, message) => {
		const nodes =
			table === undefined
				? [parse, transform([lookup])]
				: [parse, table, transform([lookup], {}, at)];
		expect(errorOf(await runNodes(nodes, [upload()]))?.message).toBe(message);
	});

	test('a table is read from the files of its item only, and a forged one is refused', async () => {
		const run = await runNodes([parse, parseTable, transform([lookup], {}, at)], [upload()]);
		const [item] = outputOf(run, 'Transform');
		const withoutTable = { ...item!, binary: { data: item!.binary!.data! } };
		const missing = await runNodes([list], [withoutTable]);
		expect(errorOf(missing)?.message).toBe(
			'The item has no binary file "lookup" [FILE_UNREADABLE]',
		);
		const forged = JSON.parse(JSON.stringify(item!.json)) as { dataset: IDataObject };
		forged.dataset.attachments = { lookup: { source: { kind: 'file', path: '/etc/passwd' } } };
		const refused = await runNodes([list], [{ json: forged, binary: item!.binary }]);
		expect(errorOf(refused)?.message).toContain('The Dataset was made by another version');
	});

	test('the table reaches the database, through Map Fields', async () => {
		const path = join(folder, 'contacts.sqlite');
		const database = new DatabaseSync(path);
		database.exec('create table contacts (name text primary key, region text)');
		const run = await runNodes(
			[
				parse,
				parseTable,
				transform([{ ...lookup, none: 'fail' }], {}, at),
				{
					name: 'Map',
					type: 'mapFields',
					parameters: {
						fieldsFrom: 'list',
						fields: { field: [{ name: 'name' }, { name: 'region' }] },
					},
				},
				{
					name: 'Import',
					type: 'matchUpsert',
					parameters: {
						database: 'sqlite',
						table: { __rl: true, mode: 'name', value: 'contacts' },
						mode: 'apply',
						matchOn: ['name'],
					},
				},
			],
			[upload()],
			{ sqliteFile: { path } },
		);
		expect(jsonOf(run, 'Import')[0]).toMatchObject({ rows: 4, inserted: 2, failed: 2 });
		expect(
			database
				.prepare('select * from contacts order by name')
				.all()
				.map((row) => ({ ...row })),
		).toEqual([
			{ name: 'Ada', region: 'Europe' },
			{ name: 'Bo', region: 'Asia' },
		]);
		expect(jsonOf(run, 'Import', 2).map(({ row, code }) => [row, code])).toEqual([
			[4, 'ROW_LOOKUP_NONE'],
			[5, 'ROW_LOOKUP_NONE'],
		]);
		database.close();
	});
});

describe('assignment that continues across runs', () => {
	const database = join(folder, 'assigned.sqlite');

	beforeAll(async () => {
		await keepBinaryData('default');
		const made = new DatabaseSync(database);
		made.exec('create table contacts (name text primary key, owner text)');
		made.close();
	});

	const assign = {
		operation: 'assign',
		field: 'owner',
		assignees: {
			entry: [
				{ name: 'Ada', weight: 1 },
				{ name: 'Bo', weight: 1 },
				{ name: 'Cy', weight: 1 },
			],
		},
	};

	const owners = (items: IDataObject[]) => items.map(({ owner }) => owner);

	test('items move the turn on, node by node; a Dataset and its preview do not', async () => {
		const rows = giving({ name: 'a' }, { name: 'b' });
		const asItems = [rows, transform([assign])];
		const asDataset = [rows, transform([assign], { output: 'dataset' })];
		const turn = async (nodes: PlacedNode[], output: number) =>
			owners(jsonOf(await runNodes(nodes, [{ json: {} }]), 'Transform', output));
		expect(await turn(asItems, 0)).toEqual(['Ada', 'Bo']);
		expect(await turn(asDataset, 1)).toEqual(['Cy', 'Ada']);
		expect(await turn(asItems, 0)).toEqual(['Cy', 'Ada']);
		// another column has a position of its own
		const other = [rows, transform([{ ...assign, field: 'deputy' }])];
		const run = await runNodes(other, [{ json: {} }]);
		expect(jsonOf(run, 'Transform').map(({ deputy }) => deputy)).toEqual(['Ada', 'Bo']);
	});

	test('a Dataset moves it on when its rows are in the database, and not by a plan', async () => {
		const named = { ...assign, counter: 'contacts' };
		const importAs = async (mode: string, ...names: string[]) => {
			const run = await runNodes(
				[
					giving(...names.map((name) => ({ name }))),
					transform([named], { output: 'dataset' }),
					{
						name: 'Import',
						type: 'matchUpsert',
						parameters: {
							database: 'sqlite',
							table: { __rl: true, mode: 'name', value: 'contacts' },
							mode,
							matchOn: ['name'],
						},
					},
				],
				[{ json: {} }],
				{ sqliteFile: { path: database } },
			);
			return owners(jsonOf(run, 'Import', 1));
		};
		expect(await importAs('plan', 'p', 'q')).toEqual(['Ada', 'Bo']);
		expect(await importAs('apply', 'p', 'q')).toEqual(['Ada', 'Bo']);
		expect(await importAs('apply', 'r', 's')).toEqual(['Cy', 'Ada']);
	});
});

describe('a preview of odd rows', () => {
	beforeAll(() => keepBinaryData('default'));

	const lines = Array.from({ length: 60 }, (_, i) =>
		i === 40
			? '40,opne,'
			: `${i},${i % 2 ? 'open' : 'done'},2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
	);
	const csv = `why,state,since\n${lines.join('\n')}\n`;
	const options = { preview: 'odd' };

	test.each([
		['Parse', 'dataset', [{ ...parse, parameters: { options } }]],
		['Parse', 'items', [{ ...parse, parameters: { output: 'items', options } }]],
		[
			'Transform',
			'dataset',
			[parse, transform([{ operation: 'trim', fields: ['state'] }], { options })],
		],
		[
			'Map',
			'items',
			[
				parse,
				{
					name: 'Map',
					type: 'mapFields',
					parameters: {
						fieldsFrom: 'list',
						output: 'items',
						fields: { field: [{ name: 'why' }, { name: 'state' }, { name: 'since' }] },
						options,
					} as Parameters,
				},
			],
		],
	])('%s, %s: the row that differs, and why', async (node, _, nodes) => {
		const run = await runNodes(nodes as PlacedNode[], [fileItem(csv, 'states.csv')]);
		const preview = jsonOf(run, node, 1);
		expect(preview).toHaveLength(1);
		expect(preview[0]).toMatchObject({ row: 42, 'why (in file)': '40', state: 'opne' });
		expect(preview[0]!.why).toContain('state is "opne" in one row of 60');
	});
});
