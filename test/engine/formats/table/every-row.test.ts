import type { Cell, RawBatch, RejectedRow } from '../../../../engine';
import { decideTable, TableRows, type GridRow } from '../../../../engine/formats/table';
import { Random } from '../../random';

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
function anyFile(random: Random): GridRow[] {
	const rows: GridRow[] = [];
	const blocks = 1 + random.below(4);
	for (let block = 0; block < blocks; block++) {
		const width = 1 + random.below(5);
		const kinds = Array.from({ length: width }, () => random.below(3));
		const records = random.below(60);
		const add = (cells: Cell[]) => rows.push({ number: rows.length + 1, cells });
		if (random.below(2) === 0) add(['Title of the block']);
		if (random.below(3) > 0) add(kinds.map((_, i) => `Column ${'abcdef'[i]}`));
		for (let record = 0; record < records; record++) {
			if (random.below(12) === 0)
				add(Array.from({ length: random.below(7) }, () => random.of(PIECES)));
			else
				add(
					kinds.map(
						(kind) =>
							[
								`${random.below(900)}`,
								`text ${'abcdefghij'[random.below(10)]}`,
								`2020-01-1${random.below(9)}`,
							][kind] ?? '',
					),
				);
		}
		if (random.below(2) === 0) add(['Total', ...kinds.slice(1).map(() => '5')]);
		for (let blank = random.below(3); blank > 0; blank--) add(['']);
	}
	return rows;
}

const isBlank = ({ cells }: GridRow) =>
	cells.every((cell) => typeof cell === 'string' && cell.trim() === '');

test('every row below the header comes out once, in order, or is counted as not read', () => {
	for (let seed = 1; seed <= 300; seed++) {
		const rows = anyFile(new Random(seed));
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
