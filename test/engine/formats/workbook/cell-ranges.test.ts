import { CellRanges } from '../../../../engine/formats/workbook';

const range = (firstRow: number, lastRow: number, firstColumn = 0, lastColumn = firstColumn) => ({
	firstRow,
	lastRow,
	firstColumn,
	lastColumn,
});

test('ranges come back in the order of the file, as people write them', () => {
	const ranges = new CellRanges();
	ranges.add(range(7, 9, 1, 2));
	ranges.add(range(1, 1_048_576, 16_383));
	expect(ranges.texts()).toEqual(['B7:C9', 'XFD1:XFD1048576']);
	expect(ranges.texts(1)).toEqual(['B7:C9']);
	expect(ranges.get(0)).toEqual(range(7, 9, 1, 2));
});

test('they are put in order by their rows, those of one row as in the file', () => {
	const ranges = new CellRanges();
	for (const row of [9, 300, 2, 300, 1_048_576]) ranges.add(range(row, row));
	expect([...ranges.fromTop()]).toEqual([2, 0, 1, 3, 4]);
});

test('a range that ends nowhere ends at the last row that a number can be', () => {
	const ranges = new CellRanges();
	ranges.add(range(3, 1e15));
	expect(ranges.get(0).lastRow).toBe(4_294_967_295);
});

test('a million ranges are kept, and more are refused', () => {
	const ranges = new CellRanges();
	for (let row = 1; row <= 1_000_000; row++) ranges.add(range(row, row + 1));
	expect(ranges.size).toBe(1_000_000);
	expect(ranges.get(999_999)).toEqual(range(1_000_000, 1_000_001));
	expect(() => ranges.add(range(1, 2))).toThrow(
		expect.objectContaining({ code: 'FILE_TOO_LARGE' }) as Error,
	);
});
