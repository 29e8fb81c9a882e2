import { utils, write, type BookType, type WorkBook } from '@e965/xlsx';
import type { Cell } from '../../../engine/dataset/dataset';
import { odsFormat } from '../../../engine/formats/ods';
import { spreadsheetmlFormat } from '../../../engine/formats/spreadsheetml';
import { xlsbFormat } from '../../../engine/formats/xlsb';
import { ImportError } from '../../../engine/issues';
import { Random } from '../random';
import { readSheets } from './read-sheets';

/* Workbooks of a writer that is not ours: read as they were made, and without a crash when they are damaged. */

const formats = [
	['ods', odsFormat],
	['fods', odsFormat],
	['xlsb', xlsbFormat],
	['xlml', spreadsheetmlFormat],
] as const;

const WORDS = [
	'Zoë & Sons',
	'Иванова',
	'東京 😀',
	'a\nb',
	'<b>"x"</b>',
	"it's",
	'plain',
	'two  spaces',
	'#N/A',
];

/** A cell as it is written, and as it should be read. */
function makeCell(random: Random, bookType: BookType): [written: unknown, read: Cell] {
	const pick = random.below(8);
	const integer = random.below(2 ** 31) - 2 ** 30;
	if (pick === 0) return [null, null];
	if (pick === 1) return [integer, integer];
	if (pick === 2) return [integer / 128, integer / 128];
	if (pick === 3) {
		const boolean = random.chance(0.5);
		return [boolean, boolean];
	}
	if (pick === 4) {
		const day = 61 + random.below(60_000);
		const date = new Date(Date.UTC(1899, 11, 30 + day));
		return [{ t: 'd', v: date, z: 'yyyy/mm/dd' }, date.toISOString().slice(0, 10)];
	}
	if (pick === 5 && bookType !== 'ods' && bookType !== 'fods') {
		return [{ t: 'n', v: 0.125, z: '0.0%' }, 0.125];
	}
	const word = random.of(WORDS);
	return [word, word];
}

/** A workbook of two sheets, with what should be read of them. */
function makeWorkbook(
	seed: number,
	bookType: BookType,
): { workbook: WorkBook; sheets: Cell[][][] } {
	const random = new Random(seed);
	const workbook = utils.book_new();
	const sheets = [40, 5].map((height, index) => {
		const width = 1 + random.below(12);
		const cells = Array.from({ length: height }, () =>
			Array.from({ length: width }, () => makeCell(random, bookType)),
		);
		const written = cells.map((row) => row.map(([cell]) => cell));
		const sheet = utils.aoa_to_sheet(written, { cellDates: true, UTC: true });
		utils.book_append_sheet(workbook, sheet, `Sheet & ${index + 1}`);
		return cells.map((row) => row.map(([, cell]) => cell));
	});
	return { workbook, sheets };
}

/** Rows without the empty cells at their ends, and without the empty rows at the end. */
function trimmed(rows: Cell[][]): Cell[][] {
	const filled = rows.map((row) =>
		row.slice(0, row.findLastIndex((cell) => cell !== null && cell !== '') + 1),
	);
	return filled.slice(0, filled.findLastIndex((row) => row.length > 0) + 1);
}

const bytesOf = (workbook: WorkBook, bookType: BookType): Uint8Array =>
	write(workbook, {
		bookType,
		type: 'buffer',
		compression: true,
		bookSST: true,
		cellDates: true,
	}) as Uint8Array;

describe.each(formats)('%s', (bookType, format) => {
	test.each([1, 2, 3, 4, 5])('seed %d is read as it was made', async (seed) => {
		const { workbook, sheets } = makeWorkbook(seed, bookType);
		const read = await readSheets(format, bytesOf(workbook, bookType));
		expect(read.map(({ name }) => name)).toEqual(['Sheet & 1', 'Sheet & 2']);
		expect(read.map(({ rows }) => trimmed(rows))).toEqual(sheets.map(trimmed));
		expect(read.flatMap(({ faults }) => faults)).toEqual([]);
	});

	test('damaged, it gives rows or says what is wrong', async () => {
		const { workbook } = makeWorkbook(6, bookType);
		const good = bytesOf(workbook, bookType);
		const random = new Random(7);
		let refused = 0;
		for (let round = 0; round < 150; round++) {
			const bytes = damage(good, random);
			try {
				await readSheets(format, bytes, { maxUnpackedBytes: 50_000_000 });
			} catch (error) {
				if (!(error instanceof ImportError)) throw error;
				expect(error.code).toMatch(/^FILE_(?:EMPTY|FORMAT|UNREADABLE|TOO_LARGE|ENCRYPTED)$/);
				expect(error.message).not.toMatch(
					/undefined \(|is not a function|Cannot read|out of range/,
				);
				refused++;
			}
		}
		expect(refused).toBeGreaterThan(0);
	});
});

/** Flips bits, cuts off the end, or takes out or doubles a piece. */
function damage(good: Uint8Array, random: Random): Uint8Array {
	const at = () => random.below(good.length);
	const way = random.below(4);
	if (way === 0) return good.slice(0, at());
	const from = at();
	const to = Math.min(good.length, from + 1 + random.below(50));
	if (way === 1) return Buffer.concat([good.subarray(0, from), good.subarray(to)]);
	if (way === 2) return Buffer.concat([good.subarray(0, to), good.subarray(from)]);
	const bytes = Uint8Array.from(good);
	for (let flips = 0; flips < 3; flips++) bytes[at()]! ^= 1 << random.below(8);
	return bytes;
}
