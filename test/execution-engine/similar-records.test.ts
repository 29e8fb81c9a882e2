import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { people } from '../engine/matching/similarity/people';
import { fileItem, jsonOf, keepBinaryData, runNodes, type PlacedNode } from './run-nodes';

describe('Similar Records, a match rule of Match & Upsert', () => {
	const folder = mkdtempSync(join(tmpdir(), 'similar-records-'));
	const path = join(folder, 'people.sqlite');
	const known = people(60, 1);
	const { first, last, born, email } = known[3]!;
	let database: DatabaseSync;

	beforeAll(async () => {
		process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
		await keepBinaryData('default');
	});

	beforeEach(() => {
		rmSync(path, { force: true });
		database = new DatabaseSync(path);
		database.exec(
			'create table people (id integer primary key, first text, last text, born date, email text, note text)',
		);
		const insert = database.prepare(
			'insert into people (first, last, born, email) values (?, ?, ?, ?)',
		);
		for (const person of known) insert.run(person.first, person.last, person.born, person.email);
	});

	afterEach(() => database.close());

	afterAll(() => rmSync(folder, { recursive: true }));

	const importText = async (text: string, rule: IDataObject, options: IDataObject = {}) => {
		const parameters: PlacedNode['parameters'] = {
			database: 'sqlite',
			table: { __rl: true, mode: 'name', value: 'people' },
			mode: 'apply',
			matchBy: 'rules',
			matchRules: {
				rule: [{ preset: 'email', column: 'email' }, rule],
			} as unknown as INodeParameters,
			onMatch: 'update',
			onNoMatch: 'insert',
			options: {
				writePolicies: {
					policy: [{ columns: ['first', 'last', 'born', 'email'], policy: 'never' }],
				},
				...options,
			},
		};
		return await runNodes(
			[
				{ name: 'Parse', type: 'parseSpreadsheet', parameters: {} },
				{ name: 'Match & Upsert', type: 'matchUpsert', parameters },
			],
			[fileItem(Buffer.from(text), 'people.csv')],
			{ sqliteFile: { path } },
		);
	};

	const similar = (more: IDataObject = {}): IDataObject => ({
		preset: 'similar',
		similarColumns: {
			column: [
				{ name: 'first', kind: 'first-name' },
				{ name: 'last', kind: 'last-name', weight: 1 },
				{ name: 'born', kind: 'auto' },
				{ name: 'email', kind: 'email' },
			],
		},
		...more,
	});

	// the record has both names in each other's place and another address; nobody is called like the other row
	const file = `first,last,born,email,note\n${last},${first},${born},new@else.example,found\nQuentin,Yarrow,2001-07-08,qy@far.example,added\n`;

	const noteOf = (address: string) =>
		database.prepare('select note from people where email = ?').get(address)?.note;

	test('a row that is like a record fails, with the record and why; a person chooses it', async () => {
		const run = await importText(file, similar());
		expect(jsonOf(run, 'Match & Upsert', 0)[0]).toMatchObject({
			rows: 2,
			inserted: 1,
			failed: 1,
			codes: { MATCH_SIMILAR: 1 },
			rules: { 'Similar Records': 1 },
		});
		const [failed] = jsonOf(run, 'Match & Upsert', 2);
		expect(failed).toMatchObject({
			row: 2,
			code: 'MATCH_SIMILAR',
			note: 'found',
			candidates: [
				{
					record: { id: 4 },
					values: { first, last, born, email },
					rule: 'Similar Records',
					why: expect.stringMatching(/^\d+ % alike: .*born the same/) as string,
				},
			],
		});
		const { row, candidates } = failed as {
			row: number;
			candidates: Array<{ record: object; score: number; why: string }>;
		};
		expect(Math.floor(100 * candidates[0]!.score)).toBe(parseInt(candidates[0]!.why));
		expect(failed?.message).toContain(candidates[0]?.why);
		expect([noteOf(email), noteOf('qy@far.example')]).toEqual([null, 'added']);

		const choices = JSON.stringify([{ row, record: candidates[0]?.record }]);
		const second = await importText(file, similar(), { choices });
		expect(jsonOf(second, 'Match & Upsert', 1)).toMatchObject([
			{ row: 2, action: 'update', rule: 'Choice', note: 'found' },
		]);
		expect(noteOf(email)).toBe('found');
	});

	test('the best record is taken where that is asked for, and Written says how alike it is', async () => {
		const run = await importText(file, similar({ found: 'take', threshold: 60 }));
		const [updated, inserted] = jsonOf(run, 'Match & Upsert', 1);
		expect(updated).toMatchObject({
			row: 2,
			action: 'update',
			rule: 'Similar Records',
			changes: 'note:  → found',
		});
		expect(updated?.score).toBeGreaterThanOrEqual(0.6);
		expect(inserted).toMatchObject({ row: 3, action: 'insert' });
		expect(inserted).not.toHaveProperty('score');
		expect(noteOf(email)).toBe('found');
	});

	test('what a person should know about the comparison stands in the summary and above the output', async () => {
		database.exec('delete from people where id > 10');
		const run = await importText(file, similar());
		const message = expect.stringContaining('too few to learn from') as string;
		expect(jsonOf(run, 'Match & Upsert', 0)[0]).toMatchObject({
			notes: [message],
			codes: { MATCH_FEW_RECORDS: 1 },
		});
		expect(run.data.resultData.runData['Match & Upsert']?.[0]?.hints).toContainEqual(
			expect.objectContaining({ message, type: 'warning' }),
		);
	});

	test.each([
		['no column', { similarColumns: {} }, 'Match rule 2 (Similar Records) has no column'],
		[
			'limits in each other’s place',
			{ found: 'take', threshold: 20, possible: 50 },
			'proposes records from 0.5 on, and takes them from 0.2 on',
		],
	])('%s is said before a row is read', async (_, more, message) => {
		const run = await importText(file, similar(more));
		expect(run.data.resultData.error?.message).toContain(message);
		expect(noteOf('qy@far.example')).toBeUndefined();
	});
});
