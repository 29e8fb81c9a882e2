import type { ColumnDescription, FieldReason, LoadRules } from '../target';
import { policyOf } from './load-statements';

/** What a row brings and what its record has, column by column. */
export interface ComparedColumn {
	column: ColumnDescription;
	before: unknown;
	after: unknown;
}

interface Comparison {
	rules: LoadRules;
	/** Columns that are the same in row and record because of how the record was found: they are not written. */
	matched: ReadonlySet<string>;
	/** Whether the row is newer than the record; undefined where no column says so. */
	isNewer: boolean | undefined;
}

/** For each column in which row and record differ, whether an update writes it, and by which policy. */
export function fieldReasons(
	compared: readonly ComparedColumn[],
	{ rules, matched, isNewer }: Comparison,
): Record<string, FieldReason> {
	const reasons = compared.flatMap(({ column: { name }, before, after }) => {
		if (matched.has(name) || sameValue(before, after)) return [];
		const policy = policyOf(rules, name);
		// an empty cell that leaves the record as it is needs no reason
		if (after === null && policy !== 'always') return [];
		const written =
			policy === 'never'
				? false
				: policy === 'newer'
					? isNewer === true
					: policy === 'target-empty'
						? before === null || before === ''
						: true;
		return [[name, { written, policy }] as const];
	});
	return Object.fromEntries(reasons);
}

function sameValue(before: unknown, after: unknown): boolean {
	return (
		before === after ||
		(before !== null && after !== null && JSON.stringify(before) === JSON.stringify(after))
	);
}
