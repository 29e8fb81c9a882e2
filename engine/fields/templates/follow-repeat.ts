import type { Column } from '../../dataset';
import type { ColumnSet, Repeat } from '../groups';
import type { Expansion } from '../groups/expansion';

/**
 * What a group repeats over where columns have other names by now: the delimited column under its new name, and the
 * pattern of a set of which no column is there, where all that were recognised follow one new pattern.
 *
 * @param before the expansion of the file that the template was saved with
 * @param nowCalled the new names of renamed columns
 */
export function followRepeat(
	repeat: Repeat | undefined,
	before: Expansion,
	columns: readonly Column[],
	nowCalled: ReadonlyMap<string, string>,
): Repeat | undefined {
	if (repeat === undefined) return undefined;
	if (repeat.kind === 'delimited-cell') {
		return { ...repeat, column: nowCalled.get(repeat.column) ?? repeat.column };
	}
	const isThere = (name: string) => columns.some((column) => column.name === name);
	const sets = repeat.sets.map((set, place): ColumnSet => {
		const own = [...before.repeated].flatMap((name) => before.inFile(name, place));
		if (own.some(isThere)) return set;
		const patterns = own.flatMap((name) => newPattern(set, name, nowCalled.get(name)) ?? []);
		const [pattern] = patterns;
		if (pattern === undefined || patterns.some((other) => other !== pattern)) return set;
		// what the record is for does not change with the headers
		return { label: before.label(place), ...set, pattern };
	});
	return { ...repeat, sets };
}

/** `Fall *` for `Fall_Grade` that is called `Fall Grade`, of the set `Fall_*`. */
function newPattern(
	{ pattern }: ColumnSet,
	was: string,
	is: string | undefined,
): string | undefined {
	if (is === undefined) return undefined;
	const [start = '', end = ''] = pattern.split('*');
	const common = was.slice(start.length, was.length - end.length);
	const at = is.toLowerCase().lastIndexOf(common.toLowerCase());
	if (common === '' || at === -1) return undefined;
	return `${is.slice(0, at)}*${is.slice(at + common.length)}`;
}
