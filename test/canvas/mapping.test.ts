import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RealN8n, type Workflow } from '../n8n/host';
import { describeWithChromium, Editor } from './editor';

const STARTING_MS = 240_000;
const WORKING_MS = 120_000;

/** Two names and two phone numbers where the table has one; and what the last column is called says nothing. */
const headers = [
	'Given Name',
	'Known As',
	'Surname',
	'E-mail',
	'Mobile Phone',
	'Work Phone',
	'Street',
	'Town',
	'ZIP',
	'Country',
	'Date of Birth',
	'How They Found Us',
];

const people = [
	'Augusta,Ada,Berger,ada@example.com,+49 171 1234567,+49 30 1234567,Lindenallee 5,Berlin,10115,DE,1980-02-01,Trade Fair',
	'Bosse,Bo,Lindqvist,bo@example.com,+46 70 1234567,+46 8 1234567,Storgatan 2,Stockholm,11122,SE,1975-12-24,Friends',
];

const table = `create table volunteers (id integer primary key, email text not null unique, first_name text,
	last_name text not null, phone text, street text, city text, postal_code text, country text,
	birthdate date, source text, notes text)`;

const fields = [
	'email',
	'first_name',
	'last_name',
	'phone',
	'street',
	'city',
	'postal_code',
	'country',
	'birthdate',
	'source',
];

describeWithChromium('a person maps a file with 12 columns', () => {
	let n8n: RealN8n;
	let editor: Editor;
	let workflowId: string;

	beforeAll(async () => {
		n8n = await RealN8n.start('test-mapping');
		n8n.database((database) => database.exec(table));
		editor = await Editor.open(n8n);
		writeFile('volunteers.csv', headers);
		workflowId = await n8n.server.importWorkflow(
			workflow('volunteers.csv', {
				fieldsFrom: 'table',
				database: 'sqlite',
				table: { __rl: true, mode: 'list', value: 'volunteers' },
				mapping: 'table',
				options: { saveAs: 'Volunteers' },
			}),
		);
	}, STARTING_MS);

	afterAll(async () => {
		await editor.close();
		await n8n.server.stop();
	}, 60_000);

	function writeFile(name: string, header: readonly string[]): void {
		const path = join(n8n.server.filesFolder, name);
		writeFileSync(path, [header.join(','), ...people].join('\n'));
	}

	/** Reads a file and maps it, in a workflow that nobody has opened yet. */
	function workflow(file: string, parameters: Record<string, unknown>): Workflow {
		const { id: _id, ...example } = n8n.example('import-contacts.json');
		const names = ['Start', 'Read Contacts File', 'Parse Spreadsheet', 'Map Fields'];
		const nodes = example.nodes.filter(({ name }) => names.includes(name));
		for (const node of nodes) {
			if (node.name === 'Read Contacts File')
				node.parameters.fileSelector = join(n8n.server.filesFolder, file);
			if (node.name === 'Map Fields')
				node.parameters = { ...parameters, columns: { mappingMode: 'defineBelow', value: null } };
		}
		const connections = Object.fromEntries(
			Object.entries(example.connections).filter(([name]) => names.slice(0, 3).includes(name)),
		);
		return { ...example, name: `Data Import: ${file}`, nodes, connections };
	}

	/** The chosen columns, without their types. */
	async function chosenColumns(names = fields): Promise<Record<string, string>> {
		await editor.byId('parameter-input-email').first().waitFor();
		const chosen: Record<string, string> = {};
		for (const name of names) chosen[name] = (await editor.chosen(name)).replace(/ \([^)]*\)$/, '');
		return chosen;
	}

	const read = async (id: string) => (await n8n.server.api('GET', `/workflows/${id}`)) as Workflow;

	/** The columns as n8n has saved them. */
	async function stored(id = workflowId): Promise<Record<string, string>> {
		const map = (await read(id)).nodes.find(({ name }) => name === 'Map Fields');
		return (map?.parameters.columns as { value: Record<string, string> | null }).value ?? {};
	}

	/** The same as it was saved, in a workflow that no other page has open. */
	async function openSaved(): Promise<string> {
		const { name, nodes, connections } = await read(workflowId);
		const id = await n8n.server.importWorkflow({ name: `${name} (copy)`, nodes, connections });
		await editor.openWorkflow(id);
		return id;
	}

	const found = {
		email: 'E-mail',
		first_name: 'Given Name',
		last_name: 'Surname',
		street: 'Street',
		city: 'Town',
		postal_code: 'ZIP',
		country: 'Country',
		birthdate: 'Date of Birth',
	};

	test(
		'S41, S55, S57, S59, S60: what can be known is chosen already; one column is corrected, what is open is chosen',
		async () => {
			await editor.openWorkflow(workflowId);
			const work = editor.startWork();
			await editor.runNode('Parse Spreadsheet');
			await editor.openNode('Map Fields');
			expect(await chosenColumns()).toEqual({ ...found, phone: '', source: '' });
			await editor.choose('first_name', 'Known As');
			await editor.choose('phone', 'Work Phone');
			await editor.choose('source', 'How They Found Us');
			await editor.executeStep();
			expect(await editor.hints()).toMatch(
				/10 columns mapped: .*Known As → first_name.*Work Phone → phone/,
			);
			expect(await editor.hints()).toMatch(/2 columns are not mapped|left out/);
			await editor.showOutput(1);
			await editor.showTable();
			expect(await editor.outputRows()).toMatchObject([
				{ first_name: 'Ada', phone: '+49 30 1234567', source: 'Trade Fair' },
				{ last_name: 'Lindqvist', birthdate: '1975-12-24', postal_code: '11122' },
			]);
			work.report(
				'A file with 12 columns was mapped and looked at, with one proposal corrected and two fields chosen',
			);
			await editor.showInputAs('schema');
			await editor.screenshot('mapping-by-table');
			await editor.closeNode();
			// the editor saves by itself, a little later
			while ((await stored()).source !== 'How They Found Us') await editor.saved();
			expect(await stored()).toMatchObject({ first_name: 'Known As', phone: 'Work Phone' });
		},
		WORKING_MS,
	);

	test(
		'S32, S60: the saved workflow shows what was chosen also where no data is, and keeps it',
		async () => {
			const before = await stored();
			const id = await openSaved();
			await editor.openNode('Map Fields');
			expect(await chosenColumns()).toEqual({
				...found,
				first_name: 'Known As',
				phone: 'Work Phone',
				source: 'How They Found Us',
			});
			expect(await editor.entries('phone')).toEqual(
				expect.arrayContaining([expect.stringMatching(/^Mobile Phone/)]),
			);
			await editor.screenshot('mapping-without-data');
			await editor.saved();
			await editor.closeNode();
			expect(await stored(id)).toEqual(before);
		},
		WORKING_MS,
	);

	test(
		'S85: where headers changed the panel says which column is not there, and keeps the choice',
		async () => {
			writeFile(
				'volunteers.csv',
				headers.map((name) => (name === 'Work Phone' ? 'Office Phone' : name)),
			);
			const id = await openSaved();
			await editor.runNode('Parse Spreadsheet');
			await editor.openNode('Map Fields');
			await editor.untilChosen('phone', 'Work Phone - not in this file');
			expect(await chosenColumns()).toMatchObject({
				...found,
				first_name: 'Known As',
				phone: 'Work Phone - not in this file',
			});
			await editor.closeNode();
			expect(await stored(id)).toMatchObject({ phone: 'Work Phone' });
		},
		WORKING_MS,
	);

	test(
		'S85: by the template of the first file the changed one is mapped, and the drift is told',
		async () => {
			const later = headers.map((name) => (name === 'Work Phone' ? 'Office Phone' : name));
			writeFile('later.csv', [...later.slice(0, -1), 'Found Us By']);
			const byTemplate = workflow('later.csv', {
				fieldsFrom: 'template',
				template: { __rl: true, mode: 'list', value: 'Volunteers' },
				mapping: 'table',
			});
			await editor.openWorkflow(await n8n.server.importWorkflow(byTemplate));
			const work = editor.startWork();
			await editor.runNode('Parse Spreadsheet');
			await editor.openNode('Map Fields');
			expect(await chosenColumns()).toMatchObject({
				...found,
				first_name: 'Known As',
				phone: 'Office Phone',
			});
			await editor.executeStep();
			expect(await editor.hints()).toMatch(/renamed: "Work Phone" to "Office Phone" \(\d+ %\)/);
			await editor.showOutput(1);
			await editor.showTable();
			expect((await editor.outputRows())[0]).toMatchObject({ phone: '+49 30 1234567' });
			work.report('A file with changed headers was mapped by its template, and looked at');
			await editor.showInputAs('schema');
			await editor.screenshot('mapping-drift');
			await editor.closeNode();
		},
		WORKING_MS,
	);
});
