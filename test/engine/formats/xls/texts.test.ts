import {
	characters,
	label,
	record,
	shared,
	sharedTextTable,
	text,
	u16,
	u32,
	u8,
	workbook,
} from './biff-builder';
import { readCells, readSheets } from './read-xls';

/** A workbook whose cells show all texts of the table, one a row. */
const tableOf = (count: number, ...parts: Uint8Array[]) =>
	workbook({
		sharedTexts: sharedTextTable(count, ...parts),
		sheets: [{ records: Array.from({ length: count }, (_, i) => shared(i, 0, i)) }],
	});

const texts = async (file: Uint8Array) => (await readCells(file)).map(([cell]) => cell);

/** A text with the runs of its formatting and the phonetic data behind it. */
const rich = (value: string, runs: number, phonetic: number) =>
	Buffer.concat([
		u16(value.length),
		u8(0x0c | characters(value)[0]!),
		u16(runs),
		u32(phonetic),
		characters(value).subarray(1),
		Buffer.alloc(runs * 4 + phonetic, 0x41),
	]);

describe('shared texts', () => {
	test('are one byte a character or two, formatted or with phonetic data', async () => {
		const file = tableOf(
			4,
			Buffer.concat([text('Zoë'), rich('東京', 3, 20), rich('x', 1, 0), text('last')]),
		);
		expect(await texts(file)).toEqual(['Zoë', '東京', 'x', 'last']);
	});

	test('may be split anywhere, and change their width there', async () => {
		const file = tableOf(
			3,
			Buffer.concat([text('first'), u16(6), u8(0), Buffer.from('abc')]),
			Buffer.concat([u8(1), Buffer.from('жзи', 'utf16le'), u16(4), u8(1)]),
			Buffer.concat([u8(0), Buffer.from('wide')]),
		);
		expect(await texts(file)).toEqual(['first', 'abcжзи', 'wide']);
	});

	test('may have their formatting or their length split', async () => {
		const whole = rich('東京', 3, 20);
		for (let cut = 1; cut < whole.length; cut++) {
			// inside the characters the flags stand again
			const inCharacters = cut >= 9 && cut < 13;
			if (inCharacters && cut % 2 === 0) continue;
			const again = inCharacters ? u8(1) : Buffer.alloc(0);
			const file = tableOf(
				3,
				Buffer.concat([text('a'), whole.subarray(0, cut)]),
				Buffer.concat([again, whole.subarray(cut), text('b')]),
			);
			expect(await texts(file)).toEqual(['a', '東京', 'b']);
		}
	});

	test('begin a record without flags of their own', async () => {
		expect(await texts(tableOf(2, text('one'), text('two')))).toEqual(['one', 'two']);
	});

	test('are more than the table says', async () => {
		const [table] = sharedTextTable(1, Buffer.concat([text('one'), text('two')]));
		const file = workbook({
			sharedTexts: [table!],
			sheets: [{ records: [shared(0, 0, 1), shared(0, 1, 0)] }],
		});
		expect(await readCells(file)).toEqual([['two', 'one']]);
	});

	test('that are not there are faults of their rows', async () => {
		const file = workbook({
			sharedTexts: sharedTextTable(2, text('one'), u16(500)),
			sheets: [{ records: [shared(0, 0, 0), shared(1, 0, 1), shared(2, 0, 0xffffffff)] }],
		});
		const [sheet] = await readSheets(file);
		expect(sheet!.rows.map(({ faults }) => faults?.[0])).toEqual([
			undefined,
			{ column: 0, kind: 'unknown-text', value: '1' },
			{ column: 0, kind: 'unknown-text', value: '4294967295' },
		]);
	});

	test('are read from a table of many records', async () => {
		const values = Array.from({ length: 30_000 }, (_, i) => `text ${i} ${i % 7 ? 'x' : 'ж'}`);
		const parts: Buffer[] = [];
		for (let i = 0; i < values.length; i += 200) {
			parts.push(Buffer.concat(values.slice(i, i + 200).map((value) => text(value))));
		}
		expect(await texts(tableOf(values.length, ...parts))).toEqual(values);
	});

	test('are limited', async () => {
		const file = tableOf(2, Buffer.concat([text('x'.repeat(2000)), text('short')]));
		await expect(readSheets(file, { maxUnpackedBytes: 1000 })).rejects.toMatchObject({
			code: 'FILE_TOO_LARGE',
		});
		await expect(readSheets(file, { maxRecordLength: 100 })).rejects.toMatchObject({
			code: 'FILE_TOO_LARGE',
		});
		expect((await readSheets(file, { maxRecordLength: 2000 }))[0]!.rows).toHaveLength(2);
	});
});

describe('texts of their cells', () => {
	test('may be formatted', async () => {
		const formatted = record(0x00d6, u16(0, 1, 0), text('bold'), u16(1, 0, 0));
		const file = workbook({ sheets: [{ records: [label(0, 0, ''), formatted] }] });
		expect(await readCells(file)).toEqual([['', 'bold']]);
	});

	test('that are longer than their record make the file unreadable', async () => {
		const cut = record(0x0204, u16(0, 0, 0, 50), u8(0), Buffer.from('short'));
		const file = workbook({ sheets: [{ records: [cut] }] });
		await expect(readCells(file)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});
});
