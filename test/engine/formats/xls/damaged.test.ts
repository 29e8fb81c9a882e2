import { ImportError } from '../../../../engine/issues';
import { Random } from '../../random';
import { compoundFile } from '../compound-file/compound-file-builder';
import {
	bof,
	boolErr,
	eof,
	format,
	formula,
	formulaValue,
	label,
	number,
	record,
	rk,
	shared,
	sharedTextTable,
	sheetOf,
	style,
	text,
	u16,
	u32,
	workbook,
	workbookStream,
} from './biff-builder';
import { readSheets } from './read-xls';

const unreadable = { code: 'FILE_UNREADABLE' };

describe('a damaged workbook is unreadable', () => {
	const oneSheet = (...records: Buffer[]) => workbookStream({ sheets: [{ records }] });

	test.each<[string, Buffer]>([
		['that does not begin as one', compoundFile({ Workbook: Buffer.alloc(5000) })],
		[
			'that ends before its cells',
			compoundFile({ Workbook: Buffer.concat([bof(5), label(0, 0, 'x')]) }),
		],
		[
			'whose sheet is cut off',
			workbook({ sheets: [{ records: [number(0, 0, 1)], isOpenEnded: true }] }),
		],
		[
			'whose record is cut off',
			compoundFile({ Workbook: oneSheet(number(0, 0, 1)).subarray(0, -10) }),
		],
		['whose cell is too short', sheetOf(record(0x0203, u16(0, 0, 0, 0)))],
		['whose cell has no column', sheetOf(record(0x00fd, u16(0)))],
		['whose cell lies to the right of all columns', sheetOf(number(0, 256, 1))],
		[
			'whose cells lie to the right of all columns',
			sheetOf(record(0x00bd, u16(0, 254), ...[1, 2, 3].map(() => Buffer.alloc(6)), u16(256))),
		],
		['whose styles are too short', workbook({ globals: [record(0x00e0, u16(0))], sheets: [] })],
		['whose format is cut off', workbook({ globals: [record(0x041e, u16(164, 200))], sheets: [] })],
		[
			'whose sheet has no name',
			compoundFile({ Workbook: Buffer.concat([bof(5), record(0x0085, u32(0), u16(0)), eof]) }),
		],
	])('%s', async (_, file) => {
		await expect(readSheets(file)).rejects.toMatchObject(unreadable);
	});

	test('whose sheet is somewhere else', async () => {
		const stream = oneSheet(number(0, 0, 1));
		stream.writeUInt32LE(stream.readUInt32LE(bof(5).length + 4) + 3, bof(5).length + 4);
		const file = compoundFile({ Workbook: stream });
		await expect(readSheets(file)).rejects.toMatchObject({
			...unreadable,
			message: expect.stringContaining('“Sheet1”'),
		});
	});

	test('with styles beyond all measure', async () => {
		const globals = [Buffer.concat(Array.from({ length: 200_001 }, () => record(0x00e0, u32(0))))];
		await expect(readSheets(workbook({ globals, sheets: [] }))).rejects.toMatchObject(unreadable);
	});
});

describe('a workbook with any damage gives rows or a clear error', () => {
	const values = Array.from({ length: 60 }, (_, i) => (i % 5 ? `text ${i}` : `текст ${i}`));
	const table = Buffer.concat(values.map((value) => text(value)));
	const file = workbook({
		globals: [format(164, 'yyyy-mm-dd'), style(0), style(164)],
		sharedTexts: sharedTextTable(values.length, table.subarray(0, 500), table.subarray(500)),
		sheets: [
			{
				records: values.flatMap((_, i) => [
					record(0x0208, u16(i, 0, 5, 0, 0, 0, i % 7 ? 0 : 0x20, 0)),
					shared(i, 0, i),
					number(i, 1, i * 1.5, i % 2),
					rk(i, 2, (i << 2) | 2),
					label(i, 3, 'inline'),
					formula(i, 4, formulaValue(0)),
					record(0x0207, text(`result ${i}`)),
					boolErr(i, 5, 1, false),
				]),
			},
			{ name: 'Other', state: 1, records: [number(3, 3, 3), record(0x00e5, u16(1, 0, 3, 0, 3))] },
		],
	});

	async function outcome(damaged: Buffer): Promise<void> {
		try {
			const sheets = await readSheets(damaged, { cells: 'shown' });
			expect(sheets.every(({ rows }) => Array.isArray(rows))).toBe(true);
		} catch (error) {
			if (!(error instanceof ImportError)) throw error;
		}
	}

	test('when it is cut off', async () => {
		for (let length = 0; length < file.length; length += 61)
			await outcome(file.subarray(0, length));
	});

	test.each([1, 2, 3])('when bits are turned over (series %i)', async (seed) => {
		const random = new Random(seed);
		for (let round = 0; round < 1000; round++) {
			const damaged = Buffer.from(file);
			for (let flips = 1 + random.below(8); flips > 0; flips--) {
				// every other one in the headers and tables, where it does most harm
				const at = random.below(round % 2 === 0 ? damaged.length : 1024);
				damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
			}
			await outcome(damaged);
		}
	});
});
