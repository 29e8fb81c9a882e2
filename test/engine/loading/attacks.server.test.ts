import { exactRule, load, openFile, openRows, type Cell, type LoadResult } from '../../../engine';
import { counts } from './load-cases';
import { everyDatabase, type DisturbedDatabase } from './databases';

/** Texts that mean something to a database, a shell, a spreadsheet, JavaScript or a terminal, and are data here. */
const hostile: Array<[string, string]> = [
	['a statement behind a quote', "x'); drop table victims; --"],
	['a statement behind a double quote', 'x"); drop table victims; --'],
	['a statement behind a backtick', 'x`; drop table victims; -- '],
	['a backslash before a quote', "\\'; drop table victims; -- "],
	['a backslash at the end', 'ends with \\'],
	['what ends a COPY', '\\.'],
	['what means NULL in a COPY', '\\N'],
	['the word NULL', 'NULL'],
	['the ends of a line and of a cell', 'a\tb\nc\rd\r\ne'],
	['a dollar quote', '$$; drop table victims; $$'],
	['places of parameters', '$1 ? :name @name %s ${1+1}'],
	['a comment', '/* */ -- #'],
	['an expression', '{{ $json.password }} ={{ 1+1 }}'],
	['a formula', "=cmd|' /C calc'!A0"],
	['look-alikes of quotes', '‘x’ “x” ʼ ＇ ＂ ′ `'],
	['a mark that turns the direction', 'abc\u202Etxt.exe'],
	['what cannot be seen', 'a\u200Bb\uFEFFc\u00ADd'],
	['a letter in two ways', 'é e\u0301'],
	['signs beyond 16 bits', '𝒳 👩‍👩‍👧‍👦'],
	['a name of JavaScript', '__proto__'],
	['another name of JavaScript', 'constructor'],
	['signs that control a terminal', '\u001b[31mred\u0007\b'],
	['a wildcard', "%_%' or '1'='1"],
];

/** Names of columns and tables: what quoted names may hold. */
const hostileNames: Array<[string, string]> = [
	['a statement', 'x; drop table victims; --'],
	['quotes of each kind', 'a\'b"c`d'],
	['a backslash', 'a\\b\\'],
	['dots and brackets', 'a.b[0].c'],
	['blanks and commas', 'a , b'],
	['a name of JavaScript', '__proto__'],
	['another name of JavaScript', 'constructor'],
	['a word of SQL', 'select'],
	['places of parameters', '$1 ? :name %s'],
	['look-alikes', 'ｎａｍｅ＇'],
	['the name of a column of the staging table', 'row_no'],
];

describe.each(everyDatabase)('$label', ({ label, describe, create }) => {
	describe('attacks', () => {
		let database: DisturbedDatabase;

		const quoted = (name: string) =>
			label === 'MariaDB' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;

		beforeAll(async () => {
			database = await create();
			await database.run('create table victims (id int primary key)');
			await database.run('insert into victims values (1)');
		});

		afterEach(async () => {
			// nothing but data has arrived
			expect(await database.run('select id from victims')).toEqual([{ id: 1 }]);
			expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		});

		afterAll(() => database.drop());

		const importRows = async (
			table: string,
			columns: string[],
			rows: Cell[][],
		): Promise<LoadResult> =>
			await load(
				openRows(
					columns.map((name) => ({ name })),
					rows,
				),
				database.target,
				{
					table: database.table(table),
					mode: 'apply',
					rules: {
						match: [exactRule(columns[0]!)],
						onMatch: 'update',
						onNoMatch: 'insert',
						duplicates: 'first',
						blankKey: 'fail',
						emptyCells: 'keep',
					},
				},
			);

		test('cells: each comes back as it was sent, as a value and as a key', async () => {
			const binary = label === 'MariaDB' ? ' collate utf8mb4_bin' : '';
			await database.run(
				`create table cells (k varchar(200)${binary} primary key, v varchar(200)${binary}, n int)`,
			);
			const rows = hostile.map(([, text], i) => [text, text, String(i)]);
			expect(counts(await importRows('cells', ['k', 'v', 'n'], rows))).toEqual({
				rows: rows.length,
				inserted: rows.length,
			});
			expect(await database.run('select k, v, n from cells order by n')).toEqual(
				hostile.map(([, text], n) => ({ k: text, v: text, n })),
			);
			expect(counts(await importRows('cells', ['k', 'v', 'n'], rows))).toEqual({
				rows: rows.length,
				unchanged: rows.length,
			});
			const changed = rows.map(([k, , n]) => [k!, 'changed', n!]);
			expect(counts(await importRows('cells', ['k', 'v', 'n'], changed))).toEqual({
				rows: rows.length,
				updated: rows.length,
			});
		});

		test('cells with NUL: kept, or failed with the row; never cut', async () => {
			await database.run('create table nul (k int primary key, v varchar(20))');
			const result = await importRows(
				'nul',
				['k', 'v'],
				[
					['1', 'a\0b'],
					['2', 'plain'],
				],
			);
			const kept = label !== 'PostgreSQL';
			expect(counts(result)).toEqual({
				rows: 2,
				inserted: kept ? 2 : 1,
				...(!kept && { failed: 1 }),
			});
			if (!kept) expect((await result.failed.first(1))[0]).toMatchObject({ number: 1 });
			if (kept) {
				expect(await database.run('select hex(v) as v from nul where k = 1')).toEqual([
					{ v: '610062' },
				]);
			}
		});

		test('a text of 5 MB arrives whole', async () => {
			const type = label === 'MariaDB' ? 'longtext' : 'text';
			await database.run(`create table longs (k int primary key, v ${type})`);
			const text = `'\\"\``.repeat(1_250_000);
			expect(counts(await importRows('longs', ['k', 'v'], [['1', text]]))).toEqual({
				rows: 1,
				inserted: 1,
			});
			const [row] = await database.run('select v from longs');
			expect(row?.v === text).toBe(true);
		}, 60_000);

		test.each(hostileNames)('names of a table and its columns: %s', async (_, name) => {
			const table = `t ${name}`;
			await database.run(
				`create table ${quoted(table)} (${quoted(name)} varchar(40) primary key, ${quoted(`${name}2`)} varchar(40) not null default 'd', ${quoted('n')} int)`,
			);
			const columns = [name, `${name}2`, 'n'];
			const first = await importRows(table, columns, [['k', '', '1']]);
			expect(counts(first)).toEqual({ rows: 1, inserted: 1 });
			const second = await importRows(table, columns, [['k', 'v', '2']]);
			expect(counts(second)).toEqual({ rows: 1, updated: 1 });
			expect(second.written).toMatchObject([{ action: 'update', before: { n: 1 } }]);
			expect(
				await database.run(
					`select ${quoted(name)} as a, ${quoted(`${name}2`)} as b, n from ${quoted(table)}`,
				),
			).toEqual([{ a: 'k', b: 'v', n: 2 }]);
			await database.run(`drop table ${quoted(table)}`);
		});

		test.each(hostile)(
			'a table that is not there and a header that fits nothing: %s',
			async (_, text) => {
				// names beyond 16 bits cannot be compared with those of the server, which are never such
				const isBeyond = label === 'MariaDB' && /[\u{10000}-\u{10ffff}]/u.test(text);
				await expect(importRows(text, ['id'], [['1']])).rejects.toMatchObject({
					code: isBeyond ? 'WRITE_REFUSED' : 'RUN_NO_TABLE',
				});
				await expect(importRows('victims', ['id', text], [['1', 'x']])).rejects.toMatchObject({
					code: 'RUN_NO_COLUMN',
				});
			},
		);

		test.each(hostile)('the name of a file, and its ledger: %s', async (_, text) => {
			await database.run('drop table if exists data_import_files');
			await database.run('drop table if exists files');
			await database.run('create table files (k varchar(40) primary key)');
			const importFile = async () =>
				await load(
					await openFile(Buffer.from('k\n1\n'), { fileName: `${text}.csv` }),
					database.target,
					{
						table: database.table('files'),
						mode: 'apply',
						once: true,
						rules: {
							match: [exactRule('k')],
							onMatch: 'update',
							onNoMatch: 'insert',
							duplicates: 'first',
							blankKey: 'fail',
							emptyCells: 'keep',
						},
					},
				);
			expect((await importFile()).summary.status).toBe('applied');
			expect((await importFile()).summary.status).toBe('already imported');
			expect(await database.run('select file_name from data_import_files')).toEqual([
				{ file_name: `${text}.csv` },
			]);
		});

		test('JSON whose keys are names of JavaScript: nothing but the value is touched', async () => {
			await database.run(
				'create table documents (__proto__ varchar(40) primary key, v varchar(40))',
			);
			const text = '[{"__proto__":"a","v":{"__proto__":{"polluted":1}}},{"__proto__":"b","v":"x"}]';
			const dataset = await openFile(Buffer.from(text), { fileName: 'x.json' });
			const result = await load(dataset, database.target, {
				table: database.table('documents'),
				mode: 'apply',
				extraColumns: 'ignore',
				rules: {
					match: [],
					onMatch: 'skip',
					onNoMatch: 'insert',
					duplicates: 'all',
					blankKey: 'insert',
					emptyCells: 'keep',
				},
			});
			expect(counts(result)).toEqual({ rows: 2, inserted: 2 });
			expect(
				await database.run('select __proto__ as name from documents order by __proto__'),
			).toEqual([{ name: 'a' }, { name: 'b' }]);
		});
	});
});
