import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	openRows,
	quoteValue,
	type Cell,
	type Column,
	type Dataset,
	type Issue,
	type OddRow,
	type RejectedRow,
	type Row,
} from '../../engine';

/** Ordinary items as a dataset: each item a row, every key of any item a column, in the order of first appearance. */
export function rowsFromItems(items: readonly INodeExecutionData[]): Dataset {
	const places = new Map<string, number>();
	for (const { json } of items) {
		for (const key of Object.keys(json)) if (!places.has(key)) places.set(key, places.size);
	}
	const columns = [...places.keys()].map((name) => ({ name }));
	const rows = items.map(({ json }) => {
		const cells = new Array<Cell>(columns.length).fill(null);
		for (const [key, value] of Object.entries(json)) {
			cells[places.get(key) ?? 0] = asCell(value);
		}
		return cells;
	});
	return openRows(columns, rows);
}

function asCell(value: unknown): Cell {
	if (value === undefined) return null;
	if (typeof value !== 'object' || value === null) return value as Cell;
	// dates and other objects of n8n's expressions have a JSON form of their own
	return JSON.parse(JSON.stringify(value)) as Cell;
}

/** A row as an item, tied to the item that it came from. */
export function rowItem(
	{ number, cells }: Row,
	columns: readonly Column[],
	origin: Origin,
): INodeExecutionData {
	return {
		json: Object.fromEntries(columns.map(({ name }, i) => [name, cells[i] ?? null])),
		pairedItem: { item: originOf(number, origin) },
	};
}

/** A row that is worth a look, as an item: where it is and why, then its cells. */
export function oddRowItem(
	{ number, cells, isRejected, reasons }: OddRow,
	columns: readonly Column[],
	{ source }: Dataset,
	origin: Origin,
): INodeExecutionData {
	const why: IDataObject = { row: number, why: reasons.join('; ') };
	return {
		json: { ...why, ...besides(why, cells, isRejected ? source.columns : columns) },
		pairedItem: { item: originOf(number, origin) },
	};
}

/** Cells by column, under names that others do not have already. */
function besides(
	taken: IDataObject,
	cells: readonly Cell[],
	columns: readonly Column[],
): IDataObject {
	const named = cells.map((cell, i) => {
		const name = columns[i]?.name ?? `Cell ${i + 1}`;
		return [name in taken ? `${name} (in file)` : name, cell] as const;
	});
	return Object.fromEntries(named);
}

/** Which item rows come from: one that holds the whole file, or each row from its own. */
export type Origin = { item: number } | 'row by row';

export function originOf(row: number, origin: Origin): number {
	return origin === 'row by row' ? row - 1 : origin.item;
}

/**
 * A row that failed, as an item: where, why and what to do, then its cells as they stand in the file. All flat, so that
 * the table in the panel can be read and the item can be written to a sheet as it is.
 */
export function failedItem(
	{ number, outcome, source, raw, issues }: Omit<RejectedRow, 'outcome'> & Partial<RejectedRow>,
	columns: readonly Column[],
	origin: Origin,
): INodeExecutionData {
	const [first] = issues;
	const reason: IDataObject = {
		row: number,
		...(outcome !== undefined && { outcome }),
		code: first?.code ?? null,
		column: first?.column ?? first?.field ?? null,
		value: first?.value ?? null,
		message: issues.map(({ message }) => message).join('; '),
		hint: first?.hint ?? null,
	};
	return {
		json: {
			...reason,
			...(raw !== undefined && source.length === 0 && { text: quoteValue(raw) }),
			...besides(reason, source, columns),
			...(issues.length > 1 && { issues: issues.map(issueJson) }),
			...candidatesJson(issues),
		},
		pairedItem: { item: originOf(number, origin) },
	};
}

/** The records that a row may be meant for: one of them, as `record` beside the row, is a choice. */
function candidatesJson(issues: readonly Issue[]): IDataObject {
	const found = issues.flatMap(({ candidates = [] }) => candidates);
	return found.length === 0 ? {} : { candidates: found };
}

function issueJson({ code, column, field, value, message }: Issue): IDataObject {
	return { code, column: column ?? field ?? null, value: value ?? null, message };
}
