import type { Cell, Row } from '../dataset';

/** A row as it is written to a spill file: short names, nothing that is not there. */
export interface PackedRow {
	n: number;
	c: Cell[];
	s?: Cell[];
	p?: number;
}

export function packed({ number, cells, source, part }: Row): PackedRow {
	return {
		n: number,
		c: cells,
		...(source !== undefined && { s: source }),
		...(part !== undefined && { p: part }),
	};
}

export function unpacked({ n, c, s, p }: PackedRow): Row {
	return {
		number: n,
		cells: c,
		...(s !== undefined && { source: s }),
		...(p !== undefined && { part: p }),
	};
}
