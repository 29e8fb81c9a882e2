import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, IRun } from 'n8n-workflow';
import type { MappingLine, MappingTemplate } from '../../engine';
import { fileItem, jsonOf, keepBinaryData, outputOf, runNodes, type PlacedNode } from './run-nodes';

type Parameters = INode['parameters'];

const parse: PlacedNode = { name: 'Parse', type: 'parseSpreadsheet', parameters: {} };

const map = (parameters: Parameters): PlacedNode => ({
	name: 'Map',
	type: 'mapFields',
	parameters: { fieldsFrom: 'list', ...parameters },
});

const listed = (...fields: IDataObject[]) => ({ field: fields }) as Parameters[string];

const rule = (field: string, settings: IDataObject) => ({ field, settings });

const rulesFor = (...rules: IDataObject[]) => ({ rule: rules }) as Parameters[string];

const byTable = (value: Record<string, string>) =>
	({
		mapping: 'table',
		columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
	}) as unknown as Parameters;

/** Maps a CSV and gives its rows as items. */
const mapCsv = (csv: string, parameters: Parameters) =>
	runNodes([parse, map({ output: 'items', ...parameters })], [fileItem(csv, 'file.csv')]);

/** Maps a CSV and gives the Dataset item. */
async function mapped(csv: string, parameters: Parameters) {
	const run = await runNodes([parse, map(parameters)], [fileItem(csv, 'file.csv')]);
	const [json] = jsonOf(run, 'Map');
	return json as {
		mapping: MappingLine[];
		warnings?: Array<{ code: string; message: string }>;
		drift?: IDataObject;
		template?: IDataObject;
	};
}

const hintsOf = (run: IRun) =>
	(run.data.resultData.runData.Map?.[0]?.hints ?? []).map(
		({ type, message }) => `${type}: ${message}`,
	);

const errorOf = (run: IRun) => {
	const error = run.data.resultData.error as
		(Error & { description?: string; context?: IDataObject }) | undefined;
	return {
		code: error?.context?.code,
		message: error?.message,
		description: error?.description,
	};
};

const contacts =
	'Company,Phone Number,E-Mail,Joined,Colour\n' +
	'ACME,+49 30 1234567,ada@example.org,2024-02-03,red\n' +
	'Initech,+49 30 7654321,bo@example.org,2024-03-04,blue\n';

const accountFields = listed(
	{ name: 'account_name', type: 'text' },
	{ name: 'phone', type: 'phone' },
	{ name: 'email', type: 'email', required: true },
	{ name: 'joined', type: 'date' },
);

beforeAll(() => keepBinaryData('default'));

describe('automatic mapping', () => {
	test('S27, S41, S53, S54, S55, S56, S57, S59: headers that differ from the fields are mapped, with confidence, reason and first values', async () => {
		const { mapping } = await mapped(contacts, { fields: accountFields });
		expect(mapping).toEqual([
			expect.objectContaining({
				column: 'Company',
				field: 'account_name',
				status: 'automatic',
				samples: ['ACME', 'Initech'],
			}),
			expect.objectContaining({ column: 'Phone Number', field: 'phone', status: 'automatic' }),
			{
				column: 'E-Mail',
				field: 'email',
				status: 'automatic',
				confidence: 1,
				reason: 'same name',
				samples: ['ada@example.org', 'bo@example.org'],
			},
			expect.objectContaining({ column: 'Joined', field: 'joined', confidence: 1 }),
			{
				column: 'Colour',
				field: null,
				status: 'unmapped',
				confidence: 0,
				reason: 'no field fits the column',
				samples: ['red', 'blue'],
			},
		]);
	});

	test('S58, S59: what is not sure enough stays unmapped and is listed', async () => {
		const run = await mapCsv(contacts, {
			fields: accountFields,
			options: { leastConfidence: 100 },
		});
		expect(Object.keys(jsonOf(run, 'Map')[0]!)).toEqual(['email', 'joined']);
		expect(hintsOf(run)[1]).toMatch(
			/^warning: 3 columns are not mapped: Company \(perhaps "account_name" \(.*\), but only \d+ % sure\), Phone Number/,
		);
	});

	test('S61: columns to skip are left out on purpose, and the rest may be made an error', async () => {
		const skipping = {
			fields: accountFields,
			options: { skipColumns: ['Colour', 'Company'], unmapped: 'error' },
		};
		const { mapping } = await mapped(contacts, skipping);
		expect(
			mapping.filter(({ status }) => status === 'skipped').map(({ column }) => column),
		).toEqual(['Company', 'Colour']);
		const run = await mapCsv(contacts, { fields: accountFields, options: { unmapped: 'error' } });
		expect(errorOf(run)).toMatchObject({
			code: 'HEADER_UNMAPPED',
			message: 'No field takes "Colour" [HEADER_UNMAPPED]',
		});
	});

	test('a required field that no column is found for is said before a row is read', async () => {
		const run = await mapCsv('Colour\nred\n', { fields: accountFields });
		expect(errorOf(run)).toMatchObject({
			code: 'RUN_REQUIRED',
			message: 'No column is mapped to "email", which the import needs [RUN_REQUIRED]',
		});
	});

	test('S63: values that cannot be dates are counted before the import', async () => {
		const csv = 'email,joined\na@b.de,2024-02-03\nb@b.de,soon\nc@b.de,\n';
		const { warnings } = await mapped(csv, { fields: accountFields });
		expect(warnings).toEqual([
			expect.objectContaining({
				code: 'HEADER_TYPE',
				column: 'joined',
				message: expect.stringContaining('1 of the first 2 values do not fit, such as "soon"'),
			}),
		]);
	});

	test('S63: date columns go to date fields and number columns to number fields, and come out as such', async () => {
		const run = await mapCsv(
			'Kunde,Eintritt,Beitrag\nAda,17.03.2024,"1.250,50"\nBo,soon,"2,00"\n',
			{
				fields: listed(
					{ name: 'fee', type: 'decimal' },
					{ name: 'joined', type: 'date' },
					{ name: 'customer', type: 'text' },
				),
				...byTable({ fee: 'Beitrag', joined: 'Eintritt', customer: 'Kunde' }),
				rules: rulesFor(rule('joined', { dateOrder: 'dmy' }), rule('fee', { decimalSign: ',' })),
			},
		);
		expect(jsonOf(run, 'Map')).toEqual([{ fee: 1250.5, joined: '2024-03-17', customer: 'Ada' }]);
		expect(jsonOf(run, 'Map', 2)).toMatchObject([
			{ row: 3, code: 'CELL_DATE', column: 'Eintritt', value: 'soon' },
		]);
	});

	test('S125: a built-in record type gives the fields', async () => {
		const csv = 'Surname,Vorname,Mail,Handy\nLovelace,Ada,ada@example.org,+49 170 1234567\n';
		const run = await mapCsv(csv, { fieldsFrom: 'recordType', recordType: 'contact' });
		expect(jsonOf(run, 'Map')).toEqual([
			{
				first_name: 'Ada',
				last_name: 'Lovelace',
				email: 'ada@example.org',
				mobile_phone: expect.stringMatching(/^\+49/),
			},
		]);
	});
});

describe('field rules', () => {
	const csv =
		'Street,City,Country,Code\nMain St,Oslo,germany,a1\n,Bergen,Narnia,A1\nOak St,,DE,b\n';
	const fields = listed(
		{ name: 'address' },
		{ name: 'country' },
		{ name: 'code' },
		{ name: 'owner' },
		{ name: 'shout' },
	);

	test('S30, S70, S71, S129: columns are joined, values mapped, constants and expressions set, repeated values refused', async () => {
		const run = await mapCsv(csv, {
			fields,
			rules: rulesFor(
				rule('address', { columns: ['Street', 'City'], separator: ', ' }),
				rule('country', {
					values: { value: [{ from: 'Germany', to: 'DE' }] },
					others: 'default',
					default: 'XX',
				}),
				rule('code', { unique: 'ignoreCase' }),
				rule('owner', { constant: '={{ "a" + "da" }}' }),
				rule('shout', { expression: '$uppercase(City)' }),
			),
		});
		expect(jsonOf(run, 'Map')).toEqual([
			{ address: 'Main St, Oslo', country: 'DE', code: 'a1', owner: 'ada', shout: 'OSLO' },
			{ address: 'Oak St', country: 'DE', code: 'b', owner: 'ada', shout: null },
		]);
		expect(jsonOf(run, 'Map', 2)).toMatchObject([
			{ row: 3, code: 'CELL_NOT_UNIQUE', message: expect.stringContaining('row 2') },
		]);
	});

	test('S70: a default for a missing column leaves empty cells alone', async () => {
		const settings = { default: 'x', defaultForEmpty: false };
		const run = await mapCsv('code,city\n1,\n', {
			fields: listed({ name: 'city', type: 'text' }, { name: 'country', type: 'text' }),
			rules: rulesFor(rule('city', settings), rule('country', settings)),
		});
		expect(jsonOf(run, 'Map')).toEqual([{ city: null, country: 'x' }]);
	});

	test('columns that are dragged into a text are columns, not the values of the first row', async () => {
		const run = await mapCsv(csv, {
			fields,
			rules: rulesFor(
				rule('address', { textTemplate: "={{ $json.Street }} in {{ $json.sample['City'] }}" }),
			),
		});
		expect(jsonOf(run, 'Map').map(({ address }) => address)).toEqual([
			'Main St in Oslo',
			' in Bergen',
			'Oak St in ',
		]);
	});

	test('what is emptied on the way is said above the items', async () => {
		const settings = {
			values: { value: [{ from: 'Germany', to: 'DE' }] },
			others: 'empty',
		};
		const run = await mapCsv(csv, { fields, rules: rulesFor(rule('country', settings)) });
		expect(jsonOf(run, 'Map').map(({ country }) => country)).toEqual(['DE', null, 'DE']);
		expect(hintsOf(run)).toContain(
			'warning: row 3: "Narnia" is not one of Germany; the cell is emptied [CELL_OPTION].',
		);
	});

	test('a default in the list of fields that is an expression over rows is refused', async () => {
		const run = await mapCsv(csv, { fields: listed({ name: 'x', default: '={{ $json.City }}' }) });
		expect(errorOf(run).message).toContain(
			'The default of the field "x" is an expression over rows',
		);
	});

	test('a constant that is an expression over rows is refused', async () => {
		const run = await mapCsv(csv, {
			fields,
			rules: rulesFor(rule('owner', { constant: '={{ $json.City }}' })),
		});
		expect(errorOf(run)).toMatchObject({
			code: 'RUN_CONFIG',
			message:
				'The constant of the field "owner" is an expression over rows: {{ $json.City }} [RUN_CONFIG]',
			description: expect.stringContaining('choose a column for the field'),
		});
	});
});

describe('by table', () => {
	const fields = listed({ name: 'email' }, { name: 'company' });

	test.each([
		["={{ $json['E-Mail'] }}"],
		['={{ $json["E-Mail"] }}'],
		['={{ $json.sample["E-Mail"] }}'],
		["={{ $json.preview[0]['E-Mail'] }}"],
		["={{ $('Parse').item.json.sample['E-Mail'] }}"],
		["={{ $json.fields['E-Mail'] }}"],
	])('S60, S124: the dragged column %s is the column', async (dragged) => {
		const run = await mapCsv(contacts, {
			fields,
			...byTable({ email: dragged, company: '={{ $json.Company }}' }),
		});
		expect(jsonOf(run, 'Map')).toEqual([
			{ email: 'ada@example.org', company: 'ACME' },
			{ email: 'bo@example.org', company: 'Initech' },
		]);
	});

	test('any other expression says what to do', async () => {
		const run = await mapCsv(contacts, {
			fields,
			...byTable({ email: "={{ $json['E-Mail'].toLowerCase() }}" }),
		});
		expect(errorOf(run)).toMatchObject({
			code: 'RUN_CONFIG',
			message: expect.stringContaining(
				'The field "email" has an expression that is more than a column',
			),
			description: expect.stringContaining('Choose a column from the list or drag one here'),
		});
	});

	test('a column of another file says which columns there are', async () => {
		const run = await mapCsv(contacts, { fields, ...byTable({ email: 'Mail' }) });
		expect(errorOf(run)).toMatchObject({
			code: 'RUN_NO_COLUMN',
			message: expect.stringContaining('"Company"'),
		});
	});
});

describe('templates', () => {
	const file = join(process.env.N8N_USER_FOLDER ?? '', '.n8n', 'data-import.sqlite');
	const fields = listed(
		{ name: 'email', type: 'email', required: true },
		{ name: 'company' },
		{ name: 'colour' },
	);

	afterEach(() => rmSync(file, { force: true }));

	const save = (csv: string, more: Parameters = {}, options: IDataObject = {}) =>
		mapped(csv, { fields, ...more, options: { saveAs: 'Leads', ...options } });

	const fromTemplate = {
		fieldsFrom: 'template',
		template: { __rl: true, mode: 'name', value: 'Leads' },
	};

	async function operate(task: string, parameters: Parameters = {}, json: IDataObject = {}) {
		const run = await runNodes([map({ task, ...parameters })], [{ json }]);
		return { run, items: jsonOf(run, 'Map') };
	}

	test('S32, S81, S82, S83, S84, S85, S86: what is saved under a name maps the next file, also when its headers moved and changed', async () => {
		expect(existsSync(file)).toBe(false);
		const chosen = byTable({ email: 'E-Mail', company: 'Colour' });
		expect((await save(contacts, chosen)).template).toEqual({ name: 'Leads', saved: 'created' });
		expect((await save(contacts, chosen)).template).toEqual({ name: 'Leads', saved: 'unchanged' });
		const later = 'Colour,Mail,Extra\nred,ada@example.org,1\n';
		const run = await mapCsv(later, fromTemplate);
		expect(jsonOf(run, 'Map')).toEqual([{ email: 'ada@example.org', company: 'red' }]);
		const { drift, warnings, mapping } = await mapped(later, fromTemplate);
		expect(drift).toMatchObject({
			missing: ['Company', 'Phone Number', 'Joined'],
			extra: ['Extra'],
			renamed: [{ from: 'E-Mail', to: 'Mail' }],
			reordered: ['Colour'],
		});
		expect(warnings!.map(({ code, message }) => `${code} ${message.split(':')[0]!}`)).toEqual([
			'HEADER_DRIFT 3 columns are missing',
			'HEADER_DRIFT 1 column is new',
			'HEADER_DRIFT 1 column is renamed',
		]);
		expect(mapping[0]).toMatchObject({
			column: 'Colour',
			field: 'company',
			reason: 'as the template says',
		});
	});

	test('a choice by hand is learned: the header finds its field, and what was left out stays out', async () => {
		await save(contacts, byTable({ email: 'E-Mail', company: 'Phone Number' }));
		const { items } = await operate('exportTemplate', { template: fromTemplate.template });
		const { template } = items[0] as unknown as { template: MappingTemplate };
		expect(template.learned).toEqual({ Company: null, 'Phone Number': 'company', Colour: null });
		const { mapping } = await mapped('phone_number,company,Mail\n1,ACME,a@b.de\n', fromTemplate);
		expect(mapping.slice(0, 3)).toMatchObject([
			{ column: 'phone_number', field: 'company', reason: 'as it was chosen before' },
			{ column: 'company', field: null, status: 'skipped' },
			{ column: 'Mail', field: 'email' },
		]);
	});

	test('drift may stop the run before anything is read', async () => {
		await save(contacts);
		const run = await mapCsv('E-Mail\na@b.de\n', { ...fromTemplate, drift: { missing: 'stop' } });
		expect(errorOf(run)).toMatchObject({
			code: 'HEADER_DRIFT',
			message: expect.stringContaining(
				'4 columns are missing: "Company", "Phone Number", "Joined", "Colour"',
			),
		});
	});

	test('a file contract is made from a good file, and held to', async () => {
		await save(contacts, {}, { saveContract: true });
		const one = 'Company,Phone Number,E-Mail,Joined,Colour\n'.concat(
			...Array.from({ length: 9 }, (_, i) => `ACME,+49 30 1234567,a${i}@b.de,2024-02-03,red\n`),
		);
		const run = await mapCsv(one, { ...fromTemplate, drift: { rows: 'stop' } });
		expect(errorOf(run)).toMatchObject({
			code: 'FILE_CONTRACT',
			message: 'The file has 9 rows, the contract expects 1 to 4 [FILE_CONTRACT]',
		});
		expect(
			outputOf(await mapCsv(one, { ...fromTemplate, drift: { rows: 'accept' } }), 'Map'),
		).toHaveLength(9);
	});

	test('S82, S83: templates are listed, exported, imported under another name, and deleted', async () => {
		expect((await operate('listTemplates')).items).toEqual([]);
		await save(contacts);
		const { template } = fromTemplate;
		const [exported] = (await operate('exportTemplate', { template })).items;
		expect((await operate('importTemplate', { templateName: 'Copy' }, exported)).items).toEqual([
			{ name: 'Copy', saved: 'created' },
		]);
		const { items } = await operate('listTemplates');
		expect(items).toMatchObject([
			{ name: 'Copy', fields: ['email', 'company', 'colour'], hasContract: false },
			{ name: 'Leads', columns: ['Company', 'Phone Number', 'E-Mail', 'Joined', 'Colour'] },
		]);
		expect((await operate('deleteTemplate', { template })).items).toEqual([
			{ name: 'Leads', deleted: true },
		]);
		const run = await mapCsv(contacts, fromTemplate);
		expect(errorOf(run)).toMatchObject({
			code: 'RUN_TEMPLATE',
			message: 'There is no template "Leads" [RUN_TEMPLATE]',
			description: expect.stringMatching(/^The templates in .*data-import\.sqlite are "Copy"\.$/),
		});
	});
});
