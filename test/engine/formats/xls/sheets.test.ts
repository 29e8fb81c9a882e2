import { decided, readAll } from '../../read-all';
import { compoundFile } from '../compound-file/compound-file-builder';
import { label, number, record, sheetOf, u16, u8, workbook, workbookStream } from './biff-builder';
import { readSheets } from './read-xls';

describe('sheets', () => {
	test('are those of the tabs that hold cells, hidden ones too', async () => {
		const sheets = await readSheets(
			workbook({
				sheets: [
					{ name: 'Mitglieder', records: [label(0, 0, 'a')] },
					{ name: 'Grafik', kind: 2, records: [] },
					{ name: 'Макрос', kind: 1, records: [number(0, 0, 1)] },
					{ name: 'Список', state: 1, records: [label(0, 0, 'b')] },
					{ name: 'Tief', state: 2, records: [] },
				],
			}),
		);
		expect(sheets.map(({ name, hidden, cells }) => [name, hidden, cells])).toEqual([
			['Mitglieder', false, [['a']]],
			['Список', true, [['b']]],
			['Tief', true, []],
		]);
	});

	test('say which of their cells are merged', async () => {
		const merged = (...ranges: number[][]) => record(0x00e5, u16(ranges.length, ...ranges.flat()));
		const [sheet] = await readSheets(
			sheetOf(
				number(0, 0, 1),
				merged([0, 0, 0, 2], [4, 9, 25, 27]),
				merged([65_535, 65_535, 0, 255]),
			),
		);
		expect(sheet!.merges).toEqual(['A1:C1', 'Z5:AB10', 'A65536:IV65536']);
	});
});

describe('a workbook file', () => {
	const table = [label(0, 0, 'Name'), label(0, 1, 'Age'), label(1, 0, 'Ann'), number(1, 1, 7)];

	test('is read as a table', async () => {
		const result = await readAll(sheetOf(...table), { fileName: 'members.xls' });
		expect(decided(result.dataset, 'format')).toBe('xls');
		expect(decided(result.dataset, 'date system')).toBe('1900');
		expect(result.columns).toEqual(['Name', 'Age']);
		expect(result.rows).toEqual([['Ann', 7]]);
		expect(result.issues).toEqual([]);
	});

	test('may have its stream scattered over the file, or stand beside an older one', async () => {
		const stream = workbookStream({ sheets: [{ records: [...table, ...padding(3000)] }] });
		const older = workbookStream({ sheets: [{ records: [] }], version: 0x0500 });
		const file = compoundFile({ Book: older, Workbook: stream }, { isFragmented: true });
		const [sheet] = await readSheets(file);
		expect(sheet!.cells.slice(0, 2)).toEqual([
			['Name', 'Age'],
			['Ann', 7],
		]);
		expect(sheet!.cells).toHaveLength(3002);
	});

	test('that holds another document is no workbook', async () => {
		const file = compoundFile({ WordDocument: Buffer.alloc(5000) });
		await expect(readAll(file)).rejects.toMatchObject({ code: 'FILE_FORMAT' });
	});

	test('of the newer format that is encrypted is password-protected', async () => {
		const file = compoundFile({ EncryptionInfo: u8(4), EncryptedPackage: Buffer.alloc(5000) });
		await expect(readAll(file)).rejects.toMatchObject({
			code: 'FILE_ENCRYPTED',
			message: expect.stringContaining('password-protected'),
		});
	});

	test('without any bytes is empty', async () => {
		await expect(readSheets(Buffer.alloc(0))).rejects.toMatchObject({ code: 'FILE_EMPTY' });
	});
});

function padding(count: number): Buffer[] {
	return Array.from({ length: count }, (_, i) => number(i + 2, 0, i));
}
