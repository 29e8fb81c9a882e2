import type { Decision } from '../../dataset';

/**
 * What ends a line: `\n` also ends lines of CRLF files (the carriage return before it is dropped), `\r` stands alone as old
 * Macintosh programs write it, and `any` takes all three in one file.
 */
export type Newline = '\n' | '\r' | 'any';

/** A line end: where it begins and where the next line does. */
export interface LineEnd {
	at: number;
	next: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const ANY = /\r\n?|\n/g;

/** The first line end at or behind a position; undefined where there is none. */
export function findLineEnd(text: string, from: number, newline: Newline): LineEnd | undefined {
	if (newline === '\n') {
		const at = text.indexOf('\n', from);
		if (at === -1) return undefined;
		const isPair = at > from && text.charCodeAt(at - 1) === CARRIAGE_RETURN;
		return { at: isPair ? at - 1 : at, next: at + 1 };
	}
	if (newline === '\r') {
		const at = text.indexOf('\r', from);
		if (at === -1) return undefined;
		return { at, next: at + (text.charCodeAt(at + 1) === LINE_FEED ? 2 : 1) };
	}
	ANY.lastIndex = from;
	const match = ANY.exec(text);
	return match === null ? undefined : { at: match.index, next: match.index + match[0].length };
}

/** How many lines of a text end between two positions, neither of which is inside of a line end. */
export function countLineEnds(
	text: string,
	newline: Newline,
	end = text.length,
	start = 0,
): number {
	if (newline !== '\n') {
		return text.slice(start, end).match(newline === '\r' ? /\r\n?/g : ANY)?.length ?? 0;
	}
	let count = 0;
	for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1))
		count++;
	return count;
}

const NAMES = { LF: 'line feeds', CRLF: 'carriage return and line feed', CR: 'carriage returns' };

/** Line ends outside of quotes, and how many of each kind. */
function countKinds(head: string, quote: string) {
	const outside = quote === '' ? head : withoutQuoted(head, quote);
	const CRLF = outside.match(/\r\n/g)?.length ?? 0;
	const LF = (outside.match(/\n/g)?.length ?? 0) - CRLF;
	// the last character may be the first half of a pair
	const CR = (outside.match(/\r(?!\n|$)/g)?.length ?? 0) + (outside.includes('\n') ? 0 : 1);
	return { CRLF, LF, CR: outside.includes('\r') ? CR : 0, first: /\r\n?|\n/.exec(outside)?.[0] };
}

/** The text without what stands between quotes; of an odd quote only the sign goes. */
function withoutQuoted(head: string, quote: string): string {
	const parts = head.split(quote);
	if (parts.length % 2 === 0) return parts.join('');
	return parts.filter((_, part) => part % 2 === 0).join('');
}

/**
 * Decides what ends the lines. A single carriage return between line feeds is text, as a cell may hold one; from two on,
 * or among CRLF, or where the first line ends with one, carriage returns end lines too.
 */
export function decideNewline(head: string, quote = '"'): { newline: Newline; decision: Decision } {
	const { CRLF, LF, CR, first } = countKinds(head, quote);
	const kinds = { CRLF, LF, CR };
	const used = (['CRLF', 'LF', 'CR'] as const).filter((kind) => kinds[kind] > 0);
	const endsLines = CR > 1 || CRLF > 0 || first === '\r';
	const hasFeeds = CRLF + LF > 0;
	let newline: Newline = '\n';
	if (CR > 0 && !hasFeeds) newline = '\r';
	else if (CR > 0 && endsLines) newline = 'any';
	const [only] = used.length === 1 ? used : [];
	const decision: Decision = {
		subject: 'line ends',
		value: only ?? (newline === '\n' && CRLF === 0 ? 'LF' : used.length === 0 ? 'LF' : 'mixed'),
		confidence: used.length > 1 ? 0.8 : used.length === 0 ? 0.5 : 1,
		evidence:
			used.length === 0
				? 'the file has a single line'
				: used.map((kind) => `${kinds[kind]} lines end with ${NAMES[kind]}`).join(', '),
		chosenBy: 'detection',
	};
	return { newline, decision };
}
