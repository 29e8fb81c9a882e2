import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions, INode } from 'n8n-workflow';
import { searchTemplates } from '../../nodes/MapFields/saved-templates';
import { describeWithMariaDb, mariaDbConfig, TestDatabase } from '../mariadb-server';
import { describeWithPostgres, postgresConfig, TestSchema } from '../postgres-server';
import { SshServer } from '../ssh-server';
import { fileItem, jsonOf, keepBinaryData, runNodes } from './run-nodes';

type Parameters = INode['parameters'];

const csv = 'E-Mail,Company\nada@example.com,Acme\n';

const fields = {
	field: [{ name: 'email', type: 'email' }, { name: 'company' }],
} as Parameters[string];

const leads = { __rl: true, mode: 'name', value: 'Leads' };

/** Where SQLite files may lie; n8n looks at the variable once. */
const folder = mkdtempSync(join(tmpdir(), 'template-table-'));

beforeAll(async () => {
	process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
	await keepBinaryData('default');
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What holds for Map Fields wherever the templates are. */
function describeTemplatesIn(
	templatesIn: string,
	place: () => { credentials: Record<string, ICredentialDataDecryptedObject>; schema: string },
): void {
	const here = () => ({ templatesIn, templateSchema: place().schema });

	const runMap = async (
		parameters: Parameters,
		more: Record<string, ICredentialDataDecryptedObject> = {},
	) => {
		const parse = { name: 'Parse', type: 'parseSpreadsheet', parameters: {} };
		const map = { name: 'Map', type: 'mapFields', parameters: { ...here(), ...parameters } };
		const isMapping = parameters.task === undefined;
		return await runNodes(
			isMapping ? [parse, map] : [map],
			isMapping ? [fileItem(csv, 'leads.csv')] : [{ json: {} }],
			{ ...place().credentials, ...more },
		);
	};

	const saved = { fieldsFrom: 'list', fields, options: { saveAs: 'Leads' } };

	test('S32, S81, S85: what one n8n saves, another one lists and maps by, and its own folder stays empty', async () => {
		const first = process.env.N8N_USER_FOLDER;
		const second = mkdtempSync(join(tmpdir(), 'n8n-user-'));
		const run = await runMap(saved);
		expect(jsonOf(run, 'Map')[0]).toMatchObject({ template: { name: 'Leads', saved: 'created' } });
		process.env.N8N_USER_FOLDER = second;
		try {
			expect(jsonOf(await runMap({ task: 'listTemplates' }), 'Map')).toMatchObject([
				{ name: 'Leads', columns: ['E-Mail', 'Company'] },
			]);
			const later = { fieldsFrom: 'template', template: leads, output: 'items' };
			expect(jsonOf(await runMap(later), 'Map')).toEqual([
				{ email: 'ada@example.com', company: 'Acme' },
			]);
			expect(existsSync(join(second, '.n8n', 'data-import.sqlite'))).toBe(false);
		} finally {
			process.env.N8N_USER_FOLDER = first;
			rmSync(second, { recursive: true });
		}
		const deleting = { task: 'deleteTemplate', template: leads };
		expect(jsonOf(await runMap(deleting), 'Map')).toEqual([{ name: 'Leads', deleted: true }]);
	});

	test('fields from a table of one database, and the template in another, in one node', async () => {
		const path = join(folder, `${templatesIn}.sqlite`);
		const database = new DatabaseSync(path);
		database.exec('create table contacts (email text, company text)');
		database.close();
		const run = await runMap(
			{
				fieldsFrom: 'table',
				database: 'sqlite',
				table: { __rl: true, mode: 'name', value: 'contacts' },
				options: { saveAs: 'From table' },
			},
			{ sqliteFile: { path } },
		);
		expect(jsonOf(run, 'Map')[0]).toMatchObject({ template: { saved: 'created' } });
	});

	test('S85: the drop-down lists the names; without a connection it says why it cannot', async () => {
		await runMap(saved);
		const editor = (credential: object) =>
			({
				getCurrentNodeParameter: (name: string) => (here() as Record<string, unknown>)[name],
				getCredentials: (name: string) =>
					Promise.resolve({ ...place().credentials[name], ...credential }),
			}) as unknown as ILoadOptionsFunctions;
		expect(await searchTemplates.call(editor({}), 'lea')).toEqual({
			results: [{ name: 'Leads', value: 'Leads' }],
		});
		await expect(searchTemplates.call(editor({ port: 1 }))).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
		});
	});

	test('the drop-down lists the names of a database behind an SSH server', async () => {
		await runMap(saved);
		const server = new SshServer();
		const client = await server.connectTo(await server.listen());
		const editor = {
			getCurrentNodeParameter: (name: string) => (here() as Record<string, unknown>)[name],
			getCredentials: (name: string) =>
				Promise.resolve({ ...place().credentials[name], sshTunnel: true }),
			helpers: { getSSHClient: () => Promise.resolve(client), updateLastUsed: () => undefined },
		} as unknown as ILoadOptionsFunctions;
		expect(await searchTemplates.call(editor, 'lea')).toEqual({
			results: [{ name: 'Leads', value: 'Leads' }],
		});
		expect(server.forwarded).toBeGreaterThan(0);
		await server.close();
	});

	test('S85: a template that is not there says which are there, and where', async () => {
		await runMap(saved);
		const run = await runMap({ fieldsFrom: 'template', template: { ...leads, value: 'Leeds' } });
		expect(run.data.resultData.error).toMatchObject({
			message: 'There is no template "Leeds" [RUN_TEMPLATE]',
			description: expect.stringContaining(
				`table ${place().schema}.data_import_templates are "Leads".`,
			),
		});
	});
}

describeWithPostgres('templates in PostgreSQL, in n8n’s execution engine', () => {
	const schema = new TestSchema();

	beforeAll(() => schema.create());
	afterEach(() => schema.query('drop table if exists data_import_templates'));
	afterAll(() => schema.drop());

	describeTemplatesIn('postgres', () => ({
		credentials: { postgres: { ...postgresConfig, ssl: 'allow' } },
		schema: schema.name,
	}));

	test('fields from a table and templates of the same database take one credential', async () => {
		await schema.query('create table leads (email text, company text)');
		const run = await runNodes(
			[
				{ name: 'Parse', type: 'parseSpreadsheet', parameters: {} },
				{
					name: 'Map',
					type: 'mapFields',
					parameters: {
						fieldsFrom: 'table',
						database: 'postgres',
						table: { __rl: true, mode: 'name', value: `${schema.name}.leads` },
						options: { saveAs: 'Leads' },
						templatesIn: 'postgres',
						templateSchema: schema.name,
					},
				},
			],
			[fileItem(csv, 'leads.csv')],
			{ postgres: postgresConfig },
		);
		expect(jsonOf(run, 'Map')[0]).toMatchObject({ template: { saved: 'created' } });
		expect(await schema.query('select name from data_import_templates')).toEqual([
			{ name: 'Leads' },
		]);
	});
});

describeWithMariaDb('templates in MariaDB, in n8n’s execution engine', () => {
	const database = new TestDatabase();

	beforeAll(() => database.create());
	afterEach(() => database.query('drop table if exists data_import_templates'));
	afterAll(() => database.drop());

	describeTemplatesIn('mySql', () => ({
		credentials: { mySql: { ...mariaDbConfig, database: 'mysql', ssl: false } },
		schema: database.name,
	}));
});
