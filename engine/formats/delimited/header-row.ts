import type { Decision } from '../../dataset';

/** How far from the top a header is looked for. */
const SEARCHED_ROWS = 20;

/** Text that a person writes as a value, hardly ever as the name of a column: numbers, dates, e-mail addresses. */
const VALUE =
	/^[-+(]?[\d.,\s%€$£]*\d[\d.,\s%€$£)]*$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/**
 * Decides which row holds the column names. Title rows above the table fill fewer cells than the table does; a row that
 * reads like values in columns whose other cells read alike is no header.
 *
 * @param rows first rows of the file as read, blank ones included
 * @param chosen 1-based row set by a person; 0 when there is none
 * @returns decision whose value is the 1-based header row, or 0
 */
export function decideHeaderRow(rows: readonly (readonly string[])[], chosen?: number): Decision {
	if (chosen !== undefined) return header(chosen, 1, 'set by hand', 'setting');

	const filled = rows.map((cells) => cells.filter((cell) => cell.trim() !== '').length);
	const width = mostCommonWidth(filled);
	const first = filled.findIndex((count, row) => row < SEARCHED_ROWS && count > width / 2);
	const cells = rows[first];
	if (cells === undefined) return header(1, 0.5, 'the rows are too uneven to tell');

	const below = rows.slice(first + 1).filter((row) => row.some((cell) => cell.trim() !== ''));
	const { typed, unlike, alike } = compareWithColumns(cells, below);
	if (alike > 0 && unlike === 0) {
		return header(0, 0.8, `the first row holds values like those below it in ${alike} columns`);
	}
	const where = first === 0 ? 'first row' : `row ${first + 1}, below ${first} other rows`;
	if (typed > 0) return header(first + 1, 0.95, `${where}; ${unlike} columns hold values below it`);
	return header(first + 1, 0.7, where);
}

function header(
	value: number,
	confidence: number,
	evidence: string,
	chosenBy: Decision['chosenBy'] = 'detection',
): Decision {
	return { subject: 'header row', value, confidence, evidence, chosenBy };
}

function mostCommonWidth(filled: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const count of filled) if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
	let [width, most] = [0, 0];
	for (const [count, times] of counts) {
		if (times > most || (times === most && count > width)) [width, most] = [count, times];
	}
	return width;
}

/** Counts the columns that hold values below, and whether the cell in the row looks like those values. */
function compareWithColumns(cells: readonly string[], below: readonly (readonly string[])[]) {
	let [typed, unlike, alike] = [0, 0, 0];
	cells.forEach((cell, column) => {
		const values = below.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '');
		const looksTyped = values.filter((value) => VALUE.test(value)).length;
		if (values.length === 0 || looksTyped < values.length * 0.8) return;
		typed++;
		if (cell.trim() === '') return;
		if (VALUE.test(cell.trim())) alike++;
		else unlike++;
	});
	return { typed, unlike, alike };
}
