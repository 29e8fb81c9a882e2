import { nameOfRule, type MatchRule } from '../../matching';
import type { Candidate, ColumnDescription, RowCandidates } from '../target';
import type { LoadConnection } from './load-connection';
import type { LoadStatements, RowRange } from './load-statements';
import { likenessOf } from './similar-records';

/** So many records that a row matches are listed. */
const MOST_CANDIDATES = 10;

/** A record that a row matches, and how many it matches where that is more than are listed. */
interface FoundCandidate {
	row: number;
	candidate: Candidate;
	hits?: number;
}

/**
 * The records that rows match of which a person decides, rule by rule.
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
	const ofRows = new Map<number, RowCandidates>();
	for (const [index, rule] of match.entries()) {
		const candidateOf = (record: Record<string, unknown>): Candidate => ({
			record: Object.fromEntries(named.map(({ name }, i) => [name, record[`i${i}`]])),
			values: Object.fromEntries(shown.map(({ name }, i) => [name, record[`v${i}`]])),
			rule: nameOfRule(rule),
		});
		const ambiguous = async (): Promise<FoundCandidate[]> => {
			const { rows } = await connection.run(
				statements.candidates(index, shown, range, MOST_CANDIDATES),
			);
			return rows.map((record) => ({
				row: Number(record.row_no),
				candidate: candidateOf(record),
				hits: Number(record.hits),
			}));
		};
		const similar = async (): Promise<FoundCandidate[]> => {
			const proposed = await connection.run(statements.proposedRows(index, range));
			const numbers = new Set(proposed.rows.map(({ row_no }) => Number(row_no)));
			if (numbers.size === 0) return [];
			const { rows } = await connection.run(statements.similarCandidates(index, shown, range));
			return rows.flatMap((record) => {
				const { row, likeness } = likenessOf(record);
				return numbers.has(row)
					? [{ row, candidate: { ...candidateOf(record), ...likeness } }]
					: [];
			});
		};
		const find = rule.similarity === undefined ? ambiguous : similar;
		for (const { row, candidate, hits } of await find()) {
			const known = ofRows.get(row) ?? { number: row, hits: 0, candidates: [] };
			ofRows.set(row, known);
			known.candidates.push(candidate);
			known.hits = hits ?? known.candidates.length;
		}
	}
	return [...ofRows.values()].sort((a, b) => a.number - b.number);
}
