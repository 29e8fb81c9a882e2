import type { Decision, ReadOptions } from '../../dataset';
import type { DialectScore } from './dialect-score';
import type { Dialect } from './tokenizer';

const NAMES: Readonly<Record<string, string>> = { '"': 'double quote', "'": 'single quote' };

const quoteName = (quote: string): string => NAMES[quote] ?? `"${quote}"`;

/** From so many records on quotes that do not close show that they are no quotes. */
const BROKEN_RECORDS = 3;

/** Whether a sign stands at both borders of some cell, so that it may be a quote there. */
export function hasSigns(sample: string, quote: string, delimiter: string): boolean {
	const blank = delimiter === ' ' ? '' : ' *';
	const border = escapePattern(delimiter);
	const sign = escapePattern(quote);
	const enclosed = `(?:^|${border})${blank}${sign}[^\\r\\n${escapePattern(quote)}]*${sign}${blank}(?:${border}|\\r?$)`;
	return new RegExp(enclosed, 'm').test(sample);
}

/** So many cells show that a sign at their borders is no chance. */
const BORDERED_CELLS = 10;

/**
 * Whether a sign begins about as many cells as it ends, and many: quotes do so even where others stand unescaped between
 * them, apostrophes do not.
 */
export function areBalanced(sample: string, { quote, delimiter }: Dialect): boolean {
	const border = escapePattern(delimiter);
	const sign = escapePattern(quote);
	const blank = delimiter === ' ' ? '' : ' *';
	const begun = sample.match(new RegExp(`(?:^|${border})${blank}${sign}`, 'gm'))?.length ?? 0;
	const ended = sample.match(new RegExp(`${sign}${blank}(?=${border}|\\r?$)`, 'gm'))?.length ?? 0;
	const [fewer, more] = [Math.min(begun, ended), Math.max(begun, ended)];
	return fewer >= BORDERED_CELLS && fewer >= more * 0.9;
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Whether what was taken for quotes is not: it begins cells, and hardly ever ends them. */
export function areQuotesText(
	{ dialect, broken, quotedRecords }: DialectScore,
	sample: string,
): boolean {
	const isBroken = broken >= BROKEN_RECORDS && broken > quotedRecords;
	return isBroken && !areBalanced(sample, dialect);
}

export const withoutQuotes = (dialect: Dialect): Dialect => ({
	...dialect,
	quote: '',
	escape: '',
	padded: false,
});

/** The decisions `quote` and `escape`. */
export function describeQuoting(
	score: DialectScore,
	sample: string,
	options: Pick<ReadOptions, 'quote' | 'escape'>,
): Decision[] {
	return [describeQuote(score, options), describeEscape(score, sample, options)];
}

function describeQuote(
	{ dialect: { quote }, ...best }: DialectScore,
	options: Pick<ReadOptions, 'quote'>,
): Decision {
	const decision = { subject: 'quote', value: quote } as const;
	if (options.quote !== undefined) {
		return { ...decision, confidence: 1, evidence: 'set by hand', chosenBy: 'setting' };
	}
	if (quote === '') {
		const evidence = 'quotes begin cells and are not closed: they are text';
		return { ...decision, confidence: 0.8, evidence, chosenBy: 'detection' };
	}
	if (best.quotedCells === 0) {
		const evidence =
			'no cell at the top of the file has quotes around it; the usual sign is assumed';
		return { ...decision, confidence: 0.7, evidence, chosenBy: 'detection' };
	}
	const sound = best.quotedRecords / (best.quotedRecords + best.broken);
	const brokenRows = best.broken === 0 ? '' : `; in ${best.broken} rows quotes are broken`;
	return {
		...decision,
		confidence: Math.round(sound * 100) / 100,
		evidence: `${quoteName(quote)} around ${best.quotedCells} cells in ${best.quotedRecords} of ${best.records} rows${brokenRows}`,
		chosenBy: 'detection',
	};
}

function describeEscape(
	{ dialect, quotedCells }: DialectScore,
	sample: string,
	options: Pick<ReadOptions, 'escape'>,
): Decision {
	const { quote, escape } = dialect;
	const decision = { subject: 'escape', value: escape } as const;
	if (options.escape !== undefined) {
		return { ...decision, confidence: 1, evidence: 'set by hand', chosenBy: 'setting' };
	}
	if (quote === '') {
		return { ...decision, confidence: 1, evidence: 'there are no quotes', chosenBy: 'detection' };
	}
	if (escape !== quote) {
		const evidence = 'quotes inside cells have a backslash before them';
		return { ...decision, confidence: 0.95, evidence, chosenBy: 'detection' };
	}
	const isSeen = quotedCells > 0 && sample.includes(quote + quote);
	return {
		...decision,
		confidence: isSeen ? 0.95 : 0.8,
		evidence: isSeen
			? 'quotes inside cells are doubled'
			: 'no quote inside a cell at the top of the file; doubled ones are assumed, as is usual',
		chosenBy: 'detection',
	};
}
