import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describeWithPostgres, postgresConfig, TestSchema } from '../postgres-server';
import { RealN8n, type Execution, type Workflow } from './host';

const STARTING_MS = 240_000;

describe('the packed package in a real n8n', () => {
	let n8n: RealN8n;

	beforeAll(async () => {
		n8n = await RealN8n.start('test-n8n');
	}, STARTING_MS);

	beforeEach(() => n8n.emptyTable());

	afterAll(() => n8n.server.stop());

	const contacts = () => readFileSync(join(n8n.server.filesFolder, 'contacts.csv'));
	const header = () => `${contacts().toString('utf8').split('\r\n')[0] ?? ''}\r\n`;
	const contact = (email: string) =>
		`Acme;Ann;Example;${email};+49 30 1;01.02.1980;Bonn;DE;1,00;ja;Web\r\n`;
	const node = (workflow: Workflow, name: string) =>
		workflow.nodes.find((candidate) => candidate.name === name)!;

	/** Ends a schedule with all that it began: a run goes on when its workflow is deactivated. */
	async function endSchedule(workflowId: string): Promise<void> {
		await n8n.server.deactivate(workflowId);
		const isRunning = async () =>
			(await n8n.server.executions({ workflowId })).some(({ status }) =>
				['new', 'running', 'waiting', 'unknown'].includes(status),
			);
		// a run that was fired at the last moment is in the list a little later
		for (let quiet = 0; quiet < 10; quiet++) {
			if (await isRunning()) quiet = 0;
			await wait(100);
		}
	}

	test('n8n knows the four nodes and the credential, with icons for light and dark', async () => {
		const answer = await fetch(`${n8n.server.url}/types/nodes.json`, {
			headers: { cookie: n8n.server.cookie },
		});
		const types = (await answer.json()) as Array<{
			name: string;
			iconUrl?: { light: string; dark: string };
			codex?: { alias?: string[] };
		}>;
		const ours = types.filter(({ name }) => name.startsWith('n8n-nodes-data-import.'));
		expect(ours.map(({ name }) => name.split('.')[1]).sort()).toEqual([
			'mapFields',
			'matchUpsert',
			'parseSpreadsheet',
			'transform',
		]);
		for (const { iconUrl, codex } of ours) {
			expect(codex?.alias).toContain('csv');
			for (const url of [iconUrl!.light, iconUrl!.dark]) {
				const icon = await fetch(`${n8n.server.url}/${url}`, {
					headers: { cookie: n8n.server.cookie },
				});
				expect(icon.headers.get('content-type')).toContain('svg');
			}
		}
	});

	test('S62: by hand: the contacts file is imported, and again without a change', async () => {
		const workflowId = await n8n.server.importWorkflow(n8n.example('import-contacts.json'));
		const { jsonOf } = n8n.host.runData;
		const first = await n8n.server.runManually(workflowId);
		expect(n8n.host.runData.errorOf(first)).toBeUndefined();
		expect(jsonOf(first, 'Match & Upsert')).toMatchObject([
			{ rows: 30, inserted: 23, updated: 0, unchanged: 0, skipped: 2, failed: 5, unprocessed: 0 },
		]);
		expect(jsonOf(first, 'Match & Upsert', 2)).toHaveLength(5);
		expect(n8n.emails()).toHaveLength(23);
		expect(n8n.emails()).toContain('zoe.obrien@example.org');
		const second = await n8n.server.runManually(workflowId);
		expect(jsonOf(second, 'Match & Upsert')).toMatchObject([
			{ inserted: 0, updated: 0, unchanged: 23, skipped: 2, failed: 5 },
		]);
		const hints = second.data.resultData.runData['Match & Upsert']?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message).join(' ')).toContain('23 unchanged');
	}, 60_000);

	test('on a schedule: each waiting file is imported once, a new one at the next time', async () => {
		const inbox = join(n8n.server.filesFolder, 'inbox');
		mkdirSync(inbox, { recursive: true });
		writeFileSync(join(inbox, 'monday.csv'), header() + contact('monday@example.com'));
		writeFileSync(join(inbox, 'tuesday.csv'), header() + contact('tuesday@example.com'));
		const workflow = n8n.example('import-on-schedule.json');
		node(workflow, 'Every Night').parameters = {
			rule: { interval: [{ field: 'cronExpression', expression: '*/3 * * * * *' }] },
		};
		node(workflow, 'Read Waiting Files').parameters.fileSelector = `${inbox}/*.csv`;
		const workflowId = await n8n.server.importWorkflow(workflow);
		const { jsonOf, errorOf } = n8n.host.runData;
		try {
			await n8n.server.activate(workflowId);
			const first = await n8n.server.waitForExecution(workflowId);
			await endSchedule(workflowId);
			expect(errorOf(first)).toBeUndefined();
			expect(jsonOf(first, 'Match & Upsert').map(({ status }) => status)).toEqual([
				'applied',
				'applied',
			]);
			expect(n8n.emails()).toEqual(['monday@example.com', 'tuesday@example.com']);
			// no run may see one of the files without the other
			writeFileSync(join(inbox, 'renamed monday.csv'), header() + contact('monday@example.com'));
			writeFileSync(join(inbox, 'wednesday.csv'), header() + contact('wednesday@example.com'));
			const after = await n8n.server.lastExecutionId(workflowId);
			await n8n.server.activate(workflowId);
			const next = await n8n.server.waitForExecution(workflowId, { after });
			const statusByFile = Object.fromEntries(
				jsonOf(next, 'Match & Upsert').map(({ file, status }) => [file, status]),
			);
			expect(statusByFile).toEqual({
				'monday.csv': 'already imported',
				'renamed monday.csv': 'already imported',
				'tuesday.csv': 'already imported',
				'wednesday.csv': 'applied',
			});
			expect(n8n.emails()).toHaveLength(3);
		} finally {
			// a run of which nobody knows finds nothing to import
			rmSync(inbox, { recursive: true });
			await endSchedule(workflowId);
		}
	}, 90_000);

	test('by webhook: a posted file is imported and answered with the summary', async () => {
		const workflowId = await n8n.server.importWorkflow(n8n.example('import-by-webhook.json'));
		await n8n.server.activate(workflowId);
		try {
			const form = new FormData();
			form.append('data', new Blob([new Uint8Array(contacts())]), 'contacts.csv');
			const answer = await fetch(n8n.server.webhookUrl('import-contacts'), {
				method: 'POST',
				body: form,
			});
			expect(answer.status).toBe(200);
			expect(await answer.json()).toMatchObject({
				status: 'applied',
				file: 'contacts.csv',
				rows: 30,
				inserted: 23,
				skipped: 2,
				failed: 5,
				unprocessed: 0,
			});
			expect(n8n.emails()).toHaveLength(23);
		} finally {
			await n8n.server.deactivate(workflowId);
		}
	}, 60_000);

	test('S141: several records per row: a student and three report cards, each in its table', async () => {
		const workflowId = await n8n.server.importWorkflow(n8n.example('school-grades.json'));
		const { jsonOf } = n8n.host.runData;
		const first = await n8n.server.runManually(workflowId);
		expect(n8n.host.runData.errorOf(first)).toBeUndefined();
		expect(jsonOf(first, 'Match & Upsert')).toMatchObject([
			{ table: 'students', rows: 11, inserted: 10, skipped: 0, failed: 1 },
			{ table: 'report_cards', rows: 33, inserted: 27, skipped: 2, failed: 4 },
		]);
		const second = await n8n.server.runManually(workflowId);
		expect(jsonOf(second, 'Match & Upsert')).toMatchObject([
			{ inserted: 0, updated: 0, unchanged: 10 },
			{ inserted: 0, updated: 0, unchanged: 27 },
		]);
	}, 60_000);

	/** Lines that a file has, and those of the table of outcomes. */
	const summaryOf = (run: Execution) => n8n.host.runData.jsonOf(run, 'Match & Upsert')[0];

	test('S86: a Salesforce lead export is imported with its owners, phones and dates, and again without a change', async () => {
		const workflowId = await n8n.server.importWorkflow(n8n.example('import-leads.json'));
		const first = await n8n.server.runManually(workflowId);
		expect(n8n.host.runData.errorOf(first)).toBeUndefined();
		expect(summaryOf(first)).toMatchObject({
			rows: 45,
			inserted: 35,
			skipped: 7,
			failed: 3,
			codes: {
				ROW_FOOTER: 5,
				ROW_FILTERED: 1,
				MATCH_DUPLICATE_IN_FILE: 1,
				CELL_PHONE: 1,
				CELL_EMAIL: 1,
				CELL_DATE: 1,
				WRITE_NOT_NULL: 1,
			},
		});
		const leads = n8n.rows('select * from leads order by salesforce_id');
		expect(leads[1]).toMatchObject({
			first_name: 'Änne',
			company: 'Gärtnerei Muster & Söhne',
			email: 'aenne.krueger@gaertnerei-muster.example.com',
			phone: '+49891234567',
			mobile: '+491711234567',
			postal_code: '02826',
			country: 'DE',
			annual_revenue: 80000.5,
			employees: 12,
			owner: 'sued@example.com',
			created_on: '2025-02-08',
			opted_out: 1,
			description: 'Möchte Angebot,\nRückruf ab 14 Uhr',
		});
		const byOwner = n8n.rows('select owner, count(*) as leads from leads group by owner');
		expect(byOwner).toEqual([
			{ owner: 'nord@example.com', leads: 16 },
			{ owner: 'sued@example.com', leads: 15 },
			{ owner: 'wien@example.com', leads: 4 },
		]);
		const second = await n8n.server.runManually(workflowId);
		expect(summaryOf(second)).toMatchObject({ inserted: 0, updated: 0, unchanged: 35, failed: 3 });
	}, 60_000);

	test('S86, S105, S128: of a marketing list each address is imported once, with its last word about consent', async () => {
		const workflowId = await n8n.server.importWorkflow(n8n.example('import-marketing-list.json'));
		const first = await n8n.server.runManually(workflowId);
		expect(n8n.host.runData.errorOf(first)).toBeUndefined();
		const hints = first.data.resultData.runData['Parse Spreadsheet']?.[0]?.hints ?? [];
		expect(hints[0]?.message).toContain('CSV, windows-1252, semicolon');
		expect(summaryOf(first)).toMatchObject({
			rows: 52,
			inserted: 45,
			skipped: 4,
			failed: 3,
			codes: { ROW_DUPLICATE: 4, CELL_EMAIL: 2, MATCH_BLANK_KEY: 1 },
		});
		const consents = n8n.rows('select consent, count(*) as n from subscribers group by consent');
		expect(consents).toEqual([
			{ consent: 'no', n: 24 },
			{ consent: 'yes', n: 21 },
		]);
		const changed = `select company, consent, consent_on, origin from subscribers where email in
			('abo00@moebelwerk.example.com', 'abo07@brueckenbau.example.com', 'abo12@oeko-energie.example.com',
			'abo21@strassenbau-fix.example.com', 'abo22@suesswaren-probe.example.com') order by email`;
		expect(n8n.rows(changed)).toEqual([
			// withdrawn later, given later, an older row behind the newer one
			expect.objectContaining({ consent: 'no', consent_on: '2026-01-20' }),
			expect.objectContaining({ consent: 'yes', consent_on: '2026-02-15' }),
			expect.objectContaining({ consent: 'no', consent_on: '2024-01-05' }),
			// what only Windows-1252 has of the one-byte encodings
			expect.objectContaining({ company: 'Straßenbau „Fix“ GmbH' }),
			expect.objectContaining({ origin: 'Webseite – Fußzeile' }),
		]);
		const second = await n8n.server.runManually(workflowId);
		expect(summaryOf(second)).toMatchObject({ inserted: 0, updated: 0, unchanged: 45 });
	}, 60_000);

	test('S32, S85: a template that a run saved is there after a restart, and maps an export whose columns moved', async () => {
		const leads = n8n.example('import-leads.json');
		delete leads.id;
		await n8n.server.runManually(await n8n.server.importWorkflow(leads));
		n8n.emptyTable();
		await n8n.server.stop();
		await n8n.restart();

		writeFileSync(
			join(n8n.server.filesFolder, 'later.csv'),
			'Country,Company / Account,Surname,Lead ID,E-Mail,Create Date,Lead Owner,Website,Mobile,Phone,Campaign\n' +
				'Schweiz,Käserei Alpenblick,Löffler,00Q90000000Exam,b@kaeserei.example.com,24.12.2026,Vertrieb Süd,,,044 555 01 23,Herbst\n',
		);
		const later = n8n.example('import-leads.json');
		delete later.id;
		const map = node(later, 'Map Fields').parameters;
		Object.assign(map, {
			fieldsFrom: 'template',
			template: { __rl: true, mode: 'list', value: 'Salesforce lead export' },
			mapping: 'automatic',
			rules: {},
			options: {},
		});
		node(later, 'Read Lead File').parameters.fileSelector = join(
			n8n.server.filesFolder,
			'later.csv',
		);
		node(later, 'Match & Upsert').parameters.options = { extraColumns: 'ignore' };
		const run = await n8n.server.runManually(await n8n.server.importWorkflow(later));
		expect(n8n.host.runData.errorOf(run)).toBeUndefined();
		expect(n8n.host.runData.jsonOf(run, 'Map Fields')[0]?.drift).toMatchObject({
			extra: ['Campaign'],
			renamed: [
				{ from: 'Last Name', to: 'Surname' },
				{ from: 'Email', to: 'E-Mail' },
			],
		});
		expect(
			n8n.rows(
				'select salesforce_id, email, last_name, company, owner, country, created_on from leads',
			),
		).toEqual([
			{
				email: 'b@kaeserei.example.com',
				country: 'CH',
				salesforce_id: '00Q90000000Exam',
				last_name: 'Löffler',
				company: 'Käserei Alpenblick',
				owner: 'sued@example.com',
				created_on: '2026-12-24',
			},
		]);
	}, 120_000);

	test('a file that cannot be read ends the run with a code and what to do, and writes nothing', async () => {
		writeFileSync(join(n8n.server.filesFolder, 'empty.csv'), '');
		const workflow = n8n.example('import-contacts.json');
		delete workflow.id;
		node(workflow, 'Read Contacts File').parameters.fileSelector = join(
			n8n.server.filesFolder,
			'empty.csv',
		);
		const run = await n8n.server.runManually(await n8n.server.importWorkflow(workflow));
		expect(run.status).toBe('error');
		expect(n8n.host.runData.errorOf(run)?.message).toContain('FILE_EMPTY');
		expect(n8n.host.runData.errorOf(run)?.description).toContain('Check the export');
		expect(n8n.emails()).toEqual([]);
	}, 60_000);

	describeWithPostgres('with templates in PostgreSQL', () => {
		const schema = new TestSchema();

		beforeAll(() => schema.create());

		afterAll(() => schema.drop());

		test('S81, S85: n8n’s own credential reaches them, in a run and in the drop-down', async () => {
			const credential = {
				id: await n8n.server.createCredential({
					name: 'Templates',
					type: 'postgres',
					data: { ...postgresConfig, ssl: 'disable', sshTunnel: false },
				}),
				name: 'Templates',
			};
			const leads = n8n.example('import-leads.json');
			delete leads.id;
			const map = node(leads, 'Map Fields');
			Object.assign(map.parameters, { templatesIn: 'postgres', templateSchema: schema.name });
			map.credentials = { ...map.credentials, postgres: credential };
			const run = await n8n.server.runManually(await n8n.server.importWorkflow(leads));
			expect(n8n.host.runData.jsonOf(run, 'Map Fields')[0]).toMatchObject({
				template: { name: 'Salesforce lead export', saved: 'created' },
			});
			expect(await schema.query('select name, revision from data_import_templates')).toEqual([
				{ name: 'Salesforce lead export', revision: 1 },
			]);
			const listed = await n8n.server.api(
				'POST',
				'/dynamic-node-parameters/resource-locator-results',
				{
					nodeTypeAndVersion: { name: 'n8n-nodes-data-import.mapFields', version: 1 },
					path: 'parameters.template',
					methodName: 'searchTemplates',
					currentNodeParameters: {
						task: 'map',
						fieldsFrom: 'template',
						templatesIn: 'postgres',
						templateSchema: schema.name,
						// as the editor has it, which fills in the hidden parameters
						needs_postgres: 'yes',
					},
					credentials: { postgres: credential },
				},
			);
			expect(listed).toEqual({
				results: [{ name: 'Salesforce lead export', value: 'Salesforce lead export' }],
			});
		}, 60_000);
	});
});
