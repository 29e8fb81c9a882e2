import { BLANK, isTyped, kindOf } from './cell-kind';
import { textOf, type RowProfile } from './row-profile';
import { isRecord, type TableShape } from './table-shape';

/** How rows of sums are called. */
const total =
	/^(?:(?:grand|sub|over\s?all|net)?[\s-]?totals?|sum|(?:gesamt|end|zwischen)?summe|summen?|(?:ins)?gesamt|total(?:e|i|en)?(?: g[eé]n[eé]ra(?:l|le))?|somme|ensemble|suma|soma|totaal|eindtotaal|totalt|summa|i alt|yhteensä|razem|ogółem|celkem|összesen|toplam|итого|всего|сумма|合計|总计|總計|合计|합계)(?:\s*\([^)]*\))?\s*:?$/iu;

/** Words that a total has even where nothing else in the row speaks for one. */
const certainTotal =
	/^(?:grand total|gesamtsumme|endsumme|summe|insgesamt|total g[eé]n[eé]ral|.*:)$/iu;

/** How notes below a table begin. */
const note =
	/^(?:(?:sources?|notes?|n\.?b|remarks?|footnotes?|disclaimer|legend|key|quellen?(?:\(n\))?|hinweise?|anmerkung(?:en)?|bemerkung(?:en)?|fu(?:ß|ss)noten?|legende|stand|erstellt(?: am| von)?|exportiert(?: am)?|gedruckt(?: am)?|printed(?: on)?|generated(?: on| by)?|created(?: on| by)?|exported(?: on)?|last updated?|updated|as of|remarques?|fuentes?|notas?|fonti?|fontes?|bron)\s*[:.]|(?:source|quelle)\s|(?:totals?|summe|gesamt|anzahl|somme|suma)\s*:?\s*\d|(?:stand|erstellt(?: am)?|exportiert(?: am)?|gedruckt(?: am)?|printed(?: on)?|generated(?: on)?|created(?: on)?|exported(?: on)?|as of)\s(?:\d{4}|\d{1,2}[./-]\s?\d)|©|\(c\)\s|copyright\s|\*|†|‡|\(?\d+ (?:rows?|records?|zeilen|datens(?:ä|ae)tze|lignes)\b|-{3,}|={3,}|end of (?:report|file|list|table)|ende der)/iu;

const LONGEST_LABEL = 40;

const WORDS_OF_SENTENCE = 6;

/** Whether a text is what a row of sums is called. */
const isTotalLabel = (text: string): boolean =>
	text.length <= LONGEST_LABEL && total.test(text.trim());

/** The letters that labels of totals begin with. */
const initials = new Set(
	'gsonteizyrcGSONTEIZYRCитвсИТВСö合总總합'.split('').map((letter) => letter.charCodeAt(0)),
);

/** `isTotalLabel`, for every row of a file: most texts are sorted out by their first letter. */
export function mayBeTotalLabel(text: string): boolean {
	if (text.length > LONGEST_LABEL) return false;
	const code = text.charCodeAt(0);
	return (initials.has(code) || code <= 0x20) && isTotalLabel(text);
}

/** Whether a row may hold the sums of the columns: it says so, has a number, and names no record. */
export function isTotal(row: RowProfile, shape: TableShape): boolean {
	const label = textOf(row.cells[row.first]);
	if (!isTotalLabel(label)) return false;
	let numbers = 0;
	let others = 0;
	let empty = 0;
	for (let column = shape.first; column < shape.last; column++) {
		if (column === row.first) continue;
		const kind = kindOf(row.cells[column]);
		const isValue = shape.kinds[column] === 'n';
		if (kind === BLANK) empty += isValue ? 0 : 1;
		else if (isValue) numbers += kind === 'n' ? 1 : 0;
		else if (!isTyped(kind) || kind !== 'n') others++;
	}
	if (numbers === 0 || others > 0) return false;
	// a record has something in its first cell
	const isIndented = row.first > shape.first;
	return empty > 0 || isIndented || row.isAfterGap || certainTotal.test(label);
}

/** Whether a row holds a note and nothing else: a text that begins as notes do. */
export function isNote(row: RowProfile, shape: TableShape): boolean {
	const width = shape.last - shape.first;
	if (width < 2 || row.filled > (width > 3 ? 2 : 1)) return false;
	return note.test(textOf(row.cells[row.first]));
}

/**
 * Which of the last rows of a file are no records: totals and notes. Whatever may be a record is one.
 *
 * @param rows the rows held back at the end, in order
 * @returns how many rows at their end are no records
 */
export function countFooters(rows: readonly RowProfile[], shape: TableShape): number {
	const gap = rows.findIndex(({ isAfterGap }) => isAfterGap);
	const block = gap === -1 ? -1 : startOfNotes(rows, gap, shape);
	const end = block === -1 ? rows.length : block;
	let footers = rows.length - end;
	for (let index = end - 1; index >= 0; index--) {
		const row = rows[index];
		if (row === undefined) break;
		const isApart = gap !== -1 && index >= gap;
		if (!isTotal(row, shape) && !isNote(row, shape) && !(isApart && isAside(row, shape))) break;
		footers++;
	}
	return footers;
}

/** Tables of fewer columns have records that look like the lines of notes. */
const LEAST_WIDTH_FOR_NOTES = 5;

/** Where a page of notes begins below blank rows: with a note, and behind it nothing is as wide as a record. */
function startOfNotes(rows: readonly RowProfile[], gap: number, shape: TableShape): number {
	if (shape.last - shape.first < LEAST_WIDTH_FOR_NOTES) return -1;
	const start = rows.findIndex((row, index) => index >= gap && isNote(row, shape));
	if (start === -1) return -1;
	const isPage = rows.slice(start).every((row) => row.filled < 3 && !isRecord(row, shape));
	return isPage ? start : -1;
}

/**
 * A single text below blank rows that can be no value of its column: it stands over numbers or dates, or is a sentence. A
 * name alone may be a record.
 */
function isAside({ cells, first, filled }: RowProfile, shape: TableShape): boolean {
	if (filled > 1 || shape.last - shape.first < 3) return false;
	const text = textOf(cells[first]);
	if (isTyped(kindOf(cells[first]))) return false;
	return isTyped(shape.kinds[first]) || text.split(/\s+/).length >= WORDS_OF_SENTENCE;
}
