import { comparedText } from '../../matching';
import type { ColumnDescription } from '../target';
import { parseExactJson } from './exact-json';

/** What becomes of a list in a record: entries of the row are added or taken out. */
export type ListPolicy = 'append' | 'remove';

/** A list with those entries that are not in it yet, or without those that are to go; the text of the record else. */
export type ListChange = (present: string | null, brought: string | null) => string | null;

/** Whether a column of a database holds an array, which it shows as JSON. */
const isArray = ({ databaseType, baseType = databaseType }: ColumnDescription): boolean =>
	baseType.endsWith('[]');

/** Whether a column can hold a list: a delimited text, a JSON array, an array. */
export const holdsList = (column: ColumnDescription): boolean =>
	isArray(column) ||
	column.type === 'json' ||
	(column.type === 'text' && column.options === undefined);

/**
 * Makes the change of the lists of a column. Entries are compared without blanks around and without case; they keep their
 * order. A list without entries is an empty array, or no text.
 */
export function listChange(
	policy: ListPolicy,
	column: ColumnDescription,
	separator: string,
): ListChange {
	if (isArray(column) || column.type === 'json')
		return (present, brought) => ofJson(policy, present, brought);
	const none = column.nullable ? null : '';
	return (present, brought) => ofText(policy, present, brought, separator, none);
}

function ofText(
	policy: ListPolicy,
	present: string | null,
	brought: string | null,
	separator: string,
	none: string | null,
): string | null {
	const [before, given] = [entriesOf(present, separator), entriesOf(brought, separator)];
	const after = changed(policy, before, given);
	if (after === undefined) return present;
	if (after.length === 0) return none;
	const written = before.length > 1 ? (present ?? '') : (brought ?? '');
	return after.join(written.includes(`${separator} `) ? `${separator} ` : separator);
}

const entriesOf = (text: string | null, separator: string): string[] =>
	(text ?? '')
		.split(separator)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');

function ofJson(policy: ListPolicy, present: string | null, brought: string | null): string | null {
	const after = changed(policy, jsonEntries(present), jsonEntries(brought));
	return after === undefined ? present : JSON.stringify(after);
}

/** What is no array is the only entry of one. */
function jsonEntries(text: string | null): unknown[] {
	if (text === null) return [];
	const value = parseExactJson(text);
	if (value === null) return [];
	return Array.isArray(value) ? value : [value];
}

/** @returns undefined where the list stays as it is */
function changed<Entry>(
	policy: ListPolicy,
	present: readonly Entry[],
	brought: readonly Entry[],
): Entry[] | undefined {
	const given = new Map(brought.map((entry) => [comparedText(entry), entry]));
	if (policy === 'remove') {
		const kept = present.filter((entry) => !given.has(comparedText(entry)));
		return kept.length === present.length ? undefined : kept;
	}
	const known = new Set(present.map(comparedText));
	const added = brought.filter((entry) => {
		const key = comparedText(entry);
		return !known.has(key) && known.add(key);
	});
	return added.length === 0 ? undefined : [...present, ...added];
}
