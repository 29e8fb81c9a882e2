import type { Cell, RawBatch, RejectedRow } from '../../../../engine';
import { decideTable, TableRows, type GridRow } from '../../../../engine/formats/table';

/** Numbers from 0 to below a limit that look random and are the same each time (mulberry32). */
function seeded(seed: number): (limit: number) => number {
	let state = seed;
	return (limit) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
	};
}

const PIECES: readonly Cell[] = [
	'',
	'',
	'Name',
	'Total',
	'Source: x',
	'5',
	'7.5',
	'2020-01-02',
	'A-1',
	'Ann',
	'yes',
	' ',
];

/** A file of blocks of rows, blank rows, titles and totals. */
function anyFile(next: (limit: number) => number): GridRow[] {
	const rows: GridRow[] = [];
	const blocks = 1 + next(4);
	for (let block = 0; block < blocks; block++) {
		const width = 1 + next(5);
		const kinds = Array.from({ length: width }, () => next(3));
		const records = next(60);
		const add = (cells: Cell[]) => rows.push({ number: rows.length + 1, cells });
		if (next(2) === 0) add(['Title of the block']);
		if (next(3) > 0) add(kinds.map((_, i) => `Column ${'abcdef'[i]}`));
		for (let record = 0; record < records; record++) {
			if (next(12) === 0)
				add(Array.from({ length: next(7) }, () => PIECES[next(PIECES.length)] ?? ''));
			else
				add(
					kinds.map(
						(kind) =>
							[`${next(900)}`, `text ${'abcdefghij'[next(10)]}`, `2020-01-1${next(9)}`][kind] ?? '',
					),
				);
		}
		if (next(2) === 0) add(['Total', ...kinds.slice(1).map(() => '5')]);
		for (let blank = next(3); blank > 0; blank--) add(['']);
	}
	return rows;
}

const isBlank = ({ cells }: GridRow) =>
	cells.every((cell) => typeof cell === 'string' && cell.trim() === '');

test('every row below the header comes out once, in order, or is counted as not read', () => {
	for (let seed = 1; seed <= 300; seed++) {
		const rows = anyFile(seeded(seed));
		if (rows.every(isBlank)) continue;
		const isWhole = seed % 2 === 0;
		const head = isWhole ? rows : rows.slice(0, 30);
		if (head.every(isBlank)) continue;
		const { layout, columns } = decideTable(head, isWhole, {});
		const table = new TableRows(layout, columns);
		const batch: RawBatch = { rows: [], rejected: [], issues: [] };
		for (const { number, cells } of rows) table.add(batch, number, [...cells]);
		table.end(batch);

		// a line of blanks is accounted for too, but only inside of the table
		const isSeen = ({ issues }: RejectedRow) => issues.every(({ code }) => code !== 'ROW_BLANK');
		const seen = [...batch.rows, ...batch.rejected.filter(isSeen)];
		const numbers = seen.map(({ number }) => number);
		const notRead = batch.issues.find(({ code }) => code === 'FILE_PARTLY_READ')?.count ?? 0;
		const below = rows.filter((row) => row.number >= layout.firstRow && !isBlank(row));
		expect({ seed, rows: numbers.length + notRead }).toEqual({ seed, rows: below.length });
		expect(numbers.sort((a, b) => a - b)).toEqual(
			below.slice(0, numbers.length).map(({ number }) => number),
		);
		for (const { cells } of batch.rows) expect(cells).toHaveLength(columns.length);
	}
});
