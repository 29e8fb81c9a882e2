import { localName, PATH_SEPARATOR } from './xml-record';

/** The text of a record itself, as in `<row id="1">text</row>`. */
const OWN_TEXT = 'value';

/**
 * Names the columns of paths (see `recordValues`): joined with dots, without namespace prefixes and without the `@` of
 * attributes. Where two paths would have one name, an attribute keeps its `@`, and elements keep their prefixes.
 *
 * @returns one name for each path, all different
 */
export function columnNames(paths: readonly string[]): string[] {
	const short = paths.map(shortName);
	const elements = countBy(short.filter((_, i) => !isAttribute(paths[i])));
	const attributes = countBy(short.filter((_, i) => isAttribute(paths[i])));
	const taken = new Set<string>();
	return paths.map((path, i) => {
		const name = short[i] ?? '';
		const rivals = isAttribute(path) ? attributes : elements;
		const others = isAttribute(path) ? elements : attributes;
		let wish = name;
		if ((rivals.get(name) ?? 0) > 1) wish = longName(path);
		else if (isAttribute(path) && others.has(name)) wish = markedName(path);
		return claim(taken, wish);
	});
}

function isAttribute(path = ''): boolean {
	return path.slice(path.lastIndexOf(PATH_SEPARATOR) + 1).startsWith('@');
}

/** The name of a path where no other path is in its way. */
export function shortName(path: string): string {
	return markedName(path).replace(/@(?=[^@]*$)/, '');
}

function markedName(path: string): string {
	if (path === '') return OWN_TEXT;
	const names = path.split(PATH_SEPARATOR);
	return names
		.map((name) => (name.startsWith('@') ? `@${localName(name.slice(1))}` : localName(name)))
		.join('.');
}

function longName(path: string): string {
	return path === '' ? OWN_TEXT : path.replaceAll(PATH_SEPARATOR, '.');
}

function countBy(names: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

/** A dot may be part of an XML name, so two paths may still look alike. */
function claim(taken: Set<string>, wish: string): string {
	let name = wish;
	for (let number = 2; taken.has(name); number++) name = `${wish} ${number}`;
	taken.add(name);
	return name;
}
