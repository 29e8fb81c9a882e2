import Papa from 'papaparse';
import type { Decision } from '../../dataset';
import type { FailedRows } from './failed-rows';
import { cellText, reportedRow, type ReportLayout } from './reported-row';

/** How text becomes bytes; what is here of the encodings that files come in. */
export interface TextEncoding {
	/** Whether every text can be written. */
	readonly isUnicode: boolean;
	/** Whether the encoding has all characters of a text. */
	fits(text: string): boolean;
	/** The bytes of a text; a question mark where the encoding lacks a character. */
	encode(text: string): Uint8Array;
}

/** How a delimited file is written. */
export interface TextLayout {
	delimiter: string;
	/** Empty where cells have no sign around them. */
	quote: string;
	escape: string;
	comment: string;
	newline: string;
	byteOrderMark: boolean;
}

const LINES_AT_ONCE = 1000;

const textOf = (value: unknown, otherwise: string): string =>
	typeof value === 'string' ? value : otherwise;

/** The way in which a delimited file is written, from what was decided about it. */
export function textLayout(
	options: Record<string, unknown>,
	decisions: readonly Decision[],
): TextLayout {
	const quote = textOf(options.quote, '"');
	const ends = decisions.find(({ subject }) => subject === 'line ends')?.value;
	return {
		delimiter: textOf(options.delimiter, ','),
		quote,
		escape: textOf(options.escape, quote),
		comment: textOf(options.comment, ''),
		newline: ends === 'LF' ? '\n' : ends === 'CR' ? '\r' : '\r\n',
		byteOrderMark: options.byteOrderMark === true,
	};
}

/** The layout of rows that did not come in a delimited file: what Excel opens as it is. */
export const plainLayout: TextLayout = {
	...textLayout({}, []),
	byteOrderMark: true,
};

/** Whether an encoding has the characters of all cells. Reasons are not asked: there a question mark does no harm. */
export async function allFit(
	failed: FailedRows,
	layout: ReportLayout,
	encoding: TextEncoding,
): Promise<boolean> {
	if (encoding.isUnicode) return true;
	if (!encoding.fits(layout.header.join(''))) return false;
	for await (const row of failed.all()) {
		const { cells, reasons } = reportedRow(row, layout);
		if (!encoding.fits(cells.map(cellText).join('')) || !encoding.fits(reasons[3] ?? ''))
			return false;
	}
	return true;
}

/** The failed rows as delimited text. */
export async function* delimitedText(
	failed: FailedRows,
	report: ReportLayout,
	{ delimiter, quote, escape, comment, newline, byteOrderMark }: TextLayout,
): AsyncGenerator<string> {
	const config = {
		delimiter,
		newline,
		quoteChar: quote,
		escapeChar: escape,
		// a row that begins like a comment would be left out when the file is read
		quotes: (value: unknown, column: number) =>
			column === 0 && comment !== '' && String(value).startsWith(comment),
	};
	const write = (lines: string[][]) => Papa.unparse(lines, config) + newline;
	// without quotes a sign that takes a line apart cannot be part of a cell
	const plain = (text: string) =>
		quote === '' ? text.replace(/[\r\n]+/g, ' ').replaceAll(delimiter, ' ') : text;
	yield (byteOrderMark ? '\uFEFF' : '') + write([report.header]);
	let lines: string[][] = [];
	for await (const row of failed.all()) {
		const { cells, reasons } = reportedRow(row, report);
		lines.push([...cells.map(cellText), ...reasons.map(plain)]);
		if (lines.length < LINES_AT_ONCE) continue;
		yield write(lines);
		lines = [];
	}
	if (lines.length > 0) yield write(lines);
}

/** The failed rows as JSON Lines: values keep their types. */
export async function* jsonLines(failed: FailedRows, report: ReportLayout): AsyncGenerator<string> {
	const keys = [...report.names, ...report.header.slice(report.names.length)].map((name) =>
		JSON.stringify(name),
	);
	let text = '';
	for await (const row of failed.all()) {
		const { cells, reasons } = reportedRow(row, report);
		// put together by hand: keys such as __proto__ and 1 would not stay what and where they are
		const pairs = [...cells, ...reasons].map((cell, i) => `${keys[i]}:${JSON.stringify(cell)}`);
		text += `{${pairs.join(',')}}\n`;
		if (text.length < 64 * 1024) continue;
		yield text;
		text = '';
	}
	if (text !== '') yield text;
}
