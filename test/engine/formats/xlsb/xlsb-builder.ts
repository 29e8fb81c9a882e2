import { zip } from '../xlsx/workbook-builder';

/** A record of a binary part ([MS-XLSB] 2.1.4): number, length, content. */
export function record(type: number, content: Buffer = Buffer.alloc(0)): Buffer {
	const number = type < 0x80 ? [type] : [(type & 0x7f) | 0x80, type >> 7];
	const length: number[] = [];
	for (let rest = content.length; ; rest >>= 7) {
		length.push(rest >= 0x80 ? (rest & 0x7f) | 0x80 : rest);
		if (rest < 0x80) break;
	}
	return Buffer.concat([Buffer.from([...number, ...length]), content]);
}

export function u8(value: number): Buffer {
	return Buffer.from([value]);
}

export function u16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}

export function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

export function double(value: number): Buffer {
	const bytes = Buffer.alloc(8);
	bytes.writeDoubleLE(value);
	return bytes;
}

export function wide(text: string): Buffer {
	return Buffer.concat([u32(text.length), Buffer.from(text, 'utf16le')]);
}

/** The head of a row; `flags` 0x10 hides it. */
export function rowHeader(row: number, flags = 0): Buffer {
	return record(0, Buffer.concat([u32(row), u32(0), u16(300), u8(0), u8(flags), u8(0), u32(0)]));
}

/** A cell of a type, with its value; the style is the index of a number format. */
export function cell(type: number, column: number, value: Buffer, style = 0): Buffer {
	return record(type, Buffer.concat([u32(column), u32(style), value]));
}

/** The same without a column, which is the next one. */
export function shortCell(type: number, value: Buffer, style = 0): Buffer {
	return record(type, Buffer.concat([u32(style), value]));
}

export interface XlsbParts {
	/** Records inside the sheet data, and behind it. */
	rows: Buffer[];
	behind?: Buffer[];
	texts?: string[];
	/** Number format codes: the first is style 1, and so on. */
	formats?: string[];
	date1904?: boolean;
	/** 0 visible, 1 hidden, 2 very hidden. */
	state?: number;
}

export function sheetPart({ rows, behind = [] }: XlsbParts): Buffer {
	return Buffer.concat([record(129), record(145), ...rows, record(146), ...behind, record(130)]);
}

/** A binary workbook of one sheet. */
export function xlsb(parts: XlsbParts): Buffer {
	const { texts = [], formats = [], date1904 = false, state = 0 } = parts;
	const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const relationships = (...targets: [id: string, type: string, target: string][]) =>
		`<Relationships>${targets.map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
	const workbook = Buffer.concat([
		record(131),
		record(153, Buffer.concat([u32(date1904 ? 1 : 0), u32(0), wide('')])),
		record(156, Buffer.concat([u32(state), u32(1), wide('rId1'), wide('Sheet1')])),
		record(156, Buffer.concat([u32(2), u32(2), u32(0xffffffff), wide('Macro')])),
		record(132),
	]);
	const styles = Buffer.concat([
		...formats.map((code, index) => record(44, Buffer.concat([u16(164 + index), wide(code)]))),
		record(626),
		record(47, Buffer.concat([u16(0xffff), u16(14), Buffer.alloc(12)])),
		record(627),
		record(617),
		...[0, ...formats.map((_, index) => 164 + index), 14].map((id) =>
			record(47, Buffer.concat([u16(0), u16(id), Buffer.alloc(12)])),
		),
		record(618),
	]);
	const shared = Buffer.concat([
		record(159, Buffer.concat([u32(texts.length), u32(texts.length)])),
		...texts.map((text) => record(19, Buffer.concat([u8(1), wide(text), u32(0), u32(0)]))),
		record(160),
	]);
	return zip([
		{ name: '_rels/.rels', content: relationships(['r', 'officeDocument', 'xl/workbook.bin']) },
		{ name: 'xl/workbook.bin', content: workbook },
		{
			name: 'xl/_rels/workbook.bin.rels',
			content: relationships(
				['rId1', 'worksheet', 'worksheets/sheet1.bin'],
				['rId2', 'styles', 'styles.bin'],
				['rId3', 'sharedStrings', 'sharedStrings.bin'],
			),
		},
		{ name: 'xl/worksheets/sheet1.bin', content: sheetPart(parts) },
		{ name: 'xl/styles.bin', content: styles },
		{ name: 'xl/sharedStrings.bin', content: shared },
	]);
}
