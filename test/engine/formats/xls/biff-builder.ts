import { compoundFile } from '../compound-file/compound-file-builder';

/** A record of a workbook stream. */
export function record(type: number, ...content: Uint8Array[]): Buffer {
	const body = Buffer.concat(content);
	return Buffer.concat([u16(type, body.length), body]);
}

export function u8(...values: number[]): Buffer {
	return Buffer.from(values);
}

export function u16(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 2);
	for (const [i, value] of values.entries()) bytes.writeUInt16LE(value, i * 2);
	return bytes;
}

export function u32(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	for (const [i, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, i * 4);
	return bytes;
}

export function f64(value: number): Buffer {
	const bytes = Buffer.alloc(8);
	bytes.writeDoubleLE(value);
	return bytes;
}

/** The characters of a text with the flags before them. */
export function characters(text: string, isWide = /[^\0-ÿ]/.test(text)): Buffer {
	return Buffer.concat([u8(isWide ? 1 : 0), Buffer.from(text, isWide ? 'utf16le' : 'latin1')]);
}

/** A BIFF8 text with its length in two bytes. */
export function text(value: string, isWide?: boolean): Buffer {
	return Buffer.concat([u16(value.length), characters(value, isWide)]);
}

export const bof = (kind: number, version = 0x0600) =>
	record(0x0809, u16(version, kind, 0, 0), u32(0, 0));
export const eof = record(0x000a);

export const number = (row: number, column: number, value: number, style = 0) =>
	record(0x0203, u16(row, column, style), f64(value));
export const shared = (row: number, column: number, index: number, style = 0) =>
	record(0x00fd, u16(row, column, style), u32(index));
export const label = (row: number, column: number, value: string, style = 0) =>
	record(0x0204, u16(row, column, style), text(value));
export const boolErr = (row: number, column: number, value: number, isError: boolean) =>
	record(0x0205, u16(row, column, 0), u8(value, isError ? 1 : 0));
export const rk = (row: number, column: number, value: number, style = 0) =>
	record(0x027e, u16(row, column, style), u32(value));
/** @param value what the formula gave: 8 bytes */
export const formula = (row: number, column: number, value: Buffer, style = 0) =>
	record(0x0006, u16(row, column, style), value, u16(0), u32(0), u16(0));
/** The value of a formula that gives no number. */
export const formulaValue = (kind: number, value = 0) => u8(kind, 0, value, 0, 0, 0, 0xff, 0xff);

export const format = (id: number, code: string) => record(0x041e, u16(id), text(code));
export const style = (formatId: number) => record(0x00e0, u16(0, formatId), Buffer.alloc(16));

export interface SheetContent {
	name?: string;
	/** 0 visible, 1 hidden, 2 very hidden. */
	state?: number;
	/** 0 worksheet, 1 macros, 2 chart. */
	kind?: number;
	records: Buffer[];
	isOpenEnded?: boolean;
}

export interface WorkbookContent {
	sheets: SheetContent[];
	/** Records of the workbook, before the list of sheets. */
	globals?: Buffer[];
	/** Records behind the list of sheets. */
	sharedTexts?: Buffer[];
	version?: number;
	/** Makes the name of a sheet as bytes. */
	nameBytes?: (name: string) => Buffer;
}

/** A workbook stream: the globals and one substream for each sheet. */
export function workbookStream({
	sheets,
	globals = [],
	sharedTexts = [],
	version = 0x0600,
	nameBytes = (name) => Buffer.concat([u8(name.length), characters(name)]),
}: WorkbookContent): Buffer {
	const places = (positions: readonly number[]) =>
		sheets.map(({ name = 'Sheet1', state = 0, kind = 0 }, i) =>
			record(0x0085, u32(positions[i] ?? 0), u8(state, kind), nameBytes(name)),
		);
	const head = (positions: readonly number[]) =>
		Buffer.concat([bof(5, version), ...globals, ...places(positions), ...sharedTexts, eof]);
	const substreams = sheets.map(({ records, isOpenEnded = false }) =>
		Buffer.concat([bof(0x10, version), ...records, ...(isOpenEnded ? [] : [eof])]),
	);
	let position = head([]).length;
	const positions = substreams.map(({ length }) => (position += length) - length);
	return Buffer.concat([head(positions), ...substreams]);
}

/** A workbook file. */
export function workbook(content: WorkbookContent): Buffer {
	return compoundFile({ Workbook: workbookStream(content) });
}

/** A workbook of one sheet with cells, its first row being a header. */
export function sheetOf(...records: Buffer[]): Buffer {
	return workbook({ sheets: [{ records }] });
}

/** The table of shared texts, split into records where the parts end. */
export function sharedTextTable(count: number, ...parts: Uint8Array[]): Buffer[] {
	const [first = Buffer.alloc(0), ...more] = parts;
	return [record(0x00fc, u32(count, count), first), ...more.map((part) => record(0x003c, part))];
}
