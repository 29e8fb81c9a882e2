import type { Cell, Column, ColumnType } from '../../dataset';
import { matchHeaders } from '../match-headers';

/** How the columns of a file differ from those that were expected. */
export interface Drift {
	/** Expected columns that are not there, under no other name either. */
	missing: string[];
	/** Columns that were not expected. */
	extra: string[];
	renamed: RenamedColumn[];
	/** Columns that stand in another order among the others; as few as possible are named. */
	reordered: string[];
	retyped: RetypedColumn[];
}

export interface RenamedColumn {
	from: string;
	to: string;
	/** 0 to 1. */
	confidence: number;
	reason: string;
}

export interface RetypedColumn {
	/** Its present name. */
	column: string;
	from: ColumnType;
	to: ColumnType;
}

/**
 * Compares the columns of a file with those that were expected. A column counts as renamed when the two names mean the
 * same or are much alike, as `matchHeaders` judges them.
 *
 * @param samples the first rows, cells in the order of `actual`
 * @param known renamed columns that are known already
 */
export function headerDrift(
	expected: readonly Column[],
	actual: readonly Column[],
	samples: readonly (readonly Cell[])[] = [],
	known: readonly RenamedColumn[] = [],
): Drift {
	const lost = expected.filter(({ name }) => !has(actual, name));
	const found = actual.filter(({ name }) => !has(expected, name));
	const unknownLost = lost.filter(({ name }) => !known.some(({ from }) => from === name));
	const unknownFound = found.filter(({ name }) => !known.some(({ to }) => to === name));
	const renamed = [...known, ...findRenamed(unknownLost, unknownFound, actual, samples)];
	const nowCalled = new Map(renamed.map(({ from, to }) => [from, to]));
	const pairs = expected.flatMap((column) => {
		const name = nowCalled.get(column.name) ?? column.name;
		const index = actual.findIndex((candidate) => candidate.name === name);
		const now = actual[index];
		return now === undefined ? [] : [{ expected: column, actual: now, index }];
	});
	const moved = outOfOrder(pairs.map(({ index }) => index));
	return {
		missing: lost.filter(({ name }) => !nowCalled.has(name)).map(({ name }) => name),
		extra: found
			.filter(({ name }) => !renamed.some(({ to }) => to === name))
			.map(({ name }) => name),
		renamed,
		reordered: moved.map((place) => pairs[place]?.actual.name ?? ''),
		retyped: pairs.flatMap((pair) => retyped(pair.expected, pair.actual) ?? []),
	};
}

const has = (columns: readonly Column[], name: string) =>
	columns.some((column) => column.name === name);

/** The expected names stand for fields that the new names are matched to. */
function findRenamed(
	lost: readonly Column[],
	found: readonly Column[],
	actual: readonly Column[],
	samples: readonly (readonly Cell[])[],
): RenamedColumn[] {
	if (lost.length === 0 || found.length === 0) return [];
	const places = found.map(({ name }) => actual.findIndex((column) => column.name === name));
	const cells = samples.map((row) => places.map((place) => row[place] ?? null));
	const fields = lost.map(({ name, type }) => ({ name, type }));
	return matchHeaders(found, fields, { samples: cells }).map(
		({ field, column, confidence, reason }) => ({ from: field, to: column, confidence, reason }),
	);
}

/** The places of as few indexes as possible without which the others ascend. */
function outOfOrder(indexes: readonly number[]): number[] {
	const lengths = indexes.map(() => 1);
	const before = indexes.map(() => -1);
	let last = -1;
	indexes.forEach((index, place) => {
		for (let earlier = 0; earlier < place; earlier++) {
			const longer = (lengths[earlier] ?? 0) + 1;
			if ((indexes[earlier] ?? 0) >= index || longer <= (lengths[place] ?? 0)) continue;
			lengths[place] = longer;
			before[place] = earlier;
		}
		if (last === -1 || (lengths[place] ?? 0) > (lengths[last] ?? 0)) last = place;
	});
	const inOrder = new Set<number>();
	for (let place = last; place !== -1; place = before[place] ?? -1) inOrder.add(place);
	return indexes.map((_, place) => place).filter((place) => !inOrder.has(place));
}

/** Types whose values are values of the other as well, besides text, which takes all. */
const within: Readonly<Partial<Record<ColumnType, ColumnType>>> = {
	integer: 'decimal',
	date: 'date-time',
};

/** A column without values has no type, and one of narrower values is no change. */
function retyped(expected: Column, actual: Column): RetypedColumn | undefined {
	const [from, to] = [expected.type, actual.type];
	if (from === undefined || to === undefined || from === 'text' || from === to) return undefined;
	return within[to] === from ? undefined : { column: actual.name, from, to };
}
