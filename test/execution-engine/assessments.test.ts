import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileItem, jsonOf, keepBinaryData, runNodes } from './run-nodes';

const results = [
	{ student: '0042', subject: 'Reading', score: 87.5, taken: '2026-03-17', passed: true },
	{ student: '0043', subject: 'Reading', score: 41, taken: '2026-03-17', passed: false },
	{ student: '0042', subject: 'Maths', score: 93, taken: '2026-03-19', passed: true },
	{ student: '0044', subject: 'Maths', score: 'absent', taken: '2026-03-19', passed: false },
];

const json = JSON.stringify({
	school: 'Example School',
	term: {
		name: 'Spring',
		results: results.map(({ student, ...rest }) => ({ student: { number: student }, ...rest })),
	},
});

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<assessment school="Example School"><term name="Spring">${results
	.map(
		({ student, subject, score, taken, passed }) =>
			`<result subject="${subject}"><student><number>${student}</number></student>` +
			`<score>${score}</score><taken>${taken}</taken><passed>${passed}</passed></result>`,
	)
	.join('\n')}</term></assessment>`;

describe('assessment results', () => {
	const folder = mkdtempSync(join(tmpdir(), 'assessments-'));
	const path = join(folder, 'school.sqlite');

	beforeAll(async () => {
		process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
		await keepBinaryData('default');
	});

	afterAll(() => rmSync(folder, { recursive: true }));

	test.each([
		['JSON', 'results.json', json],
		['XML', 'results.xml', xml],
	])(
		'S127, S143, S154: from %s are mapped and imported as they are, without a Transform before',
		async (_, fileName, content) => {
			rmSync(path, { force: true });
			const database = new DatabaseSync(path);
			database.exec(
				'create table results (student_number text, subject text, score numeric, taken date, passed boolean, primary key (student_number, subject))',
			);
			const table = { __rl: true, mode: 'name', value: 'results' };
			const run = await runNodes(
				[
					{ name: 'Parse', type: 'parseSpreadsheet', parameters: {} },
					{
						name: 'Map',
						type: 'mapFields',
						parameters: { fieldsFrom: 'table', database: 'sqlite', table },
					},
					{
						name: 'Upsert',
						type: 'matchUpsert',
						parameters: {
							database: 'sqlite',
							table,
							mode: 'apply',
							matchOn: ['student_number', 'subject'],
						},
					},
				],
				[fileItem(content, fileName)],
				{ sqliteFile: { path } },
			);
			expect(jsonOf(run, 'Upsert')).toMatchObject([{ rows: 4, inserted: 3, failed: 1 }]);
			expect(jsonOf(run, 'Upsert', 2)).toMatchObject([
				{ code: 'CELL_NUMBER', column: 'score', value: 'absent' },
			]);
			const rows = database.prepare('select * from results order by taken, student_number').all();
			database.close();
			expect(rows.map((row) => Object.values(row))).toEqual([
				['0042', 'Reading', 87.5, '2026-03-17', 1],
				['0043', 'Reading', 41, '2026-03-17', 0],
				['0042', 'Maths', 93, '2026-03-19', 1],
			]);
		},
	);

	test('S132: what Transform has made of the file can be mapped, and what is mapped can be transformed', async () => {
		const parse = { name: 'Parse', type: 'parseSpreadsheet', parameters: {} };
		const operation = { operation: 'change-case', case: 'upper' };
		const transform = (field: string) => ({
			name: 'Transform',
			type: 'transform',
			parameters: { operations: { operation: [{ ...operation, fields: [field] }] } },
		});
		const map = {
			name: 'Map',
			type: 'mapFields',
			parameters: { fieldsFrom: 'list', fields: { field: [{ name: 'topic' }] } },
		};
		const rules = { rule: [{ field: 'topic', settings: { columns: ['subject'] } }] };
		const mapped = { ...map, parameters: { ...map.parameters, rules } };
		const asItems = ({ parameters, ...node }: typeof mapped | ReturnType<typeof transform>) => ({
			...node,
			parameters: { ...parameters, output: 'items' },
		});
		const topics = ['READING', 'READING', 'MATHS', 'MATHS'].map((topic) => ({ topic }));
		const item = () => [fileItem(json, 'results.json')];
		const before = await runNodes([parse, transform('subject'), asItems(mapped)], item());
		expect(jsonOf(before, 'Map')).toEqual(topics);
		const behind = await runNodes([parse, mapped, asItems(transform('topic'))], item());
		expect(jsonOf(behind, 'Transform')).toEqual(topics);
	});
});
