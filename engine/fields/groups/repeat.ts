import { ImportError } from '../../issues';

/** Columns that are there once for each of several records: `Fall_Grade`, `Winter_Grade`. */
export interface ColumnSets {
	kind: 'column-sets';
	sets: ColumnSet[];
	/** The column that takes the label of the set. Default: `Set`. */
	labelColumn?: string;
}

export interface ColumnSet {
	/** Names of the columns, with one `*` for what the sets have in common: `Fall_*`. Case does not count. */
	pattern: string;
	/** What the record is for. Default: the pattern without `*` and the signs beside it. */
	label?: string;
}

/** A cell that lists several values, one for each record: `Tags: a; b; c`. */
export interface DelimitedCell {
	kind: 'delimited-cell';
	column: string;
	/** What stands between two values; `\n` and `\t` are a line break and a tab. Default: `;`. */
	delimiter?: string;
}

/** Why a row holds several records of one group. Plain JSON. */
export type Repeat = ColumnSets | DelimitedCell;

const DEFAULT_LABEL_COLUMN = 'Set';
const DEFAULT_DELIMITER = ';';

/** A repeat with everything that may be left out. */
export type FullRepeat =
	| { kind: 'column-sets'; sets: Array<Required<ColumnSet>>; labelColumn: string }
	| { kind: 'delimited-cell'; column: string; delimiter: string };

/**
 * A repeat out of the options of a step, checked and complete.
 *
 * @param group name of the group, for messages
 * @throws ImportError RUN_CONFIG
 */
export function readRepeat(value: unknown, group: string): FullRepeat | undefined {
	if (value === undefined || value === null) return undefined;
	const repeat = value as Partial<ColumnSets> | Partial<DelimitedCell>;
	if (repeat.kind === 'column-sets') return readSets(repeat, group);
	if (repeat.kind === 'delimited-cell') return readCell(repeat, group);
	throw wrong(group, 'can be repeated by column sets or by a delimited cell');
}

function readSets({ sets, labelColumn }: Partial<ColumnSets>, group: string): FullRepeat {
	if (!Array.isArray(sets) || sets.length === 0) {
		throw wrong(group, 'is repeated by column sets, and has none', SETS_HINT);
	}
	const read = sets.map((set) => readSet(set, group));
	const labels = read.map(({ label }) => label);
	const twice = labels.find((label, i) => labels.indexOf(label) !== i);
	if (twice !== undefined) {
		throw wrong(
			group,
			`has two column sets called "${twice}"`,
			'Give each set a label of its own.',
		);
	}
	return { kind: 'column-sets', sets: read, labelColumn: labelColumn || DEFAULT_LABEL_COLUMN };
}

const SETS_HINT = 'Add a set for each record of a row, such as Fall_*, Winter_* and Spring_*.';

function readSet({ pattern, label }: Partial<ColumnSet>, group: string): Required<ColumnSet> {
	if (typeof pattern !== 'string' || pattern.split('*').length !== 2) {
		const text = typeof pattern === 'string' ? pattern : '';
		const message = `has the column set "${text}", which must have one *`;
		throw wrong(group, message, 'Write * for the part of the name that the sets have in common.');
	}
	const named = label?.trim() || labelOf(pattern);
	if (named === '') throw wrong(group, `has the column set "${pattern}" without a label`);
	return { pattern: pattern.trim(), label: named };
}

/** `Fall` of `Fall_*`. */
const labelOf = (pattern: string): string =>
	pattern.replace('*', '').replace(/^[\s_.:/-]+|[\s_.:/-]+$/g, '');

function readCell({ column, delimiter }: Partial<DelimitedCell>, group: string): FullRepeat {
	if (typeof column !== 'string' || column === '') {
		throw wrong(group, 'is repeated by a delimited cell, and names no column');
	}
	const between = (delimiter ?? '') === '' ? DEFAULT_DELIMITER : String(delimiter);
	const written = between.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
	return { kind: 'delimited-cell', column, delimiter: written };
}

const wrong = (group: string, message: string, hint?: string) =>
	new ImportError('RUN_CONFIG', `The record group "${group}" ${message}`, {
		...(hint !== undefined && { hint }),
	});
