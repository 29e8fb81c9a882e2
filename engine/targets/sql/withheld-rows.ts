import type { StagedRow } from '../target';
import type { LoadConnection } from './load-connection';
import type { LoadStatements } from './load-statements';
import { WITHHELD } from './plan-tables';

const LOCK_POINT = 'data_import_locking';

/** What is compared stays as it is until it is written. A view may have nothing that can be locked. */
async function lockRecords(connection: LoadConnection, statements: LoadStatements): Promise<void> {
	const statement = statements.lockRecords;
	if (statement === undefined) return;
	await connection.attempt(LOCK_POINT, async () => {
		await connection.run(statement);
	});
}

/** Takes rows out of the plan, all by one statement. @param pages the numbers that they are staged under, each once */
export async function withholdRows(
	connection: LoadConnection,
	statements: LoadStatements,
	pages: AsyncIterable<readonly number[]>,
): Promise<void> {
	await lockRecords(connection, statements);
	let isMade = false;
	for await (const numbers of pages) {
		if (numbers.length === 0) continue;
		if (!isMade) await connection.run(statements.createWithheld);
		isMade = true;
		await connection.appendAll(
			WITHHELD,
			numbers.map((number): StagedRow => ({ number, values: [''] })),
		);
	}
	if (!isMade) return;
	await connection.index(WITHHELD, ['row_no']);
	await connection.analyze(WITHHELD);
	await connection.run(statements.withhold);
}
