import { ReadRow, type Cell, type Column, type RawBatch } from '../../dataset';
import { rejectUnknownNames } from '../records';
import { MAX_NESTING, nestedTooDeep } from './json-scanner';

/**
 * The names under which a record has values: nested objects are flattened to dotted names, arrays stay as they are. A
 * value that is no object becomes one column, `value`.
 */
export function namesOf(record: unknown): string[] {
	if (!isObject(record)) return ['value'];
	const names: string[] = [];
	collectNames(names, record, '', 1);
	return names;
}

function collectNames(
	names: string[],
	object: Record<string, unknown>,
	prefix: string,
	depth: number,
): void {
	if (depth >= MAX_NESTING) throw nestedTooDeep();
	for (const [key, value] of Object.entries(object)) {
		const name = prefix + key;
		if (isObject(value) && Object.keys(value).length > 0) {
			collectNames(names, value, `${name}.`, depth + 1);
		} else names.push(name);
	}
}

/** The columns that the keys of an object lead to. Nested objects have a node of their own, so no name is put together. */
class KeyNode {
	readonly columns = new Map<string, number>();

	readonly nested = new Map<string, KeyNode>();

	constructor(readonly prefix: string) {}
}

/** Lays JSON records out as rows under fixed columns. */
export class RecordShape {
	readonly #index: ReadonlyMap<string, number>;

	/** The name of each column, and every beginning of it up to a dot: what nested objects may be called. */
	readonly #prefixes = new Set<string>();

	readonly #root = new KeyNode('');

	readonly #keys: readonly string[];

	#unknown: string[] = [];

	constructor(columns: readonly Column[]) {
		this.#keys = columns.map(({ name }) => name);
		this.#index = new Map(this.#keys.map((name, index) => [name, index]));
		for (const name of this.#keys) {
			for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
				this.#prefixes.add(name.slice(0, dot + 1));
			}
		}
	}

	/** A key that the columns do not have is not dropped: such a record is rejected. */
	add(batch: RawBatch, number: number, record: unknown): void {
		const cells = new Array<Cell>(this.#keys.length).fill(null);
		if (isObject(record)) this.#fill(cells, record, this.#root, 1);
		else this.#put(cells, 'value', record, this.#root, 1);
		if (this.#unknown.length === 0) {
			batch.rows.push(new ReadRow(number, cells));
			return;
		}
		const unknown = this.#unknown;
		this.#unknown = [];
		rejectUnknownNames(batch, number, JSON.stringify(record), unknown);
	}

	#fill(cells: Cell[], object: Record<string, unknown>, node: KeyNode, depth: number): void {
		if (depth >= MAX_NESTING) throw nestedTooDeep();
		const atTop = depth === 1;
		let next = 0;
		// for...in is the fast way over keys; a parsed object inherits nothing that it would list
		for (const key in object) {
			const value = object[key];
			// most records have the keys of the columns in their order
			if (atTop && key === this.#keys[next] && (typeof value !== 'object' || value === null)) {
				cells[next++] = value as Cell;
				continue;
			}
			this.#put(cells, key, value, node, depth);
			next++;
		}
	}

	#put(cells: Cell[], key: string, value: unknown, node: KeyNode, depth: number): void {
		if (isObject(value) && !isEmpty(value)) {
			this.#fill(cells, value, this.#nested(node, key), depth + 1);
			return;
		}
		const cell = isObject(value) ? null : (value as Cell);
		if (Array.isArray(cell)) limitNesting(cell, depth + 1);
		const index = node.columns.get(key) ?? this.#column(node, key);
		if (index !== undefined) cells[index] = cell;
		else if (cell !== null && cell !== '') this.#unknown.push(node.prefix + key);
	}

	#column(node: KeyNode, key: string): number | undefined {
		const index = this.#index.get(node.prefix + key);
		if (index !== undefined) node.columns.set(key, index);
		return index;
	}

	#nested(node: KeyNode, key: string): KeyNode {
		const known = node.nested.get(key);
		if (known !== undefined) return known;
		const nested = new KeyNode(`${node.prefix}${key}.`);
		// keys that lead to no column may differ in every record: they are not remembered
		if (this.#prefixes.has(nested.prefix)) node.nested.set(key, nested);
		return nested;
	}
}

function limitNesting(list: readonly unknown[], depth: number): void {
	if (depth >= MAX_NESTING) throw nestedTooDeep();
	for (const value of list) {
		if (typeof value !== 'object' || value === null) continue;
		limitNesting(Array.isArray(value) ? value : Object.values(value), depth + 1);
	}
}

function isEmpty(object: Record<string, unknown>): boolean {
	for (const _ in object) return false;
	return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
