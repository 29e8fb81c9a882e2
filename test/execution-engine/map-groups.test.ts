import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode, IRun } from 'n8n-workflow';
import type { MappingLine } from '../../engine';
import { fileItem, jsonOf, keepBinaryData, outputOf, runNodes, type PlacedNode } from './run-nodes';

type Parameters = INode['parameters'];

const parse: PlacedNode = { name: 'Parse', type: 'parseSpreadsheet', parameters: {} };

const map = (groups: IDataObject[], parameters: IDataObject = {}): PlacedNode => ({
	name: 'Map',
	type: 'mapFields',
	parameters: { recordsPerRow: 'several', groups: { group: groups }, ...parameters } as Parameters,
});

const listed = (...names: string[]) => ({
	fieldsFrom: 'list',
	fields: { field: names.map((name) => ({ name, type: 'text' })) },
});

const mapCsv = (csv: string, groups: IDataObject[], parameters: IDataObject = {}) =>
	runNodes([parse, map(groups, parameters)], [fileItem(csv, 'file.csv')]);

const hintsOf = (run: IRun) =>
	(run.data.resultData.runData.Map?.[0]?.hints ?? []).map(
		({ type, message }) => `${type}: ${message}`,
	);

const errorOf = (run: IRun) => {
	const error = run.data.resultData.error as (Error & { context?: IDataObject }) | undefined;
	return { code: error?.context?.code, message: error?.message };
};

const grades =
	'Student No,Name,Fall_Grade,Fall_Comment,Winter_Grade,Winter_Comment,Spring_Grade,Colour\n' +
	'7,Ada,A,good,B,,C,red\n' +
	'8,Bo,,,B,,,blue\n';

const terms = {
	repeat: 'sets',
	sets: { set: [{ pattern: 'Fall_*' }, { pattern: 'Winter_*' }, { pattern: 'Spring_*' }] },
	labelColumn: 'Term',
};

const student = {
	name: 'student',
	table: 'students',
	...listed('student_no', 'name'),
	options: { matchOn: 'student_no' },
};

const card = {
	name: 'report_card',
	table: 'school.report_cards',
	...listed('term', 'grade', 'comment'),
	...terms,
	references: { reference: [{ field: 'student', group: 'student' }] },
	options: { matchOn: 'student, term', idField: 'import_key' },
};

const folder = mkdtempSync(join(tmpdir(), 'import-groups-'));

beforeAll(async () => {
	// n8n reads it once, when the first node runs
	process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
	await keepBinaryData('default');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('several records per row', () => {
	test('S141: each group is a Dataset over the same file, parents first, with its table and what it is matched on', async () => {
		const run = await mapCsv(grades, [card, student]);
		const items = outputOf(run, 'Map');
		expect(items.map(({ json }) => json.group)).toEqual([
			{
				name: 'student',
				table: 'students',
				order: 1,
				groups: 2,
				matchOn: ['student_no'],
				references: [],
				input: 0,
			},
			{
				name: 'report_card',
				table: 'school.report_cards',
				order: 2,
				groups: 2,
				matchOn: ['student', 'term'],
				references: [{ field: 'student', group: 'student' }],
				idField: 'import_key',
				input: 0,
			},
		]);
		expect(items[1]!.json.sample).toEqual({
			term: 'Fall',
			grade: 'A',
			comment: 'good',
			student: 'student:2',
			import_key: 'report_card:2:1',
		});
		const [parsed] = outputOf(run, 'Parse');
		for (const { binary } of items) expect(binary).toEqual(parsed!.binary);
	});

	test('as items and through Datasets the rows are the same, group by group, each with its group', async () => {
		const asItems = await mapCsv(grades, [student, card], { output: 'items' });
		const rows = jsonOf(asItems, 'Map');
		expect(rows).toEqual([
			{ group: 'student', student_no: '7', name: 'Ada' },
			{ group: 'student', student_no: '8', name: 'Bo' },
			...[
				['Fall', 'A', 'good', 'student:2', 'report_card:2:1'],
				['Winter', 'B', null, 'student:2', 'report_card:2:2'],
				['Spring', 'C', null, 'student:2', 'report_card:2:3'],
				['Winter', 'B', null, 'student:3', 'report_card:3:2'],
			].map(([term, grade, comment, of, key]) => ({
				group: 'report_card',
				term,
				grade,
				comment,
				student: of,
				import_key: key,
			})),
		]);
		const asDatasets = await mapCsv(grades, [student, card]);
		expect(jsonOf(asDatasets, 'Map', 1)).toEqual(rows);
		expect(jsonOf(asItems, 'Map', 1)).toEqual(rows);
		// a Transform without operations reads the Datasets, and gives the rows
		const read = await runNodes(
			[
				parse,
				map([student, card]),
				{ name: 'Read', type: 'transform', parameters: { output: 'items' } },
			],
			[fileItem(grades, 'file.csv')],
		);
		expect(jsonOf(read, 'Read')).toEqual(rows.map(({ group: _, ...row }) => row));
	});

	test('a Transform behind it works on each group, and leaves what is set for it', async () => {
		const run = await runNodes(
			[
				parse,
				map([student, card]),
				{
					name: 'Trim',
					type: 'transform',
					parameters: {
						operations: { operation: [{ operation: 'trim', fields: [] }] },
					},
				},
			],
			[fileItem(grades, 'file.csv')],
		);
		const groups = (node: string) => jsonOf(run, node).map(({ group }) => group);
		expect(groups('Trim')).toEqual(groups('Map'));
		expect(groups('Trim')).toHaveLength(2);
	});

	test('a term without grades comes out as rejected, skipped, with its group', async () => {
		const run = await mapCsv(grades, [student, card], { output: 'items' });
		expect(
			jsonOf(run, 'Map', 2).map(({ group, row, outcome, code, column }) => [
				group,
				row,
				outcome,
				code,
				column,
			]),
		).toEqual([
			['report_card', 3, 'skipped', 'ROW_NO_RECORD', 'Fall_Grade'],
			['report_card', 3, 'skipped', 'ROW_NO_RECORD', 'Spring_Grade'],
		]);
	});

	test('the report says for each group which columns it takes, and once what no group takes (S53-S59)', async () => {
		const run = await mapCsv(grades, [student, card]);
		const [first, second] = jsonOf(run, 'Map') as Array<{ mapping: MappingLine[] }>;
		const lines = ({ mapping }: { mapping: MappingLine[] }) =>
			mapping.map(({ column, field, status }) => [column, field, status]);
		expect(lines(first!)).toEqual([
			['Student No', 'student_no', 'automatic'],
			['Name', 'name', 'automatic'],
			['Colour', null, 'unmapped'],
		]);
		expect(lines(second!)).toEqual([
			['Fall_Grade', 'grade', 'automatic'],
			['Fall_Comment', 'comment', 'automatic'],
			['Winter_Grade', 'grade', 'automatic'],
			['Winter_Comment', 'comment', 'automatic'],
			['Spring_Grade', 'grade', 'automatic'],
			['Colour', null, 'unmapped'],
			['Term', 'term', 'automatic'],
			[null, 'student', 'by hand'],
			[null, 'import_key', 'by hand'],
		]);
		expect(second!.mapping.at(0)?.samples).toEqual(['A']);
		expect(second!.mapping.at(-2)?.reason).toBe('temporary ID of its "student"');
		expect(hintsOf(run)).toEqual([
			'info: student: 2 columns mapped: Student No → student_no, Name → name.',
			expect.stringMatching(/^info: report_card: 6 columns mapped: Fall_Grade → grade, /),
			'warning: 1 column is not mapped: Colour.',
			expect.stringMatching(
				/^warning: The set "Spring" of the record group "report_card" has no column/,
			),
		]);
	});

	test('S30: a person and an activity in one row, by record types; the natural key makes no second column', async () => {
		const csv =
			'First Name,Last Name,E-mail,Event,Date\n' +
			'Ada,Berger,Ada@Example.org,Fair,2026-01-02\n' +
			'Bo,Lind,bo@example.org,,\n';
		const run = await mapCsv(
			csv,
			[
				{
					name: 'activity',
					fieldsFrom: 'recordType',
					recordType: 'activity',
					references: { reference: [{ field: 'email', group: 'person', by: 'email' }] },
				},
				{ name: 'person', fieldsFrom: 'recordType', recordType: 'contact' },
			],
			{ output: 'items' },
		);
		const rows = jsonOf(run, 'Map');
		expect(rows.map(({ group }) => group)).toEqual(['person', 'person', 'activity']);
		expect(rows[2]).toMatchObject({ event: 'Fair', date: '2026-01-02', email: rows[0]!.email });
		expect(jsonOf(run, 'Map', 2)).toMatchObject([
			{ group: 'activity', row: 3, outcome: 'skipped' },
		]);
	});

	test('a delimited cell makes a record of each value', async () => {
		const run = await mapCsv(
			'Id,Tags\n1,"red, blue"\n2,\n',
			[
				{
					name: 'tag',
					...listed('id', 'tag'),
					repeat: 'cell',
					column: 'Tags',
					delimiter: ',',
					rules: { rule: [{ field: 'tag', settings: { column: 'Tags' } }] },
				},
			],
			{ output: 'items' },
		);
		expect(jsonOf(run, 'Map')).toEqual([
			{ group: 'tag', id: '1', tag: 'red' },
			{ group: 'tag', id: '1', tag: 'blue' },
		]);
	});

	test('rules choose columns, also by one that was dragged, constants and expressions', async () => {
		const rule = (field: string, settings: IDataObject) => ({ field, settings });
		const run = await mapCsv(
			grades,
			[
				{
					...card,
					...listed('mark', 'note', 'source', 'both', 'group'),
					references: {},
					options: {},
					rules: {
						rule: [
							rule('mark', { column: "={{ $json.sample['Winter_Grade'] }}" }),
							rule('note', { columns: ['Fall_Comment', 'Colour'], separator: '/' }),
							rule('source', { constant: 'school' }),
							rule('both', { expression: 'Term & " " & Grade' }),
							rule('group', { column: 'Name' }),
						],
					},
				},
			],
			{ output: 'items' },
		);
		expect(jsonOf(run, 'Map')[0]).toEqual({
			record_group: 'report_card',
			mark: 'A',
			note: 'good/red',
			source: 'school',
			both: 'Fall A',
			group: 'Ada',
		});
	});

	test('S61: columns to skip and Unmapped Columns count over all groups', async () => {
		const stop = { output: 'items', options: { unmapped: 'error' } };
		expect(errorOf(await mapCsv(grades, [student, card], stop))).toEqual({
			code: 'HEADER_UNMAPPED',
			message: 'No field takes "Colour" [HEADER_UNMAPPED]',
		});
		const skip = { options: { unmapped: 'error', skipColumns: ['Colour'] } };
		const run = await mapCsv(grades, [student, card], skip);
		expect(hintsOf(run)).toContain('info: 1 column is left out: Colour.');
	});

	test.each([
		[
			'RUN_CONFIG',
			'The record groups refer to each other in a circle: student -> report_card -> student',
			[
				{ ...student, references: { reference: [{ field: 'x', group: 'report_card' }] }, ...terms },
				card,
			],
			{},
		],
		['RUN_CONFIG', 'There is no record group', [], {}],
		[
			'RUN_CONFIG',
			'The record group "student" takes its fields from a table, and no database is chosen',
			[{ ...student, fieldsFrom: 'table' }],
			{},
		],
		[
			'RUN_REQUIRED',
			'No column is mapped to "iq" of the record group "student", which the import needs',
			[{ ...student, fields: { field: [{ name: 'iq', type: 'text', required: true }] } }],
			{},
		],
		[
			'RUN_ITEM_LIMIT',
			'There are more than 5 rows to give as items',
			[student, card],
			{ output: 'items', options: { itemLimit: 5 } },
		],
		[
			'RUN_CONFIG',
			'A rule is set for the field "nme", which is not there',
			[{ ...student, rules: { rule: [{ field: 'nme', settings: { column: 'Name' } }] } }],
			{},
		],
		[
			'RUN_CONFIG',
			'The rule for "name" sets Column and something else that its values come from',
			[
				{
					...student,
					rules: { rule: [{ field: 'name', settings: { column: 'Name', constant: 'x' } }] },
				},
			],
			{},
		],
	] as Array<[string, string, IDataObject[], IDataObject]>)(
		'%s: %s',
		async (code, message, groups, parameters) => {
			expect(errorOf(await mapCsv(grades, groups, parameters))).toEqual({
				code,
				message: `${message} [${code}]`,
			});
		},
	);
});

describe('templates of record groups', () => {
	const file = join(process.env.N8N_USER_FOLDER ?? '', '.n8n', 'data-import.sqlite');

	afterEach(() => rmSync(file, { force: true }));

	const template = { __rl: true, mode: 'name', value: 'Grades' };
	const byTemplate = { groupsFrom: 'template', template };

	const save = (more: IDataObject = {}) =>
		mapCsv(grades, [student, card], { options: { saveAs: 'Grades', ...more } });

	const operate = async (task: string, parameters: IDataObject = {}, json: IDataObject = {}) =>
		jsonOf(await runNodes([map([], { task, ...parameters })], [{ json }]), 'Map');

	test('S32, S81, S85, S141: groups that were saved map the next file, with their tables and what they are matched on', async () => {
		const first = await save({ skipColumns: ['Colour'] });
		expect(jsonOf(first, 'Map').map((item) => item.template)).toEqual(
			Array(2).fill({ name: 'Grades', saved: 'created' }),
		);
		expect(hintsOf(first)).toContain('info: The template "Grades" was saved.');
		const again = await save({ skipColumns: ['Colour'] });
		expect(jsonOf(again, 'Map')[0]?.template).toEqual({ name: 'Grades', saved: 'unchanged' });
		const run = await mapCsv(grades, [], byTemplate);
		expect(errorOf(run)).toEqual({});
		expect(jsonOf(run, 'Map').map(({ group }) => group)).toEqual(
			jsonOf(first, 'Map').map(({ group }) => group),
		);
		const items = { output: 'items' };
		expect(jsonOf(await mapCsv(grades, [], { ...byTemplate, ...items }), 'Map')).toEqual(
			jsonOf(await mapCsv(grades, [student, card], items), 'Map'),
		);
		expect(hintsOf(run)).toContain('info: 1 column is left out: Colour.');
	});

	test('S85, S141: a file whose headers changed is mapped, and each group says what changed for it', async () => {
		await save();
		const later =
			'Student No,Full Name,Fall Grade,Fall Comment,Winter Grade,Winter Comment,Spring Grade,Colour,House\n' +
			'7,Ada,A,good,B,,C,red,x\n';
		const run = await mapCsv(later, [], byTemplate);
		expect(errorOf(run)).toEqual({});
		const [own, cards] = jsonOf(run, 'Map');
		expect(own?.drift).toMatchObject({
			extra: ['House'],
			renamed: [{ from: 'Name', to: 'Full Name' }],
		});
		expect(cards?.drift).toMatchObject({
			extra: ['House'],
			renamed: [
				{ from: 'Fall_Grade', to: 'Fall Grade' },
				{ from: 'Fall_Comment', to: 'Fall Comment' },
				{ from: 'Winter_Grade', to: 'Winter Grade' },
				{ from: 'Winter_Comment', to: 'Winter Comment' },
				{ from: 'Spring_Grade', to: 'Spring Grade' },
			],
		});
		const hints = hintsOf(run);
		expect(hints.filter((hint) => hint.includes('column is new'))).toEqual([
			'warning: 1 column is new: "House".',
		]);
		expect(hints.join()).toMatch(/1 column is renamed: "Name" to "Full Name"/);
		expect(hints.join()).toMatch(/5 columns are renamed: "Fall_Grade" to "Fall Grade"/);
		const rows = await mapCsv(later, [], { ...byTemplate, output: 'items' });
		expect(jsonOf(rows, 'Map')).toMatchObject([
			{ group: 'student', student_no: '7', name: 'Ada' },
			{ group: 'report_card', term: 'Fall', grade: 'A', comment: 'good' },
			{ group: 'report_card', term: 'Winter', grade: 'B' },
			{ group: 'report_card', term: 'Spring', grade: 'C' },
		]);
		const stopped = await mapCsv(later, [], { ...byTemplate, drift: { renamed: 'stop' } });
		expect(errorOf(stopped).code).toBe('HEADER_DRIFT');
	});

	test('S82, S83, S141: groups are listed, exported, imported under another name, and used', async () => {
		await save();
		const [exported] = await operate('exportTemplate', { template });
		expect(exported).toMatchObject({
			template: { version: 2, groups: [{ name: 'student' }, { name: 'report_card' }] },
		});
		const asText = { templateJson: JSON.stringify(exported?.template), templateName: 'Copy' };
		expect(await operate('importTemplate', asText)).toEqual([{ name: 'Copy', saved: 'created' }]);
		expect(await operate('listTemplates')).toMatchObject([
			{
				name: 'Copy',
				groups: ['student', 'report_card'],
				fields: expect.arrayContaining(['student.name', 'report_card.grade']),
			},
			{ name: 'Grades' },
		]);
		const copy = { ...byTemplate, template: { ...template, value: 'Copy' }, output: 'items' };
		expect(jsonOf(await mapCsv(grades, [], copy), 'Map')).toHaveLength(6);
	});

	test('a file contract holds for the file that all groups are in', async () => {
		await save({ saveContract: true });
		const longer = [grades.split('\n')[0], ...Array<string>(9).fill('7,Ada,A,good,B,,C,red')];
		const parameters = { ...byTemplate, output: 'items', drift: { rows: 'stop' } };
		expect(errorOf(await mapCsv(longer.join('\n'), [], parameters))).toEqual({
			code: 'FILE_CONTRACT',
			message: 'The file has 9 rows, the contract expects 1 to 4 [FILE_CONTRACT]',
		});
	});

	test('a template for the other number of records per row is refused', async () => {
		const one = { recordsPerRow: 'one' };
		await save();
		expect(errorOf(await mapCsv(grades, [], { ...one, fieldsFrom: 'template', template }))).toEqual(
			{
				code: 'RUN_CONFIG',
				message: 'The template "Grades" holds several records per row [RUN_CONFIG]',
			},
		);
		await mapCsv(grades, [], { ...one, ...listed('name'), options: { saveAs: 'Grades' } });
		expect(errorOf(await mapCsv(grades, [], byTemplate))).toEqual({
			code: 'RUN_CONFIG',
			message: 'The template "Grades" holds one record per row [RUN_CONFIG]',
		});
	});
});

describe('the example of school grades', () => {
	const root = join(__dirname, '../..');
	const example = JSON.parse(readFileSync(join(root, 'workflows/school-grades.json'), 'utf8')) as {
		nodes: Array<{ name: string; type: string; parameters: Parameters }>;
	};
	const path = join(folder, 'school.sqlite');
	const chain = ['Parse Spreadsheet', 'Map Fields', 'Match & Upsert'].map((name): PlacedNode => {
		const node = example.nodes.find((candidate) => candidate.name === name)!;
		const type = node.type.replace('n8n-nodes-data-import.', '');
		return { name, type, parameters: node.parameters };
	});
	const file = readFileSync(join(root, 'workflows/files/school-grades.csv'));
	const importGrades = () =>
		runNodes(chain, [fileItem(file, 'school-grades.csv')], { sqliteFile: { path } });

	beforeAll(() => {
		const database = new DatabaseSync(path);
		database.exec('pragma foreign_keys = on');
		database.exec(readFileSync(join(root, 'host/school.sql'), 'utf8'));
		database.close();
	});

	test('S27, S141: a row becomes a student and three report cards, each in its table, and every record has an outcome', async () => {
		const run = await importGrades();
		expect(jsonOf(run, 'Match & Upsert')).toMatchObject([
			{ table: 'students', rows: 11, inserted: 10, skipped: 0, failed: 1, unprocessed: 0 },
			{ table: 'report_cards', rows: 33, inserted: 27, skipped: 2, failed: 4, unprocessed: 0 },
		]);
		const failed = jsonOf(run, 'Match & Upsert', 2);
		expect(failed.map(({ row, code, column }) => [row, code, column])).toEqual([
			[11, 'MATCH_BLANK_KEY', 'student_id'],
			[7, 'CELL_NUMBER', 'Winter_Absences'],
			[11, 'MATCH_BLANK_KEY', 'student_id'],
		]);
		const database = new DatabaseSync(path, { readOnly: true });
		const select = (sql: string) =>
			database
				.prepare(sql)
				.all()
				.map((row) => ({ ...row }));
		expect(
			select(
				"select term, grade, absences, comment from report_cards where student_id = '000101' order by id",
			),
		).toEqual([
			{ term: 'Fall', grade: 'A', absences: 0, comment: 'Works with care' },
			{ term: 'Winter', grade: 'A-', absences: 1, comment: null },
			{ term: 'Spring', grade: 'A', absences: 0, comment: 'Ready for the next level' },
		]);
		expect(
			select('select count(*) as cards from report_cards join students using (student_id)'),
		).toEqual([{ cards: 27 }]);
		database.close();
		const again = await importGrades();
		expect(jsonOf(again, 'Match & Upsert')).toMatchObject([
			{ inserted: 0, updated: 0, unchanged: 10, failed: 1 },
			{ inserted: 0, updated: 0, unchanged: 27, skipped: 2, failed: 4 },
		]);
	});
});
