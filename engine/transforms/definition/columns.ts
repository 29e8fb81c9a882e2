import { targetSettingsOf, type Column } from '../../dataset';
import { ImportError } from '../../issues';

/** Position of a column. @throws ImportError RUN_NO_COLUMN, with the columns there are */
export function indexOfColumn(name: string, columnsIn: readonly Column[]): number {
	const index = columnsIn.findIndex((column) => column.name === name);
	if (index === -1) {
		const names = columnsIn.map((column) => `"${column.name}"`).join(', ');
		throw new ImportError(
			'RUN_NO_COLUMN',
			`There is no column "${name}"; the columns are ${names}`,
			{ column: name },
		);
	}
	return index;
}

/** Positions of columns, each once; of all columns when no name is given. @throws ImportError RUN_NO_COLUMN */
export function indexesOfColumns(names: readonly string[], columnsIn: readonly Column[]): number[] {
	if (names.length === 0) return columnsIn.map((_, index) => index);
	return [...new Set(names.map((name) => indexOfColumn(name, columnsIn)))];
}

/** The columns, with those at some positions changed. */
export function changeColumns(
	columnsIn: readonly Column[],
	indexes: readonly number[],
	change: (column: Column) => Column,
): Column[] {
	return columnsIn.map((column, index) =>
		indexes.includes(index) ? { ...change(column), ...targetSettingsOf(column) } : column,
	);
}
