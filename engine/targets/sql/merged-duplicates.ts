import type { StagedRow } from '../target';
import type { LoadConnection } from './load-connection';
import type { LoadStatements } from './load-statements';
import { GROUPS } from './plan-tables';

const ROWS_AT_ONCE = 10_000;

/**
 * Rows of the file with the same key become one: the first of them takes of each column the last value that is there. The
 * values stay in the database.
 */
export async function mergeDuplicates(
	connection: LoadConnection,
	statements: LoadStatements,
): Promise<void> {
	const followers = statements.collectFollowers;
	if (followers === undefined) return;
	await connection.collect([followers]);
	await connection.run(statements.createGroups);
	await groupFollowers(connection, statements);
	await connection.collect(statements.collectMerged);
	for (const statement of statements.takeMerged) await connection.run(statement);
}

/** A row may follow one that follows another: all of them belong to the first. */
async function groupFollowers(
	connection: LoadConnection,
	statements: LoadStatements,
): Promise<void> {
	const firsts = new Map<number, number>();
	const known = new Set<number>();
	for (let after = 0; ;) {
		const { rows } = await connection.run(statements.followers(after, ROWS_AT_ONCE));
		const grouped: StagedRow[] = [];
		for (const row of rows) {
			after = Number(row.row_no);
			const first = firsts.get(Number(row.follows)) ?? Number(row.follows);
			firsts.set(after, first);
			if (!known.has(first)) grouped.push({ number: first, values: [String(first)] });
			known.add(first);
			grouped.push({ number: after, values: [String(first)] });
		}
		await connection.appendAll(GROUPS, grouped);
		if (rows.length < ROWS_AT_ONCE) break;
	}
	await connection.index(GROUPS, ['row_no']);
	await connection.analyze(GROUPS);
}
