import { decided, readAll } from '../../read-all';
import { compoundFile } from '../compound-file/compound-file-builder';
import {
	bof,
	eof,
	f64,
	formula,
	formulaValue,
	number,
	record,
	rk,
	u16,
	u32,
	u8,
	workbookStream,
} from './biff-builder';
import { readCells, readSheets } from './read-xls';

const codePage = (value: number) => record(0x0042, u16(value));
const short = (bytes: Buffer) => Buffer.concat([u8(bytes.length), bytes]);
const long = (bytes: Buffer) => Buffer.concat([u16(bytes.length), bytes]);
const ascii = (text: string) => Buffer.from(text, 'latin1');
const label = (row: number, column: number, bytes: Buffer) =>
	record(0x0204, u16(row, column, 0), long(bytes));

describe('Excel 5 and 95', () => {
	const book = (globals: Buffer[], records: Buffer[], name = ascii('Sheet1')) =>
		compoundFile({
			Book: workbookStream({
				version: 0x0500,
				globals,
				sheets: [{ records }],
				nameBytes: () => short(name),
			}),
		});

	test.each([
		[1252, 'windows-1252', 'e4f6fc80', 'äöü€'],
		[1250, 'windows-1250', 'a3f364bc', 'ŁódĽ'],
		[1251, 'windows-1251', 'cce8f0', 'Мир'],
		[932, 'shift_jis', '938c8b9e', '東京'],
		[437, 'cp437', '84948180', 'äöüÇ'],
		[10_000, 'macintosh', '8a9a9f', 'äöü'],
	])('keep texts in code page %i', async (page, encoding, hex, expected) => {
		const bytes = Buffer.from(hex, 'hex');
		const formatted = record(0x00d6, u16(0, 1, 0), long(bytes), u8(0));
		const file = book(
			[codePage(page)],
			[
				label(0, 0, bytes),
				formatted,
				formula(0, 2, formulaValue(0)),
				record(0x0207, long(bytes).subarray(0, 3)),
				record(0x003c, bytes.subarray(1)),
			],
			bytes,
		);
		const [sheet] = await readSheets(file);
		expect(sheet).toMatchObject({ name: expected, cells: [[expected, expected, expected]] });
		expect(decided((await readAll(file, { headerRow: 0 })).dataset, 'encoding')).toBe(encoding);
	});

	test('are taken for Western where the code page is not known or not named', async () => {
		for (const globals of [[], [codePage(4711)]]) {
			const { dataset, rows } = await readAll(book(globals, [label(0, 0, ascii('Zoë'))]), {
				headerRow: 0,
			});
			expect(rows).toEqual([['Zoë']]);
			const source = dataset.source.kind === 'file' ? dataset.source.decisions : [];
			expect(source.find(({ subject }) => subject === 'encoding')).toMatchObject({
				value: 'windows-1252',
				confidence: 0.5,
			});
		}
	});

	test('have number formats in the code page too', async () => {
		const format = record(0x041e, u16(164), short(Buffer.from('302e302022a522', 'hex')));
		const style = record(0x00e0, u16(0, 164), Buffer.alloc(12));
		const file = book([codePage(1252), format, style], [number(0, 0, 1.5)]);
		expect(await readCells(file, 'shown')).toEqual([['1.5 ¥']]);
	});

	test('may be a single sheet without a list of sheets', async () => {
		const stream = Buffer.concat([bof(0x10, 0x0500), number(0, 0, 3), eof]);
		expect(await readSheets(compoundFile({ Book: stream }))).toMatchObject([
			{ name: 'Sheet1', cells: [[3]] },
		]);
	});
});

describe('Excel 2 to 4', () => {
	const start = (type: number, kind = 0x10) => record(type, u16(0, kind, 0));

	test('version 2 has records of its own, and formats in its cells', async () => {
		const cell = (row: number, column: number, format = 0) =>
			Buffer.concat([u16(row, column), u8(0, format, 0)]);
		const file = Buffer.concat([
			record(0x0009, u16(2, 0x10)),
			codePage(0x8001),
			record(0x0004, cell(0, 0), short(ascii('Zoë'))),
			record(0x0002, cell(0, 1), u16(65_000)),
			record(0x0003, cell(0, 2, 12), f64(32_874)),
			record(0x0005, cell(0, 3), u8(1, 0)),
			record(0x0006, cell(0, 4), f64(2.5), u8(0)),
			record(0x0006, cell(0, 5), formulaValue(0), u8(0)),
			record(0x0007, short(ascii('done'))),
			record(0x0005, cell(0, 6), u8(0x17, 1)),
			eof,
		]);
		expect(await readCells(file)).toEqual([
			['Zoë', 65_000, '1990-01-01', true, 2.5, 'done', '#REF!'],
		]);
		const read = await readAll(file, { headerRow: 0 });
		expect(decided(read.dataset, 'format')).toBe('xls');
	});

	test('version 3 counts its number formats', async () => {
		const formats = ['General', '0', '0.0 "m"'].map((code) => record(0x001e, short(ascii(code))));
		const styles = [0, 2].map((id) => record(0x0243, u8(0, id), Buffer.alloc(10)));
		const gave = record(0x0206, u16(1, 0, 1), f64(4), u16(0, 0));
		const file = Buffer.concat([
			start(0x0209),
			...formats,
			...styles,
			label(0, 0, ascii('Name')),
			rk(0, 1, (7 << 2) | 2, 1),
			gave,
			eof,
		]);
		expect(await readCells(file, 'shown')).toEqual([['Name', '7.0 m'], ['4.0 m']]);
	});

	test('version 4 may have several sheets', async () => {
		const formats = ['General', '0%'].map((code) => record(0x041e, u16(0), short(ascii(code))));
		const style = record(0x0443, u8(0, 1), Buffer.alloc(10));
		const sheet = (name: string, value: number) => [
			record(0x008f, u32(0), short(ascii(name))),
			start(0x0409),
			number(0, 0, value),
			record(0x0406, u16(0, 1, 9), f64(value), u16(0, 0)),
			eof,
		];
		const file = Buffer.concat([
			start(0x0409, 0x0100),
			...formats,
			style,
			...sheet('One', 0.25),
			...sheet('Two', 0.5),
			eof,
		]);
		expect(await readSheets(file, { cells: 'shown' })).toMatchObject([
			{ name: 'One', cells: [['25%', '0.25']] },
			{ name: 'Two', cells: [['50%', '0.5']] },
		]);
	});
});
