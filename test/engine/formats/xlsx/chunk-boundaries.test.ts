import { SharedStrings } from '../../../../engine/formats/xlsx/shared-strings';
import { SharedTexts, type SheetRow } from '../../../../engine/formats/workbook';
import { CellStyles, noStyleSheet } from '../../../../engine/formats/xlsx/styles';
import { SheetTokenizer } from '../../../../engine/formats/xlsx/sheet-tokenizer';
import { asUtf8 } from '../../../../engine/formats/xlsx/xml-encoding';

/*
 * The bytes of a part arrive in chunks that may end anywhere: inside a tag, a number, a reference, a character. Whatever
 * the chunks, the result is the same.
 */

const sheet = Buffer.from(
	'<?xml version="1.0"?><!-- <sheetData> --><worksheet><sheetViews a=">"/><sheetData>\n' +
		'<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Zoë &amp; 東京</t></is></c></row>' +
		'<row r="2"><c r="A2" s="1"><v>46082.5</v></c><c r="C2"><f>A1&gt;2</f><v>-12.75</v></c><c r="D2" t="b"><v>1</v></c></row>' +
		'<!-- c --><x:row r="4"><x:c r="B4" t="str"><x:f>a</x:f><x:v>😀_x000D_</x:v></x:c></x:row>' +
		'<row><c t="str"><v><![CDATA[é</v>]]></v></c><c/><c t="e"><v>#N/A</v></c></row>' +
		'</sheetData><pageMargins left="1"/></worksheet>',
);

const texts = Buffer.from(
	'<sst><si><t>Größe</t></si><si/><si><r><t xml:space="preserve">東 </t></r><r><t>京</t></r><rPh><t>x</t></rPh></si><si><t>&#233;😀</t></si></sst>',
);

const expected = [
	{ number: 1, cells: ['Größe', 'Zoë & 東京'] },
	{ number: 2, cells: ['2026-03-01T12:00:00', null, -12.75, true] },
	{ number: 4, cells: [null, '😀\r'] },
	{ number: 5, cells: ['é</v>', null, '#N/A'] },
];

async function* pieces(bytes: Buffer, splits: readonly number[]) {
	let start = 0;
	for (const split of [...splits, bytes.length]) {
		// Each chunk has memory of its own, which is worthless once the next one is asked for.
		const chunk = Uint8Array.from(bytes.subarray(start, split));
		yield await Promise.resolve(chunk);
		chunk.fill(0x3c);
		start = split;
	}
}

async function sharedStrings(splits: readonly number[]): Promise<SharedTexts> {
	const strings = new SharedTexts(new SharedStrings(pieces(texts, splits)));
	await strings.readUpTo(Number.POSITIVE_INFINITY);
	return strings;
}

async function readSheet(splits: readonly number[]): Promise<SheetRow[]> {
	const context = {
		texts: await sharedStrings([]),
		styles: new CellStyles({ formatIds: [0, 14], codes: new Map() }, false, 'typed'),
	};
	const tokenizer = new SheetTokenizer(context, 0);
	const rows: SheetRow[] = [];
	for await (const chunk of asUtf8(pieces(sheet, splits))) {
		if (tokenizer.add(chunk)) rows.push(...tokenizer.read());
	}
	rows.push(...tokenizer.read());
	tokenizer.end();
	return rows;
}

const everyByte = (bytes: Buffer) =>
	Array.from({ length: bytes.length - 1 }, (_, index) => index + 1);

test('a sheet in one chunk', async () => {
	expect(await readSheet([])).toMatchObject(expected);
});

test('a sheet split at every byte', async () => {
	for (const split of everyByte(sheet)) expect(await readSheet([split])).toMatchObject(expected);
});

test('a sheet byte by byte', async () => {
	expect(await readSheet(everyByte(sheet))).toMatchObject(expected);
});

test('a sheet that breaks off anywhere is damaged', async () => {
	const end = sheet.indexOf('</sheetData>') + '</sheetData>'.length;
	for (let length = 0; length < end; length++) {
		const tokenizer = new SheetTokenizer(
			{ texts: await sharedStrings([]), styles: new CellStyles(noStyleSheet, false, 'typed') },
			0,
		);
		if (tokenizer.add(sheet.subarray(0, length))) tokenizer.read();
		expect(() => {
			tokenizer.end();
		}).toThrow('a sheet ends before its end');
	}
});

test('shared texts split at every byte', async () => {
	for (const splits of [...everyByte(texts).map((split) => [split]), everyByte(texts)]) {
		const strings = await sharedStrings(splits);
		expect([0, 1, 2, 3, 4].map((index) => strings.get(index))).toEqual([
			'Größe',
			'',
			'東 京',
			'é😀',
			undefined,
		]);
	}
});

test('shared texts are read as far as they are needed', async () => {
	// The encoding is looked for in the first bytes, which are read together.
	const long = Buffer.concat([Buffer.from(`<!--${' '.repeat(300)}-->`), texts]);
	const strings = new SharedTexts(new SharedStrings(pieces(long, everyByte(long))));
	await strings.readUpTo(0);
	expect([strings.get(0), strings.get(3), strings.isComplete]).toEqual(['Größe', undefined, false]);
	await strings.readUpTo(3);
	expect([strings.get(3), strings.isComplete]).toEqual(['é😀', false]);
	await strings.readUpTo(4);
	expect([strings.get(4), strings.isComplete]).toEqual([undefined, true]);
});
