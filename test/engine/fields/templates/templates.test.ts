import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Column } from '../../../../engine/dataset';
import {
	applyTemplate,
	learnedFrom,
	makeTemplate,
	matchHeaders,
	readTemplate,
	SqliteTemplateStore,
	type FieldSpec,
	type TemplateContent,
} from '../../../../engine/fields';

const columns: Column[] = [
	{ name: 'E-mail', type: 'email' },
	{ name: 'Company', type: 'text' },
	{ name: 'Joined', type: 'date' },
	{ name: 'Street', type: 'text' },
	{ name: 'City', type: 'text' },
];

const content: TemplateContent = {
	name: 'Salesforce lead export',
	fields: [
		{ name: 'email', column: 'E-mail', type: 'email', required: true },
		{ name: 'account_name', column: 'Company' },
		{ name: 'joined', column: 'Joined', type: 'date', format: { dateOrder: 'dmy' } },
		{ name: 'address', textTemplate: '{Street}, {{{City}}}' },
		{ name: 'country', constant: 'DE', values: [{ from: 'Germany', to: 'DE' }] },
	],
	unmapped: 'skip',
	learned: { 'Internal ID': null },
	columns,
};

const apply = (actual: Column[], more: Partial<TemplateContent> = {}) =>
	applyTemplate(makeTemplate({ ...content, ...more }), actual);

test('a template keeps its mapping when columns move, and says which (S85)', () => {
	const { fields, matches, drift } = apply([columns[4]!, ...columns.slice(0, 4)]);
	expect(fields).toEqual(content.fields.map((field) => ({ ...field, column: field.column })));
	expect(matches.map(({ reason }) => reason)).toEqual(Array(3).fill('as the template says'));
	expect(drift).toEqual({
		missing: [],
		extra: [],
		renamed: [],
		reordered: ['City'],
		retyped: [],
	});
});

test('renamed columns are found again, also inside of texts; the drift says what became of each (S85)', () => {
	const { fields, matches, skipped, drift } = apply([
		{ name: 'Mail address', type: 'text' },
		{ name: 'Joined', type: 'text' },
		{ name: 'Street', type: 'text' },
		{ name: 'Town', type: 'text' },
		{ name: 'internal_id', type: 'integer' },
		{ name: 'Score', type: 'integer' },
	]);
	expect(fields.map(({ name, column, textTemplate }) => [name, column ?? textTemplate])).toEqual([
		['email', 'Mail address'],
		['account_name', undefined],
		['joined', 'Joined'],
		['address', '{Street}, {{{Town}}}'],
		['country', undefined],
	]);
	expect(matches.map(({ field }) => field)).toEqual(['joined', 'email']);
	expect(skipped).toEqual(['internal_id']);
	expect(drift).toMatchObject({
		missing: ['Company'],
		extra: ['internal_id', 'Score'],
		renamed: [
			{ from: 'E-mail', to: 'Mail address' },
			{ from: 'City', to: 'Town' },
		],
		reordered: [],
		retyped: [
			{ column: 'Mail address', from: 'email', to: 'text' },
			{ column: 'Joined', from: 'date', to: 'text' },
		],
	});
});

test('what a person decided about a header finds the column of a field', () => {
	const actual = columns.map((column) => (column.name === 'Company' ? { name: 'Knd.' } : column));
	expect(apply(actual).drift.missing).toEqual(['Company']);
	const learned = { KND: 'account_name' };
	const { fields, drift } = apply(actual, { learned });
	expect(fields[1]).toMatchObject({ name: 'account_name', column: 'Knd.' });
	expect(drift.renamed).toEqual([
		{ from: 'Company', to: 'Knd.', confidence: 1, reason: 'as it was chosen before' },
	]);
});

test('an expression over a column that is gone is refused: JSONata would find nothing, silently', () => {
	const fields: FieldSpec[] = [{ name: 'f', expression: '$uppercase(City)' }];
	expect(() => apply(columns.slice(0, 4), { fields })).toThrow(
		'The expression of the field "f" names "City", which the file does not have',
	);
});

test('what is chosen otherwise than automatically is learned', () => {
	const fields: FieldSpec[] = [{ name: 'email' }, { name: 'company' }, { name: 'city' }];
	const automatic = matchHeaders(columns, fields);
	const chosen = [
		{ name: 'email', column: 'E-mail' },
		{ name: 'company', column: 'Street' },
		{ name: 'city' },
	];
	expect(
		learnedFrom(columns, automatic, chosen, ['Joined'], { street: 'city', Old: 'email' }),
	).toEqual({
		Old: 'email',
		Company: null,
		Joined: null,
		Street: 'company',
		City: null,
	});
});

test('a template survives its way through JSON (S82)', () => {
	const template = makeTemplate(content, new Date('2026-11-20T10:00:00Z'));
	expect(template).toMatchObject({ savedAt: '2026-11-20T10:00:00.000Z', name: content.name });
	expect(readTemplate(JSON.stringify(template))).toEqual(template);
	expect(readTemplate(JSON.parse(JSON.stringify(template)))).toEqual(template);
});

test.each([
	['{', 'The template is not valid JSON: '],
	['[]', 'The JSON is not that of a template'],
	[{ ...makeTemplate(content), version: 2 }, 'The template has version 2, which is not known'],
	[{ ...makeTemplate(content), name: ' ' }, 'A template needs a name of 1 to 200 characters'],
	[
		{ ...makeTemplate(content), fields: [{ name: 'a', type: 'txt' }] },
		'"type" of the field "a" must be one of ',
	],
	[
		{ ...makeTemplate(content), learned: { a: 1 } },
		'"learned" must give the name of a field, or null',
	],
	[{ ...makeTemplate(content), columns: ['a'] }, 'The columns of the template must be a list'],
	[
		{ ...makeTemplate(content), contract: { rows: 3 } },
		'The file contract must have rows and columns',
	],
])('JSON that is no template is refused: %#', (json, message) => {
	expect(() => readTemplate(json)).toThrow(message);
});

describe('the store in an SQLite file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'templates-'));
	const path = join(folder, 'n8n', 'data-import.sqlite');
	const store = new SqliteTemplateStore(path);
	const template = makeTemplate(content);

	afterEach(() => rmSync(join(folder, 'n8n'), { recursive: true, force: true }));
	afterAll(() => rmSync(folder, { recursive: true }));

	test('saves, lists, reads and deletes by name; the file is made when first saved, for its owner only (S81, S83, S84)', async () => {
		expect(await store.list()).toEqual([]);
		expect(await store.delete('x')).toBe(false);
		await expect(store.read('x')).rejects.toMatchObject({
			code: 'RUN_TEMPLATE',
			message: 'There is no template "x"',
		});
		expect(await store.save(template)).toBe('created');
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(await store.save(makeTemplate(content))).toBe('unchanged');
		expect(await store.save(makeTemplate({ ...content, unmapped: 'keep' }))).toBe('replaced');
		expect(await store.save(makeTemplate({ ...content, name: 'Another' }))).toBe('created');
		expect(await store.list()).toMatchObject([
			{
				name: 'Another',
				columns: ['E-mail', 'Company', 'Joined', 'Street', 'City'],
				hasContract: false,
			},
			{
				name: 'Salesforce lead export',
				fields: ['email', 'account_name', 'joined', 'address', 'country'],
			},
		]);
		expect(await store.read('Salesforce lead export')).toMatchObject({
			fields: template.fields,
			unmapped: 'keep',
		});
		await expect(store.read('x')).rejects.toMatchObject({
			issue: { hint: 'The templates are "Another", "Salesforce lead export".' },
		});
		expect(await store.delete('Another')).toBe(true);
		expect((await store.list()).map(({ name }) => name)).toEqual(['Salesforce lead export']);
	});

	test('waits while another process writes', async () => {
		await store.save(template);
		const other = new DatabaseSync(path);
		other.exec('begin immediate; delete from templates');
		const saving = store.save(makeTemplate({ ...content, name: 'Later' }));
		const ended = new Promise((resolve) => setTimeout(resolve, 300)).then(() => {
			other.exec('rollback');
			other.close();
		});
		expect(await saving).toBe('created');
		await ended;
		expect(await store.list()).toHaveLength(2);
	});

	test('several save at the same time, and nothing is lost', async () => {
		await Promise.all(
			Array.from({ length: 20 }, (_, i) =>
				new SqliteTemplateStore(path).save(makeTemplate({ ...content, name: `T${i}` })),
			),
		);
		expect(await store.list()).toHaveLength(20);
	});

	test('a template of another version does not hide the others, and a damaged file is said to be one', async () => {
		await store.save(template);
		const database = new DatabaseSync(path);
		database
			.prepare('insert into templates values (?, ?, ?)')
			.run('New', '2030-01-01', '{"version":9}');
		database.close();
		expect((await store.list()).map(({ name }) => name)).toEqual(['New', content.name]);
		writeFileSync(path, 'this is no database, whatever its name says');
		await expect(store.list()).rejects.toMatchObject({
			code: 'RUN_TEMPLATE',
			message: expect.stringContaining('file is not a database'),
		});
	});
});
