import type { Column } from '../../../../engine/dataset';
import {
	applyGroups,
	makeTemplate,
	readTemplate,
	type MappingTemplate,
	type TemplateContent,
	type TemplateGroup,
} from '../../../../engine/fields';

const text = (...names: string[]): Column[] => names.map((name) => ({ name, type: 'text' }));

const columns = text(
	'Student No',
	'Name',
	'Fall_Grade',
	'Fall_Comment',
	'Winter_Grade',
	'Winter_Comment',
	'Colour',
);

const student: TemplateGroup = {
	name: 'student',
	table: 'students',
	matchOn: ['student_no'],
	fields: [
		{ name: 'student_no', column: 'Student No', required: true },
		{ name: 'name', column: 'Name' },
	],
	learned: {},
};

const card: TemplateGroup = {
	name: 'report_card',
	repeat: {
		kind: 'column-sets',
		sets: [
			{ pattern: 'Fall_*', label: 'Fall' },
			{ pattern: 'Winter_*', label: 'Winter' },
		],
		labelColumn: 'Term',
	},
	references: [{ field: 'student', group: 'student', by: 'student_no' }],
	idField: 'import_key',
	emptyRecords: 'keep',
	fields: [
		{ name: 'student' },
		{ name: 'term', column: 'Term' },
		{ name: 'grade', column: 'Grade' },
		{ name: 'comment', column: 'Comment' },
	],
	learned: { Mark: 'grade' },
};

const content: TemplateContent = {
	name: 'Grades',
	fields: [],
	groups: [student, card],
	unmapped: 'skip',
	learned: { Colour: null },
	columns,
};

const template = makeTemplate(content);

const json = (more: Partial<Record<keyof MappingTemplate, unknown>>) =>
	JSON.stringify({ ...template, ...more });

function refusal(work: () => unknown): unknown {
	try {
		return work();
	} catch (error) {
		return error;
	}
}

test('S141: a template keeps record groups, with a version of its own', () => {
	expect(template.version).toBe(2);
	expect(readTemplate(JSON.stringify(template))).toEqual(template);
	expect(makeTemplate({ ...content, groups: undefined }).version).toBe(1);
});

test('a template of one record per row, as it was written before there were groups, is read as ever', () => {
	const before = {
		kind: 'data-import-template',
		version: 1,
		name: 'Leads',
		savedAt: '2025-01-02T03:04:05.000Z',
		fields: [{ name: 'email', column: 'E-mail' }],
		unmapped: 'keep',
		learned: { Colour: null },
		columns: [{ name: 'E-mail', type: 'email' }],
	};
	expect(readTemplate(before)).toEqual(before);
});

test.each<[string, string, Partial<Record<keyof MappingTemplate, unknown>>]>([
	['RUN_TEMPLATE', 'The record groups of the template must be a list', { groups: {} }],
	['RUN_TEMPLATE', 'A record group of the template has no name', { groups: [null] }],
	['RUN_CONFIG', 'There is no record group', { groups: [] }],
	['RUN_CONFIG', 'Two record groups are called "student"', { groups: [student, student] }],
	[
		'RUN_CONFIG',
		'The field "student" of the record group "report_card" refers to the group "student", which is not there',
		{ groups: [card] },
	],
	[
		'RUN_TEMPLATE',
		'"table" of the record group "student" must be a text',
		{ groups: [{ ...student, table: 7 }] },
	],
	[
		'RUN_TEMPLATE',
		'"matchOn" of the record group "student" must be a list of fields',
		{ groups: [{ ...student, matchOn: 'student_no' }] },
	],
	[
		'RUN_TEMPLATE',
		'"idField" of the record group "student" must be a text',
		{ groups: [{ ...student, idField: [] }] },
	],
	[
		'RUN_TEMPLATE',
		'"references" of the record group "student" must be a list with field and group, and by where it is by a key',
		{ groups: [{ ...student, references: [{ field: 'x' }] }] },
	],
	[
		'RUN_TEMPLATE',
		'"emptyRecords" of the record group "student" must be skip or keep',
		{ groups: [{ ...student, emptyRecords: 'drop' }] },
	],
	[
		'RUN_CONFIG',
		'The record group "student" can be repeated by column sets or by a delimited cell',
		{ groups: [{ ...student, repeat: { kind: 'pages' } }] },
	],
	[
		'RUN_NO_COLUMN',
		'No column fits "Fall_*", a column set of the record group "report_card"; the columns are "Student No"',
		{ columns: text('Student No') },
	],
	[
		'RUN_CONFIG',
		'"type" of the field "name" must be one of',
		{ groups: [{ ...student, fields: [{ name: 'name', type: 'word' }] }] },
	],
])('%s: %s', (code, message, more) => {
	expect(refusal(() => readTemplate(json(more)))).toMatchObject({
		code,
		message: expect.stringContaining(message),
	});
});

test('a file like the one that the template was saved with differs in nothing', () => {
	const { groups, skipped, renamed } = applyGroups(template, columns);
	const same = { missing: [], extra: [], renamed: [], reordered: [], retyped: [] };
	expect(groups.map(({ drift }) => drift)).toEqual([same, same]);
	expect(groups.map(({ table, matchOn }) => ({ table, matchOn }))).toEqual([
		{ table: 'students', matchOn: ['student_no'] },
		{ table: '', matchOn: [] },
	]);
	expect(groups[1]?.group).toEqual({
		name: 'report_card',
		repeat: card.repeat,
		references: card.references,
		idField: 'import_key',
		emptyRecords: 'keep',
		fields: card.fields.map((field) => ({ ...field, column: field.column })),
	});
	expect({ skipped, renamed }).toEqual({ skipped: ['Colour'], renamed: [] });
});

test('S85, S141: each group says what differs in the columns that it takes, by their names in the file', () => {
	const later = text(
		'Fall_Mark',
		'Fall_Comment',
		'Winter_Mark',
		'Winter_Effort',
		'Student Number',
		'Name',
		'Colour',
		'House',
	);
	const [own, cards] = applyGroups(template, later).groups;
	expect(own?.drift).toEqual({
		missing: [],
		extra: ['House'],
		renamed: [expect.objectContaining({ from: 'Student No', to: 'Student Number' })],
		reordered: ['Student Number', 'Name'],
		retyped: [],
	});
	expect(own?.group.fields[0]).toMatchObject({ column: 'Student Number', required: true });
	const asChosen = { confidence: 1, reason: 'as it was chosen before' };
	expect(cards?.drift).toEqual({
		missing: ['Winter_Comment'],
		extra: ['Winter_Effort', 'House'],
		renamed: [
			{ from: 'Fall_Grade', to: 'Fall_Mark', ...asChosen },
			{ from: 'Winter_Grade', to: 'Winter_Mark', ...asChosen },
		],
		reordered: [],
		retyped: [],
	});
	expect(cards?.group.fields.map(({ column }) => column)).toEqual([
		undefined,
		'Term',
		'Mark',
		'Comment',
	]);
});

test('what no group took is missed by all', () => {
	const { groups } = applyGroups({ ...template, learned: {} }, columns.slice(0, -1));
	expect(groups.map(({ drift }) => drift.missing)).toEqual([['Colour'], ['Colour']]);
});

test('column sets that were renamed alike are followed, and keep their labels', () => {
	const later = columns.map(({ name, type }) => ({ name: name.replace('_', ' '), type }));
	const [, cards] = applyGroups(template, later).groups;
	expect(cards?.group.repeat).toEqual({
		kind: 'column-sets',
		sets: [
			{ pattern: 'Fall *', label: 'Fall' },
			{ pattern: 'Winter *', label: 'Winter' },
		],
		labelColumn: 'Term',
	});
	expect(cards?.drift.renamed.map(({ from, to }) => [from, to])).toEqual([
		['Fall_Grade', 'Fall Grade'],
		['Fall_Comment', 'Fall Comment'],
		['Winter_Grade', 'Winter Grade'],
		['Winter_Comment', 'Winter Comment'],
	]);
	expect(cards?.group.fields.map(({ column }) => column)).toEqual([
		undefined,
		'Term',
		'Grade',
		'Comment',
	]);
});

test('a set of which nothing is left is an error, not a term without grades', () => {
	const later = columns.filter(({ name }) => !name.startsWith('Winter'));
	expect(refusal(() => applyGroups(template, later))).toMatchObject({
		code: 'RUN_NO_COLUMN',
		message: expect.stringContaining('No column fits "Winter_*"'),
	});
});

test('a delimited column is found under its new name', () => {
	const tag: TemplateGroup = {
		name: 'tag',
		repeat: { kind: 'delimited-cell', column: 'E-Mail', delimiter: ';' },
		fields: [{ name: 'address', column: 'E-Mail' }],
		learned: {},
	};
	const saved = makeTemplate({ ...content, groups: [tag], columns: text('E-Mail', 'Name') });
	const [applied] = applyGroups(saved, text('Name', 'e_mail')).groups;
	expect(applied?.group).toMatchObject({
		repeat: { kind: 'delimited-cell', column: 'e_mail', delimiter: ';' },
		fields: [{ name: 'address', column: 'e_mail' }],
	});
	expect(applied?.drift.renamed).toMatchObject([{ from: 'E-Mail', to: 'e_mail' }]);
});
