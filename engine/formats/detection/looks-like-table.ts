const DELIMITERS = [',', ';', '\t', '|'];

/** Lines that are looked at. */
const LINES = 20;

/**
 * Whether a text is a table of delimited cells beyond doubt: all of its first lines have the same number of cells, at
 * least two, and quotes stand only where they may.
 */
export function looksLikeTable(text: string, isWhole: boolean): boolean {
	const lines = text.slice(0, 64 * 1024).split(/\r\n|\r|\n/);
	if (!isWhole || text.length > 64 * 1024) lines.pop();
	const filled = lines.filter((line) => line.trim() !== '').slice(0, LINES);
	if (filled.length < 2) return false;
	return DELIMITERS.some((delimiter) => {
		const counts = filled.map((line) => countCells(line, delimiter));
		return (counts[0] ?? 0) > 1 && counts.every((count) => count === counts[0]);
	});
}

/** Cells of a line; 0 where a quote stands inside of a cell that does not begin with one. */
function countCells(line: string, delimiter: string): number {
	let cells = 1;
	let atStart = true;
	let inQuotes = false;
	for (let i = 0; i < line.length; i++) {
		const sign = line.charAt(i);
		if (inQuotes) {
			if (sign !== '"') continue;
			if (line[i + 1] === '"') i++;
			else if (i + 1 === line.length || line[i + 1] === delimiter) inQuotes = false;
			else return 0;
		} else if (sign === '"') {
			if (!atStart) return 0;
			inQuotes = true;
		} else if (sign === delimiter) {
			cells++;
			atStart = true;
			continue;
		}
		atStart = false;
	}
	return inQuotes ? 0 : cells;
}
