import type { Decision, ReadOptions } from '../../dataset';
import { ByteOrderMarks } from '../encoding';
import { decideComment, commentPrefixes } from './comment';
import { drawnDelimiter, drawnLinesDecision, withoutDrawnLines } from './drawn-lines';
import { decideNewline } from './line-ends';
import { CANDIDATES, scoreDialect, type DialectScore } from './dialect-score';
import { isOneColumn, isPlausible, isPossible, longerDelimiter } from './delimiter-checks';
import { areBalanced, areQuotesText, describeQuoting, hasSigns, withoutQuotes } from './quoting';
import { CommentLine, MalformedRecord, type FileRecord, type RecordBatch } from './record-batch';
import { RecordSplitter } from './record-splitter';
import type { Dialect } from './tokenizer';

export type { Dialect } from './tokenizer';

const NAMES: Readonly<Record<string, string>> = {
	',': 'comma',
	';': 'semicolon',
	'\t': 'tab',
	'|': 'pipe',
	' ': 'space',
	'\u001f': 'unit separator',
	'\u0001': 'control character 1',
	'~': 'tilde',
	'^': 'caret',
	':': 'colon',
	'#': 'number sign',
	'&': 'ampersand',
	'*': 'asterisk',
	'!': 'exclamation mark',
};

/** So many characters of the head are looked at: the work is bounded, whatever the file is like. */
const SAMPLE_LENGTH = 32 * 1024;

/** Line ends are counted over so many characters. */
const LINE_END_LENGTH = 256 * 1024;

/** Records of the head that are given to whoever looks for the header. */
export const HEAD_RECORDS = 1000;

/** The head is taken apart in pieces of so many characters. */
const HEAD_PIECE = 64 * 1024;

/** A file of one column is read as if it had the first of these that it does not hold. */
const UNUSED = [',', ';', '\t', '|', '\u001f', '\u0001'];

/** A record of the head. */
export interface HeadRow {
	number: number;
	cells: string[];
	/** Whether a byte order mark stands before it: it is the first row of a file that was put behind another. */
	startsFile?: boolean;
}

/** A person's name for a delimiter, such as "semicolon". */
const delimiterName = (delimiter: string): string => NAMES[delimiter] ?? `"${delimiter}"`;

type DialectOptions = Pick<ReadOptions, 'delimiter' | 'quote' | 'escape' | 'comment'>;

/** What was decided about a file, and all that was set by hand taken over as it is. */
interface DecidedDialect {
	dialect: Dialect;
	/** Subjects `delimiter`, `quote`, `escape`, `comment`, `line ends`, and `drawn lines` where there are some. */
	decisions: Decision[];
}

/**
 * Decides how a delimited file is written: by the consistency over many lines, quotes respected, and by what the cells look
 * like. The first line alone never decides, but for Excel's own `sep=;`.
 *
 * @param head text of the beginning of the file
 * @param isWhole whether that is the whole file
 * @param options what a person has set; it is never doubted
 */
export function decideDialect(
	head: string,
	isWhole = false,
	options: DialectOptions = {},
): DecidedDialect {
	const beginning = head.slice(0, LINE_END_LENGTH);
	const { newline, decision: lineEnds } = decideNewline(beginning, options.quote ?? '"');
	const { text, isAll } = sampleOf(head, isWhole);
	const stated = /^sep=([^\r\n]+)\r?(?:\n|$)/i.exec(text);
	const content = stated === null ? text : text.slice(stated[0].length);
	const known = options.delimiter ?? stated?.[1];
	const drawn = drawnDelimiter(content, known);
	const sample = drawn === undefined ? content : withoutDrawnLines(content);
	const prefixes = options.comment === undefined ? commentPrefixes(sample) : [options.comment];
	const base: Dialect = {
		delimiter: ',',
		quote: options.quote ?? '"',
		escape: options.escape ?? options.quote ?? '"',
		comment: prefixes[0] ?? '',
		newline,
		padded: false,
	};
	const scores = scoreCandidates(sample, base, isAll, options, known ?? drawn);
	const isFound = scores.length > 0;
	const best = scores[0] ?? scoreOneColumn(sample, base, isAll);
	const { dialect } = best;
	const comment = decideComment(sample, dialect, options.comment);
	return {
		dialect: {
			...dialect,
			comment: String(comment.value),
			...(drawn !== undefined && { padded: true, drawn: true }),
		},
		decisions: [
			describeDelimiter(best, scores[1], { options, isStated: stated !== null, isFound }),
			...describeQuoting(best, sample, options),
			comment,
			lineEnds,
			...(drawn === undefined ? [] : [drawnLinesDecision]),
		],
	};
}

/** The first lines, the last of them whole. */
function sampleOf(head: string, isWhole: boolean): { text: string; isAll: boolean } {
	if (head.length <= SAMPLE_LENGTH) return { text: head, isAll: isWhole };
	return { text: head.slice(0, SAMPLE_LENGTH), isAll: false };
}

/** All that may be the dialect, the best first. */
function scoreCandidates(
	sample: string,
	base: Dialect,
	isAll: boolean,
	options: DialectOptions,
	chosen: string | undefined,
): DialectScore[] {
	const delimiters = chosen === undefined ? occurring(sample) : [chosen];
	const quotes = options.quote === undefined ? ['"', "'"] : [options.quote];
	const scores = delimiters.map((delimiter) => {
		const variants = quotes
			.filter((quote, index) => index === 0 || hasSigns(sample, quote, delimiter))
			.flatMap((quote) => variantsOf(sample, { ...base, delimiter }, quote, options))
			.map((dialect) => scoreDialect(sample, dialect, isAll));
		const sound = variants.reduce((one, other) => (isBetterQuoting(other, one) ? other : one));
		const best = withUnescapedQuotes(sound, variants, sample);
		const isText = options.quote === undefined && areQuotesText(best, sample);
		return isText ? scoreDialect(sample, withoutQuotes(best.dialect), isAll) : best;
	});
	if (chosen !== undefined) return scores;
	scores.sort((a, b) => b.score - a.score);
	const plausible = scores.filter((score) => isPlausible(score) && !isOneColumn(score));
	if (plausible.length === 0) return scores.filter(isPossible).slice(0, 1);
	const [best, ...others] = plausible;
	if (best === undefined) return [];
	const longer = longerDelimiter(sample, best);
	if (longer === undefined) return plausible;
	return [scoreDialect(sample, { ...best.dialect, delimiter: longer }, isAll), ...others];
}

/** The score of a file in which nothing was found, with a delimiter that splits none of its rows. */
function scoreOneColumn(sample: string, base: Dialect, isAll: boolean): DialectScore {
	const scores = UNUSED.map((delimiter) => scoreDialect(sample, { ...base, delimiter }, isAll));
	const [first] = scores;
	return scores.find(({ width }) => width === 1) ?? (first as DialectScore);
}

/** The same delimiter and quote with other escapes, and with blanks before quotes, where the sample has such. */
function variantsOf(
	sample: string,
	base: Dialect,
	quote: string,
	options: DialectOptions,
): Dialect[] {
	const dialect = { ...base, quote, escape: options.escape ?? quote };
	const variants = [dialect];
	if (quote === '') return variants;
	const hasBackslash = options.escape === undefined && sample.includes(`\\${quote}`);
	if (hasBackslash) variants.push({ ...dialect, escape: '\\' });
	if (sample.includes(` ${quote}`)) {
		variants.push(...variants.map((variant) => ({ ...variant, padded: true })));
	}
	return variants;
}

const hasMuchMore = (other: DialectScore, best: DialectScore): boolean =>
	other.quotedCells > 1 && other.quotedCells > 2 * best.quotedCells;

/**
 * Another sign around cells, though many of them hold it unescaped. Rows with such cells are no measure for the delimiter:
 * its score stays as it is without.
 */
function withUnescapedQuotes(
	best: DialectScore,
	variants: readonly DialectScore[],
	sample: string,
): DialectScore {
	const found = variants.find(
		(other) =>
			other.dialect.quote !== best.dialect.quote &&
			hasMuchMore(other, best) &&
			areBalanced(sample, other.dialect),
	);
	if (found === undefined) return best;
	const { quote, escape } = found.dialect;
	const { quotedCells, quotedRecords, broken } = found;
	return {
		...best,
		dialect: { ...best.dialect, quote, escape },
		quotedCells,
		quotedRecords,
		broken,
	};
}

/** Another reading of the quotes must be clearly better; of two equal ones the usual is right. */
function isBetterQuoting(other: DialectScore, best: DialectScore): boolean {
	const isSound = other.broken <= other.quotedRecords / 10;
	const hasMore = other.quotedCells > best.quotedCells;
	const { quote, padded } = other.dialect;
	if (quote !== best.dialect.quote) {
		return isSound && hasMuchMore(other, best);
	}
	if (padded && !best.dialect.padded) {
		const isMoreEven = other.share > best.share || other.broken < best.broken;
		return isSound && hasMore && (isMoreEven || other.quotedCells > 2);
	}
	return other.score > best.score * 1.001;
}

/** The candidates that occur in enough lines. */
function occurring(sample: string): string[] {
	const lines = sample.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
	const needed = Math.min(2, Math.ceil(lines.length / 20));
	return CANDIDATES.filter((delimiter) => {
		let count = 0;
		for (const line of lines) if (line.includes(delimiter) && ++count >= needed) return true;
		return false;
	});
}

function describeDelimiter(
	{ dialect, width, share, records, score }: DialectScore,
	second: DialectScore | undefined,
	{ options, isStated, isFound }: { options: DialectOptions; isStated: boolean; isFound: boolean },
): Decision {
	const decision = { subject: 'delimiter', value: dialect.delimiter } as const;
	if (options.delimiter !== undefined) {
		return { ...decision, confidence: 1, evidence: 'set by hand', chosenBy: 'setting' };
	}
	if (isStated) {
		const evidence = 'the first line of the file says so (sep=)';
		return { ...decision, confidence: 1, evidence, chosenBy: 'detection' };
	}
	if (!isFound) {
		const evidence = 'no delimiter found; the file has one column';
		return { ...decision, confidence: 0.5, evidence, chosenBy: 'detection' };
	}
	const rival = second === undefined ? 0 : second.score / score;
	const certainty = Math.min(1, 0.5 + share / 2) - Math.max(0, rival - 0.5) / 2;
	const few = records < 3 ? 0.15 : 0;
	return {
		...decision,
		confidence: Math.round(Math.max(0.3, certainty - few) * 100) / 100,
		evidence: `${delimiterName(dialect.delimiter)}: ${width} cells in ${Math.round(share * 100)} % of ${records} rows`,
		chosenBy: 'detection',
	};
}

/**
 * The first records of the head, as `splitRecords` gives them: blank ones are there, a comment is a record without cells, a
 * malformed one has its text as its only cell. The last record is left out where the head may end inside it.
 *
 * @param marks the byte order marks that were dropped from the head
 */
export function parseHead(
	head: string,
	dialect: Dialect,
	isWhole = false,
	marks = new ByteOrderMarks(),
): HeadRow[] {
	const splitter = new RecordSplitter(dialect, Infinity);
	const records: HeadRow[] = [];
	const take = (batches: Iterable<RecordBatch>) => {
		for (const batch of batches) {
			for (const record of batch)
				records.push({ number: records.length + 1, cells: cellsOf(record) });
			for (const position of marks.takeBefore(batch.end)) {
				const row = records[batch.recordAt(position) - 1];
				if (row !== undefined) row.startsFile = true;
			}
		}
	};
	let position = 0;
	while (position < head.length && records.length < HEAD_RECORDS) {
		take(splitter.add(head.slice(position, position + HEAD_PIECE)));
		position += HEAD_PIECE;
	}
	// a first record that is longer than the head is better than none
	if (position >= head.length && (isWhole || records.length === 0)) take(splitter.end());
	return records.slice(0, HEAD_RECORDS);
}

function cellsOf(record: FileRecord): string[] {
	if (record instanceof CommentLine) return [];
	return record instanceof MalformedRecord ? [record.line] : record;
}
