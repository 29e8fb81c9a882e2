import type { Cell } from '../dataset';
import { ImportError } from '../issues';
import { foldOption, optionComplaints } from './constraints';
import type { FieldSpec } from './field';
import { cellText } from './joined-text';
import type { Coercion } from './types';

/** The entries of a field: its value map, or its options where values outside of them need not fail the row. */
function entriesOf({ values, options, others }: FieldSpec) {
	if (values !== undefined && values.length > 0) return values;
	if (options === undefined || others === undefined || others === 'fail') return undefined;
	return options.map((option) => ({ from: option, to: option }));
}

/**
 * The value map of a field: labels become codes, codes stay; upper and lower case and blanks around are the same. Other
 * values stay where the field says so, and are a misfit CELL_OPTION otherwise. An empty cell is looked up only where the
 * map has an entry for it.
 *
 * @returns undefined when the field has no map
 * @throws ImportError RUN_CONFIG when a value is there twice
 */
export function compileValueMap(field: FieldSpec): Coercion | undefined {
	const entries = entriesOf(field);
	if (entries === undefined) return undefined;
	const map = new Map<string, Cell>();
	for (const { from, to = null } of entries) {
		const key = foldOption(from);
		if (map.has(key) && map.get(key) !== to) {
			const message = `The value "${from}" is there twice in the values of the field "${field.name}"`;
			throw new ImportError('RUN_CONFIG', message, { field: field.name, value: from });
		}
		map.set(key, to);
	}
	for (const { to = null } of entries) {
		const key = foldOption(cellText(to));
		if (key !== '' && !map.has(key)) map.set(key, to);
	}
	const complain = optionComplaints(entries.map(({ from }) => from).filter((from) => from !== ''));
	const keeps = field.others === 'keep';
	return (cell) => {
		const text = cellText(cell);
		const known = map.get(foldOption(text));
		if (known !== undefined) return known;
		return keeps || text.trim() === '' ? cell : complain(text);
	};
}

/** The field without what its value map does already. */
export function withoutMappedOptions(field: FieldSpec): FieldSpec {
	return entriesOf(field) !== undefined && field.others !== undefined && field.others !== 'fail'
		? { ...field, options: undefined }
		: field;
}
