import { createWriteStream } from 'node:fs';
import { columns, record, vocabularies } from './seeded-records.mjs';
import { ZipWriter } from '../zip-writer.mjs';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const ROWS_PER_PIECE = 500;

const STYLES = { date: ' s="1"', 'date-time': ' s="2"' };

/** Indexes of the shared strings: the column names, then the vocabularies, then the texts of each row in their order. */
const vocabularyStart = {};
let fixedStrings = columns.length;
for (const [column, words] of Object.entries(vocabularies)) {
	vocabularyStart[column] = fixedStrings;
	fixedStrings += words.length;
}
const textsPerRow = record(0).filter(({ kind }) => kind === 'text').length;

/**
 * Writes a workbook of seeded records in constant memory, with the parts in Excel's own order: the sheet stands before
 * the shared strings that it refers to.
 *
 * @param {string} path
 * @param {number} rows data rows; a header row comes first
 */
export async function writeXlsx(path, rows) {
	const zip = new ZipWriter(createWriteStream(path));
	for (const [name, xml] of Object.entries(smallParts)) await zip.add(name, [PROLOGUE + xml]);
	await zip.add('xl/worksheets/sheet1.xml', sheetXml(rows));
	await zip.add('xl/sharedStrings.xml', sharedStringsXml(rows));
	await zip.end();
}

function* sheetXml(rows) {
	const dimension = `A1:${letter(columns.length - 1)}${rows + 1}`;
	yield `${PROLOGUE}<worksheet xmlns="${MAIN}"><dimension ref="${dimension}"/><sheetData>`;
	yield rowXml(
		1,
		columns.map((_, index) => ({ kind: 'shared', value: index })),
	);
	for (let start = 0; start < rows; start += ROWS_PER_PIECE) {
		let piece = '';
		for (let row = start; row < Math.min(start + ROWS_PER_PIECE, rows); row++) {
			piece += rowXml(row + 2, withSharedStrings(record(row), row));
		}
		yield piece;
	}
	yield '</sheetData></worksheet>';
}

function withSharedStrings(cells, row) {
	let nextText = fixedStrings + row * textsPerRow;
	return cells.map((cell, column) => {
		if (cell.kind === 'text') return { kind: 'shared', value: nextText++ };
		if (cell.kind !== 'choice') return cell;
		return { kind: 'shared', value: vocabularyStart[column] + cell.value };
	});
}

function rowXml(number, cells) {
	let xml = `<row r="${number}" spans="1:${cells.length}">`;
	for (const [column, { kind, value }] of cells.entries()) {
		const attributes = kind === 'shared' ? ' t="s"' : (STYLES[kind] ?? '');
		xml += `<c r="${letter(column)}${number}"${attributes}><v>${value}</v></c>`;
	}
	return `${xml}</row>`;
}

function* sharedStringsXml(rows) {
	const unique = fixedStrings + rows * textsPerRow;
	yield `${PROLOGUE}<sst xmlns="${MAIN}" count="${(rows + 1) * columns.length}" uniqueCount="${unique}">`;
	for (const text of [...columns, ...Object.values(vocabularies).flat()]) yield stringXml(text);
	for (let start = 0; start < rows; start += ROWS_PER_PIECE) {
		let piece = '';
		for (let row = start; row < Math.min(start + ROWS_PER_PIECE, rows); row++) {
			for (const { kind, value } of record(row)) if (kind === 'text') piece += stringXml(value);
		}
		yield piece;
	}
	yield '</sst>';
}

function stringXml(text) {
	return `<si><t>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></si>`;
}

function letter(column) {
	return String.fromCharCode(65 + column);
}

const smallParts = {
	'[Content_Types].xml':
		`<Types xmlns="${PACKAGE}/content-types">` +
		'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
		'<Default Extension="xml" ContentType="application/xml"/>' +
		contentType('/xl/workbook.xml', 'sheet.main') +
		contentType('/xl/worksheets/sheet1.xml', 'worksheet') +
		contentType('/xl/styles.xml', 'styles') +
		contentType('/xl/sharedStrings.xml', 'sharedStrings') +
		'</Types>',
	'_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
	'xl/workbook.xml':
		`<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
		'<sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>',
	'xl/_rels/workbook.xml.rels': relationships([
		['worksheet', 'worksheets/sheet1.xml'],
		['styles', 'styles.xml'],
		['sharedStrings', 'sharedStrings.xml'],
	]),
	'xl/styles.xml':
		`<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>` +
		'<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>' +
		'<cellStyleXfs count="1"><xf/></cellStyleXfs>' +
		'<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs></styleSheet>',
};

function contentType(part, type) {
	const name = `application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml`;
	return `<Override PartName="${part}" ContentType="${name}"/>`;
}

function relationships(targets) {
	const entries = targets.map(
		([type, target], index) =>
			`<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
	);
	return `<Relationships xmlns="${PACKAGE}/relationships">${entries.join('')}</Relationships>`;
}
