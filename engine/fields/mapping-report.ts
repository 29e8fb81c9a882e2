import type { Cell, Column } from '../dataset';
import { quoteValue } from '../issues';
import type { FieldSpec } from './field';
import { columnsUsed, hasDefault, hasSource } from './field-slot';
import type { HeaderMatch } from './match-headers';
import { isEmpty } from './row-coercion';

/** One line of what is mapped to what: a column, a field, or both. */
export interface MappingLine {
	/** Null for a field without a column. */
	column: string | null;
	/** Null for a column without a field. */
	field: string | null;
	/**
	 * `automatic`: as the headers were matched. `by hand`: chosen otherwise. `skipped`: a column that was matched and left
	 * out. `unmapped`: a column that no field was found for, or a field without a column.
	 */
	status: 'automatic' | 'by hand' | 'skipped' | 'unmapped';
	/** Confidence of the match, 1 for a choice by hand, 0 without a field. */
	confidence: number;
	reason: string;
	/** Up to three different values of the column. */
	samples: string[];
}

export interface ReportOptions {
	/** Columns that are left out on purpose. */
	skipped?: readonly string[];
	/** Matches that were found, and are not sure enough. */
	doubtful?: readonly HeaderMatch[];
}

const MOST_SAMPLES = 3;

/**
 * What became of every column, in the order of the file, and then the fields without a column.
 *
 * @param matches what `matchHeaders` found for the columns and fields
 * @param rows the first rows, for the samples
 */
export function mappingReport(
	columns: readonly Column[],
	fields: readonly FieldSpec[],
	matches: readonly HeaderMatch[],
	rows: readonly (readonly Cell[])[] = [],
	{ skipped = [], doubtful = [] }: ReportOptions = {},
): MappingLine[] {
	const uses = fields.map((field) => ({ field, used: columnsUsed(field, columns) }));
	const lines = columns.flatMap(({ name }, index) => {
		const samples = sampleValues(rows, index);
		const users = uses.filter(({ used }) => used.includes(name));
		if (users.length === 0) return [leftOut(name, { matches, skipped, doubtful }, samples)];
		return users.map(({ field, used }) => mapped(name, field, used, matches, samples));
	});
	const open = uses.filter(({ used }) => used.length === 0).map(({ field }) => field);
	return [...lines, ...open.map(withoutColumn)];
}

function mapped(
	column: string,
	field: FieldSpec,
	used: readonly string[],
	matches: readonly HeaderMatch[],
	samples: string[],
): MappingLine {
	const match =
		field.column === column
			? matches.find((found) => found.column === column && found.field === field.name)
			: undefined;
	return {
		column,
		field: field.name,
		status: match === undefined ? 'by hand' : 'automatic',
		confidence: match?.confidence ?? 1,
		reason: match?.reason ?? reasonByHand(column, field, used),
		samples,
	};
}

function reasonByHand(column: string, field: FieldSpec, used: readonly string[]): string {
	if (field.column === column) return 'chosen by hand';
	if (field.expression !== undefined) return 'named in the expression of the field';
	const others = used.filter((name) => name !== column).map((name) => `"${name}"`);
	return others.length === 0 ? 'part of a text' : `joined with ${others.join(', ')}`;
}

function leftOut(
	column: string,
	{ matches, skipped, doubtful }: Required<ReportOptions> & { matches: readonly HeaderMatch[] },
	samples: string[],
): MappingLine {
	const line = { column, field: null, confidence: 0, samples };
	if (skipped.includes(column)) {
		return { ...line, status: 'skipped', reason: 'left out on purpose' };
	}
	const match = matches.find((found) => found.column === column);
	if (match !== undefined) {
		return { ...line, status: 'skipped', reason: `not mapped to "${match.field}"` };
	}
	const doubt = doubtful.find((found) => found.column === column);
	if (doubt === undefined) {
		return { ...line, status: 'unmapped', reason: 'no field fits the column' };
	}
	const { field, confidence, reason } = doubt;
	const share = Math.round(confidence * 100);
	return {
		...line,
		status: 'unmapped',
		confidence,
		reason: `perhaps "${field}" (${reason}), but only ${share} % sure`,
	};
}

function withoutColumn(field: FieldSpec): MappingLine {
	const line = { column: null, field: field.name, samples: [] };
	if (hasSource(field)) {
		const reason = field.expression ? 'an expression' : `always "${quoteValue(field.constant)}"`;
		return { ...line, status: 'by hand', confidence: 1, reason };
	}
	const fallback = hasDefault(field) ? `; the default is "${quoteValue(field.default)}"` : '';
	const reason = `no column for the field${fallback}`;
	return { ...line, status: 'unmapped', confidence: 0, reason };
}

function sampleValues(rows: readonly (readonly Cell[])[], index: number): string[] {
	const samples = new Set<string>();
	for (const row of rows) {
		const cell = row[index] ?? null;
		if (!isEmpty(cell)) samples.add(quoteValue(cell));
		if (samples.size === MOST_SAMPLES) break;
	}
	return [...samples];
}
