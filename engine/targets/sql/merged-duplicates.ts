import type { StagedRow, StagedValue } from '../target';
import type { LoadConnection } from './load-connection';
import type { LoadStatements } from './load-statements';
import { GROUPS, REKEYED } from './plan-tables';
import type { RuleKeys } from './rule-keys';

const ROWS_AT_ONCE = 10_000;

/**
 * Rows of the file that are the same, be it by way of others, become one: the first of them takes of each column the last
 * value that is there. The values stay in the database. What was merged is looked for again: it may be found by a value
 * that another row brought.
 */
export async function mergeDuplicates(
	connection: LoadConnection,
	statements: LoadStatements,
	keys: RuleKeys,
): Promise<void> {
	const followers = statements.collectFollowers;
	if (followers === undefined) return;
	await connection.collect([followers]);
	const firsts = await firstsOf(connection, statements);
	await connection.run(statements.createGroups);
	await storeGroups(connection, firsts);
	await connection.collect(statements.collectMerged);
	if (firsts.size === 0) return;
	for (const statement of statements.takeMerged) await connection.run(statement);
	await rekey(connection, statements, keys);
	for (const statement of statements.dropRecords()) await connection.run(statement);
	await connection.collect(statements.collectRecords());
}

/** The first row of the group of each row that is in one. */
async function firstsOf(
	connection: LoadConnection,
	statements: LoadStatements,
): Promise<Map<number, number>> {
	const leads = new Map<number, number>();
	const first = (row: number): number => {
		let leader = row;
		for (let next = leads.get(leader); next !== undefined && next !== leader;) {
			leader = next;
			next = leads.get(leader);
		}
		leads.set(row, leader);
		return leader;
	};
	for (let after = 0; ;) {
		const { rows } = await connection.run(statements.followers(after, ROWS_AT_ONCE));
		for (const { row_no, ...ways } of rows) {
			after = Number(row_no);
			for (const follows of Object.values(ways)) {
				if (follows === null) continue;
				const [one, other] = [first(after), first(Number(follows))];
				leads.set(Math.max(one, other), Math.min(one, other));
			}
		}
		if (rows.length < ROWS_AT_ONCE) break;
	}
	for (const row of leads.keys()) first(row);
	return leads;
}

async function storeGroups(
	connection: LoadConnection,
	firsts: ReadonlyMap<number, number>,
): Promise<void> {
	let grouped: StagedRow[] = [];
	for (const [number, first] of firsts) {
		grouped.push({ number, values: [String(first)] });
		if (grouped.length < ROWS_AT_ONCE) continue;
		await connection.appendAll(GROUPS, grouped);
		grouped = [];
	}
	await connection.appendAll(GROUPS, grouped);
	await connection.index(GROUPS, ['row_no']);
	await connection.analyze(GROUPS);
}

/** The keys of merged rows are those of their values now. */
async function rekey(
	connection: LoadConnection,
	statements: LoadStatements,
	keys: RuleKeys,
): Promise<void> {
	const { complete, count } = keys;
	if (complete === undefined) return;
	await connection.run(statements.createRekeyed(count));
	for (let after = 0; ;) {
		const { rows } = await connection.run(statements.mergedRows(after, ROWS_AT_ONCE));
		const rekeyed = rows.map(({ row_no, ...cells }): StagedRow => {
			after = Number(row_no);
			const values = Object.values(cells) as StagedValue[];
			complete(values);
			return { number: after, values: values.slice(-count) };
		});
		await connection.appendAll(REKEYED, rekeyed);
		if (rows.length < ROWS_AT_ONCE) break;
	}
	await connection.index(REKEYED, ['row_no']);
	await connection.analyze(REKEYED);
	await connection.run(statements.takeRekeyed(count));
}
