/** Shows rows as an aligned table of plain text. */

/** Longer cells are cut, but for those of the last column, where the reasons stand. */
const widest = 40;

const asText = (value, limit) => {
	if (value === null || value === undefined) return '';
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	const oneLine = text.replace(/\s+/g, ' ');
	return oneLine.length > limit ? `${oneLine.slice(0, limit - 1)}…` : oneLine;
};

const isNumber = (value) => typeof value === 'number' || typeof value === 'bigint';

/**
 * @param {object[]} rows
 * @param {string[]} columns the keys to show, in their order
 * @returns {string} a line of names, a rule, and a line a row; numbers stand to the right
 */
export function textTable(rows, columns) {
	const right = columns.map((column) => rows.some((row) => isNumber(row[column])));
	const limits = columns.map((_, index) => (index === columns.length - 1 ? Infinity : widest));
	const cells = rows.map((row) => columns.map((column, i) => asText(row[column], limits[i])));
	const widths = columns.map((column, index) =>
		Math.max(column.length, ...cells.map((line) => line[index].length)),
	);
	const line = (texts) =>
		texts
			.map((text, i) => (right[i] ? text.padStart(widths[i]) : text.padEnd(widths[i])))
			.join('  ')
			.trimEnd();
	return [
		line(columns),
		widths.map((width) => '-'.repeat(width)).join('  '),
		...cells.map(line),
	].join('\n');
}
