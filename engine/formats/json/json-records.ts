import type { Cell, Column, RawBatch, ReadOptions } from '../../dataset';
import { ReadRow } from '../../dataset/read-row';
import { issue, type Issue } from '../../issues';
import { MOST_COLUMNS, tooManyNames } from '../column-limit';
import { rejectUnknownNames, type LongRecords } from '../records';
import { MAX_NESTING, nestedTooDeep } from './json-scanner';

/** Objects inside records: as columns of their own, or as one value. */
export type Nested = NonNullable<ReadOptions['nested']>;

/** The keys that lead to a column, from the outermost. */
type KeyPath = readonly string[];

/** The column of a record that is no object. */
const PLAIN_VALUE = 'value';

/** The columns that the keys of an object lead to. Nested objects have a node of their own, so no name is put together. */
class KeyNode {
	readonly columns = new Map<string, number>();

	readonly nested = new Map<string, KeyNode>();
}

/** Gathers the paths of the first records, in the order in which they first appear. */
export class RecordPaths {
	readonly paths: KeyPath[] = [];

	readonly #root = new KeyNode();

	readonly #nested: Nested;

	constructor(nested: Nested) {
		this.#nested = nested;
	}

	learn(record: unknown): void {
		if (isObject(record)) this.#learnKeys(record, this.#root, []);
		else this.#learnKeys({ [PLAIN_VALUE]: null }, this.#root, []);
	}

	#learnKeys(object: Record<string, unknown>, node: KeyNode, around: KeyPath): void {
		if (around.length + 1 >= MAX_NESTING) throw nestedTooDeep();
		// for...in is the fast way over keys; a parsed object inherits nothing that it would list
		for (const key in object) {
			const value = object[key];
			if (this.#nested === 'flatten' && isObject(value) && !isEmpty(value)) {
				this.#learnKeys(value, nestedNode(node, key), [...around, key]);
			} else if (!node.columns.has(key)) {
				if (this.paths.length === MOST_COLUMNS) throw tooManyNames();
				node.columns.set(key, this.paths.length);
				this.paths.push([...around, key]);
			}
		}
	}
}

/**
 * Names the columns of paths: keys joined with dots. A dot may be part of a key, so that two paths may look alike: each
 * gets a name of its own, with a HEADER_DUPLICATE warning.
 */
export function columnsOfPaths(paths: readonly KeyPath[]): { columns: Column[]; issues: Issue[] } {
	const names = paths.map((path) => path.join('.'));
	const all = new Set(names);
	const given = new Set<string>();
	const issues: Issue[] = [];
	const columns = names.map((wish) => {
		let name = wish;
		for (let number = 2; given.has(name); number++) {
			name = `${wish} ${number}`;
			if (all.has(name)) name = wish;
		}
		given.add(name);
		if (name !== wish) issues.push(twoPaths(wish, name));
		return { name };
	});
	return { columns, issues };
}

function twoPaths(wish: string, name: string): Issue {
	const message = `Two different keys of the records lead to the column “${wish}”. The later one is called “${name}”.`;
	return issue('HEADER_DUPLICATE', message, { column: name, value: wish });
}

/** Lays JSON records out as rows under fixed columns. */
export class RecordShape {
	readonly #root = new KeyNode();

	/** A row without values, of which each row is a copy. */
	readonly #noCells: readonly Cell[];

	/** The keys of the columns that no object is around; undefined for the others. */
	readonly #topKeys: ReadonlyArray<string | undefined>;

	readonly #flattens: boolean;

	readonly #longRows: LongRecords;

	#unknown: string[] = [];

	#keys = 0;

	#records = 0;

	/** @param paths the keys that lead to each column */
	constructor(paths: readonly KeyPath[], nested: Nested, longRows?: LongRecords) {
		this.#longRows = longRows;
		this.#flattens = nested === 'flatten';
		this.#noCells = paths.map(() => null);
		this.#topKeys = paths.map((path) => (path.length === 1 ? path[0] : undefined));
		paths.forEach((path, index) => {
			const around = path.slice(0, -1).reduce(nestedNode, this.#root);
			around.columns.set(path.at(-1) ?? '', index);
		});
	}

	/** How many records were laid out. */
	get records(): number {
		return this.#records;
	}

	/** How many keys the records had since the last call, those of nested objects included. */
	takeKeys(): number {
		const keys = this.#keys;
		this.#keys = 0;
		return keys;
	}

	/** A key that the columns do not have is not dropped: such a record is rejected. */
	add(batch: RawBatch, number: number, record: unknown): void {
		this.#records++;
		const cells = this.#noCells.slice();
		if (isObject(record)) this.#fill(cells, record, this.#root, 1, '');
		else this.#put(cells, PLAIN_VALUE, record, this.#root, 1, '');
		if (this.#unknown.length === 0) {
			batch.rows.push(new ReadRow(number, cells));
			return;
		}
		const unknown = this.#unknown;
		this.#unknown = [];
		rejectUnknownNames(batch, number, JSON.stringify(record), unknown, this.#longRows);
	}

	/** @param node the columns under the keys of the object; undefined where there are none */
	#fill(
		cells: Cell[],
		object: Record<string, unknown>,
		node: KeyNode | undefined,
		depth: number,
		prefix: string,
	): void {
		if (depth >= MAX_NESTING) throw nestedTooDeep();
		const atTop = depth === 1;
		let next = 0;
		for (const key in object) {
			const value = object[key];
			// most records have the keys of the columns in their order
			if (atTop && key === this.#topKeys[next] && (typeof value !== 'object' || value === null)) {
				cells[next++] = value as Cell;
				continue;
			}
			this.#put(cells, key, value, node, depth, prefix);
			next++;
		}
		this.#keys += next;
	}

	#put(
		cells: Cell[],
		key: string,
		value: unknown,
		node: KeyNode | undefined,
		depth: number,
		prefix: string,
	): void {
		if (this.#flattens && isObject(value) && !isEmpty(value)) {
			this.#fill(cells, value, node?.nested.get(key), depth + 1, `${prefix}${key}.`);
			return;
		}
		if (typeof value === 'object' && value !== null) this.#keys += countKeys(value, depth + 1);
		const cell = this.#flattens && isObject(value) ? null : (value as Cell);
		const index = node?.columns.get(key);
		if (index !== undefined) cells[index] = cell;
		else if (cell !== null && cell !== '') this.#unknown.push(prefix + key);
	}
}

function nestedNode(node: KeyNode, key: string): KeyNode {
	let nested = node.nested.get(key);
	if (nested === undefined) node.nested.set(key, (nested = new KeyNode()));
	return nested;
}

/** The keys of a value and of those inside of it. @throws ImportError FILE_UNREADABLE when it is nested too deep */
function countKeys(value: object, depth: number): number {
	if (depth >= MAX_NESTING) throw nestedTooDeep();
	const values = Object.values(value) as unknown[];
	let keys = Array.isArray(value) ? 0 : values.length;
	for (const inner of values) {
		if (typeof inner === 'object' && inner !== null) keys += countKeys(inner, depth + 1);
	}
	return keys;
}

function isEmpty(object: Record<string, unknown>): boolean {
	for (const _ in object) return false;
	return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
