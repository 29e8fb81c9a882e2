import type { Cell, Column } from '../dataset';
import { quoteValue } from '../issues';
import type { FieldSpec } from './field';
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
): MappingLine[] {
	const lines = columns.flatMap(({ name }, index) => {
		const samples = sampleValues(rows, index);
		const users = fields.filter(({ column }) => column === name);
		if (users.length === 0) return [leftOut(name, matches, samples)];
		return users.map((field) => mapped(name, field.name, matches, samples));
	});
	return [...lines, ...fields.filter(({ column }) => !column).map(withoutColumn)];
}

function mapped(
	column: string,
	field: string,
	matches: readonly HeaderMatch[],
	samples: string[],
): MappingLine {
	const match = matches.find((found) => found.column === column && found.field === field);
	return {
		column,
		field,
		status: match === undefined ? 'by hand' : 'automatic',
		confidence: match?.confidence ?? 1,
		reason: match?.reason ?? 'chosen by hand',
		samples,
	};
}

function leftOut(column: string, matches: readonly HeaderMatch[], samples: string[]): MappingLine {
	const match = matches.find((found) => found.column === column);
	return {
		column,
		field: null,
		status: match === undefined ? 'unmapped' : 'skipped',
		confidence: 0,
		reason: match === undefined ? 'no field fits the column' : `not mapped to "${match.field}"`,
		samples,
	};
}

function withoutColumn(field: FieldSpec): MappingLine {
	const fallback =
		field.default === undefined ? '' : `; the default is "${quoteValue(field.default)}"`;
	return {
		column: null,
		field: field.name,
		status: 'unmapped',
		confidence: 0,
		reason: `no column for the field${fallback}`,
		samples: [],
	};
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
