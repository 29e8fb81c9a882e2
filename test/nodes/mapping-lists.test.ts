import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ILoadOptionsFunctions, ResourceMapperField } from 'n8n-workflow';
import { makeTemplate, SqliteTemplateStore, type Column } from '../../engine';
import { compileColumnPath, compileTextTemplate } from '../../nodes/MapFields/column-path';
import {
	getFieldNames,
	getIncomingColumns,
	getMappingFields,
} from '../../nodes/MapFields/mapping-lists';
import { searchTemplates } from '../../nodes/MapFields/saved-templates';
import { getMatchColumns } from '../../nodes/MatchUpsert/match-lists';

/** What the editor sends along when it asks for a list. */
const editor = (parameters: Record<string, unknown>) =>
	({
		getCurrentNodeParameter: (name: string) => parameters[name],
	}) as unknown as ILoadOptionsFunctions;

const list = (...names: string[]) => ({
	fieldsFrom: 'list',
	fields: { field: names.map((name) => ({ name, type: 'text', required: name === 'email' })) },
});

const columns: Array<Column & { sample: string }> = [
	{ name: 'E-mail', type: 'email', sample: 'ada@example.org' },
	{ name: 'Firma', type: 'text', sample: 'ACME' },
];

const mapper = async (parameters: Record<string, unknown>) =>
	(await getMappingFields.call(editor(parameters))).fields;

const shown = ({ displayName, required, defaultValue, removed }: ResourceMapperField) => ({
	displayName,
	required,
	defaultValue,
	...(removed && { removed }),
});

test('S41, S60: the best match is chosen already, with its confidence; required fields are marked', async () => {
	const fields = await mapper({ ...list('email', 'company', 'city'), incomingColumns: columns });
	expect(fields.map(shown)).toEqual([
		{ displayName: 'email * · matched 100 %', required: true, defaultValue: 'E-mail' },
		{
			displayName: expect.stringMatching(/^company · matched \d+ %$/),
			required: false,
			defaultValue: 'Firma',
		},
		{ displayName: 'city', required: false, defaultValue: undefined },
	]);
	expect(fields[2]!.options).toEqual([
		{ name: 'E-mail (email)', value: 'E-mail', description: 'e.g. ada@example.org' },
		{ name: 'Firma (text)', value: 'Firma', description: 'e.g. ACME' },
	]);
});

test('what is not sure enough, and what is skipped, is not chosen', async () => {
	const fields = await mapper({
		...list('email', 'company'),
		incomingColumns: columns,
		options: { leastConfidence: 100, skipColumns: ['E-mail'] },
	});
	expect(fields.map(({ defaultValue }) => defaultValue)).toEqual([undefined, undefined]);
});

test('a stored column that is not in this file stays choosable, and says so', async () => {
	const [email] = await mapper({
		...list('email'),
		incomingColumns: columns,
		columns: { value: { email: 'Mail' } },
	});
	expect(email!.options!.at(-1)).toEqual({ name: 'Mail - not in this file', value: 'Mail' });
});

test('S85: the editor is made to take over a list whose columns changed, and leaves one alone that did not', async () => {
	// what the editor compares when a node is opened
	const compared = ({ options: _options, defaultValue: _value, ...others }: ResourceMapperField) =>
		others;
	const parameters = { ...list('city'), incomingColumns: columns };
	let schema = await mapper(parameters);
	const again = await mapper({ ...parameters, columns: { value: {}, schema } });
	expect(again).toEqual(schema);
	for (const name of ['Company', 'Firma', 'Company']) {
		const changed = [columns[0]!, { ...columns[1]!, name }];
		const before = schema.map(compared);
		schema = await mapper({
			...parameters,
			incomingColumns: changed,
			columns: { value: {}, schema },
		});
		expect(schema[0]!.options!.map(({ value }) => value)).toEqual(['E-mail', name]);
		expect(schema.map(compared)).not.toEqual(before);
	}
	const noData = { ...parameters, incomingColumns: [], columns: { value: {}, schema } };
	expect(await mapper(noData)).toEqual(schema);
});

test('before anything has run the stored choices are shown as they were', async () => {
	const schema = [{ id: 'email', options: [{ name: 'Mail (text)', value: 'Mail' }] }];
	const [email, company] = await mapper({
		...list('email', 'company'),
		incomingColumns: [],
		columns: { value: { email: 'Mail', company: 'Firma' }, schema },
	});
	expect(email!.options).toEqual([{ name: 'Mail (text)', value: 'Mail' }]);
	expect(company!.options).toEqual([{ name: 'Firma', value: 'Firma' }]);
});

test('before anything has run a template says which columns it was saved with', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'template-lists-'));
	process.env.DATA_IMPORT_TEMPLATES = join(folder, 'templates.sqlite');
	const fields = [{ name: 'email', column: 'E-mail' }, { name: 'town' }];
	await new SqliteTemplateStore(process.env.DATA_IMPORT_TEMPLATES).save(
		makeTemplate({ name: 'Leads', fields, unmapped: 'skip', learned: {}, columns }),
	);
	const parameters = { fieldsFrom: 'template', template: 'Leads', incomingColumns: [] };
	const [email, town] = await mapper(parameters);
	expect(email).toMatchObject({ displayName: 'email · matched 100 %', defaultValue: 'E-mail' });
	expect(town!.options!.map(({ value }) => value)).toEqual(['E-mail', 'Firma']);
	expect(await searchTemplates.call(editor(parameters), 'LEA')).toEqual({
		results: [{ name: 'Leads', value: 'Leads' }],
	});
	Reflect.deleteProperty(process.env, 'DATA_IMPORT_TEMPLATES');
	rmSync(folder, { recursive: true });
});

test('a field with a source in its rule needs no column', async () => {
	const rules = { rule: [{ field: 'email', settings: { constant: 'a@b.de' } }] };
	const [email] = await mapper({ ...list('email', 'company'), rules, incomingColumns: columns });
	expect(shown(email!)).toEqual({
		displayName: 'email · by its rule',
		required: false,
		defaultValue: undefined,
		removed: true,
	});
});

test('S125: record types show the fields that found a column, and those that are needed', async () => {
	const parameters = { fieldsFrom: 'recordType', recordType: 'contact', incomingColumns: columns };
	const fields = await mapper(parameters);
	expect(
		fields.filter(({ removed }) => removed !== true).map(({ displayName }) => displayName),
	).toEqual([
		'Last name *',
		expect.stringMatching(/^E-mail · matched/),
		expect.stringMatching(/^Company · matched/),
	]);
	expect((await getFieldNames.call(editor(parameters)))[3]).toEqual({
		name: 'First name (first_name)',
		value: 'first_name',
	});
});

test('without fields the notice says what to do', async () => {
	expect(await getMappingFields.call(editor({ fieldsFrom: 'list' }))).toEqual({
		fields: [],
		emptyFieldsNotice:
			'No field is listed. Add at least one field under Fields, or take the fields from a table.',
	});
	expect(await getMappingFields.call(editor({ fieldsFrom: 'template' }))).toMatchObject({
		emptyFieldsNotice: expect.stringContaining('No template is chosen'),
	});
});

test('columns that rules and options name stay choosable before anything has run', async () => {
	const parameters = {
		incomingColumns: columns,
		rules: { rule: [{ field: 'x', settings: { columns: ['Street', 'Firma'] } }] },
		options: { skipColumns: ['Old'] },
		groups: {
			group: [
				{ column: 'Tags', rules: { rule: [{ field: 'y', settings: { columns: ['Town'] } }] } },
			],
		},
	};
	const options = await getIncomingColumns.call(editor(parameters));
	expect(options.map(({ value }) => value)).toEqual([
		'E-mail',
		'Firma',
		'Old',
		'Tags',
		'Street',
		'Town',
	]);
});

test.each([
	['E-mail', { column: 'E-mail' }],
	['={{ $json.Straße }}', { column: 'Straße' }],
	["={{$json['it\\'s \"x\"']}}", { column: 'it\'s "x"' }],
	['={{ $json["Phone\\nnumber"] }}', { column: 'Phone\nnumber' }],
	["={{ $json['a.b'] }}", { column: 'a.b' }],
	['={{ $json.sample }}', { column: 'sample' }],
	["={{ $input.item.json['a'] }}", { column: 'a' }],
	["={{ $json.preview[12]['a b'] }}", { column: 'a b' }],
	['={{ $("Parse It").item.json.sample.a }}', { column: 'a' }],
	["={{ $json['First Name'] }} {{ $json.Surname }}", { textTemplate: '{First Name} {Surname}' }],
	['={{ $json.a }} {x}', { textTemplate: '{a} {{x}}' }],
])('%s is read as a column', (text, source) => {
	expect(compileColumnPath(text, 'f')).toEqual(source);
});

test.each([
	'={{ $json.a.b }}',
	'={{ $json.a + $json.b }}',
	'={{ $now }}',
	"={{ $json['a{b}'] }}",
	'={{ $json["a"]["b"] }}',
])('%s is refused, with what to do', (text) => {
	try {
		compileColumnPath(text, 'f');
	} catch (error) {
		expect(error).toMatchObject({
			code: 'RUN_CONFIG',
			message: `The field "f" has an expression that is more than a column: ${text.slice(1)}`,
			issue: { hint: expect.stringContaining('drag one here') },
		});
		return;
	}
	throw new Error('it was taken');
});

test('a text with columns in braces takes dragged columns, too', () => {
	expect(compileTextTemplate('{a}, {b}', 'f')).toBe('{a}, {b}');
	expect(compileTextTemplate("={a}, {{ $json['b c'] }}", 'f')).toBe('{a}, {b c}');
});

describe('a Data Table, of which n8n shows the editor nothing', () => {
	const parameters = {
		fieldsFrom: 'table',
		database: 'dataTable',
		dataTable: 'people',
		incomingColumns: columns,
	};

	test('has no table of columns; the notice says what to choose instead', async () => {
		const mapped = await getMappingFields.call(editor(parameters));
		expect(mapped).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringMatching(
				/read when the node runs\. Set Mapping to Automatic/,
			),
		});
	});

	test('without a name asks for one', async () => {
		const mapped = await getMappingFields.call(editor({ ...parameters, dataTable: ' ' }));
		expect(mapped.emptyFieldsNotice).toContain('No Data Table is chosen');
	});

	test('can be matched on every column that the rows bring', async () => {
		expect(await getMatchColumns.call(editor(parameters))).toEqual([
			{ name: 'E-mail', value: 'E-mail' },
			{ name: 'Firma', value: 'Firma' },
		]);
	});
});
