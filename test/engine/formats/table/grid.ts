import { decideTable, type GridRow, type TableDecision } from '../../../../engine/formats/table';

/** Rows of a table written as text: one row a line, cells between bars. */
export function grid(text: string): GridRow[] {
	return text.split('\n').map((line, index) => ({
		number: index + 1,
		cells: line === '' ? [''] : line.split('|').map((cell) => cell.trim()),
	}));
}

/** What is decided about rows that are the whole file. */
export function decide(
	text: string,
	options: Parameters<typeof decideTable>[2] = {},
): TableDecision {
	return decideTable(grid(text), true, options);
}

export const names = ({ columns }: TableDecision): string[] => columns.map(({ name }) => name);

export const value = ({ decisions }: TableDecision, subject: string): unknown =>
	decisions.find((decision) => decision.subject === subject)?.value;
