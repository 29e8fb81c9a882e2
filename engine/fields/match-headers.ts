import type { Cell, Column } from '../dataset';
import { assign, type Pair } from './assignment';
import { ContentOfColumns } from './column-content';
import type { FieldSpec } from './field';
import { nameAddresses, readFieldsTogether, readTogether } from './header-context';
import { compareHeaders, unlike, type Likeness } from './header-likeness';
import { readHeader, type Header } from './header-meaning';
import { headerKey } from './header-words';

/** A column that was found for a field. */
export interface HeaderMatch {
	field: string;
	column: string;
	/** 0 to 1; 1 is the same name. */
	confidence: number;
	/** Why, for a person: `same name`, `another word for "email"`. */
	reason: string;
}

export interface MatchOptions {
	/**
	 * What was decided before, by the text of the header: the name of the field, or null for a column that is left out on
	 * purpose. Wins over everything else; spelling, case and punctuation of the header do not count.
	 */
	learned?: Readonly<Record<string, string | null>>;
	/** The first rows, cells in the order of the columns: what they hold speaks for and against fields. */
	samples?: readonly (readonly Cell[])[];
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
 * Finds the column for each field by name, label and content.
 *
 * Names are compared as words: spelling, case, accents and punctuation do not count. Then come the names that mean the
 * same (in English, German, French, Spanish, Portuguese, Italian and Dutch), then shared and misspelt words. What the
 * column holds raises or lowers the confidence, and what the other columns are called decides between meanings.
 *
 * Each column and each field is used at most once, so that all pairs together are as good as they can be; a pair below
 * 0.7 is no match. The same input always gives the same matches.
 *
 * @returns one match for each field that a column was found for, in the order of the fields
 */
export function matchHeaders(
	columns: readonly Column[],
	fields: readonly FieldSpec[],
	{ learned = {}, samples = [] }: MatchOptions = {},
): HeaderMatch[] {
	const chosen = new Map<number, Candidate>();
	const settled = applyLearned(columns, fields, learned, chosen);
	const headers = readTogether(nameAddresses(columns.map(({ name }) => readHeader(name))));
	const content = new ContentOfColumns(columns, samples);
	const names = fieldNames(fields);
	const candidates = candidatePairs(headers, fields, names, content).filter(
		({ column, field }) => !settled.has(column) && !chosen.has(field),
	);
	for (const candidate of choosePairs(candidates, columns.length, fields.length)) {
		chosen.set(candidate.field, candidate);
		settled.add(candidate.column);
	}
	const open = fields.map((_, field) => (chosen.has(field) ? [] : (names[field] ?? [])));
	for (const match of content.matchesByContent(headers, open, settled)) {
		chosen.set(match.field, match);
	}
	return [...chosen.values()]
		.sort((a, b) => a.field - b.field)
		.map(({ column, field, confidence, reason }) => ({
			field: fields[field]?.name ?? '',
			column: columns[column]?.name ?? '',
			confidence: Math.round(confidence * 100) / 100,
			reason,
		}));
}

/** @returns the columns that are settled, mapped or not */
function applyLearned(
	columns: readonly Column[],
	fields: readonly FieldSpec[],
	learned: Readonly<Record<string, string | null>>,
	chosen: Map<number, Candidate>,
): Set<number> {
	const decisions = new Map(
		Object.entries(learned).map(([header, field]) => [headerKey(header), field]),
	);
	const settled = new Set<number>();
	columns.forEach(({ name }, column) => {
		const decision = decisions.get(headerKey(name));
		if (decision === undefined) return;
		const field = fields.findIndex((candidate) => candidate.name === decision);
		if (decision === null) settled.add(column);
		else if (field !== -1 && !chosen.has(field)) {
			chosen.set(field, { column, field, confidence: 1, reason: 'as it was chosen before' });
			settled.add(column);
		}
	});
	return settled;
}

/** How each field may be called: by its name and its label. The fields are read in the light of each other, too. */
function fieldNames(fields: readonly FieldSpec[]): Header[][] {
	const names = readFieldsTogether(fields.map(({ name }) => readHeader(name)));
	const labels = readFieldsTogether(fields.map(({ name, label }) => readHeader(label ?? name)));
	return fields.map(({ name, label }, index) => {
		const called = [names[index], label === name ? undefined : labels[index]];
		return called.filter((header) => header !== undefined);
	});
}

function candidatePairs(
	headers: readonly Header[],
	fields: readonly FieldSpec[],
	names: readonly Header[][],
	content: ContentOfColumns,
): Candidate[] {
	const candidates: Candidate[] = [];
	headers.forEach((header, column) => {
		fields.forEach((fieldSpec, field) => {
			const likeness = content.weigh(bestLikeness(header, names[field] ?? []), column, fieldSpec);
			if (likeness.confidence >= LEAST_CONFIDENCE) candidates.push({ ...likeness, column, field });
		});
	});
	return candidates;
}

function bestLikeness(header: Header, names: readonly Header[]): Likeness {
	return names
		.map((name) => compareHeaders(header, name))
		.reduce((best, likeness) => (likeness.confidence > best.confidence ? likeness : best), unlike);
}

/**
 * The squares make one sure pair worth more than two doubtful ones. What comes first in the file and in the fields is
 * preferred among equals.
 */
function choosePairs(candidates: readonly Candidate[], columns: number, fields: number) {
	const byPair = new Map<string, Candidate>();
	const pairs = candidates.map((candidate): Pair => {
		const { column, field, confidence } = candidate;
		byPair.set(`${column} ${field}`, candidate);
		const worth = (confidence - LEAST_CONFIDENCE + 0.05) ** 2;
		return { row: column, column: field, worth: worth - (column + field) * 1e-9 };
	});
	const chosen = assign(pairs, columns, fields).flatMap(
		({ row, column }) => byPair.get(`${row} ${column}`) ?? [],
	);
	const taken = new Set(chosen.map(({ column }) => column));
	return chosen.filter(
		({ column, field, confidence }) =>
			confidence >= CERTAIN ||
			!candidates.some(
				(other) =>
					other.field === field &&
					other.column !== column &&
					!taken.has(other.column) &&
					other.confidence >= confidence,
			),
	);
}
