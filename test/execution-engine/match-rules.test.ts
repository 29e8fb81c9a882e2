import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileItem, jsonOf, keepBinaryData, runNodes, type PlacedNode } from './run-nodes';

describe('match rules of Match & Upsert', () => {
	const folder = mkdtempSync(join(tmpdir(), 'match-rules-'));
	const path = join(folder, 'people.sqlite');
	let database: DatabaseSync;

	beforeAll(async () => {
		process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
		await keepBinaryData('default');
	});

	beforeEach(() => {
		rmSync(path, { force: true });
		database = new DatabaseSync(path);
		database.exec(
			"create table people (id integer primary key, email text, phone text, first text, last text, company text, note text); insert into people values (1, 'Ann@X.org', null, 'Ann', 'Bé', 'Acme Inc.', 'old'), (2, null, '+49 170 1234567', 'Bob', 'C', null, 'old')",
		);
	});

	afterEach(() => database.close());

	afterAll(() => rmSync(folder, { recursive: true }));

	const importText = async (text: string, parameters: PlacedNode['parameters']) =>
		await runNodes(
			[
				{ name: 'Parse', type: 'parseSpreadsheet', parameters: {} },
				{
					name: 'Match & Upsert',
					type: 'matchUpsert',
					parameters: {
						database: 'sqlite',
						table: { __rl: true, mode: 'name', value: 'people' },
						mode: 'apply',
						matchBy: 'rules',
						onMatch: 'update',
						onNoMatch: 'insert',
						options: {},
						...parameters,
					},
				},
			],
			[fileItem(Buffer.from(text), 'people.csv')],
			{ sqliteFile: { path } },
		);

	const notes = () =>
		database
			.prepare('select id, note from people order by id')
			.all()
			.map(({ id, note }) => [id, note]);

	const file =
		'email,phone,first,last,company,note\n' +
		'ann@x.org,,,,,by e-mail\n' +
		',0170/1234567,,,,by phone\n' +
		',,ANN,be,ACME,twice\n' +
		'new@x.org,,New,One,,added\n';

	const rules = {
		rule: [
			{ preset: 'email', column: 'email', several: 'fail' },
			{ preset: 'phone', column: 'phone', country: 'de', several: 'fail' },
			{ preset: 'name', firstName: 'first', lastName: 'last', company: 'company' },
		],
	};

	const keepAll = {
		policy: [{ columns: ['email', 'phone', 'first', 'last', 'company'], policy: 'target-empty' }],
	};

	test('S69, S87, S88, S89, S91, S92: e-mail, then phone, then name and company find the record', async () => {
		const run = await importText(file, { matchRules: rules, options: { writePolicies: keepAll } });
		expect(jsonOf(run, 'Match & Upsert', 0)[0]).toMatchObject({
			rows: 4,
			inserted: 1,
			updated: 2,
			skipped: 1,
			codes: { MATCH_DUPLICATE_IN_FILE: 1 },
		});
		expect(jsonOf(run, 'Match & Upsert', 1).map(({ row, rule }) => [row, rule])).toEqual([
			[2, 'E-Mail'],
			[3, 'Phone'],
			[5, undefined],
		]);
		expect(notes()).toEqual([
			[1, 'by e-mail'],
			[2, 'by phone'],
			[3, 'added'],
		]);
		expect({ ...database.prepare('select * from people where id = 1').get() }).toMatchObject({
			email: 'Ann@X.org',
			last: 'Bé',
		});
	});

	test('S90: any columns together, each compared in its own way', async () => {
		const custom = {
			preset: 'custom',
			columns: {
				column: [
					{ name: 'last', compare: 'accents' },
					{ name: 'company', compare: 'company' },
				],
			},
		};
		const run = await importText('last,company,note\nBE,"Acme, LLC",found\n', {
			matchRules: { rule: [custom] },
			options: { writePolicies: { policy: [{ columns: ['last', 'company'], policy: 'never' }] } },
		});
		expect(jsonOf(run, 'Match & Upsert', 1)[0]).toMatchObject({
			rule: 'last + company',
			changes: 'note: old → found',
		});
		expect(notes()[0]).toEqual([1, 'found']);
	});

	test.each([
		['no rule', {}, 'No match rule is set'],
		['a rule without its column', { rule: [{ preset: 'phone' }] }, 'Match rule 1 (Phone)'],
		['a custom rule without columns', { rule: [{ preset: 'custom' }] }, 'Match rule 1'],
	])('%s is said before a row is read', async (_, matchRules, message) => {
		const run = await importText(file, { matchRules });
		expect(run.data.resultData.error?.message).toContain(message);
		expect(notes()).toEqual([
			[1, 'old'],
			[2, 'old'],
		]);
	});
});
