import { findClosingQuote, unescapeCell, type Dialect } from './tokenizer';

/** Steps that are taken to find the readings of one line. */
const MOST_STEPS = 2000;

/** Quotes behind an opening one that are tried as the closing one. */
const MOST_CLOSINGS = 20;

/** What is paid for a quote that is taken as text inside a quoted cell, and for one that begins a cell and is text. */
const QUOTE_IN_PAIR = 0.3;
const ODD_QUOTE = 0.8;
const UNCLOSED = 1;

interface Cell {
	text: string;
	/** Where the next cell begins; -1 when this is the last. */
	next: number;
	/** How far the reading is from what is written in a sound file. */
	cost: number;
}

/**
 * Reads a line whose quotes are broken as a person would: of all ways to take its quotes either as signs around a cell or as
 * text, the one that gives the expected number of cells and has the least to explain. A cell that begins with a quote
 * which nothing closes keeps it.
 *
 * @param line one line without its end, or a few lines of which only quoted cells may hold the breaks
 * @param width the expected number of cells
 * @returns undefined when no reading gives so many cells
 */
export function readLeniently(line: string, dialect: Dialect, width: number): string[] | undefined {
	const { quote } = dialect;
	let steps = 0;
	let best: string[] | undefined;
	let bestCost = Infinity;
	const cells: string[] = [];

	const visit = (position: number, cost: number): void => {
		if (++steps > MOST_STEPS || cells.length >= width || cost >= bestCost) return;
		for (const cell of cellsAt(position)) {
			cells.push(cell.text);
			if (cell.next !== -1) visit(cell.next, cost + cell.cost);
			else if (cells.length === width && cost + cell.cost < bestCost) {
				best = [...cells];
				bestCost = cost + cell.cost;
			}
			cells.pop();
		}
	};

	const cellsAt = (position: number): Cell[] => {
		if (!line.startsWith(quote, position)) return plainCells(position, 0);
		const quoted = quotedCells(position);
		// a cell that is sound is not read in any other way
		if (quoted[0]?.cost === 0) return quoted.slice(0, 1);
		return [...quoted, ...plainCells(position, UNCLOSED)];
	};

	const plainCells = (position: number, cost: number): Cell[] => {
		const end = line.indexOf(dialect.delimiter, position);
		const text = line.slice(position, end === -1 ? undefined : end);
		if (text.includes('\n') || text.includes('\r')) return [];
		return [{ text, next: end === -1 ? -1 : end + dialect.delimiter.length, cost }];
	};

	const quotedCells = (position: number): Cell[] => {
		const start = position + quote.length;
		const found: Cell[] = [];
		let cost = 0;
		let opened = 0;
		let at = line.startsWith(quote, start) ? start : findClosingQuote(line, start, dialect);
		for (let tries = 0; at !== -1 && tries < MOST_CLOSINGS; tries++) {
			const next = nextCell(at + quote.length);
			if (next !== undefined) {
				const text = unescapeCell(line.slice(start, at), dialect);
				found.push({ text, next, cost });
				if (cost === 0) return found;
			}
			if (opensWords(at)) {
				opened++;
				cost += QUOTE_IN_PAIR;
			} else if (opened > 0) {
				opened--;
				cost += QUOTE_IN_PAIR;
			} else cost += ODD_QUOTE;
			at = findClosingQuote(line, at + quote.length, dialect);
		}
		return found;
	};

	/** Whether a quote stands as before quoted words: behind a blank or another quote, before text. */
	const opensWords = (at: number): boolean =>
		/[\s"'(]/.test(line[at - 1] ?? ' ') && /\S/.test(line[at + quote.length] ?? ' ');

	/** Where the next cell begins if a cell ends here; -1 at the end of the line. */
	const nextCell = (behind: number): number | undefined => {
		const { delimiter } = dialect;
		let at = behind;
		while (line[at] === ' ' && !line.startsWith(delimiter, at)) at++;
		if (at >= line.length) return -1;
		return line.startsWith(delimiter, at) ? at + delimiter.length : undefined;
	};

	visit(0, 0);
	return best;
}
