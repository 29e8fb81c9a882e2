import type { StatementSync } from 'node:sqlite';
import type { Cell, Row } from '../dataset';

const BATCH_ROWS = 500;

/** A row as it is written to a spill file: short names, nothing that is not there. */
interface PackedRow {
	n: number;
	c: Cell[];
	s?: Cell[];
	p?: number;
}

export function packed({ number, cells, source, part }: Row): string {
	const row: PackedRow = {
		n: number,
		c: cells,
		...(source !== undefined && { s: source }),
		...(part !== undefined && { p: part }),
	};
	return JSON.stringify(row);
}

export function unpacked(text: string): Row {
	const { n, c, s, p } = JSON.parse(text) as PackedRow;
	return {
		number: n,
		cells: c,
		...(s !== undefined && { source: s }),
		...(p !== undefined && { part: p }),
	};
}

/** @param select gives packed rows in a column `row` */
export function* unpackedBatches(select: StatementSync): Generator<Row[]> {
	let rows: Row[] = [];
	for (const { row } of select.iterate()) {
		rows.push(unpacked(String(row)));
		if (rows.length < BATCH_ROWS) continue;
		yield rows;
		rows = [];
	}
	if (rows.length > 0) yield rows;
}
