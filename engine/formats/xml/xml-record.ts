import type { Cell } from '../../dataset';
import { MOST_COLUMNS, tooManyNames } from '../column-limit';

/** Shared by all elements that hold nothing but text, which are most. */
const NO_CHILDREN: readonly RecordElement[] = [];

/** An element of a record, with the names as they stand in the file. */
export class RecordElement {
	/** Pieces of text between the tags. */
	text = '';

	children: readonly RecordElement[] = NO_CHILDREN;

	constructor(
		readonly name: string,
		readonly attributes: ReadonlyArray<readonly [name: string, value: string]>,
		readonly isNil: boolean,
	) {}

	/** Adds an element inside of this one, behind the others. */
	add(child: RecordElement): void {
		// a copy, and no literal: see `ReadRow`
		if (this.children === NO_CHILDREN) this.children = NO_CHILDREN.slice();
		(this.children as RecordElement[]).push(child);
	}
}

/** Joins the names of a path: no XML name holds it, while a dot may be part of one. */
export const PATH_SEPARATOR = '/';

/** The name without its namespace prefix. */
export function localName(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

/** Declarations of namespaces and schemas are about the file, and no data of it. */
export function isData(attribute: string): boolean {
	if (attribute === 'xmlns' || attribute.startsWith('xmlns:')) return false;
	return !/:(?:schemaLocation|noNamespaceSchemaLocation|nil)$/.test(attribute);
}

/** Characters of the names, attributes and texts of a record. */
export function lengthOf(element: RecordElement): number {
	let length = element.name.length + element.text.length;
	for (const [name, value] of element.attributes) length += name.length + value.length;
	for (const child of element.children) length += lengthOf(child);
	return length;
}

/** Finds the elements that stand more than once inside their parent, and adds their paths. @throws ImportError FILE_TOO_LARGE */
export function findLists(record: RecordElement, lists: Set<string>, prefix = ''): void {
	const seen = new Set<string>();
	for (const child of record.children) {
		const path = prefix + child.name;
		if (seen.has(child.name)) addListPath(lists, path);
		seen.add(child.name);
		findLists(child, lists, path + PATH_SEPARATOR);
	}
}

function addListPath(lists: Set<string>, path: string): void {
	if (lists.size === MOST_COLUMNS && !lists.has(path)) throw tooManyNames();
	lists.add(path);
}

/**
 * The values of a record by path: attributes with `@` before their name, elements under theirs, the text of the record
 * itself under `''`. Elements whose path is in `lists` become one array, with an object for each that is more than text.
 */
export function recordValues(record: RecordElement, lists: ReadonlySet<string>): Map<string, Cell> {
	const values = new Map<string, Cell>();
	addElement(values, record, '', lists);
	// a record of nothing but children has no value of its own
	if (values.get('') === '') values.delete('');
	return values;
}

/**
 * `recordValues` for the cells of a record that is built as most are: elements of nothing but text, in the order of the
 * columns.
 *
 * @param cells gets the values where the record is of this kind
 * @param paths the path of each column, undefined for a list
 * @returns whether it is
 */
export function fillPlainRecord(
	cells: Cell[],
	{ attributes, children, isNil, text }: RecordElement,
	paths: ReadonlyArray<string | undefined>,
): boolean {
	if (attributes.length > 0 || children.length === 0 || isNil || text.trim() !== '') return false;
	let column = 0;
	for (const child of children) {
		if (child.attributes.length > 0 || child.children.length > 0) return false;
		while (column < paths.length && paths[column] !== child.name) column++;
		if (column === paths.length) return false;
		cells[column++] = child.isNil ? null : child.text.trim();
	}
	return true;
}

function addElement(
	values: Map<string, Cell>,
	element: RecordElement,
	path: string,
	lists: ReadonlySet<string>,
): void {
	const prefix = path === '' ? '' : path + PATH_SEPARATOR;
	for (const [name, value] of element.attributes) add(values, `${prefix}@${name}`, value);
	const text = element.text.trim();
	const isPlain = element.attributes.length === 0 && element.children.length === 0;
	if (element.isNil) add(values, path, null);
	else if (text !== '' || isPlain) add(values, path, text);
	for (const child of element.children) {
		const childPath = prefix + child.name;
		if (lists.has(childPath)) addToList(values, childPath, nestedValue(child));
		else addElement(values, child, childPath, lists);
	}
}

/** What repeats although the first records did not say so is collected all the same. */
function add(values: Map<string, Cell>, path: string, value: Cell): void {
	const before = values.get(path);
	if (before === undefined) values.set(path, value);
	else if (Array.isArray(before)) before.push(value);
	else values.set(path, [before, value]);
}

function addToList(values: Map<string, Cell>, path: string, value: Cell): void {
	const before = values.get(path);
	if (Array.isArray(before)) before.push(value);
	else values.set(path, [value]);
}

/** An element inside an array: its text, or an object of attributes, children and text. */
function nestedValue(element: RecordElement): Cell {
	if (element.isNil) return null;
	const text = element.text.trim();
	if (element.attributes.length === 0 && element.children.length === 0) return text;
	const values = new Map<string, Cell>();
	for (const [name, value] of element.attributes) add(values, `@${localName(name)}`, value);
	if (text !== '') values.set('#text', text);
	for (const child of element.children) add(values, localName(child.name), nestedValue(child));
	// fromEntries makes keys of its own, even of "__proto__"
	return Object.fromEntries(values);
}
