import type { ByteSource } from '../../dataset/byte-source';
import { damaged } from '../compound-file';
import { isBof, substreamStart, type BiffVersion } from './bof';
import { CodePage } from './code-page';
import { openEncryption } from './decryption';
import { RecordCursor, type RecordDecryption } from './record-cursor';
import { recordText } from './record-text';
import { RecordType } from './record-types';

/** A sheet of the list of sheets ([MS-XLS] 2.4.28). */
export interface SheetPlace {
	name: string;
	hidden: boolean;
	/** Where its substream begins in the workbook stream. */
	position: number;
}

/** What belongs to all sheets of a workbook. */
export interface Globals {
	version: BiffVersion;
	sheets: SheetPlace[];
	/** Whether days are counted from 1904-01-01. */
	date1904: boolean;
	/** What texts are kept in; undefined in BIFF8. */
	codePage: CodePage | undefined;
	/** Codes of number formats by their numbers. */
	formatCodes: Map<number, string>;
	/** For each cell style (XF), the number of its number format. */
	styles: number[];
	/** Where the table of shared texts begins in the workbook stream. */
	sharedTextsAt: number | undefined;
	decryption: RecordDecryption | undefined;
}

/** The only sheet of a file that cannot have others, and no names for them. */
const ONLY_SHEET = 'Sheet1';

const WORKSHEET = 0;

/** Records that are looked at. Excel writes some thousands of styles at the most; more than so many are an attack. */
const MOST_RECORDS = 200_000;

/**
 * Reads what belongs to all sheets: from the first substream of a workbook, or from the only sheet of an older file.
 *
 * @throws ImportError FILE_UNREADABLE, FILE_ENCRYPTED
 */
export async function readGlobals(bytes: ByteSource): Promise<Globals> {
	const cursor = new RecordCursor(bytes, 0);
	const begun = await cursor.advance();
	const start = begun ? substreamStart(cursor) : undefined;
	if (start === undefined) throw damaged('its workbook does not begin as a workbook does');
	const reader = new GlobalsReader(cursor, start.version);
	for (let depth = 1; depth > 0;) {
		if (!(await cursor.advance())) throw damaged('it ends before the cells begin');
		if (isBof(cursor.type)) {
			depth++;
			reader.begin();
		} else if (cursor.type === RecordType.eof) {
			depth--;
		} else if (depth === 1) {
			reader.read();
		}
	}
	return reader.result(start.kind === 'sheet');
}

class GlobalsReader {
	readonly #cursor: RecordCursor;

	readonly #version: BiffVersion;

	readonly #sheets: { content: Buffer; position: number; named: boolean }[] = [];

	#bundled: Buffer | undefined;

	#codePage: number | undefined;

	#date1904 = false;

	readonly #formats: Buffer[] = [];

	readonly #styles: number[] = [];

	#sharedTextsAt: number | undefined;

	#count = 0;

	constructor(cursor: RecordCursor, version: BiffVersion) {
		this.#cursor = cursor;
		this.#version = version;
	}

	/** Looks at the beginning of a substream inside: BIFF4 keeps sheets in there. */
	begin(): void {
		if (this.#bundled === undefined) return;
		this.#sheets.push({ content: this.#bundled, position: this.#cursor.position, named: true });
		this.#bundled = undefined;
	}

	/** Texts wait for the end, when the code page is certain to be known. */
	read(): void {
		const { type } = this.#cursor;
		switch (type) {
			case RecordType.filePass:
				this.#cursor.decryption = openEncryption(this.#content(0), this.#version);
				break;
			case RecordType.codePage:
				this.#codePage = this.#content(2).readUInt16LE(0);
				break;
			case RecordType.dateMode:
				this.#date1904 = this.#content(2).readUInt16LE(0) === 1;
				break;
			case RecordType.boundSheet: {
				const content = this.#content(7);
				this.#sheets.push({ content, position: content.readUInt32LE(0), named: false });
				break;
			}
			case RecordType.bundleHeader:
				this.#bundled = this.#content(5);
				break;
			case RecordType.format:
			case RecordType.formatBiff2:
				this.#formats.push(this.#content(1));
				break;
			case RecordType.xf:
				this.#styles.push(this.#content(4).readUInt16LE(2));
				break;
			case RecordType.xfBiff3:
			case RecordType.xfBiff4:
				this.#styles.push(this.#content(2)[1] ?? 0);
				break;
			case RecordType.sharedTexts:
				this.#sharedTextsAt ??= this.#cursor.position;
				break;
		}
	}

	result(isSheet: boolean): Globals {
		const codePage = this.#version === 8 ? undefined : new CodePage(this.#codePage);
		return {
			version: this.#version,
			sheets: isSheet
				? [{ name: ONLY_SHEET, hidden: false, position: 0 }]
				: this.#sheetPlaces(codePage),
			date1904: this.#date1904,
			codePage,
			formatCodes: this.#formatCodes(codePage),
			styles: this.#styles,
			sharedTextsAt: this.#sharedTextsAt,
			decryption: this.#cursor.decryption,
		};
	}

	/** Only worksheets: charts, macros and modules have tabs too. */
	#sheetPlaces(codePage: CodePage | undefined): SheetPlace[] {
		return this.#sheets.flatMap(({ content, position, named }) => {
			if (named) {
				const name = recordText(content, 4, content.length, 1, codePage);
				return [{ name, hidden: false, position }];
			}
			if (content[5] !== WORKSHEET) return [];
			const name = recordText(content, 6, content.length, 1, codePage);
			return [{ name, hidden: ((content[4] ?? 0) & 3) !== 0, position }];
		});
	}

	/** Before BIFF5 formats have no numbers: they are counted. */
	#formatCodes(codePage: CodePage | undefined): Map<number, string> {
		const codes = new Map<number, string>();
		for (const [index, content] of this.#formats.entries()) {
			const { length } = content;
			if (this.#version < 4) codes.set(index, recordText(content, 0, length, 1, codePage));
			else if (this.#version === 4) codes.set(index, recordText(content, 2, length, 1, codePage));
			else {
				const code = recordText(content, 2, length, this.#version === 8 ? 2 : 1, codePage);
				codes.set(content.readUInt16LE(0), code);
			}
		}
		return codes;
	}

	/** A copy of the content of the record. @throws ImportError FILE_UNREADABLE when it is shorter than it must be */
	#content(atLeast: number): Buffer {
		const { buffer, start, end, type } = this.#cursor;
		if (end - start < atLeast) throw tooShort(type);
		if (++this.#count > MOST_RECORDS) throw damaged('it has more styles than a workbook can have');
		return Buffer.from(buffer.subarray(start, end));
	}
}

/** The error for a record that does not hold what it must. */
export function tooShort(type: number): Error {
	return damaged(`a record of the kind ${type.toString(16).toUpperCase()} is too short`);
}
