import type { Cell, Column } from '../../dataset/dataset';

/** The columns of several sheets as those of one table: each name once, in the order in which they appear. */
export class ColumnUnion {
	readonly columns: Column[] = [];

	/** For each name, upper and lower case and spaces aside, the columns that have it. */
	readonly #byName = new Map<string, number[]>();

	/** @returns for each column of the sheet, its place in the union; no two have the same */
	add(columns: readonly Column[]): number[] {
		const taken = new Set<number>();
		return columns.map((column) => {
			const place = this.#free(column.name, taken) ?? this.#append(column);
			taken.add(place);
			return place;
		});
	}

	#free(name: string, taken: ReadonlySet<number>): number | undefined {
		const places = (this.#byName.get(fold(name)) ?? []).filter((place) => !taken.has(place));
		return places.find((place) => this.columns[place]?.name === name) ?? places[0];
	}

	#append(column: Column): number {
		const place = this.columns.push(column) - 1;
		const name = fold(column.name);
		this.#byName.set(name, [...(this.#byName.get(name) ?? []), place]);
		return place;
	}
}

/**
 * Tells tables that belong together from others: each of them has a column in common with another one. Of several such
 * groups the one with the most tables counts, and the first of those.
 *
 * @returns those that belong together, and the others, both in the order given
 */
export function alikeTables<Table extends { columns: readonly Column[] }>(
	tables: readonly Table[],
): { alike: Table[]; others: Table[] } {
	let groups: { tables: Set<Table>; names: Set<string> }[] = [];
	for (const table of tables) {
		// A name that was made up for a column says nothing about it.
		const named = table.columns.filter(({ header }) => header !== '');
		const own: ReadonlySet<string> = new Set(named.map(({ name }) => fold(name)));
		const group = { tables: new Set([table]), names: new Set(own) };
		const isJoined = ({ names }: { names: Set<string> }) =>
			[...names].some((name) => own.has(name));
		for (const { tables: joined, names } of groups.filter(isJoined)) {
			for (const other of joined) group.tables.add(other);
			for (const name of names) group.names.add(name);
		}
		const index = groups.findIndex(isJoined);
		const left = groups.filter((other) => !isJoined(other));
		groups = index < 0 ? [...left, group] : [...left.slice(0, index), group, ...left.slice(index)];
	}
	const largest = Math.max(...groups.map((group) => group.tables.size));
	const chosen = groups.find((group) => group.tables.size === largest)?.tables ?? new Set();
	return {
		alike: tables.filter((table) => chosen.has(table)),
		others: tables.filter((table) => !chosen.has(table)),
	};
}

function fold(name: string): string {
	return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The cells of a row of one sheet at the places of the union. */
export function atPlaces(cells: readonly Cell[], places: readonly number[], width: number): Cell[] {
	const placed = new Array<Cell>(width).fill(null);
	for (const [index, place] of places.entries()) placed[place] = cells[index] ?? null;
	return placed;
}
