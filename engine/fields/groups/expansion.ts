import type { Cell, Column } from '../../dataset';
import { trimBlanks } from '../../dataset/values';
import { ImportError, type Issue } from '../../issues';
import { compileCoercion } from '../coerce';
import { Misfit } from '../misfit';
import { isEmpty } from '../row-coercion';
import type { Coercion } from '../types';
import { distinctNames, findSets } from './column-sets';
import { mergeColumns } from './merged-column';
import { readRepeat, type FullRepeat, type Repeat } from './repeat';

/**
 * How a row is taken apart into the records of a group: which columns each record has, and where their cells stand in the
 * row. Records of a row have places, 0-based; a row always has at least one.
 */
export interface Expansion {
	/** The columns that the fields of the group choose from. */
	columns: readonly Column[];
	/** Columns that differ from record to record of a row; none where there is one record. */
	repeated: ReadonlySet<string>;
	/** Warnings about the columns, HEADER_SET. */
	issues: readonly Issue[];
	/** How many records there are, the empty ones too. */
	count(row: readonly Cell[]): number;
	/** The cells of one record. */
	cells(row: readonly Cell[], place: number): Cell[];
	/** Whether one of the columns has a value in the record. */
	isFilled(row: readonly Cell[], place: number, columns: readonly number[]): boolean;
	/** What the record is called among those of its row; undefined where it has no name. */
	label(place: number): string | undefined;
	/** Columns of the file behind a column; for one place, or for all. None for a column that no cell stands behind. */
	inFile(column: string, place?: number): string[];
	/** What a column of the file is called in the records of the group. */
	nameOf(fileColumn: string): string | undefined;
}

/** @throws ImportError RUN_CONFIG, RUN_NO_COLUMN */
export function compileExpansion(
	repeat: Repeat | undefined,
	columnsIn: readonly Column[],
	group: string,
): Expansion {
	const full = readRepeat(repeat, group);
	if (full?.kind === 'column-sets') return expandSets(full, columnsIn, group);
	if (full?.kind === 'delimited-cell') return expandCell(full, columnsIn, group);
	return { ...plain(columnsIn), repeated: new Set() };
}

const plain = (columns: readonly Column[]): Expansion => ({
	columns,
	repeated: new Set(),
	issues: [],
	count: () => 1,
	cells: (row) => row.slice(),
	isFilled: (row, _, indexes) => indexes.some((index) => !isEmpty(row[index] ?? null)),
	label: () => undefined,
	inFile: (column) => (columns.some(({ name }) => name === column) ? [column] : []),
	nameOf: (fileColumn) => columns.find(({ name }) => name === fileColumn)?.name,
});

function expandCell(
	{ column, delimiter }: Extract<FullRepeat, { kind: 'delimited-cell' }>,
	columnsIn: readonly Column[],
	group: string,
): Expansion {
	const index = columnsIn.findIndex(({ name }) => name === column);
	if (index === -1) {
		const names = columnsIn.map(({ name }) => `"${name}"`).join(', ');
		throw new ImportError(
			'RUN_NO_COLUMN',
			`There is no column "${column}" to repeat the record group "${group}" over; the columns are ${names}`,
			{ column },
		);
	}
	// asked for each record of a row in turn
	let last: { row: readonly Cell[]; values: Cell[] } | undefined;
	const values = (row: readonly Cell[]) => {
		if (last?.row !== row) last = { row, values: listedValues(row[index] ?? null, delimiter) };
		return last.values;
	};
	return {
		// the type was found over cells that list several values
		...plain(columnsIn.map((each, i) => (i === index ? { name: each.name } : each))),
		repeated: new Set([column]),
		count: (row) => Math.max(1, values(row).length),
		cells: (row, place) =>
			row.map((cell, i) => (i === index ? (values(row)[place] ?? null) : cell)),
		isFilled: (row, place, indexes) =>
			indexes.some((i) => (i === index ? place < values(row).length : !isEmpty(row[i] ?? null))),
	};
}

/** The values that a cell lists; what is blank between two delimiters is none. */
function listedValues(cell: Cell, delimiter: string): Cell[] {
	const listed = typeof cell === 'string' ? cell.split(delimiter).map(trimBlanks) : cell;
	return (Array.isArray(listed) ? listed : [listed]).filter((value) => !isEmpty(value));
}

/** A column of the records: where its cell stands in the row, by place. */
interface RecordColumn {
	column: Column;
	places: readonly number[];
	/** Brings cells into the type, where the sets write their values differently. */
	read?: readonly Coercion[];
}

function expandSets(
	repeat: Extract<FullRepeat, { kind: 'column-sets' }>,
	columnsIn: readonly Column[],
	group: string,
): Expansion {
	const found = findSets(repeat, columnsIn, group);
	const labels = repeat.sets.map(({ label }) => label);
	const ofSets = new Set(found.columns.flatMap(({ places }) => places));
	const fixed = columnsIn.map((_, index) => index).filter((index) => !ofSets.has(index));
	// the names that the sets are about go before those of the other columns
	const [labelName = '', ...names] = distinctNames([
		repeat.labelColumn,
		...found.columns.map(({ name }) => name),
		...fixed.map((index) => columnsIn[index]?.name ?? ''),
	]);
	const setColumns = found.columns.map(({ places }, i) =>
		recordColumn(names[i] ?? '', places, columnsIn),
	);
	const fixedColumns = fixed.map((index, i): RecordColumn => {
		const column = { ...columnsIn[index], name: names[setColumns.length + i] ?? '' };
		return { column, places: labels.map(() => index) };
	});
	const labelColumn: RecordColumn = { column: { name: labelName, type: 'text' }, places: [] };
	const all = [...fixedColumns, labelColumn, ...setColumns];
	const labelIndex = fixedColumns.length;
	const fileColumn = (index: number | undefined) => columnsIn[index ?? -1]?.name ?? [];
	return {
		columns: all.map(({ column }) => column),
		repeated: new Set(setColumns.map(({ column }) => column.name)),
		issues: found.issues,
		count: () => labels.length,
		cells(row, place) {
			const cells = all.map(({ places, read }) => cellAt(row, places[place] ?? -1, read?.[place]));
			cells[labelIndex] = labels[place] ?? null;
			return cells;
		},
		isFilled: (row, place, indexes) =>
			indexes.some((index) => !isEmpty(row[all[index]?.places[place] ?? -1] ?? null)),
		label: (place) => labels[place],
		inFile(name, place) {
			const { places = [] } = all.find(({ column }) => column.name === name) ?? {};
			const indexes = place === undefined ? [...new Set(places)] : [places[place]];
			return indexes.flatMap(fileColumn);
		},
		nameOf(name) {
			const index = columnsIn.findIndex((column) => column.name === name);
			if (index === -1) return undefined;
			return all.find(({ places }) => places.includes(index))?.column.name;
		},
	};
}

function recordColumn(
	name: string,
	places: readonly number[],
	columnsIn: readonly Column[],
): RecordColumn {
	const behind = places.map((place) => columnsIn[place]);
	const { column, isMixed } = mergeColumns(
		name,
		behind.filter((each) => each !== undefined),
	);
	if (!isMixed) return { column, places };
	const read = behind.map((each) => compileCoercion({ name, type: each?.type }, { name, ...each }));
	return { column, places, read };
}

/** A cell that cannot be read stays as it is: the field that takes it says what is wrong. */
function cellAt(row: readonly Cell[], index: number, read?: Coercion): Cell {
	const cell = row[index] ?? null;
	const value = read?.(cell);
	return value === undefined || value instanceof Misfit ? cell : value;
}
