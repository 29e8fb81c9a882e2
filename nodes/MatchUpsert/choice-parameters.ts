import type { INodeProperties } from 'n8n-workflow';
import { ImportError, quoteValue, type RowChoice, type StagedValue } from '../../engine';

/** More choices than these are not made by people. */
const MOST_CHOICES = 50_000;

export const choicesParameter: INodeProperties = {
	displayName: 'Choices',
	name: 'choices',
	type: 'json',
	default: '[]',
	placeholder: 'e.g. [{ "row": 7, "record": { "ID": 42 } }, { "row": 9, "choice": "insert" }]',
	description:
		'What a person has decided about single rows, before all rules: the record that a row belongs to, as the candidates of the output Failed name it, or "insert" or "skip". With an expression the items of another node can be used, such as those of a form.',
};

/** @throws ImportError RUN_CONFIG */
export function readChoices(stored: unknown): RowChoice[] | undefined {
	const entries = asList(stored);
	if (entries.length === 0) return undefined;
	if (entries.length > MOST_CHOICES) {
		throw wrong(`${entries.length} choices are given, and ${MOST_CHOICES} may be`);
	}
	return entries.map((entry, index) => readChoice(asObject(entry), index + 1));
}

function asList(stored: unknown): unknown[] {
	if (stored === undefined || stored === null || stored === '') return [];
	if (typeof stored !== 'string') return Array.isArray(stored) ? stored : [stored];
	try {
		const parsed = JSON.parse(stored) as unknown;
		return Array.isArray(parsed) ? parsed : [parsed];
	} catch {
		throw wrong(`The choices are not valid JSON: ${quoteValue(stored)}`);
	}
}

/** An item of n8n may come as it is, with its values under `json`. */
function asObject(entry: unknown): Record<string, unknown> {
	if (!isObject(entry)) throw wrong(`A choice is no object: ${quoteValue(entry)}`);
	return isObject(entry.json) ? entry.json : entry;
}

function readChoice({ row, choice, record }: Record<string, unknown>, place: number): RowChoice {
	const number = Number(row);
	if (!Number.isSafeInteger(number) || number < 1) {
		throw wrong(`Choice ${place} names no row of the file: ${quoteValue(row)}`);
	}
	if (isObject(record) && (choice === undefined || choice === null || choice === 'update')) {
		return { row: number, choice: 'update', record: readRecord(record, number) };
	}
	if (choice === 'insert' || choice === 'skip') return { row: number, choice };
	throw wrong(
		`The choice for row ${number} is neither a record nor "insert" nor "skip": ${quoteValue(choice)}`,
	);
}

function readRecord(record: Record<string, unknown>, row: number): Record<string, StagedValue> {
	for (const [name, value] of Object.entries(record)) {
		if (value !== null && ['string', 'number', 'boolean'].includes(typeof value)) continue;
		throw wrong(`The choice for row ${row} has no plain value for "${name}"`);
	}
	return record as Record<string, StagedValue>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (message: string): ImportError =>
	new ImportError('RUN_CONFIG', message, {
		hint: 'Choices are a list such as [{ "row": 7, "record": { "id": 42 } }, { "row": 9, "choice": "skip" }].',
	});
