import type { Column, ColumnFormat, ColumnType } from '../../dataset';

/**
 * One column for the columns of several sets, which are the same column seen several times: what one of them tells about
 * dates and numbers is true of the others.
 *
 * @param columns at least one
 * @returns the column, and whether its sets write their values differently, so that each must be read on its own
 */
export function mergeColumns(
	name: string,
	columns: readonly Column[],
): { column: Column; isMixed: boolean } {
	const decided = columns.filter(({ type, format }) => type !== undefined && !format?.ambiguous);
	const type = commonType((decided.length > 0 ? decided : columns).map((column) => column.type));
	if (type === undefined) return { column: { name }, isMixed: false };
	const formats = columns.flatMap(({ format }) => format ?? []);
	if (formats.length === 0) return { column: { name, type }, isMixed: false };
	const orders = different(formats.map(({ dateOrder }) => dateOrder));
	const signs = different(formats.map(({ decimalSign }) => decimalSign));
	if (orders.length > 1 || signs.length > 1) {
		return { column: { name, type, format: {} }, isMixed: true };
	}
	const [dateOrder, decimalSign] = [orders[0], signs[0]];
	const ambiguous = decided.length > 0 ? undefined : formats[0]?.ambiguous;
	const format: ColumnFormat = {
		...(dateOrder && { dateOrder }),
		...(decimalSign && { decimalSign }),
		...(ambiguous && { ambiguous }),
	};
	// text has no format unless something about it cannot be told
	const isPlain = type === 'text' && Object.keys(format).length === 0;
	return { column: { name, type, ...(!isPlain && { format }) }, isMixed: false };
}

const different = <T>(values: ReadonlyArray<T | undefined>): T[] => [
	...new Set(values.filter((value) => value !== undefined)),
];

/** Types whose values are values of the other as well. */
const within: Readonly<Partial<Record<ColumnType, ColumnType>>> = { integer: 'decimal' };

function commonType(types: ReadonlyArray<ColumnType | undefined>): ColumnType | undefined {
	const found = different(types);
	const widest = found.filter((type) => !found.some((other) => within[type] === other));
	return widest.length > 1 ? 'text' : widest[0];
}
