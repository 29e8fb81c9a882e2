/** Elements of a workbook stand in its namespace, mostly without a prefix; attributes have `ss:`, or the element's prefix. */
export type Attributes = Readonly<Record<string, string>>;

const known = new Map<string, string>();

/** So many names are in use; others come from an attack. */
const MOST_KNOWN = 500;

/** The name of an element without its prefix. */
export function localName(name: string): string {
	const local = known.get(name);
	if (local !== undefined) return local;
	const made = name.slice(name.indexOf(':') + 1);
	if (known.size < MOST_KNOWN) known.set(name, made);
	return made;
}

/** An attribute of the spreadsheet namespace, by its local name. */
export function attribute(attributes: Attributes, name: string): string | undefined {
	const usual = attributes[`ss:${name}`];
	if (usual !== undefined) return usual;
	const key = Object.keys(attributes).find((other) => localName(other) === name);
	return key === undefined ? undefined : attributes[key];
}
