import { SharedTexts } from '../../../../engine/formats/workbook';
import { xlsbFormat } from '../../../../engine/formats/xlsb';
import { BinaryTexts } from '../../../../engine/formats/xlsb/binary-texts';
import { SheetRecords } from '../../../../engine/formats/xlsb/sheet-records';
import { CellStyles, noStyleSheet } from '../../../../engine/formats/xlsx/styles';
import { ImportError } from '../../../../engine/issues';
import { Random } from '../../random';
import { readSheets } from '../read-sheets';
import { workbook, zip } from '../xlsx/workbook-builder';
import {
	cell,
	double,
	record,
	rowHeader,
	sheetPart,
	shortCell,
	u16,
	u32,
	u8,
	wide,
	xlsb,
	type XlsbParts,
} from './xlsb-builder';

const read = async (parts: XlsbParts, cells?: 'typed' | 'shown') =>
	(await readSheets(xlsbFormat, xlsb(parts), { cells }))[0]!;

const failure = async (content: Uint8Array) => {
	const error: unknown = await readSheets(xlsbFormat, content).catch((caught: unknown) => caught);
	return error instanceof ImportError ? error.issue : error;
};

const formula = Buffer.concat([u16(0), u32(0), u32(0)]);
const rk = (bits: number) => u32(bits >>> 0);

describe('cells', () => {
	const parts = { texts: ['shared', 'ä😀'], formats: ['yyyy-mm-dd', '0.0%', '[h]:mm'] };

	test.each<[what: string, record: Buffer, typed: unknown, shown: unknown]>([
		['an integer', cell(2, 0, rk((42 << 2) | 2)), 42, '42'],
		['a negative integer', cell(2, 0, rk((-42 << 2) | 2)), -42, '-42'],
		['an integer of hundredths', cell(2, 0, rk((1234 << 2) | 3)), 12.34, '12.34'],
		['the upper half of a double', cell(2, 0, rk(0x3ff80000)), 1.5, '1.5'],
		['that, of hundredths', cell(2, 0, rk(0x3ff80000 | 1)), 0.015, '0.015'],
		['a double', cell(5, 0, double(-0.1)), -0.1, '-0.1'],
		['a date', cell(5, 0, double(46082), 1), '2026-03-01', '2026-03-01'],
		['a percentage', cell(5, 0, double(0.125), 2), 0.125, '12.5%'],
		['a span of time', cell(5, 0, double(1.5), 3), '36:00:00', '36:00'],
		['a built-in format', cell(5, 0, double(46082), 4), '2026-03-01', '3/1/26'],
		['a style that is not there', cell(5, 0, double(1), 99), 1, '1'],
		['a boolean', cell(4, 0, u8(1)), true, 'TRUE'],
		['text', cell(6, 0, wide('a\nb')), 'a\nb', 'a\nb'],
		['shared text', cell(7, 0, u32(1)), 'ä😀', 'ä😀'],
		['rich text', cell(62, 0, Buffer.concat([u8(1), wide('rich'), u32(0)])), 'rich', 'rich'],
		['text of a formula', cell(8, 0, Buffer.concat([wide('made'), formula])), 'made', 'made'],
		['the number of a formula', cell(9, 0, Buffer.concat([double(7), formula])), 7, '7'],
		['the boolean of a formula', cell(10, 0, Buffer.concat([u8(0), formula])), false, 'FALSE'],
	])('%s', async (_, content, typed, shown) => {
		const rows = [rowHeader(0), content];
		expect((await read({ ...parts, rows })).rows).toEqual([[typed]]);
		expect((await read({ ...parts, rows }, 'shown')).rows).toEqual([[shown]]);
	});

	test('short cells follow the one before', async () => {
		const rows = [
			rowHeader(2),
			cell(7, 1, u32(0)),
			shortCell(13, rk((1 << 2) | 2)),
			shortCell(12, Buffer.alloc(0)),
			shortCell(15, u8(1)),
			shortCell(16, double(2.5)),
			shortCell(17, wide('t')),
			shortCell(18, u32(1)),
		];
		expect((await read({ ...parts, rows })).rows).toEqual([
			[],
			[],
			[null, 'shared', 1, null, true, 2.5, 't', 'ä😀'],
		]);
	});

	test('errors are faults, and so are texts that are not there', async () => {
		const rows = [
			rowHeader(0),
			cell(3, 0, u8(0x07)),
			cell(11, 1, Buffer.concat([u8(0x2a), formula])),
			shortCell(14, u8(0x63)),
			cell(7, 5, u32(17)),
		];
		expect((await read({ ...parts, rows })).faults).toEqual([
			{ row: 1, column: 0, kind: 'formula-error', value: '#DIV/0!' },
			{ row: 1, column: 1, kind: 'formula-error', value: '#N/A' },
			{ row: 1, column: 2, kind: 'formula-error', value: '#UNKNOWN!' },
			{ row: 1, column: 5, kind: 'unknown-text', value: '17' },
		]);
	});
});

test('hidden rows, merged cells, hidden sheets; macros are no sheets', async () => {
	const rows = [rowHeader(0), cell(6, 0, wide('a')), rowHeader(5, 0x10), cell(6, 0, wide('b'))];
	const behind = [
		record(177, u32(1)),
		record(176, Buffer.concat([u32(0), u32(1), u32(0), u32(27)])),
	];
	const sheets = await readSheets(xlsbFormat, xlsb({ rows, behind, state: 2 }));
	const rowsRead = [['a'], [], [], [], [], ['b']];
	expect(sheets).toEqual([
		{
			name: 'Sheet1',
			hidden: true,
			rows: rowsRead,
			hiddenRows: [6],
			faults: [],
			merges: ['A1:AB2'],
		},
	]);
});

test('the 1904 date system', async () => {
	const rows = [rowHeader(0), cell(5, 0, double(0), 1)];
	expect((await read({ rows, formats: ['yyyy-mm-dd'], date1904: true })).rows).toEqual([
		['1904-01-01'],
	]);
});

test('chunks may end anywhere', async () => {
	const texts = ['one', 'x'.repeat(300)];
	const rows = [
		rowHeader(0),
		cell(7, 0, u32(1)),
		shortCell(18, u32(0)),
		rowHeader(1),
		cell(6, 3, wide('y'.repeat(200))),
		cell(5, 4, double(1.5)),
	];
	const part = sheetPart({ rows });
	const shared = Buffer.concat([
		record(159, Buffer.concat([u32(2), u32(2)])),
		...texts.map((text) => record(19, Buffer.concat([u8(0), wide(text)]))),
		record(160),
	]);
	// eslint-disable-next-line @typescript-eslint/require-await -- bytes in memory
	async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array, void, undefined> {
		for (let start = 0; start < bytes.length; start += size) {
			yield bytes.subarray(start, start + size);
		}
	}
	for (const size of [1, 2, 3, 5, 7, 64, 1000]) {
		const context = {
			texts: new SharedTexts(new BinaryTexts(pieces(shared, size))),
			styles: new CellStyles(noStyleSheet, false, 'typed'),
		};
		const records = new SheetRecords(context, 0);
		const found: unknown[] = [];
		for await (const chunk of pieces(part, size)) {
			records.add(chunk);
			do {
				found.push(...records.read().map(({ cells }) => cells));
				if (records.missingText !== undefined) await context.texts.readUpTo(records.missingText);
			} while (records.hasMore);
		}
		records.end();
		expect(found).toEqual([
			[texts[1], 'one'],
			[null, null, null, 'y'.repeat(200), 1.5],
		]);
	}
});

describe('files that are refused', () => {
	const good = [rowHeader(0), cell(6, 0, wide('a'))];

	test.each<[what: string, content: Uint8Array, code: string, message: RegExp]>([
		['no bytes', new Uint8Array(0), 'FILE_EMPTY', /no bytes/],
		['other text', Buffer.from('a,b'), 'FILE_FORMAT', /not an? /],
		['an XLSX workbook', workbook({ rows: '' }), 'FILE_FORMAT', /not a binary workbook/],
		['another archive', zip([{ name: 'a.txt', content: 'a' }]), 'FILE_FORMAT', /not a binary/],
		[
			'a cell that is too short',
			xlsb({ rows: [rowHeader(0), cell(5, 0, u16(1))] }),
			'FILE_UNREADABLE',
			/too short/,
		],
		[
			'a text that is too short',
			xlsb({ rows: [rowHeader(0), cell(6, 0, u32(0x7fffffff))] }),
			'FILE_UNREADABLE',
			/too short/,
		],
		[
			'a cell too far to the right',
			xlsb({ rows: [rowHeader(0), cell(2, 16384, u32(2))] }),
			'FILE_UNREADABLE',
			/beyond column/,
		],
		[
			'a row too far down',
			xlsb({ rows: [rowHeader(1048576)] }),
			'FILE_UNREADABLE',
			/beyond 1048576/,
		],
		[
			'a cell outside of any row',
			xlsb({ rows: [cell(2, 0, u32(2))] }),
			'FILE_UNREADABLE',
			/outside of any row/,
		],
		[
			'rows without an end',
			xlsb({ rows: [...good, Buffer.from([2, 0xff, 0xff, 0xff, 0x7f])] }),
			'FILE_UNREADABLE',
			/ends before its end/,
		],
	])('%s', async (_, content, code, message) => {
		expect(await failure(content)).toMatchObject({ code, message: expect.stringMatching(message) });
	});
});

test('records with flipped bits give rows or say what is wrong', async () => {
	const random = new Random(11);
	const row = [cell(7, 0, u32(0)), cell(5, 1, double(46082), 1), shortCell(17, wide('text'))];
	const rows = Array.from({ length: 20 }, (_, index) => [rowHeader(index), ...row]).flat();
	let refused = 0;
	for (let round = 0; round < 300; round++) {
		const damaged = rows.map((bytes) => Buffer.from(bytes));
		const victim = random.of(damaged);
		victim[random.below(victim.length)]! ^= 1 << random.below(8);
		const error = await failure(xlsb({ rows: damaged, texts: ['shared'], formats: ['yyyy'] }));
		if (Array.isArray(error)) continue;
		expect(error).toMatchObject({ code: expect.stringMatching(/^FILE_(UNREADABLE|TOO_LARGE)$/) });
		refused++;
	}
	expect(refused).toBeGreaterThan(0);
});
