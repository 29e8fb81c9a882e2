import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';
import type { Cell } from '../../../../engine/dataset/dataset';
import { readSheets } from './read-xls';

// it writes neither long texts nor, into the older kind, others than ASCII
const texts = ['', 'plain', 'two\nlines', 'x'.repeat(250), ' spaces ', '0123', '#N/A?'];
const numbers = [0, 1, -1, 0.1, 1e-9, 123_456_789, 1e300, -2.5, 2 ** 53, 1 / 3];

/** A sheet of all kinds of cells with gaps between them. */
function variedSheet(rows: number): { sheet: WorkSheet; expected: Map<string, Cell> } {
	const sheet: WorkSheet = {};
	const expected = new Map<string, Cell>();
	const put = (r: number, c: number, cell: CellObject, value: Cell) => {
		sheet[utils.encode_cell({ r, c })] = cell;
		expected.set(`${r}:${c}`, value);
	};
	for (let r = 0; r < rows; r += r % 11 === 10 ? 3 : 1) {
		const text = `${texts[r % texts.length]!}${r % 3 ? '' : r}`;
		const number = numbers[r % numbers.length]!;
		put(r, 0, { t: 's', v: text }, text);
		put(r, 1, { t: 'n', v: number }, number);
		put(r, 3, { t: 'b', v: r % 2 === 0 }, r % 2 === 0);
		put(r, 5 + (r % 40), { t: 'n', v: r / 8 }, r / 8);
		put(r, 60, { t: 'n', v: 20_000 + r, z: 'yyyy-mm-dd' }, isoDate(20_000 + r));
	}
	sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows + 3, c: 60 } });
	return { sheet, expected };
}

function isoDate(serial: number): string {
	return new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10);
}

describe.each(['biff8', 'biff5'] as const)('workbooks that SheetJS writes as %s', (bookType) => {
	const written = (sheets: Record<string, WorkSheet>, bookSST = false): Buffer => {
		const book = utils.book_new();
		for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
		return write(book, { type: 'buffer', bookType, bookSST }) as Buffer;
	};

	// it writes no table of shared texts into the older kind
	test.each(bookType === 'biff8' ? [false, true] : [false])(
		'have all their cells (shared texts: %s)',
		async (bookSST) => {
			const { sheet, expected } = variedSheet(700);
			const [read] = await readSheets(written({ Data: sheet }, bookSST));
			const cells = new Map<string, Cell>();
			for (const row of read!.rows) {
				for (const [column, value] of row.cells.entries()) {
					if (value !== null) cells.set(`${row.number - 1}:${column}`, value);
				}
			}
			expect(Object.fromEntries(cells)).toEqual(Object.fromEntries(expected));
		},
	);

	test('have their sheets and merged cells', async () => {
		const people = utils.aoa_to_sheet([
			['Members', null],
			['Ann', 1],
		]);
		people['!merges'] = [utils.decode_range('A1:B1')];
		const sheets = await readSheets(written({ People: people, Empty: utils.aoa_to_sheet([]) }));
		expect(sheets.map(({ name, cells, merges }) => [name, cells, merges])).toEqual([
			['People', [['Members'], ['Ann', 1]], bookType === 'biff8' ? ['A1:B1'] : []],
			['Empty', [], []],
		]);
	});
});
