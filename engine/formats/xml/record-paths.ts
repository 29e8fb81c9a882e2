import type { Cell } from '../../dataset';
import { MOST_COLUMNS, tooManyNames } from '../column-limit';
import { PATH_SEPARATOR } from './xml-record';

/** Gathers the paths of the first records, in the order in which they first appear. */
export class RecordPaths {
	/** Whether the path ever had a value. */
	readonly #filled = new Map<string, boolean>();

	/** The beginnings of all paths. */
	readonly #parents = new Set<string>();

	/** @throws ImportError FILE_TOO_LARGE when there are more than a table can have columns */
	learn(values: ReadonlyMap<string, Cell>): void {
		for (const [path, value] of values) {
			const isFilled = value !== null && value !== '';
			if (!this.#filled.has(path)) {
				if (this.#filled.size === MOST_COLUMNS) throw tooManyNames();
				this.#addParents(path);
			}
			this.#filled.set(path, isFilled || this.#filled.get(path) === true);
		}
	}

	/** An element that holds others, and is empty in some records, is no column of its own. */
	get paths(): string[] {
		return [...this.#filled]
			.filter(([path, isFilled]) => isFilled || !this.#parents.has(path))
			.map(([path]) => path);
	}

	#addParents(path: string): void {
		let end = path.lastIndexOf(PATH_SEPARATOR);
		for (; end > 0; end = path.lastIndexOf(PATH_SEPARATOR, end - 1)) {
			this.#parents.add(path.slice(0, end));
		}
	}
}
