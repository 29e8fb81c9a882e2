import type { Decision } from '../../dataset';

/** Signs that may stand between the cells of a table with drawn lines; the likeliest first. */
const DELIMITERS = ['|', '\t', ';', ','];

/** A line that is drawn as long as the rows may differ from them by so many characters. */
const MOST_EXCESS = 2;

const hasStroke = (text: string): boolean => text.includes('---') || text.includes('===');

/** Whether a line holds nothing but strokes, corners and signs that may be delimiters. */
const isDrawnLine = (line: string): boolean => hasStroke(line) && /^[-=+|:;,\t ]+$/.test(line);

/** The text without the lines that are drawn. */
export function withoutDrawnLines(text: string): string {
	return text
		.split(/(?<=\n|\r(?!\n))/)
		.filter((line) => !isDrawnLine(line.trimEnd()))
		.join('');
}

/**
 * The delimiter of a table with drawn lines, as list exports, consoles and Markdown have them: a line of dashes above or
 * below a row has as many pieces as the row has cells, or the row has bars at both ends, or bars and the length of the line.
 *
 * @param chosen the delimiter, where it is known
 */
export function drawnDelimiter(sample: string, chosen?: string): string | undefined {
	if (!hasStroke(sample)) return undefined;
	const lines = sample.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
	const drawn = lines.flatMap((line, index) => (isDrawnLine(line.trimEnd()) ? [index] : []));
	const isBeside = (delimiter: string) => (index: number) =>
		[lines[index - 1], lines[index + 1]].some(
			(row) => row !== undefined && belongsTo(lines[index] ?? '', row, delimiter),
		);
	const delimiters = chosen === undefined ? DELIMITERS : [chosen];
	return delimiters.find((delimiter) => drawn.some(isBeside(delimiter)));
}

function belongsTo(line: string, row: string, delimiter: string): boolean {
	if (!row.includes(delimiter) || isDrawnLine(row.trimEnd())) return false;
	const text = line.trim();
	const pieces = text.split(delimiter === '|' ? /[|+]/ : delimiter);
	const inner = pieces.filter((piece, i) => piece !== '' || (i > 0 && i < pieces.length - 1));
	if (pieces.length > 1) {
		const areStrokes = inner.every((piece) => /^\s*:?[-=]{2,}:?\s*$/.test(piece));
		return areStrokes && row.trim().split(delimiter).length === pieces.length;
	}
	if (delimiter !== '|') return false;
	const isFramed = /^\|.*\|$/.test(row.trim());
	return isFramed || Math.abs(text.length - row.trim().length) <= MOST_EXCESS;
}

/** The decision that lines are drawn and no rows. */
export const drawnLinesDecision: Decision = {
	subject: 'drawn lines',
	value: 'skip',
	confidence: 0.95,
	evidence:
		'lines of dashes above or below rows go with them in length, frame or number of cells; blanks around cells are left out',
	chosenBy: 'detection',
};
