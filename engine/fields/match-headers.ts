import type { Column, ColumnType } from '../dataset';
import type { FieldSpec } from './field';
import { readHeader, type Header } from './header-meaning';
import { compareHeaders, type Likeness } from './header-likeness';

/** A column that was found for a field. */
export interface HeaderMatch {
	field: string;
	column: string;
	/** 0 to 1; 1 is the same name. */
	confidence: number;
	/** Why, for a person: `same name`, `another word for "email"`. */
	reason: string;
}

/** A worse likeness is no match: a wrong mapping does more harm than a field that is left open. */
const LEAST_CONFIDENCE = 0.7;

/** Below this, a match counts only if no other column is as good for the field. */
const CERTAIN = 0.8;

interface Candidate extends Likeness {
	column: number;
	field: number;
}

/**
 * Finds the column for each field by name, label and type.
 *
 * Names are compared as words: spelling, case, accents and punctuation do not count. Then come the names that mean the
 * same (in English and German), then shared and misspelt words. What the column holds raises or lowers the confidence.
 * Each column and each field is used at most once, the best pairs first; a pair below 0.7 is no match. The same input
 * always gives the same matches.
 *
 * @returns one match for each field that a column was found for, in the order of the fields
 */
export function matchHeaders(
	columns: readonly Column[],
	fields: readonly FieldSpec[],
): HeaderMatch[] {
	const candidates = candidatePairs(columns, fields);
	const chosen = choosePairs(candidates);
	addEmailByContent(chosen, columns, fields);
	return [...chosen.values()]
		.sort((a, b) => a.field - b.field)
		.map(({ column, field, confidence, reason }) => ({
			field: fields[field]?.name ?? '',
			column: columns[column]?.name ?? '',
			confidence: Math.round(confidence * 100) / 100,
			reason,
		}));
}

function candidatePairs(columns: readonly Column[], fields: readonly FieldSpec[]): Candidate[] {
	const columnHeaders = columns.map(({ name }) => readHeader(name));
	const fieldHeaders = fields.map(namesOf);
	const candidates: Candidate[] = [];
	fields.forEach((fieldSpec, field) => {
		columns.forEach(({ type }, column) => {
			const header = columnHeaders[column];
			if (header === undefined) return;
			const likeness = bestLikeness(header, fieldHeaders[field] ?? []);
			const confidence = weighType(
				likeness.confidence,
				type,
				expectedType(fieldSpec, fieldHeaders[field]),
			);
			if (confidence >= LEAST_CONFIDENCE) {
				candidates.push({ column, field, confidence, reason: likeness.reason });
			}
		});
	});
	return candidates.sort(
		(a, b) => b.confidence - a.confidence || a.column - b.column || a.field - b.field,
	);
}

const namesOf = ({ name, label }: FieldSpec): Header[] =>
	label === undefined || label === name
		? [readHeader(name)]
		: [readHeader(name), readHeader(label)];

function bestLikeness(header: Header, names: readonly Header[]): Likeness {
	return names
		.map((name) => compareHeaders(header, name))
		.reduce((best, likeness) => (likeness.confidence > best.confidence ? likeness : best));
}

/** Takes the best pairs first. A doubtful pair is left out when another free column is as good for the field. */
function choosePairs(candidates: readonly Candidate[]): Map<number, Candidate> {
	const chosen = new Map<number, Candidate>();
	const takenColumns = new Set<number>();
	for (const candidate of candidates) {
		const { column, field, confidence } = candidate;
		if (chosen.has(field) || takenColumns.has(column)) continue;
		const hasRival = candidates.some(
			(other) =>
				other.field === field &&
				other.column !== column &&
				!takenColumns.has(other.column) &&
				other.confidence >= confidence,
		);
		if (confidence < CERTAIN && hasRival) continue;
		chosen.set(field, candidate);
		takenColumns.add(column);
	}
	return chosen;
}

/** What the type of a column adds to its name, and takes away when the field cannot hold such values. */
const AGREEMENT = 0.03;
const CONTRADICTION = 0.75;

function weighType(
	confidence: number,
	found: ColumnType | undefined,
	expected: ColumnType | undefined,
): number {
	if (confidence === 0 || found === undefined || expected === undefined) return confidence;
	if (found === expected) return confidence === 1 ? 1 : Math.min(0.99, confidence + AGREEMENT);
	return contradicts(found, expected) ? confidence * CONTRADICTION : confidence;
}

/** Types whose values a field of another type cannot take, whatever their format. */
const recognised: readonly ColumnType[] = [
	'email',
	'url',
	'phone',
	'boolean',
	'date',
	'date-time',
	'time',
	'json',
];

function contradicts(found: ColumnType, expected: ColumnType): boolean {
	const dates: readonly ColumnType[] = ['date', 'date-time'];
	const numbers: readonly ColumnType[] = ['integer', 'decimal'];
	if (expected === 'text' || expected === 'json') return false;
	if (dates.includes(found) && dates.includes(expected)) return false;
	if (expected === 'phone' && numbers.includes(found)) return false;
	if (expected === 'boolean' && found === 'integer') return false;
	return recognised.includes(found) || (numbers.includes(found) && !numbers.includes(expected));
}

const typesOfConcepts: Readonly<Record<string, ColumnType>> = {
	email: 'email',
	phone: 'phone',
	website: 'url',
	birthday: 'date',
	'first name': 'text',
	'last name': 'text',
};

function expectedType(field: FieldSpec, headers: readonly Header[] = []): ColumnType | undefined {
	const concept = headers[0]?.concept;
	const byConcept = concept === undefined ? undefined : typesOfConcepts[concept];
	return field.type === undefined || field.type === 'text' ? byConcept : field.type;
}

const CONFIDENCE_BY_CONTENT = 0.75;

/**
 * The only column of e-mail addresses that is left goes to the only e-mail field that is left, when its header says
 * nothing else (`Kontakt`, `Column 3`).
 */
function addEmailByContent(
	chosen: Map<number, Candidate>,
	columns: readonly Column[],
	fields: readonly FieldSpec[],
): void {
	const taken = new Set([...chosen.values()].map(({ column }) => column));
	const openColumns = columns.flatMap(({ name, type }, index) =>
		type === 'email' && !taken.has(index) && readHeader(name).concept === undefined ? [index] : [],
	);
	const openFields = fields.flatMap((field, index) => {
		const { concept, qualifiers, ordinal, others } = readHeader(field.name);
		const isPlainEmail =
			concept === 'email' && qualifiers.length === 0 && ordinal === 1 && others.length === 0;
		return !chosen.has(index) && isPlainEmail ? [index] : [];
	});
	const [column] = openColumns;
	const [field] = openFields;
	if (column === undefined || field === undefined) return;
	if (openColumns.length > 1 || openFields.length > 1) return;
	chosen.set(field, {
		column,
		field,
		confidence: CONFIDENCE_BY_CONTENT,
		reason: 'the column holds e-mail addresses',
	});
}
