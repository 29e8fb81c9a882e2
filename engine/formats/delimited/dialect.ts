import Papa from 'papaparse';
import type { Decision } from '../../dataset';
import { copyRecord, type Dialect } from './records';

const CANDIDATES = [',', ';', '\t', '|', '\u001f', '~', '^', ':'] as const;

const NAMES: Readonly<Record<string, string>> = {
	',': 'comma',
	';': 'semicolon',
	'\t': 'tab',
	'|': 'pipe',
	'\u001f': 'unit separator',
	'~': 'tilde',
	'^': 'caret',
	':': 'colon',
};

const SAMPLE_RECORDS = 1000;

/** A person's name for a delimiter, such as "semicolon". */
export const delimiterName = (delimiter: string): string => NAMES[delimiter] ?? `"${delimiter}"`;

/** `\r` only where the head holds no line feed at all, as old Macintosh programs write. */
export function decideNewline(head: string): Dialect['newline'] {
	return !head.includes('\n') && head.includes('\r') ? '\r' : '\n';
}

/**
 * Decides the delimiter by consistency over many records, quotes respected: the share of records that have the most
 * common number of cells, then the number of cells. The first line alone never decides.
 */
export function decideDelimiter(
	head: string,
	quote: string,
	newline: Dialect['newline'],
	chosen?: string,
): Decision {
	if (chosen !== undefined) {
		return {
			subject: 'delimiter',
			value: chosen,
			confidence: 1,
			evidence: 'set by hand',
			chosenBy: 'setting',
		};
	}
	const scored = CANDIDATES.map((delimiter) => ({
		delimiter,
		...scoreDelimiter(head, delimiter, quote, newline),
	})).filter(({ width }) => width > 1);
	scored.sort((a, b) => b.score - a.score);
	const [best, second] = scored;
	if (best === undefined) {
		return {
			subject: 'delimiter',
			value: ',',
			confidence: 0.5,
			evidence: 'no delimiter found; the file has one column',
			chosenBy: 'detection',
		};
	}
	const rival = second === undefined ? 0 : second.score / best.score;
	return {
		subject: 'delimiter',
		value: best.delimiter,
		confidence: Math.round(Math.max(0.5, best.share - rival / 3) * 100) / 100,
		evidence: `${delimiterName(best.delimiter)}: ${best.width} cells in ${Math.round(best.share * 100)} % of ${best.records} rows`,
		chosenBy: 'detection',
	};
}

function scoreDelimiter(head: string, delimiter: string, quote: string, newline: '\n' | '\r') {
	const widths = new Map<number, number>();
	let records = 0;
	for (const cells of parseHead(head, { delimiter, quote, newline })) {
		if (cells.length === 1 && cells[0]?.trim() === '') continue;
		widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
		records++;
	}
	let width = 1;
	let most = 0;
	for (const [cells, count] of widths) {
		if (cells > 1 && count > most) [width, most] = [cells, count];
	}
	const share = records === 0 ? 0 : most / records;
	// consistency counts most; among equals the delimiter that gives more columns wins
	return { width, share, records, score: share ** 2 * (1 - 1 / (width + 1)) };
}

/** The records of the head; the last one is left out where the head may end inside it. */
export function parseHead(head: string, dialect: Dialect, wholeFile = false): string[][] {
	const { delimiter, quote, newline } = dialect;
	const parser = new Papa.Parser({
		delimiter,
		newline,
		quoteChar: quote,
		escapeChar: quote,
		preview: SAMPLE_RECORDS,
	});
	const { data } = parser.parse(head, 0, !wholeFile) as Papa.ParseResult<string[]>;
	if (data.length === 0 && !wholeFile) return parseHead(head, dialect, true);
	return data.map(copyRecord);
}
