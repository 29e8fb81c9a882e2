import { cellQuality, isValue } from './cell-quality';
import { findLineEnd } from './line-ends';
import { Tokenizer, type Dialect } from './tokenizer';

/** Records that are looked at, and those of them whose cells are. */
const MOST_RECORDS = 400;
const MOST_JUDGED = 100;

const WIDE = 8;

/** How well the head of a file reads in a dialect. */
export interface DialectScore {
	dialect: Dialect;
	/** From 0 to 1. */
	score: number;
	/** Records that are not blank. */
	records: number;
	/** The number of cells that most of the records with several cells have; 1 where there are none. */
	width: number;
	/** The share of records with that many cells. */
	share: number;
	/** Records with so many cells that no sentence has as many pieces. */
	wide: number;
	/** Records with broken quotes. */
	broken: number;
	/** Cells with quotes around them. */
	quotedCells: number;
	/** Records with such cells. */
	quotedRecords: number;
	/** The share of cells that are values, of those that were judged and are not empty. */
	values: number;
	/** The cells of the first records, for closer looks. */
	first: readonly string[][];
}

/** Signs that people use as delimiters; the rarer one is, and the more it stands in texts, the more must speak for it. */
const PRIORS: Readonly<Record<string, number>> = {
	',': 1,
	';': 1,
	'\t': 1.03,
	'|': 1,
	'\u001f': 1.05,
	'\u0001': 1.05,
	'^': 0.95,
	'~': 0.95,
	'#': 0.9,
	':': 0.6,
	'::': 1,
	'&': 0.7,
	'*': 0.7,
	'!': 0.6,
	' ': 0.6,
};

/** Every delimiter that is looked for; others of several characters are made of these. */
export const CANDIDATES: readonly string[] = Object.keys(PRIORS);

/**
 * Scores a dialect by the number of cells that its records have, how alike the records are in that, and what their cells
 * look like. Title rows, notes and further tables lower the score of every dialect alike; what lowers only the score of
 * wrong ones are cells that are pieces of something, and quotes that do not close.
 *
 * After van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019), which
 * multiplies a pattern score and a type score; the scores themselves are our own.
 */
export function scoreDialect(text: string, dialect: Dialect, isWhole: boolean): DialectScore {
	const { records, broken, quotedCells, quotedRecords } = readSample(text, dialect, isWhole);
	const filled = records.filter(({ cells }) => cells.length > 1 || cells[0]?.trim() !== '');
	const { width, count } = mostCommonWidth(filled.map(({ cells }) => cells.length));
	const total = Math.max(1, filled.length);
	const share = count / total;
	const several = filled.filter(({ cells }) => cells.length > 1).length / total;
	const table = filled.filter(({ cells }) => cells.length === width);
	const { quality, values } = judgeCells(table, dialect.delimiter);
	const consistency = 0.7 * share + 0.3 * several;
	const depth = Math.sqrt(1 - 1 / width);
	const soundness = (1 - broken / total) ** 2;
	const prior = PRIORS[dialect.delimiter] ?? 1;
	return {
		dialect: { ...dialect, width },
		score: width === 1 ? 0 : consistency * depth * quality * soundness * prior,
		records: filled.length,
		width,
		share,
		wide: filled.filter(({ cells }) => cells.length >= WIDE).length,
		broken,
		quotedCells,
		quotedRecords,
		values,
		first: filled.slice(0, MOST_JUDGED).map(({ cells }) => cells),
	};
}

interface SampleRecord {
	cells: string[];
	quoted: readonly number[];
}

function readSample(text: string, dialect: Dialect, isWhole: boolean) {
	const records: SampleRecord[] = [];
	const tokenizer = new Tokenizer(text, dialect, isWhole);
	let [position, broken, quotedCells, quotedRecords] = [0, 0, 0, 0];
	while (position < text.length && records.length < MOST_RECORDS) {
		const isRead = tokenizer.read(position);
		if (isRead && tokenizer.fault === undefined) {
			position = tokenizer.end;
			if (tokenizer.isComment) continue;
			const { cells, quoted } = tokenizer;
			quotedCells += quoted.length;
			if (quoted.length > 0) quotedRecords++;
			records.push({ cells, quoted });
			continue;
		}
		const end = findLineEnd(text, position, dialect.newline);
		if (end === undefined && !isRead) break;
		broken++;
		const line = text.slice(position, end?.at);
		records.push({ cells: line.split(dialect.delimiter), quoted: [] });
		position = end?.next ?? text.length;
	}
	return { records, broken, quotedCells, quotedRecords };
}

/** The most common width above 1; among equals the larger. */
function mostCommonWidth(widths: readonly number[]): { width: number; count: number } {
	const counts = new Map<number, number>();
	for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
	let [best, most] = [1, 0];
	for (const [width, count] of counts) {
		if (width > 1 && (count > most || (count === most && width > best))) {
			[best, most] = [width, count];
		}
	}
	return { width: best, count: most };
}

/** The quality of the cells of some records that lie evenly in the table. */
function judgeCells(table: readonly SampleRecord[], delimiter: string) {
	const every = Math.max(1, Math.ceil(table.length / MOST_JUDGED));
	let [sum, cells, values, filled] = [0, 0, 0, 0];
	for (let row = 0; row < table.length; row += every) {
		const record = table[row];
		if (record === undefined) break;
		record.cells.forEach((cell, index) => {
			cells++;
			const text = cell.trim();
			const isQuoted = record.quoted.includes(index);
			sum += isQuoted ? 1 : cellQuality(cell, delimiter);
			if (text === '') return;
			filled++;
			if (isQuoted || isValue(text)) values++;
		});
	}
	return {
		quality: cells === 0 ? 0 : sum / cells,
		values: filled === 0 ? 0 : values / filled,
	};
}
