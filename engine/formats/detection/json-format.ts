import { findSyntaxFault, skipSpace } from '../json';
import { looksLikeTable } from './looks-like-table';
import type { TextFormat } from './text-format';

/** Lines that are looked at to tell NDJSON from JSON. */
const LINES = 50;

/** Characters that are held to the grammar: no table of cells passes so many. */
const HELD_TO_GRAMMAR = 64 * 1024;

const JSON_LINES: TextFormat = {
	value: 'ndjson',
	confidence: 0.98,
	evidence: 'every line is a JSON value',
};

/**
 * Decides whether a text is JSON or NDJSON. A file that is named so, or begins so, and is broken further on is that format
 * all the same: its reader says where it is broken.
 *
 * @param text text of the head, which begins with `{` or `[` but for space
 * @param named the format that the file name says
 */
export function jsonFormat(
	text: string,
	isWhole: boolean,
	named: string | undefined,
): TextFormat | undefined {
	const start = skipSpace(text, 0);
	const document: TextFormat = {
		value: 'json',
		confidence: 0.95,
		evidence: `starts with a JSON ${text[start] === '{' ? 'object' : 'array'}`,
	};
	if (isJsonLines(text, isWhole)) return JSON_LINES;
	if (named === 'json') return document;
	const fault = findSyntaxFault(text.slice(0, HELD_TO_GRAMMAR));
	if (named === 'ndjson') {
		const isDocument = fault === undefined && /\n\s*\S/.test(text.slice(start));
		if (isDocument) return document;
		return { value: 'ndjson', confidence: 0.8, evidence: 'starts as JSON and is named NDJSON' };
	}
	if (!beginsAsJson(text, start)) return undefined;
	if (fault !== undefined && looksLikeTable(text, isWhole)) return undefined;
	// brackets around the first column name of a table
	if (fault?.line === 1 && named === 'csv' && !text.startsWith('"', skipSpace(text, start + 1))) {
		return undefined;
	}
	return document;
}

/** Most of the first lines are whole values, and none begins with anything else. */
function isJsonLines(text: string, isWhole: boolean): boolean {
	const lines = text.split('\n', LINES + 1);
	if (!isWhole || lines.length > LINES) lines.pop();
	const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
	if (filled.length < 2 || !filled.every((line) => /^[{[]/.test(line))) return false;
	return filled.filter(parses).length * 2 >= filled.length;
}

function parses(line: string): boolean {
	try {
		JSON.parse(line);
		return true;
	} catch {
		return false;
	}
}

function beginsAsJson(text: string, start: number): boolean {
	const inside = text.slice(skipSpace(text, start + 1)).slice(0, 16);
	if (text[start] === '{') return /^["}]/.test(inside);
	return /^(?:[{["\]]|-?\d|true\b|false\b|null\b)/.test(inside);
}
