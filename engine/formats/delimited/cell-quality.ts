/** Values that are written in one piece: numbers, dates, times, addresses. */
const VALUE = new RegExp(
	[
		// numbers, with signs, thousands, decimals, exponents, currencies and percent
		String.raw`[-+(]?(?:[$€£¥]|[A-Z]{2,3}\$?)?\s?[-+]?\d[\d.,' ]*(?:[eE][-+]?\d+)?\s?(?:%|[$€£¥]|[a-zA-Z]{1,3})?\)?`,
		// dates and times, together or alone
		String.raw`\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}(?:[T ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp][Mm])?(?:\s?(?:Z|[-+]\d{2}:?\d{2}))?)?`,
		String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?`,
		String.raw`\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}`,
		// addresses of the net
		String.raw`[^\s@,;|]+@[^\s@,;|]+\.[^\s@,;|]+`,
		String.raw`(?:https?|ftp)://[^\s,;|]+`,
		String.raw`[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}`,
		String.raw`\d{1,3}(?:\.\d{1,3}){3}`,
		// what stands for nothing, yes and no
		String.raw`(?:true|false|yes|no|null|n/?a|nan|-)`,
	].join('|'),
	'i',
);

const WHOLE_VALUE = new RegExp(`^(?:${VALUE.source})$`, 'i');

const LONGEST_VALUE = 60;

/** Whether a cell is a number, a date, a time, an address or the like, and no text. */
export function isValue(cell: string): boolean {
	return cell.length <= LONGEST_VALUE && WHOLE_VALUE.test(cell);
}

/** Signs that hardly stand inside cells of a file that another sign delimits. */
const FOREIGN: Readonly<Record<string, RegExp>> = {
	'\t': /(?!)/,
	'|': /\t/,
	';': /[\t|]/,
	',': /[;\t|]/,
};
const FOREIGN_TO_RARE = /[,;\t|]/;

const EMPTY = 0.7;
const TEXT = 0.85;
const CUT_SENTENCE = 0.6;
const CUT_BRACKETS = 0.5;
const FOREIGN_SIGN = 0.35;

/**
 * How much a cell looks like one that a program wrote between two delimiters, from 0 to 1: values most, text well, pieces of
 * a sentence or of a list badly, and pieces that hold another delimiter worst.
 */
export function cellQuality(cell: string, delimiter: string): number {
	const text = cell.trim();
	if (text === '') return EMPTY;
	if (isValue(text)) return 1;
	if ((FOREIGN[delimiter] ?? FOREIGN_TO_RARE).test(text)) return FOREIGN_SIGN;
	if (/^[^()[\]{}]*[)\]}]|[([{][^()[\]{}]*$/.test(text)) return CUT_BRACKETS;
	if (cell.startsWith(' ') && /^\p{Ll}/u.test(text)) return CUT_SENTENCE;
	return TEXT;
}
