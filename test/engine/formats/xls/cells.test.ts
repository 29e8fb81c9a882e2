import {
	boolErr,
	bof,
	eof,
	f64,
	format,
	formula,
	formulaValue,
	label,
	number,
	record,
	rk,
	sheetOf,
	style,
	text,
	u16,
	u32,
	u8,
	workbook,
} from './biff-builder';
import { readCells, readSheets } from './read-xls';

const highBits = (value: number) => f64(value).readUInt32LE(4);
const string = (...parts: Uint8Array[]) => record(0x0207, ...parts);

describe('cells', () => {
	test('hold numbers, texts, booleans and errors', async () => {
		const [sheet] = await readSheets(
			sheetOf(
				number(0, 0, 1.5),
				label(0, 1, 'Zoë'),
				label(0, 2, 'Łódź'),
				boolErr(0, 3, 1, false),
				boolErr(0, 4, 0x2a, true),
			),
		);
		expect(sheet!.cells).toEqual([[1.5, 'Zoë', 'Łódź', true, '#N/A']]);
		expect(sheet!.rows[0]!.faults).toEqual([{ column: 4, kind: 'formula-error', value: '#N/A' }]);
	});

	test('hold numbers packed into four bytes: floating-point, integer, and both times 100', async () => {
		const several = record(
			0x00bd,
			u16(1, 0),
			u16(0),
			u32((7 << 2) | 2),
			u16(0),
			u32((123 << 2) | 3),
			u16(1),
		);
		expect(
			await readCells(
				sheetOf(
					rk(0, 0, highBits(1.5)),
					rk(0, 1, highBits(1250) | 1),
					rk(0, 2, (-5 << 2) | 2),
					rk(0, 3, (1999 << 2) | 3),
					several,
				),
			),
		).toEqual([
			[1.5, 12.5, -5, 19.99],
			[7, 1.23],
		]);
	});

	test('that no number can be are faults', async () => {
		const [sheet] = await readSheets(sheetOf(number(0, 0, Number.NaN)));
		expect(sheet!.rows[0]!.faults).toEqual([{ column: 0, kind: 'formula-error', value: '#NUM!' }]);
	});

	test('give what their formulas gave', async () => {
		const shareFormula = record(0x04bc, Buffer.alloc(12));
		expect(
			await readCells(
				sheetOf(
					formula(0, 0, f64(2.5)),
					formula(0, 1, formulaValue(1, 1)),
					formula(0, 2, formulaValue(2, 0x07)),
					formula(0, 3, formulaValue(0)),
					string(text('text')),
					formula(0, 4, formulaValue(0)),
					shareFormula,
					string(text('Ł')),
					formula(0, 5, formulaValue(3)),
					number(0, 6, 1),
				),
			),
		).toEqual([[2.5, true, '#DIV/0!', 'text', 'Ł', null, 1]]);
	});

	test('give the text of a formula that goes on in other records', async () => {
		const [left, middle, right] = ['a'.repeat(5000), 'ж'.repeat(3000), 'b'.repeat(100)];
		const cells = await readCells(
			sheetOf(
				formula(0, 0, formulaValue(0)),
				string(u16(8100), u8(0), Buffer.from(left)),
				record(0x003c, u8(1), Buffer.from(middle, 'utf16le')),
				record(0x003c, u8(0), Buffer.from(right)),
				number(0, 1, 1),
			),
		);
		expect(cells).toEqual([[left + middle + right, 1]]);
	});

	test('with the text of a formula that is cut off make the file unreadable', async () => {
		const file = sheetOf(formula(0, 0, formulaValue(0)), string(u16(50), u8(0)), number(0, 1, 1));
		await expect(readCells(file)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});

	test('have the number formats of their styles', async () => {
		const globals = [
			format(164, 'yyyy"-"mm"-"dd'),
			format(165, '0.00 "kg"'),
			...[0, 14, 164, 165, 10].map((id) => style(id)),
		];
		const records = [0, 1, 2, 3, 4].map((id) => number(0, id, id === 4 ? 0.5 : 45_000, id));
		const file = workbook({ globals, sheets: [{ records: [...records, number(0, 5, 7, 99)] }] });
		expect(await readCells(file)).toEqual([[45_000, '2023-03-15', '2023-03-15', 45_000, 0.5, 7]]);
		expect(await readCells(file, 'shown')).toEqual([
			['45000', '3/15/23', '2023-03-15', '45000.00 kg', '50.00%', '7'],
		]);
	});

	test('count days from 1904 where the workbook does', async () => {
		const globals = [record(0x0022, u16(1)), style(14)];
		const file = workbook({ globals, sheets: [{ records: [number(0, 0, 366)] }] });
		expect(await readCells(file)).toEqual([['1905-01-01']]);
	});

	test('show booleans as their format shows text', async () => {
		const globals = [format(164, ';;;'), style(0), style(164)];
		const hidden = record(0x0205, u16(0, 1, 1), u8(1, 0));
		const file = workbook({ globals, sheets: [{ records: [boolErr(0, 0, 0, false), hidden] }] });
		expect(await readCells(file, 'shown')).toEqual([['FALSE', '']]);
		expect(await readCells(file)).toEqual([[false, true]]);
	});

	test('of charts inside the sheet are not of the sheet', async () => {
		const chart = [bof(0x20), number(0, 0, 99), eof];
		expect(await readCells(sheetOf(number(0, 0, 1), ...chart, number(1, 0, 2)))).toEqual([
			[1],
			[2],
		]);
	});

	test('stand between records that are not known', async () => {
		const unknown = record(0x0999, Buffer.alloc(50));
		expect(await readCells(sheetOf(unknown, number(0, 0, 1), unknown, number(0, 1, 2)))).toEqual([
			[1, 2],
		]);
	});
});

describe('rows', () => {
	test('carry their numbers, and whether they are hidden', async () => {
		const row = (index: number, flags: number) =>
			record(0x0208, u16(index, 0, 1, 0, 0, 0, flags, 0));
		const [sheet] = await readSheets(
			sheetOf(row(0, 0), row(4, 0x20), number(0, 0, 1), number(4, 0, 2), number(65_535, 0, 3)),
		);
		expect(sheet!.rows.map((read) => [read.number, read.hidden ?? false])).toEqual([
			[1, false],
			[5, true],
			[65_536, false],
		]);
	});

	test('come in their order, whatever order the file has', async () => {
		const count = 5000;
		const columns = [0, 1].flatMap((column) =>
			Array.from({ length: count }, (_, i) => {
				const row = (i * 3989) % count;
				return number(row, column, row * 10 + column);
			}),
		);
		const [sheet] = await readSheets(sheetOf(...columns));
		expect(sheet!.rows.map((row) => row.number)).toEqual(
			Array.from({ length: count }, (_, i) => i + 1),
		);
		expect(sheet!.cells).toEqual(
			Array.from({ length: count }, (_, row) => [row * 10, row * 10 + 1]),
		);
	});
});
