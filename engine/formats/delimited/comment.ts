import type { Decision } from '../../dataset';
import { Tokenizer, type Dialect } from './tokenizer';

/** How comment lines begin in files that have some. */
const PREFIXES = ['#', '//', '--', '%'];

/** So many lines are looked at. */
const SEARCHED_LINES = 1000;

const linesOf = (text: string): string[] =>
	text.split(/\r\n?|\n/, SEARCHED_LINES).filter((line) => line.trim() !== '');

/** What may begin comments: the file begins with such a line, and goes on with others. */
export function commentPrefixes(sample: string): string[] {
	const lines = linesOf(sample);
	return PREFIXES.filter((prefix) => {
		if (lines[0]?.startsWith(prefix) !== true) return false;
		const comments = lines.filter((line) => line.startsWith(prefix)).length;
		return comments < lines.length;
	}).slice(0, 1);
}

/**
 * Decides whether lines that begin with a sign are comments: the file begins with such lines, and none of them has cells
 * as the rows of the table have. A header such as `#,name` is none, and in doubt a line is none: rows can be seen.
 */
export function decideComment(sample: string, dialect: Dialect, chosen?: string): Decision {
	const decision = { subject: 'comment', chosenBy: 'detection' } as const;
	if (chosen !== undefined) {
		return {
			...decision,
			value: chosen,
			confidence: 1,
			evidence: 'set by hand',
			chosenBy: 'setting',
		};
	}
	for (const prefix of commentPrefixes(sample)) {
		for (const sign of new Set([prefix, prefix.repeat(2)])) {
			const lines = linesOf(sample).filter((line) => line.startsWith(sign));
			const others = linesOf(sample).length - lines.length;
			if (lines.length === 0 || others === 0) continue;
			const cells = lines.map((line) => countCells(line, dialect));
			if (cells.some((count) => count > 1 && count >= (dialect.width ?? 1) / 2)) continue;
			// in a file of one column every line has as many cells as the table
			if ((dialect.width ?? 1) < 2 && lines.length < 2) continue;
			const evidence = `${lines.length} lines that begin with ${sign}, the first line among them, do not fit the table`;
			return { ...decision, value: sign, confidence: 0.9, evidence };
		}
	}
	return {
		...decision,
		value: '',
		confidence: 0.9,
		evidence: 'the file does not begin with comments',
	};
}

function countCells(line: string, dialect: Dialect): number {
	const tokenizer = new Tokenizer(line, { ...dialect, comment: '' }, true);
	tokenizer.read(0);
	return tokenizer.cells.length;
}
