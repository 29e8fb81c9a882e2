import type { TextFormat } from './text-format';

/** What may stand before the document element: declarations, comments, a document type without definitions. */
const PROLOG = /^\s*(?:<\?[^>]*\?>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<!DOCTYPE[^>[]*>\s*)*/;

const ROOT = /^<((?:[\p{L}_][\w.-]*:)?[\p{L}_][^\s<>,;/]*)([^<>]*)>/u;

const PROLOG_LENGTH = 16 * 1024;

/**
 * Decides what kind of XML a text is.
 *
 * @param text text of the head, which begins with `<` but for space
 * @param isNamed whether the file name says XML: a broken file is XML all the same then
 */
export function markupFormat(
	text: string,
	isWhole: boolean,
	isNamed: boolean,
): TextFormat | undefined {
	const start = text.slice(0, PROLOG_LENGTH);
	const [prolog = ''] = PROLOG.exec(start) ?? [];
	const [, root = '', attributes = ''] = ROOT.exec(start.slice(prolog.length)) ?? [];
	const isSpreadsheetMl = /["']urn:schemas-microsoft-com:office:spreadsheet["']/.test(attributes);
	if (/^(?:[^:]+:)?Workbook$/.test(root) && isSpreadsheetMl) {
		return { value: 'spreadsheetml', confidence: 0.99, evidence: 'an XML workbook of Excel 2003' };
	}
	const isOpenDocument = attributes.includes('urn:oasis:names:tc:opendocument:xmlns:office:1.0');
	if (/:document$/.test(root) && isOpenDocument) {
		return { value: 'ods', confidence: 0.99, evidence: 'a flat OpenDocument file' };
	}
	if (/^\s*<\?xml\s/.test(start)) {
		return { value: 'xml', confidence: 0.99, evidence: 'an XML declaration' };
	}
	const isMarkup = /^\s*<(?:!--|!DOCTYPE\s)/.test(start) || root !== '';
	// the first text of a large record may go on behind the head
	const goesOn = !isWhole && /^<[^<>]*>\s*</.test(start.slice(prolog.length));
	if (isMarkup && (goesOn || /<\/|\/>/.test(text))) {
		return { value: 'xml', confidence: 0.9, evidence: 'starts with an XML element' };
	}
	if (!isNamed) return undefined;
	return { value: 'xml', confidence: 0.7, evidence: 'starts with < and is named XML' };
}
