import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RealN8n, type Workflow } from './host';

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

	test('by hand: the contacts file is imported, and again without a change', async () => {
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
		await n8n.server.activate(workflowId);
		try {
			const first = await n8n.server.waitForExecution(workflowId);
			expect(errorOf(first)).toBeUndefined();
			expect(jsonOf(first, 'Match & Upsert').map(({ status }) => status)).toEqual([
				'applied',
				'applied',
			]);
			expect(n8n.emails()).toEqual(['monday@example.com', 'tuesday@example.com']);
			writeFileSync(join(inbox, 'renamed monday.csv'), header() + contact('monday@example.com'));
			writeFileSync(join(inbox, 'wednesday.csv'), header() + contact('wednesday@example.com'));
			const after = await n8n.server.lastExecutionId(workflowId);
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
			await n8n.server.deactivate(workflowId);
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
});
