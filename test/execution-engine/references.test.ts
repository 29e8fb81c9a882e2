import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { fileItem, jsonOf, keepBinaryData, runNodes, type PlacedNode } from './run-nodes';

type Parameters = PlacedNode['parameters'];

describe('references and write policies, from Map Fields to the database', () => {
	const folder = mkdtempSync(join(tmpdir(), 'references-'));
	const path = join(folder, 'crm.sqlite');
	let database: DatabaseSync;

	beforeAll(async () => {
		process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
		await keepBinaryData('default');
	});

	beforeEach(() => {
		rmSync(path, { force: true });
		database = new DatabaseSync(path);
		database.exec(
			`create table companies (id integer primary key, name text not null unique);
			create table contacts (id integer primary key, email text unique, phone text, company_id integer references companies (id), boss_id integer references contacts (id));
			insert into companies values (7, 'Acme'), (8, 'Initech');
			insert into contacts values (1, 'ann@x.org', '1', 7, null)`,
		);
	});

	afterEach(() => database.close());

	afterAll(() => rmSync(folder, { recursive: true }));

	const parse: PlacedNode = { name: 'Parse', type: 'parseSpreadsheet', parameters: {} };

	const map = (rules: IDataObject[], parameters: Parameters = {}): PlacedNode => ({
		name: 'Map',
		type: 'mapFields',
		parameters: {
			fieldsFrom: 'table',
			database: 'sqlite',
			table: { __rl: true, mode: 'name', value: 'contacts' },
			mapping: 'table',
			columns: {
				mappingMode: 'defineBelow',
				value: { email: 'Mail', phone: 'Phone', company_id: 'Firm', boss_id: 'Boss' },
				matchingColumns: [],
				schema: [],
			},
			rules: { rule: rules },
			...parameters,
		} as Parameters,
	});

	const upsert = (options: IDataObject = {}): PlacedNode => ({
		name: 'Upsert',
		type: 'matchUpsert',
		parameters: {
			database: 'sqlite',
			table: { __rl: true, mode: 'name', value: 'contacts' },
			mode: 'apply',
			matchBy: 'columns',
			matchOn: ['email'],
			onMatch: 'update',
			onNoMatch: 'insert',
			options,
		} as Parameters,
	});

	const run = (csv: string, ...nodes: PlacedNode[]) =>
		runNodes([parse, ...nodes], [fileItem(csv, 'contacts.csv')], { sqliteFile: { path } });

	const toCompany = (missing = 'fail') => ({
		field: 'company_id',
		settings: { reference: { reference: { table: 'companies', by: 'name', missing } } },
	});

	const toBoss = {
		field: 'boss_id',
		settings: { reference: { reference: { table: 'contacts', by: 'email' } } },
	};

	const contacts = () =>
		database
			.prepare(
				'select c.email as email, c.phone as phone, o.name as company, b.email as boss from contacts c left join companies o on o.id = c.company_id left join contacts b on b.id = c.boss_id order by c.email',
			)
			.all()
			.map(({ email, phone, company, boss }) => [email, phone, company, boss]);

	const file =
		'Mail,Phone,Firm,Boss\n' +
		'dee@x.org,4,Acme,cyd@x.org\n' +
		'cyd@x.org,3,Initech,ann@x.org\n' +
		'ann@x.org,2,Initech,\n' +
		'eve@x.org,5,Hooli,\n';

	test('S18, S30: a field holds the name of a company, and its id is written; another the e-mail address of a row of the file', async () => {
		const done = await run(file, map([toCompany(), toBoss]), upsert());
		expect(jsonOf(done, 'Upsert')[0]).toMatchObject({
			rows: 4,
			inserted: 2,
			updated: 1,
			failed: 1,
			codes: { REFERENCE_MISSING: 1 },
		});
		expect(jsonOf(done, 'Upsert', 2)[0]).toMatchObject({ Mail: 'eve@x.org', Firm: 'Hooli' });
		expect(contacts()).toEqual([
			['ann@x.org', '2', 'Initech', null],
			['cyd@x.org', '3', 'Initech', 'ann@x.org'],
			['dee@x.org', '4', 'Acme', 'cyd@x.org'],
		]);
	});

	test('companies that are missing are created, and the summary counts them', async () => {
		const done = await run(file, map([toCompany('create'), toBoss]), upsert());
		expect(jsonOf(done, 'Upsert')[0]).toMatchObject({
			rows: 4,
			inserted: 3,
			updated: 1,
			referencesCreated: 1,
		});
		expect(contacts().at(-1)).toEqual(['eve@x.org', '5', 'Hooli', null]);
	});

	test('the write policy of a field holds, unless Match & Upsert sets another for the column', async () => {
		const kept = { field: 'phone', settings: { writePolicy: 'target-empty' } };
		const rules = [toCompany('empty'), toBoss, kept];
		const done = await run(file, map(rules), upsert());
		expect(jsonOf(done, 'Upsert')[0]).toMatchObject({ inserted: 3, updated: 1 });
		expect(contacts()[0]).toEqual(['ann@x.org', '1', 'Initech', null]);
		const policy = [{ columns: ['phone'], policy: 'always' }];
		await run(file, map(rules), upsert({ writePolicies: { policy } }));
		expect(contacts()[0]).toEqual(['ann@x.org', '2', 'Initech', null]);
	});

	test('both hold for what Transform makes of the columns', async () => {
		const kept = { field: 'phone', settings: { writePolicy: 'target-empty' } };
		const operation = [
			{ operation: 'trim', fields: [] },
			{ operation: 'jsonata', field: 'company_id', expression: '$replace(company_id, "-", "")' },
			{ operation: 'parse-number', fields: ['phone'] },
		];
		const transform: PlacedNode = {
			name: 'Transform',
			type: 'transform',
			parameters: { operations: { operation } },
		};
		const dashes = file.replaceAll('Acme', 'Ac-me ').replaceAll('Initech', 'Ini-tech');
		const done = await run(dashes, map([toCompany(), toBoss, kept]), transform, upsert());
		expect(jsonOf(done, 'Upsert')[0]).toMatchObject({ inserted: 2, updated: 1, failed: 1 });
		expect(contacts()[0]).toEqual(['ann@x.org', '1', 'Initech', null]);
	});

	test('a template keeps both', async () => {
		const kept = { field: 'phone', settings: { writePolicy: 'target-empty' } };
		const saving = { options: { saveAs: 'Contacts' } } as unknown as Parameters;
		await run(file, map([toCompany(), toBoss, kept], saving));
		const byTemplate: PlacedNode = {
			name: 'Map',
			type: 'mapFields',
			parameters: {
				fieldsFrom: 'template',
				template: { __rl: true, mode: 'name', value: 'Contacts' },
			},
		};
		const done = await run(file, byTemplate, upsert());
		expect(jsonOf(done, 'Upsert')[0]).toMatchObject({ inserted: 2, updated: 1, failed: 1 });
		expect(contacts()[0]).toEqual(['ann@x.org', '1', 'Initech', null]);
	});

	test('Match & Upsert looks up columns on its own, and its references win', async () => {
		const references = {
			reference: [
				{ column: 'company_id', table: 'companies', by: 'name', value: 'id', missing: 'empty' },
				{ column: 'boss_id', table: 'contacts', by: 'email', missing: 'fail' },
			],
		};
		const plain = file.replace('Mail,Phone,Firm,Boss', 'email,phone,company_id,boss_id');
		const done = await run(plain, upsert({ references }));
		expect(jsonOf(done, 'Upsert')[0]).toMatchObject({
			rows: 4,
			inserted: 3,
			updated: 1,
			codes: { REFERENCE_MISSING: 1 },
		});
		expect(contacts().at(-1)).toEqual(['eve@x.org', '5', null, null]);
		const both = await run(file, map([toCompany(), toBoss]), upsert({ references }));
		expect(jsonOf(both, 'Upsert')[0]).toMatchObject({ unchanged: 4 });
	});

	test.each([
		[{ table: '', by: 'name' }, 'RUN_CONFIG'],
		[{ table: 'companies', by: 'title' }, 'RUN_NO_COLUMN'],
		[{ table: 'firms', by: 'name' }, 'RUN_NO_TABLE'],
	])('a reference that is wrong is said before a row is read: %j', async (reference, code) => {
		const rule = { field: 'company_id', settings: { reference: { reference } } };
		const done = await run(file, map([rule, toBoss]), upsert());
		const { error } = done.data.resultData as { error?: { context?: IDataObject } };
		expect(error?.context?.code).toBe(code);
		expect(contacts()).toHaveLength(1);
	});
});
