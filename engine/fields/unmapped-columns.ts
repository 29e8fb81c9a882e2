import type { Column } from '../dataset';
import { ImportError } from '../issues';
import type { FieldSpec } from './field';

/** @throws ImportError HEADER_UNMAPPED when a column is not among those that are mapped or skipped */
export function refuseUnmapped(columnsIn: readonly Column[], mapped: ReadonlySet<string>): void {
	const left = columnsIn.filter(({ name }) => !mapped.has(name)).map(({ name }) => name);
	if (left.length === 0) return;
	const names = left.map((name) => `"${name}"`).join(', ');
	throw new ImportError('HEADER_UNMAPPED', `No field takes ${names}`, { column: left[0] });
}

export interface KeptColumn {
	index: number;
	column: Column;
}

/** The columns of no field, renamed where a field has their name already. */
export function keptColumns(
	fields: readonly FieldSpec[],
	mapped: ReadonlySet<string>,
	columnsIn: readonly Column[],
): KeptColumn[] {
	const taken = new Set(fields.map(({ name }) => name));
	const kept: KeptColumn[] = [];
	columnsIn.forEach((column, index) => {
		if (mapped.has(column.name)) return;
		const name = freeName(column.name, taken);
		taken.add(name);
		kept.push({ index, column: { ...column, name } });
	});
	return kept;
}

/** The name, with a number behind it where it is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
	let free = name;
	for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
	return free;
}
