import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Column } from '../../../../engine/dataset';
import {
	applyTemplate,
	CheckedTemplateStore,
	learnedFrom,
	makeTemplate,
	matchHeaders,
	readTemplate,
	SqliteTemplateStore,
	type FieldSpec,
	type StoredTemplate,
	type StoredTemplates,
	type TemplateContent,
} from '../../../../engine/fields';
import { describeTemplateStore } from './store-cases';

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

test('S85: a template keeps its mapping when columns move, and says which', () => {
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

test('S85: renamed columns are found again, also inside of texts; the drift says what became of each', () => {
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

test('S82: a template survives its way through JSON', () => {
	const template = makeTemplate(content, new Date('2026-11-20T10:00:00Z'));
	expect(template).toMatchObject({ savedAt: '2026-11-20T10:00:00.000Z', name: content.name });
	expect(readTemplate(JSON.stringify(template))).toEqual(template);
	expect(readTemplate(JSON.parse(JSON.stringify(template)))).toEqual(template);
});

test.each([
	['{', 'The template is not valid JSON: '],
	['[]', 'The JSON is not that of a template'],
	[{ ...makeTemplate(content), version: 3 }, 'The template has version 3, which is not known'],
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

test('a change is made anew with what another saved in between; one that loses every time is told so', async () => {
	const saved = new Map<string, StoredTemplate>();
	const others = ['keep', 'error'] as const;
	let meetings = 0;
	const stored: StoredTemplates = {
		names: () => Promise.resolve([...saved.keys()]),
		list: () => Promise.resolve([...saved.values()]),
		find: (name) => Promise.resolve(saved.get(name)),
		insert: () => Promise.resolve(false),
		replace(template, before) {
			const unmapped = others[meetings++];
			if (unmapped !== undefined) {
				const other = JSON.stringify(makeTemplate({ ...content, unmapped }));
				saved.set(template.name, { ...template, content: other, revision: before + 1 });
				return Promise.resolve(false);
			}
			saved.set(template.name, template);
			return Promise.resolve(true);
		},
		delete: (name) => Promise.resolve(saved.delete(name)),
	};
	const store = new CheckedTemplateStore(stored, 'memory');
	const first = JSON.stringify(makeTemplate(content));
	saved.set(content.name, { name: content.name, savedAt: '', content: first, revision: 7 });
	const seen: unknown[] = [];
	const outcome = await store.update(content.name, (before) => {
		seen.push(before?.unmapped);
		return makeTemplate({ ...content, learned: { Anew: before?.unmapped ?? null } });
	});
	expect(outcome).toBe('replaced');
	expect(seen).toEqual(['skip', ...others]);
	expect(saved.get(content.name)?.revision).toBe(10);
	expect((await store.read(content.name)).learned).toEqual({ Anew: 'error' });

	jest.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(0).mockReturnValue(1e6);
	await expect(store.save(makeTemplate({ ...content, name: 'New' }))).rejects.toMatchObject({
		code: 'RUN_TEMPLATE',
		message: 'The template "New" could not be saved: others save it all the time',
	});
	jest.restoreAllMocks();
});

describe('the store in an SQLite file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'templates-'));
	const path = join(folder, 'n8n', 'data-import.sqlite');
	const store = new SqliteTemplateStore(path);
	const template = makeTemplate(content);

	afterEach(() => rmSync(join(folder, 'n8n'), { recursive: true, force: true }));
	afterAll(() => rmSync(folder, { recursive: true }));

	const inFile = (use: (database: DatabaseSync) => void) => {
		const database = new DatabaseSync(path);
		use(database);
		database.close();
	};

	describeTemplateStore(() => ({
		open: () => new SqliteTemplateStore(path),
		put: (name, json) => {
			inFile((database) =>
				database.prepare('insert into templates values (?, ?, ?, 1)').run(name, '2030-01-01', json),
			);
			return Promise.resolve();
		},
	}));

	test('the file is made when first saved, for its owner only', async () => {
		await store.delete('x');
		expect(await store.list()).toEqual([]);
		expect(existsSync(path)).toBe(false);
		await store.save(template);
		expect(statSync(path).mode & 0o777).toBe(0o600);
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

	test('a file that was made before there were revisions is read, and written', async () => {
		await store.save(template);
		inFile((database) => database.exec('alter table templates drop column revision'));
		expect(await store.read(template.name)).toEqual(template);
		const changed = makeTemplate({ ...content, unmapped: 'keep' });
		expect(await store.save(changed)).toBe('replaced');
		expect((await store.read(template.name)).unmapped).toBe('keep');
	});

	test('a damaged file is said to be one', async () => {
		await store.save(template);
		writeFileSync(path, 'this is no database, whatever its name says');
		await expect(store.list()).rejects.toMatchObject({
			code: 'RUN_TEMPLATE',
			message: expect.stringContaining('file is not a database'),
		});
	});
});
