/** The parts of a workbook that do not depend on its rows (ECMA-376, part 1). */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const CONTENT_TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/xl/comments1.xml" ContentType="${TYPES}.comments+xml"/></Types>`;

const relations = (...list: Array<readonly [type: string, target: string]>): string =>
	`${HEAD}<Relationships xmlns="${RELATIONS}">${list
		.map(
			([type, target], i) =>
				`<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
		)
		.join('')}</Relationships>`;

export const PACKAGE_RELATIONS = relations(['officeDocument', 'xl/workbook.xml']);

export const WORKBOOK_RELATIONS = relations(
	['worksheet', 'worksheets/sheet1.xml'],
	['styles', 'styles.xml'],
);

export const SHEET_RELATIONS = relations(
	['vmlDrawing', '../drawings/vmlDrawing1.vml'],
	['comments', '../comments1.xml'],
);

export const workbookPart = (sheetName: string): string =>
	`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${xmlText(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** What a cell looks like; each but the header also coloured, under the number behind it. */
export const styles = { plain: 0, date: 2, dateTime: 4, text: 6, header: 8 } as const;

/** Number formats of the styles: 49 is text; those from 164 on are written out. */
const formats = [0, 164, 165, 49];

export const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="9">${formats
	.flatMap((format) =>
		[0, 2].map(
			(fill) =>
				`<xf numFmtId="${format}" fontId="0" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/>`,
		),
	)
	.join(
		'',
	)}<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`;

export const SHEET_START = `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;

export const SHEET_END = '</sheetData><legacyDrawing r:id="rId1"/></worksheet>';

/** A note at a cell; row and column from 0. */
export interface CellNote {
	row: number;
	column: number;
	text: string;
}

export function* notesPart(notes: readonly CellNote[]): Generator<string> {
	yield `${HEAD}<comments xmlns="${MAIN}"><authors><author>Data Import</author></authors><commentList>`;
	for (const { row, column, text } of notes) {
		yield `<comment ref="${columnLetters(column)}${row + 1}" authorId="0"><text><r><t xml:space="preserve">${xmlText(text)}</t></r></text></comment>`;
	}
	yield '</commentList></comments>';
}

/** Ids of shapes come in blocks of 1,024; a drawing names the blocks that it uses. */
const SHAPES_IN_BLOCK = 1024;

/** Where the notes are drawn. Spreadsheet programs still want it in the language of 1998 (ECMA-376, part 4, 19). */
export function* drawingPart(notes: readonly CellNote[]): Generator<string> {
	const blocks = Array.from(
		{ length: Math.ceil((notes.length + 1) / SHAPES_IN_BLOCK) },
		(_, i) => i + 1,
	);
	yield `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${blocks.join(',')}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`;
	for (const [i, { row, column }] of notes.entries()) {
		const anchor = [column + 1, 15, row, 2, column + 4, 15, row + 5, 4].join(', ');
		yield `<v:shape id="_x0000_s${SHAPES_IN_BLOCK + 1 + i}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`;
	}
	yield '</xml>';
}

/** The letters of a column: 0 is A. */
export function columnLetters(index: number): string {
	let letters = '';
	for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) {
		letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
	}
	return letters;
}

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
};

/** What XML has no sign for is written as its number, and so is what would be read as such (ECMA-376, part 1, 22.9.2.19). */
// eslint-disable-next-line no-control-regex -- these are what it is about
const UNWRITABLE = /[&<>"\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[\da-f]{4}_)/gi;

/** Text as it stands in the XML of a workbook. */
export const xmlText = (text: string): string =>
	text.replace(
		UNWRITABLE,
		(sign) =>
			ENTITIES[sign] ?? `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
	);
