import {
	exactRule,
	load,
	openFile,
	openRows,
	type Cell,
	type LoadOptions,
	type LoadRules,
} from '../../../engine';
import { counts, upsertOn, type Bench } from './load-cases';

/** Where databases differ in how tables are made. */
export interface TableBench extends Bench {
	/** Quotes a name. */
	quote: (name: string) => string;
	/** The longest name, in characters. */
	longest: number;
}

const NAMES = [
	'Quoted "name"',
	"it's",
	'dots.and.more',
	'a b',
	'select',
	'order',
	'back`tick',
	'back\\slash',
	'per%cent $1 ? :x @y',
	'größe',
	'日本語',
	'row_no',
	'letter',
	'c0',
	'k0',
	't',
	's',
	'kept',
	'rule_no',
	'hits',
];

/** Statements about tables and columns of any name that hold on every database. */
export function describeTables(bench: () => TableBench): void {
	const importRows = async (
		table: string,
		columns: string[],
		rows: Cell[][],
		rules: LoadRules = upsertOn(columns[0] ?? ''),
		options: Partial<LoadOptions> = {},
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			bench().target,
			{ table: bench().table(table), rules, mode: 'apply', ...options },
		);

	const roundTrip = async (table: string, key: string, value: string, note: string) => {
		const { quote, run } = bench();
		await run(
			`create table ${quote(table)} (${quote(key)} varchar(60) not null primary key, ${quote(value)} varchar(60), ${quote(note)} integer check (${quote(note)} > 0), unique (${quote(value)}, ${quote(note)}))`,
		);
		try {
			const columns = [key, value, note];
			const first = await importRows(table, columns, [
				['a', 'x', '1'],
				['b', 'y', '2'],
				['c', 'z', '0'],
			]);
			expect(counts(first)).toEqual({ rows: 3, inserted: 2, failed: 1 });
			const byRules: LoadRules = {
				...upsertOn(),
				match: [exactRule(key), { fields: [{ column: value, normalizer: 'words' }] }],
			};
			const second = await importRows(
				table,
				columns,
				[
					['a', 'x', '9'],
					['d', 'y', '9'],
					['e', 'new', '9'],
					['e', 'again', '8'],
				],
				{ ...byRules, policies: { [key]: 'never' } },
			);
			expect(counts(second)).toEqual({ rows: 4, inserted: 1, updated: 2, skipped: 1 });
			expect(second.written[0]?.before).toEqual({ [note]: 1 });
			const rows = await run(
				`select ${quote(key)} as k, ${quote(note)} as n from ${quote(table)} order by ${quote(key)}`,
			);
			expect(rows.map(({ k, n }) => [k, n])).toEqual([
				['a', 9],
				['b', 9],
				['e', 9],
			]);
			const taken = await importRows(table, columns, [['f', 'x', '9']]);
			expect((await taken.failed.first(1))[0]?.issues[0]).toMatchObject({
				code: 'WRITE_UNIQUE',
				field: value,
				value: 'x',
			});
		} finally {
			await run(`drop table ${quote(table)}`);
		}
	};

	test.each(NAMES)('a table and its columns may have the name %s', async (name) => {
		await roundTrip(name, name, `${name}, 2`, `${name}.3`);
		await roundTrip(`plain`, 'id', name, 'note');
	});

	test('names may be as long as the database lets them be', async () => {
		const { longest } = bench();
		const long = (letter: string) => letter.repeat(longest);
		await roundTrip(long('t'), long('a'), long('b'), long('c'));
	});

	test('match columns and policies are found in any case, as columns are', async () => {
		const { run } = bench();
		await run(
			'create table cased_names (id integer primary key, email varchar(60), name varchar(20))',
		);
		await run("insert into cased_names values (1, 'a@x.org', 'A')");
		const rules: LoadRules = {
			...upsertOn('EMAIL'),
			onNoMatch: 'skip',
			policies: { Name: 'never' },
		};
		const result = await importRows(
			'cased_names',
			['Email', 'NAME', 'id'],
			[['a@x.org', 'B', '2']],
			rules,
		);
		expect(counts(result)).toEqual({ rows: 1, updated: 1 });
		expect(await run('select id, name from cased_names')).toEqual([{ id: 2, name: 'A' }]);
		await run('drop table cased_names');
	});

	test('what the database computes can find records, and is not written', async () => {
		const { run } = bench();
		await run(
			"create table computed (id integer primary key, name varchar(20), label varchar(40) generated always as (concat('#', name)) stored)".replace(
				"concat('#', name)",
				bench().target.label === 'MySQL' ? "concat('#', name)" : "'#' || name",
			),
		);
		await run("insert into computed (id, name) values (1, 'a'), (2, 'b')");
		const rules: LoadRules = { ...upsertOn('label'), onNoMatch: 'fail' };
		for (const match of [
			[exactRule('label')],
			[exactRule('label'), exactRule('name')],
			[{ fields: [{ column: 'label', normalizer: 'words' as const }] }],
		]) {
			const plan = await importRows(
				'computed',
				['label', 'name'],
				[
					['#a', 'c'],
					['#x', 'x'],
				],
				{ ...rules, match },
				{ mode: 'plan' },
			);
			expect(counts(plan)).toEqual({ rows: 2, updated: 1, failed: 1 });
		}
		expect(counts(await importRows('computed', ['label', 'name'], [['#a', 'c']], rules))).toEqual({
			rows: 1,
			updated: 1,
		});
		expect(await run('select label from computed order by id')).toEqual([
			{ label: '#c' },
			{ label: '#b' },
		]);
		await expect(
			importRows('computed', ['label', 'id'], [['#q', '3']], upsertOn('label')),
		).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			issue: { hint: expect.stringContaining('insert nothing') },
		});
		await run('drop table computed');
	});

	test('a file is remembered in a ledger that was there before', async () => {
		const { run, table, target } = bench();
		await run('create table remembered (id integer primary key)');
		for (const status of ['applied', 'already imported']) {
			const result = await load(await openFile(Buffer.from('id\n1\n')), target, {
				table: table('remembered'),
				rules: upsertOn('id'),
				mode: 'apply',
				once: true,
			});
			expect(result.summary.status).toBe(status);
		}
		await run('drop table remembered');
		await run('drop table data_import_files');
	});
}
