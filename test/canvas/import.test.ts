import { RealN8n, type Workflow } from '../n8n/host';
import { describeWithChromium, Editor } from './editor';

const STARTING_MS = 240_000;
const WORKING_MS = 120_000;

describeWithChromium('a person on the canvas', () => {
	let n8n: RealN8n;
	let editor: Editor;

	beforeAll(async () => {
		n8n = await RealN8n.start('test-canvas');
		editor = await Editor.open(n8n);
	}, STARTING_MS);

	afterAll(async () => {
		await editor.close();
		await n8n.server.stop();
	}, 60_000);

	beforeEach(() => n8n.emptyTable());

	/** The example as a person finds it who has not mapped anything yet. */
	function unmapped(name: string): Workflow {
		const workflow = n8n.example('import-contacts.json');
		delete workflow.id;
		workflow.name = name;
		const map = workflow.nodes.find((node) => node.name === 'Map Fields')!;
		map.parameters.columns = { mappingMode: 'defineBelow', value: null };
		return workflow;
	}

	/** What the drop-downs of the open node show; the editor hides some parameters that it takes for those of credentials. */
	async function shown(parameters: string[]): Promise<Record<string, string>> {
		const entries = parameters.map(async (name) => [name, await editor.chosen(name)] as const);
		return Object.fromEntries(await Promise.all(entries));
	}

	test(
		'opens the example, parses, finds the columns chosen, changes one, imports and reads the summary',
		async () => {
			const id = await n8n.server.importWorkflow(unmapped('Data Import: contacts by hand'));
			await editor.openWorkflow(id);
			await editor.runNode('Parse Spreadsheet');

			await editor.openNode('Parse Spreadsheet');
			expect(await editor.hints()).toContain('CSV, utf-8, semicolon, header in row 1');
			await editor.showOutput(1);
			await editor.showTable();
			expect((await editor.outputRows())[0]).toMatchObject({
				'First Name': 'Jürgen',
				'E-mail Address': 'Juergen.Mueller@Example.com',
			});
			await editor.showInputAs('schema');
			await editor.screenshot('parse-spreadsheet');
			await editor.closeNode();

			await editor.openNode('Map Fields');
			await editor.byId('parameter-input-email').first().waitFor();
			expect(await shown(['task', 'recordsPerRow', 'fieldsFrom', 'database'])).toEqual({
				task: 'Map',
				recordsPerRow: 'One',
				fieldsFrom: 'Table',
				database: 'SQLite',
			});
			const chosen = await Promise.all(
				['email', 'first_name', 'last_name', 'phone', 'birthdate', 'city', 'company'].map((field) =>
					editor.chosen(field),
				),
			);
			expect(chosen.map((text) => text.replace(/ \(.*\)$/, ''))).toEqual([
				'E-mail Address',
				'First Name',
				'Last Name',
				'Phone Number',
				'Birthdate',
				'Mailing City',
				'Account Name',
			]);
			expect(await editor.entries('company')).toEqual(
				expect.arrayContaining([
					'Account Name (text)',
					'Lead Source (text)',
					'Newsletter (boolean)',
				]),
			);
			await editor.showInputAs('schema');
			await editor.screenshot('map-fields');
			await editor.choose('company', 'Lead Source');
			expect(await editor.chosen('company')).toContain('Lead Source');
			await editor.saved();
			await editor.closeNode();

			await editor.runWorkflow('Match & Upsert');
			await editor.screenshot('canvas-after-run');
			await editor.openNode('Transform');
			await editor.showInputAs('schema');
			await editor.showOutput(1);
			await editor.showTable();
			await editor.screenshot('transform');
			await editor.closeNode();

			await editor.openNode('Match & Upsert');
			expect(await editor.hints()).toContain('30 rows: 23 inserted, 0 updated');
			await editor.showTable();
			expect((await editor.outputRows())[0]).toMatchObject({
				status: 'applied',
				rows: '30',
				inserted: '23',
				failed: '5',
			});
			await editor.showInputAs('schema');
			await editor.screenshot('match-upsert');
			await editor.showOutput(2);
			await editor.showTable();
			expect((await editor.outputRows()).map(({ row, code }) => [row, code])).toContainEqual([
				'14',
				'CELL_DATE',
			]);
			await editor.screenshot('match-upsert-failed');
			await editor.closeNode();

			const companies = n8n.database((database) =>
				database.prepare('select distinct company from contacts order by company').all(),
			);
			expect(companies.map(({ company }) => company)).toContain('Trade Fair');
		},
		WORKING_MS,
	);

	test(
		'a saved mapping is shown as it was saved, before anything has run, and can be run at once',
		async () => {
			const workflow = n8n.example('import-contacts.json');
			delete workflow.id;
			const id = await n8n.server.importWorkflow(workflow);
			await editor.openWorkflow(id);
			await editor.openNode('Map Fields');
			await editor.byId('parameter-input-email').first().waitFor();
			expect(await editor.chosen('email')).toBe('E-mail Address');
			expect(await editor.chosen('company')).toBe('Account Name');
			await editor.closeNode();
			await editor.runWorkflow('Match & Upsert');
			expect(n8n.emails()).toHaveLength(23);
		},
		WORKING_MS,
	);

	test(
		'record groups are set in the panel, and every group shows its rows in the preview',
		async () => {
			await editor.openWorkflow(await n8n.server.importWorkflow(n8n.example('school-grades.json')));
			await editor.runNode('Map Fields');
			await editor.openNode('Map Fields');
			expect(await editor.hints()).toMatch(/student: \d columns mapped: Student ID → student_id/);
			expect(await editor.hints()).toMatch(/report_card: \d+ columns mapped: .*Fall_Grade → grade/);
			expect(await shown(['task', 'recordsPerRow', 'groupsFrom', 'database'])).toEqual({
				task: 'Map',
				recordsPerRow: 'Several',
				groupsFrom: 'List',
				database: 'SQLite',
			});
			expect(await editor.credentials()).toEqual([expect.stringContaining('SQLite File')]);
			expect(await editor.byId('parameter-input-mapping').count()).toBe(0);
			await editor.showOutput(1);
			await editor.showTable();
			expect(await editor.outputRows()).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ group: 'student', last_name: 'Berger' }),
					expect.objectContaining({ group: 'report_card', term: 'Winter', grade: 'A-' }),
				]),
			);
			await editor.showInputAs('schema');
			await editor.screenshot('record-groups');
			await editor.closeNode();
		},
		WORKING_MS,
	);

	test(
		'the tables of the database are offered in a list, and its columns to match on',
		async () => {
			const workflow = n8n.example('import-contacts.json');
			delete workflow.id;
			await editor.openWorkflow(await n8n.server.importWorkflow(workflow));
			await editor.openNode('Match & Upsert');
			await editor.byId('rlc-input').first().click();
			const items = editor.page.locator('[data-test-id="rlc-item"]:visible');
			// what is chosen stands there at once, the others once they are loaded
			await items.filter({ hasText: 'subscribers' }).waitFor();
			expect(await items.allInnerTexts()).toEqual([
				'contacts',
				'leads',
				'report_cards',
				'students',
				'subscribers',
			]);
			await items.first().click();
			expect(await editor.entries('matchOn')).toEqual(
				expect.arrayContaining(['email', 'last_name']),
			);
			await editor.closeNode();
		},
		WORKING_MS,
	);

	test(
		'S85: templates in a database ask for its credential, beside that of the table, and give it back',
		async () => {
			const workflow = n8n.example('import-contacts.json');
			delete workflow.id;
			await editor.openWorkflow(await n8n.server.importWorkflow(workflow));
			await editor.openNode('Map Fields');
			expect(await editor.credentials()).toEqual([expect.stringContaining('SQLite File')]);
			await editor.choose('templatesIn', 'PostgreSQL');
			await editor.byId('parameter-input-templateSchema').waitFor();
			expect(await editor.credentials()).toEqual([
				expect.stringContaining('Postgres'),
				expect.stringContaining('SQLite File'),
			]);
			await editor.choose('fieldsFrom', 'Template');
			await editor.byId('parameter-input-template').first().waitFor();
			expect(await editor.credentials()).toEqual([expect.stringContaining('Postgres')]);
			await editor.choose('templatesIn', 'User Folder');
			await editor.byId('parameter-input-templateSchema').waitFor({ state: 'hidden' });
			expect(await editor.credentials()).toEqual([]);
			await editor.closeNode();
		},
		WORKING_MS,
	);
});
