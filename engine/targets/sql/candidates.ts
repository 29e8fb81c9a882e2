import { nameOfRule, type MatchRule } from '../../matching';
import type { Candidate, ColumnDescription, RowCandidates } from '../target';
import type { LoadConnection } from './load-connection';
import type { LoadStatements, RowRange } from './load-statements';
import { likenessOf } from './similar-records';

/** So many records that a row matches are listed. */
const MOST_CANDIDATES = 10;

/**
 * The records that ambiguous rows match, rule by rule.
 *
 * @param named the columns that a person names a record by; empty where there are none
 */
export async function candidatesOf(
	connection: LoadConnection,
	statements: LoadStatements,
	match: readonly MatchRule[],
	columns: readonly ColumnDescription[],
	named: readonly ColumnDescription[],
	range: RowRange,
): Promise<RowCandidates[]> {
	const keys = new Set(match.flatMap(({ fields }) => fields.map(({ column }) => column)));
	const shown = columns.filter(({ name }) => keys.has(name));
	const found = new Map<number, RowCandidates>();
	for (const [index, rule] of match.entries()) {
		const { rows } = await connection.run(
			statements.candidates(index, shown, range, MOST_CANDIDATES),
		);
		for (const row of rows) {
			const number = Number(row.row_no);
			const known = found.get(number) ?? { number, hits: Number(row.hits), candidates: [] };
			found.set(number, known);
			known.candidates.push(candidateOf(row, nameOfRule(rule), named, shown));
		}
	}
	return [...found.values()].sort((a, b) => a.number - b.number);
}

function candidateOf(
	row: Record<string, unknown>,
	rule: string,
	named: readonly ColumnDescription[],
	shown: readonly ColumnDescription[],
): Candidate {
	return {
		record: Object.fromEntries(named.map(({ name }, i) => [name, row[`i${i}`]])),
		values: Object.fromEntries(shown.map(({ name }, i) => [name, row[`v${i}`]])),
		rule,
		...likenessOf(row),
	};
}
