import type { ColumnDescription, FieldReason, LoadRules, WritePolicy } from '../target';
import { policyOf } from './load-statements';

/** What a row brings and what its record has, column by column. */
export interface ComparedColumn {
	column: ColumnDescription;
	before: unknown;
	/** The value of the row. */
	brought: unknown;
	/** The value that the record has after the update; undefined where updates do not write the column. */
	after: unknown;
	/** Whether the value is known only when another row is written, so that `after` says nothing yet. */
	isAwaited: boolean;
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
	const reasons = compared.flatMap(({ column: { name }, ...values }) => {
		const { before, brought, after, isAwaited } = values;
		if (matched.has(name)) return [];
		const policy = policyOf(rules, name);
		if (isAwaited) {
			if (sameValue(before, brought)) return [];
			return [[name, { written: writesAwaited(policy, before, isNewer), policy }] as const];
		}
		const written = after !== undefined && !sameValue(before, after);
		if (brought === null && policy !== 'always') {
			// an empty cell that leaves the record as it is needs no reason; one that empties it held the clearing value
			return written ? [[name, { written, policy, cleared: true }] as const] : [];
		}
		if (!written && sameValue(before, brought)) return [];
		return [[name, { written, policy }] as const];
	});
	return Object.fromEntries(reasons);
}

/** Lists and stamps take what is there, as filled cells do. */
function writesAwaited(
	policy: WritePolicy,
	before: unknown,
	isNewer: boolean | undefined,
): boolean {
	if (policy === 'never') return false;
	if (policy === 'newer') return isNewer === true;
	return policy === 'target-empty' ? before === null || before === '' : true;
}

function sameValue(before: unknown, after: unknown): boolean {
	return (
		before === after ||
		(before !== null && after !== null && JSON.stringify(before) === JSON.stringify(after))
	);
}
