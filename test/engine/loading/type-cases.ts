import { exactRule, load, openRows, type Cell, type LoadRules } from '../../../engine';
import { counts, upsertOn, type Bench } from './load-cases';

/** A type of the database, a value as a file has it, the same value in another spelling, and how the database shows it. */
export interface TypeCase {
	type: string;
	value: Cell;
	/** Another way to write the same value. Default: the value itself. */
	alike?: Cell;
	/** A value that is another one, and the same key. Default: the other way to write it. */
	sameKey?: Cell;
	shown: unknown;
	/** False where the database cannot compare values of the type. */
	isKey?: boolean;
}

/** Every type takes its values, finds them again, and sees them as unchanged when they come once more. */
export function describeTypes(
	bench: () => Bench,
	cases: readonly TypeCase[],
	show: (column: string) => string,
): void {
	const importRows = async (rows: Cell[][], rules: LoadRules, columns: string[]) =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			bench().target,
			{ table: bench().table('of_type'), rules, mode: 'apply' },
		);

	const shown = async () =>
		(await bench().run(`select ${show('v')} as v from of_type`)).map(({ v }) => v);

	beforeEach(() => bench().run('drop table if exists of_type'));

	test.each(cases.map((one) => [one.type, one.value, one] as const))(
		'a column of type %s takes %j, and it is unchanged when it comes again',
		async (_, __, { type, value, alike = value, shown: expected }) => {
			await bench().run(`create table of_type (id integer primary key, v ${type})`);
			const result = await importRows([['1', value]], upsertOn('id'), ['id', 'v']);
			expect((await result.failed.first(1))[0]?.issues).toBeUndefined();
			expect(await shown()).toEqual([expected]);
			const again = await importRows([['1', alike]], upsertOn('id'), ['id', 'v']);
			expect(counts(again)).toEqual({ rows: 1, unchanged: 1 });
		},
	);

	test.each(
		cases.filter(({ isKey = true }) => isKey).map((one) => [one.type, one.value, one] as const),
	)(
		'a record is found by a column of type %s that holds %j',
		async (_, __, { type, value, alike = value, sameKey = alike }) => {
			await bench().run(`create table of_type (v ${type}, note varchar(20), id integer)`);
			const columns = ['v', 'note'];
			const rows = [
				[value, 'one'],
				[sameKey, 'two'],
			];
			const first = await importRows(rows, upsertOn('v'), columns);
			expect((await first.failed.first(1))[0]?.issues).toBeUndefined();
			expect(counts(first)).toEqual({ rows: 2, inserted: 1, skipped: 1 });
			const again = await importRows([[sameKey, 'three']], upsertOn('v'), columns);
			expect(counts(again)).toEqual({ rows: 1, updated: 1 });
			const rules = { ...upsertOn(), match: [exactRule('v'), exactRule('note')] };
			await bench().run('drop table of_type');
			await bench().run(
				`create table of_type (v ${type}, note varchar(20), id integer primary key)`,
			);
			for (const [cell, note, outcome] of [
				[value, 'one', 'inserted'],
				[sameKey, 'four', 'updated'],
			] as const) {
				const columnsWithId = ['id', ...columns];
				const byRules = await importRows([['1', cell, note]], rules, columnsWithId);
				expect(counts(byRules)).toEqual({ rows: 1, [outcome]: 1 });
			}
		},
	);
}
