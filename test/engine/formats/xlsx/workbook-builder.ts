/*
 * Builds workbooks from hand-written XML, for what no well-behaved writer would make. Everything is in memory and
 * small; nothing is checked.
 */
import { crc32, deflateRawSync } from 'node:zlib';
import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import type { FileSource, RejectedRow, Row } from '../../../../engine/dataset/dataset';
import type { RawBatch, ReadOptions } from '../../../../engine/dataset/reader';
import { workbookReader } from '../../../../engine/formats/workbook';
import { xlsxFormat } from '../../../../engine/formats/xlsx';
import { ImportError, type Issue } from '../../../../engine/issues';

export const xlsxReader = workbookReader(xlsxFormat);

export interface ZipPart {
	name: string;
	content: Buffer | string;
	/** 0 stored, 8 deflate. */
	method?: number;
	/** What the directory says instead of the truth. */
	declared?: { crc32?: number; size?: number; flags?: number };
}

export interface ZipOptions {
	/** Sizes and positions in the ZIP64 fields only. */
	zip64?: boolean;
	comment?: string;
}

const IN_ZIP64 = 0xffffffff;

export function zip(
	parts: readonly ZipPart[],
	{ zip64 = false, comment = '' }: ZipOptions = {},
): Buffer {
	const pieces: Buffer[] = [];
	const directory: Buffer[] = [];
	let position = 0;
	const add = (piece: Buffer) => {
		pieces.push(piece);
		position += piece.length;
	};
	for (const part of parts) {
		const packed = pack(part);
		directory.push(directoryHeader(part, packed, position, zip64));
		add(localHeader(part, packed));
		add(packed);
	}
	const start = position;
	directory.forEach(add);
	const size = position - start;
	if (zip64) zip64End(parts.length, size, start, position).forEach(add);
	add(end(parts.length, size, zip64 ? IN_ZIP64 : start, comment));
	return Buffer.concat(pieces);
}

function pack({ content, method = 8 }: ZipPart): Buffer {
	const bytes = Buffer.from(content);
	return method === 8 ? deflateRawSync(bytes) : bytes;
}

function fields(part: ZipPart, packed: Buffer) {
	const bytes = Buffer.from(part.content);
	return {
		name: Buffer.from(part.name),
		method: part.method ?? 8,
		flags: part.declared?.flags ?? 0x0800,
		crc: part.declared?.crc32 ?? crc32(bytes),
		packed: packed.length,
		size: part.declared?.size ?? bytes.length,
	};
}

function localHeader(part: ZipPart, packed: Buffer): Buffer {
	const { name, method, flags, crc, packed: packedSize, size } = fields(part, packed);
	const header = Buffer.alloc(30);
	header.writeUInt32LE(0x04034b50, 0);
	header.writeUInt16LE(flags, 6);
	header.writeUInt16LE(method, 8);
	header.writeUInt32LE(crc, 14);
	header.writeUInt32LE(packedSize, 18);
	header.writeUInt32LE(size, 22);
	header.writeUInt16LE(name.length, 26);
	return Buffer.concat([header, name]);
}

function directoryHeader(part: ZipPart, bytes: Buffer, position: number, zip64: boolean): Buffer {
	const { name, method, flags, crc, packed, size } = fields(part, bytes);
	const header = Buffer.alloc(46);
	header.writeUInt32LE(0x02014b50, 0);
	header.writeUInt16LE(flags, 8);
	header.writeUInt16LE(method, 10);
	header.writeUInt32LE(crc, 16);
	header.writeUInt32LE(zip64 ? IN_ZIP64 : packed, 20);
	header.writeUInt32LE(zip64 ? IN_ZIP64 : size, 24);
	header.writeUInt16LE(name.length, 28);
	header.writeUInt16LE(zip64 ? 28 : 0, 30);
	header.writeUInt32LE(zip64 ? IN_ZIP64 : position, 42);
	const extra = Buffer.alloc(zip64 ? 28 : 0);
	if (zip64) {
		extra.writeUInt16LE(1, 0);
		extra.writeUInt16LE(24, 2);
		[size, packed, position].forEach((value, index) => {
			extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
		});
	}
	return Buffer.concat([header, name, extra]);
}

function zip64End(count: number, size: number, start: number, position: number): Buffer[] {
	const record = Buffer.alloc(56);
	record.writeUInt32LE(0x06064b50, 0);
	record.writeBigUInt64LE(44n, 4);
	record.writeBigUInt64LE(BigInt(count), 24);
	record.writeBigUInt64LE(BigInt(count), 32);
	record.writeBigUInt64LE(BigInt(size), 40);
	record.writeBigUInt64LE(BigInt(start), 48);
	const locator = Buffer.alloc(20);
	locator.writeUInt32LE(0x07064b50, 0);
	locator.writeBigUInt64LE(BigInt(position), 8);
	return [record, locator];
}

function end(count: number, size: number, start: number, comment: string): Buffer {
	const record = Buffer.alloc(22);
	record.writeUInt32LE(0x06054b50, 0);
	record.writeUInt16LE(count, 8);
	record.writeUInt16LE(count, 10);
	record.writeUInt32LE(size, 12);
	record.writeUInt32LE(start, 16);
	record.writeUInt16LE(comment.length, 20);
	return Buffer.concat([record, Buffer.from(comment)]);
}

export interface SheetXml {
	name: string;
	/** What stands inside `sheetData`. */
	rows: string;
	state?: 'hidden' | 'veryHidden';
	/** Ranges of merged cells. */
	merges?: string[];
	/** The whole part, instead of `rows`. */
	xml?: string;
	/** Last segment of the relationship's type, `worksheet` by default. */
	type?: string;
}

export interface WorkbookXml {
	/** Rows of the only sheet, which is called Sheet1. */
	rows?: string;
	sheets?: SheetXml[];
	/** What stands inside each `si`. */
	texts?: string[];
	/** Number format codes: the first is cell style 1, and so on; style 0 is General. */
	formats?: string[];
	/** Ids of built-in number formats, for the cell styles after those. */
	builtInFormats?: number[];
	date1904?: boolean;
	/** Namespace prefix of all elements of spreadsheets. */
	prefix?: string;
	/** The namespaces of ISO 29500 strict. */
	strict?: boolean;
	encode?: (xml: string) => Buffer;
	/** Parts that replace or join the others. */
	parts?: Record<string, string>;
	/** Parts in this order; the others follow. */
	order?: string[];
}

const TRANSITIONAL = {
	main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
	office: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
};
const STRICT = {
	main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
	office: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
};
const PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The parts of a workbook, by name. */
export function workbookParts(options: WorkbookXml): Map<string, Buffer> {
	const { rows = '', texts, formats = [], builtInFormats = [], date1904, prefix, strict } = options;
	const sheets = options.sheets ?? [{ name: 'Sheet1', rows }];
	const { main, office } = strict === true ? STRICT : TRANSITIONAL;
	const root = (name: string, content: string) => `<${name} xmlns="${main}">${content}</${name}>`;
	const parts = new Map<string, string>();

	parts.set('_rels/.rels', relationships([[`${office}/officeDocument`, 'xl/workbook.xml']]));
	parts.set(
		'xl/_rels/workbook.xml.rels',
		relationships([
			...sheets.map(({ type = 'worksheet' }, index): [string, string] => [
				`${office}/${type}`,
				`worksheets/sheet${index + 1}.xml`,
			]),
			[`${office}/styles`, 'styles.xml'],
			...(texts === undefined
				? []
				: [[`${office}/sharedStrings`, 'sharedStrings.xml'] as [string, string]]),
		]),
	);
	const entries = sheets.map(
		({ name, state }, index) =>
			`<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"${state === undefined ? '' : ` state="${state}"`}/>`,
	);
	parts.set(
		'xl/workbook.xml',
		root(
			'workbook',
			`${date1904 === true ? '<workbookPr date1904="1"/>' : ''}<sheets>${entries.join('')}</sheets>`,
		).replace('<workbook', `<workbook xmlns:r="${office}"`),
	);
	sheets.forEach((sheet, index) => {
		const merges = (sheet.merges ?? []).map((range) => `<mergeCell ref="${range}"/>`).join('');
		const behind = merges === '' ? '' : `<mergeCells>${merges}</mergeCells>`;
		const xml = sheet.xml ?? root('worksheet', `<sheetData>${sheet.rows}</sheetData>${behind}`);
		parts.set(`xl/worksheets/sheet${index + 1}.xml`, xml);
	});
	parts.set('xl/styles.xml', root('styleSheet', styles(formats, builtInFormats)));
	if (texts !== undefined) {
		parts.set(
			'xl/sharedStrings.xml',
			root('sst', texts.map((text) => `<si>${text}</si>`).join('')),
		);
	}
	for (const [name, xml] of parts) {
		const own = prefix !== undefined && !name.endsWith('.rels') ? prefixed(xml, prefix) : xml;
		parts.set(name, PROLOGUE + own);
	}
	for (const [name, xml] of Object.entries(options.parts ?? {})) parts.set(name, xml);
	const encode = options.encode ?? ((xml: string) => Buffer.from(xml));
	return new Map([...parts].map(([name, xml]) => [name, encode(xml)]));
}

export function workbook(options: WorkbookXml, zipOptions?: ZipOptions): Buffer {
	const parts = workbookParts(options);
	const order = new Set([...(options.order ?? []), ...parts.keys()]);
	return zip(
		[...order].map((name) => ({ name, content: parts.get(name) ?? '' })),
		zipOptions,
	);
}

function styles(formats: readonly string[], builtInFormats: readonly number[]): string {
	const codes = formats.map(
		(code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code)}"/>`,
	);
	const ids = [0, ...formats.map((_, index) => 164 + index), ...builtInFormats];
	const cellStyles = ids.map((id) => `<xf numFmtId="${id}"/>`);
	return `<numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cellStyles.join('')}</cellXfs>`;
}

function relationships(targets: [type: string, target: string][]): string {
	const entries = targets.map(
		([type, target], index) =>
			`<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`,
	);
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries.join('')}</Relationships>`;
}

function prefixed(xml: string, prefix: string): string {
	return xml
		.replace(/<(\/?)([A-Za-z])/g, `<$1${prefix}:$2`)
		.replace(' xmlns=', ` xmlns:${prefix}=`);
}

export function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Rows as XML: text as inline text, numbers, nothing for null, and cells that are XML already. */
export function rowsXml(
	rows: readonly (string | number | null | { xml: string })[][],
	first = 1,
): string {
	return rows
		.map((cells, index) => {
			const number = first + index;
			const xml = cells.map((cell, column) => cellXml(cell, `${letter(column)}${number}`));
			return `<row r="${number}">${xml.join('')}</row>`;
		})
		.join('');
}

function cellXml(cell: string | number | null | { xml: string }, address: string): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`;
	if (typeof cell === 'string') {
		return `<c r="${address}" t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`;
	}
	return cell.xml.replace(/^<c(?= |>|\/)/, `<c r="${address}"`);
}

function letter(column: number): string {
	return String.fromCharCode(65 + column);
}

export interface ReadResult {
	source: FileSource;
	columns: string[];
	rows: Row[];
	/** The cells of the rows alone. */
	cells: Row['cells'][];
	rejected: RejectedRow[];
	issues: Issue[];
	batches: RawBatch[];
}

/** Opens a workbook and reads all of it. */
export async function readWorkbook(
	bytes: Uint8Array,
	options: ReadOptions = {},
	batchSize = 1000,
): Promise<ReadResult> {
	const source = await xlsxReader.open(new MemoryBytes(bytes), options);
	const batches: RawBatch[] = [];
	for await (const batch of xlsxReader.read(new MemoryBytes(bytes), source, batchSize)) {
		batches.push(batch);
	}
	const rows = batches.flatMap((batch) => batch.rows);
	return {
		source,
		columns: source.columns.map(({ name }) => name),
		rows,
		cells: rows.map(({ cells }) => cells),
		rejected: batches.flatMap(({ rejected }) => rejected),
		issues: batches.flatMap(({ issues }) => issues),
		batches,
	};
}

/** The issue that reading a workbook ends in. */
export async function readFailure(bytes: Uint8Array, options: ReadOptions = {}): Promise<Issue> {
	try {
		await readWorkbook(bytes, options);
	} catch (error) {
		if (error instanceof ImportError) return error.issue;
		throw error;
	}
	throw new Error('The workbook was read without an error.');
}

/** The value of a single cell, given as XML, below a header. */
export async function readCell(cell: string, options: WorkbookXml = {}): Promise<unknown> {
	const rows = rowsXml([
		['Value', 'Row'],
		[{ xml: cell }, 1],
	]);
	const { cells } = await readWorkbook(workbook({ ...options, rows }));
	return cells[0]?.[0];
}
