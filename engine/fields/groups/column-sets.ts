import type { Column } from '../../dataset';
import { ImportError, issue, type Issue } from '../../issues';
import { freeName } from '../unmapped-columns';
import type { ColumnSet, FullRepeat } from './repeat';

/** A column that all sets have in common. */
export interface SetColumn {
	/** What `*` stands for, in the spelling of the first column. */
	name: string;
	/** Position of its column in the file, by set; -1 where the set lacks it. */
	places: number[];
}

export interface FoundSets {
	columns: SetColumn[];
	/** One warning HEADER_SET for each set that lacks columns which others have. */
	issues: Issue[];
}

/**
 * The columns of each set. A column that fits several patterns belongs to the one that says most.
 *
 * @throws ImportError RUN_NO_COLUMN for a pattern that no column fits; RUN_CONFIG for two columns that are the same in a set
 */
export function findSets(
	{ sets }: Extract<FullRepeat, { kind: 'column-sets' }>,
	columns: readonly Column[],
	group: string,
): FoundSets {
	const patterns = sets.map(compilePattern);
	const found = new Map<string, SetColumn>();
	for (const [place, { name }] of columns.entries()) {
		const best = bestSet(patterns, name);
		if (best === undefined) continue;
		const key = best.common.toLowerCase();
		const column = found.get(key) ?? { name: best.common, places: sets.map(() => -1) };
		const before = columns[column.places[best.set] ?? -1];
		if (before !== undefined) throw sameInSet(before.name, name, column.name, group);
		column.places[best.set] = place;
		found.set(key, column);
	}
	const setColumns = [...found.values()];
	for (const [set, { pattern }] of sets.entries()) {
		if (!setColumns.some(({ places }) => places[set] !== -1)) {
			throw noColumns(pattern, columns, group);
		}
	}
	return {
		columns: setColumns,
		issues: sets.flatMap((set, i) => lacking(set, i, setColumns, group)),
	};
}

interface Pattern {
	before: string;
	after: string;
}

function compilePattern({ pattern }: ColumnSet): Pattern {
	const [before = '', after = ''] = pattern.toLowerCase().split('*');
	return { before, after };
}

function bestSet(
	patterns: readonly Pattern[],
	name: string,
): { set: number; common: string } | undefined {
	const lower = name.toLowerCase();
	let best: { set: number; length: number } | undefined;
	for (const [set, { before, after }] of patterns.entries()) {
		const length = before.length + after.length;
		if (lower.length <= length || !lower.startsWith(before) || !lower.endsWith(after)) continue;
		if (best === undefined || length > best.length) best = { set, length };
	}
	const chosen = patterns[best?.set ?? -1];
	if (best === undefined || chosen === undefined) return undefined;
	const common = name.slice(chosen.before.length, name.length - chosen.after.length).trim();
	return common === '' ? undefined : { set: best.set, common };
}

function lacking(
	{ label, pattern }: ColumnSet,
	set: number,
	columns: readonly SetColumn[],
	group: string,
): Issue[] {
	const missing = columns.filter(({ places }) => places[set] === -1).map(({ name }) => name);
	const [first] = missing;
	if (first === undefined) return [];
	const names = missing.map((name) => `"${pattern.replace('*', name)}"`).join(', ');
	const message = `The set "${label ?? pattern}" of the record group "${group}" has no column ${names}, which other sets have; its cells are taken as empty`;
	return [issue('HEADER_SET', message, { column: pattern.replace('*', first) })];
}

const noColumns = (pattern: string, columns: readonly Column[], group: string) =>
	new ImportError(
		'RUN_NO_COLUMN',
		`No column fits "${pattern}", a column set of the record group "${group}"; the columns are ${columns.map(({ name }) => `"${name}"`).join(', ')}`,
		{ column: pattern },
	);

const sameInSet = (first: string, second: string, common: string, group: string) =>
	new ImportError(
		'RUN_CONFIG',
		`The columns "${first}" and "${second}" are both "${common}" in one column set of the record group "${group}"`,
		{ column: second, hint: 'Rename one of them before, or write patterns that tell them apart.' },
	);

/** Names for columns, in the order in which they may choose; a name that is taken gets a number behind it. */
export function distinctNames(wanted: readonly string[]): string[] {
	const taken = new Set<string>();
	return wanted.map((name) => {
		const free = freeName(name, taken);
		taken.add(free);
		return free;
	});
}
