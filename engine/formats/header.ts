import type { Cell, Column } from '../dataset/dataset';
import { issue, type Issue } from '../issues';

const LETTERS = 26;
const LETTER_A = 65;

/** A sheet may have 16,384 columns without names: nobody reads as many warnings. */
const MOST_ISSUES = 100;

/** The letters of a spreadsheet column: 0 is `A`, 25 is `Z`, 26 is `AA`. */
export function columnLetters(index: number): string {
	let letters = '';
	for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
		letters = String.fromCharCode(LETTER_A + ((rest - 1) % LETTERS)) + letters;
	}
	return letters;
}

/** A header cell as the text of a column name; `''` when it holds nothing that can be seen. */
function headerText(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return '';
	return (typeof cell === 'object' ? JSON.stringify(cell) : String(cell)).trim();
}

/** Gives out names that were not given before: the first wish is granted as it is, the next gets ` 2`, ` 3` behind it. */
class UniqueNames {
	readonly #taken: Set<string>;

	readonly #given = new Set<string>();

	readonly #lastNumber = new Map<string, number>();

	/** @param taken names that stand in the header itself: no number may lead to one of them */
	constructor(taken: Iterable<string>) {
		this.#taken = new Set(taken);
	}

	/** A name of the header: it is granted unless an earlier column has it. */
	claim(name: string): string {
		return this.#given.has(name) ? this.#numbered(name) : this.#give(name);
	}

	/** A name that the header does not hold: it also makes way for a later column that does. */
	invent(name: string): string {
		const free = !this.#taken.has(name) && !this.#given.has(name);
		return free ? this.#give(name) : this.#numbered(name);
	}

	#numbered(name: string): string {
		for (let number = (this.#lastNumber.get(name) ?? 1) + 1; ; number++) {
			const candidate = `${name} ${number}`;
			if (this.#taken.has(candidate) || this.#given.has(candidate)) continue;
			this.#lastNumber.set(name, number);
			return this.#give(candidate);
		}
	}

	#give(name: string): string {
		this.#given.add(name);
		return name;
	}
}

/**
 * Names the columns of a table after its header row. Every column gets a name of its own, so that no value is lost:
 * a name that stands twice gets ` 2`, ` 3` behind it, a blank one is named after its place (`Column C`).
 *
 * @param headerCells cells of the header row; may be shorter or longer than `width`
 * @param width number of columns to name
 * @param holdsValues whether the column at an index (from 0) holds values; a blank header over nothing is no issue
 * @param firstColumn index of the first of them in the file, where empty columns stand left of the table
 * @returns one column for each index, with the text of its header where its name differs, and HEADER_BLANK and HEADER_DUPLICATE warnings in the order of the columns, the
 * first hundred of them
 */
export function nameColumns(
	headerCells: readonly Cell[],
	width: number,
	holdsValues: (index: number) => boolean = () => true,
	firstColumn = 0,
): { columns: Column[]; issues: Issue[] } {
	const texts = Array.from({ length: width }, (_, index) => headerText(headerCells[index]));
	const names = new UniqueNames(texts);
	const issues: Issue[] = [];
	const columns = texts.map((text, index): Column => {
		const place = index + firstColumn;
		if (text === '') {
			const name = names.invent(`Column ${columnLetters(place)}`);
			if (holdsValues(index)) issues.push(blankHeader(name, place));
			return { name, header: '' };
		}
		const name = names.claim(text);
		if (name !== text) issues.push(duplicateHeader(text, name, place));
		const cell = headerCells[index];
		const header = typeof cell === 'string' ? cell : text;
		return header === name ? { name } : { name, header };
	});
	return { columns, issues: shortened(issues) };
}

function shortened(issues: Issue[]): Issue[] {
	const last = issues[MOST_ISSUES];
	if (last === undefined) return issues;
	const more = issues.length - MOST_ISSUES;
	return [
		...issues.slice(0, MOST_ISSUES),
		issue(last.code, `${more} more columns have no name, or the name of an earlier column.`),
	];
}

/** Columns of a table without a header row: `Column A`, `Column B`, ... */
export function columnsWithoutHeader(width: number, firstColumn = 0): Column[] {
	return Array.from({ length: width }, (_, index) => ({
		name: `Column ${columnLetters(index + firstColumn)}`,
	}));
}

function blankHeader(name: string, index: number): Issue {
	return issue(
		'HEADER_BLANK',
		`Column ${index + 1} has values but no name. It is called “${name}”.`,
		{ column: name },
	);
}

function duplicateHeader(text: string, name: string, index: number): Issue {
	return issue(
		'HEADER_DUPLICATE',
		`Column ${index + 1} has the name “${text}” of an earlier column. It is called “${name}”.`,
		{ column: name, value: text },
	);
}
