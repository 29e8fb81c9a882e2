import {
	exactRule,
	type LoadRules,
	type RowRecord,
	type StagedRow,
	type StagedValue,
} from '../../../engine';
import { upsertOn, type Bench } from './load-cases';

/** A table with a key, and what is done with it. */
export interface TrackedTable {
	name: string;
	/** What stands between the brackets of `create table`. Besides the key: `email varchar(60)`, `age integer`. */
	definition: string;
	key: string[];
	/** Words behind the brackets. */
	suffix?: string;
}

/** What tells the record of each row, on tables whose keys come about in every way. */
export function describeTrackedRecords(bench: () => Bench, tables: readonly TrackedTable[]): void {
	const load = async (
		name: string,
		columns: string[],
		rows: StagedValue[][],
		rules: Partial<LoadRules> = {},
	) => {
		const { target, table } = bench();
		const session = await target.startLoad({
			table: await target.describeTable(table(name)),
			columns,
			rules: { ...upsertOn('email'), ...rules },
			exclusive: true,
			trackRecords: true,
		});
		try {
			const staged: StagedRow[] = rows.map((values, i) => ({ number: i + 1, values: [...values] }));
			expect(await session.stage(staged)).toEqual([]);
			await session.decide();
			const refused: number[] = [];
			await session.apply((rows) => refused.push(...rows.map(({ number }) => number)));
			const records: RowRecord[] = [];
			for (;;) {
				// pages of two, so that there are several
				const page = await session.records!(2, records.at(-1)?.number ?? 0);
				records.push(...page);
				if (page.length < 2) break;
			}
			await session.commit(false);
			return { records, refused };
		} finally {
			await session.close();
		}
	};

	/** A long number is text to some drivers. */
	const asTexts = (record: Record<string, unknown>) =>
		Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));

	const recordsIn = async (name: string) =>
		await bench().run(`select * from ${name} order by email, age`);

	const withTable = async (definition: string, work: () => Promise<void>, suffix = '') => {
		await bench().run('drop table if exists tracked');
		await bench().run(`create table tracked (${definition}) ${suffix}`);
		try {
			await work();
		} finally {
			await bench().run('drop table tracked');
		}
	};

	test.each(tables)('rows of a load into $name know their records', async (table) => {
		await withTable(
			table.definition,
			async () => {
				const { run } = bench();
				await run("insert into tracked (email, age) values ('a@x.org', 1), ('gone@x.org', 2)");
				await run("delete from tracked where email = 'gone@x.org'");
				const rows: StagedValue[][] = [];
				for (let i = 0; i < 40; i++) rows.push([`new${i}@x.org`, i + 10]);
				rows[5] = ['a@x.org', 7];
				rows[11] = ['refused@x.org', -1];
				rows[12] = ['refused again@x.org', -1];
				rows[20] = ['new0@x.org', 77];
				const { records, refused } = await load('tracked', ['email', 'age'], rows);
				expect(refused).toEqual([12, 13]);
				expect(records.map(({ number, action }) => `${number} ${action}`)).toEqual(
					rows.flatMap((_, i) =>
						[11, 12, 20].includes(i) ? [] : [`${i + 1} ${i === 5 ? 'update' : 'insert'}`],
					),
				);
				const stored = new Map((await recordsIn('tracked')).map((row) => [row.email, row]));
				for (const { number, record } of records) {
					const row = stored.get(String(rows[number - 1]?.[0]));
					expect(asTexts(record)).toEqual(
						asTexts(Object.fromEntries(table.key.map((name) => [name, row?.[name]]))),
					);
				}
				const again = await load('tracked', ['email', 'age'], rows.slice(0, 3));
				expect(again.records.map(({ action }) => action)).toEqual(Array(3).fill('unchanged'));
				expect(again.records.map(({ record }) => record)).toEqual(
					records.slice(0, 3).map(({ record }) => record),
				);
				const skipped = await load('tracked', ['email', 'age'], rows.slice(0, 2), {
					onMatch: 'skip',
				});
				expect(skipped.records.map(({ action, record }) => [action, record])).toEqual(
					records.slice(0, 2).map(({ record }) => ['skip', record]),
				);
			},
			table.suffix,
		);
	});

	const numbered = tables[0]!;

	test('numbers that rows bring, and numbers that the database gives, do not meet', async () => {
		await withTable(numbered.definition, async () => {
			const rows = [
				[null, 'a@x.org'],
				[300, 'b@x.org'],
				[null, 'c@x.org'],
				[500, 'd@x.org'],
				[null, 'e@x.org'],
			];
			const { records } = await load('tracked', ['id', 'email'], rows, {
				match: [],
				onMatch: 'insert',
			});
			const stored = await recordsIn('tracked');
			expect(stored.map(({ email }) => email)).toEqual(rows.map(([, email]) => email));
			expect(records.map(({ record }) => asTexts(record))).toEqual(
				stored.map(({ id }) => asTexts({ id })),
			);
			expect([Number(stored[1]?.id), Number(stored[3]?.id)]).toEqual([300, 500]);
			// the database goes on behind them
			await bench().run("insert into tracked (email, age) values ('z@x.org', 1)");
		});
	});

	test('a record that a row gives another key is known by that', async () => {
		await withTable(numbered.definition, async () => {
			await bench().run("insert into tracked (id, email, age) values (1, 'a@x.org', 1)");
			const { records } = await load('tracked', ['id', 'email'], [[900, 'a@x.org']]);
			expect(records).toEqual([{ number: 1, action: 'update', record: { id: 900 } }]);
			const byRules = { match: [exactRule('email'), exactRule('age')] };
			const next = await load('tracked', ['id', 'email', 'age'], [[901, 'none', 1]], byRules);
			expect(next.records).toEqual([{ number: 1, action: 'update', record: { id: 901 } }]);
		});
	});

	test('a table without a key is refused before anything is read', async () => {
		await withTable('email varchar(60), age integer', async () => {
			const { target, table, run } = bench();
			const description = await target.describeTable(table('tracked'));
			if ((description.hiddenIdentity ?? []).some(({ numbering }) => numbering !== undefined)) {
				// the row id of SQLite
				const { records } = await load('tracked', ['email', 'age'], [['a@x.org', 1]]);
				const stored = await run('select rowid as id from tracked');
				expect(records.map(({ record }) => record)).toEqual([{ rowid: stored[0]?.id }]);
				return;
			}
			await expect(load('tracked', ['email', 'age'], [])).rejects.toMatchObject({
				code: 'RUN_CONFIG',
			});
		});
	});
}
