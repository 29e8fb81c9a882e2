import type { Column } from '../../dataset';
import { ImportError } from '../../issues';

/** Position of a column in the lookup table. @throws ImportError RUN_NO_COLUMN, with the columns that the lookup table has */
export function indexInLookup(name: string, columns: readonly Column[]): number {
	const index = columns.findIndex((column) => column.name === name);
	if (index !== -1) return index;
	const names = columns.map((column) => `"${column.name}"`).join(', ');
	throw new ImportError(
		'RUN_NO_COLUMN',
		`The lookup table has no column "${name}"; it has ${names}`,
		{
			column: name,
		},
	);
}

export interface BroughtColumn {
	/** Position in the lookup table. */
	index: number;
	/** Name among the rows. */
	name: string;
}

/**
 * The columns that are brought over: those that are listed, or all but the key.
 *
 * @throws ImportError RUN_NO_COLUMN; RUN_CONFIG when nothing is left to bring, or two would have one name
 */
export function broughtColumns(
	listed: ReadonlyArray<{ lookupField: string; name: string }>,
	columns: readonly Column[],
	keys: readonly number[],
): BroughtColumn[] {
	const brought =
		listed.length > 0
			? listed.map(({ lookupField, name }) => ({
					index: indexInLookup(lookupField, columns),
					name: name === '' ? lookupField : name,
				}))
			: columns.flatMap(({ name }, index) => (keys.includes(index) ? [] : [{ index, name }]));
	if (brought.length === 0) {
		throw new ImportError('RUN_CONFIG', 'The lookup table has no column besides the key');
	}
	const twice = brought.find(({ name }, i) =>
		brought.slice(0, i).some((other) => other.name === name),
	);
	if (twice === undefined) return brought;
	throw new ImportError('RUN_CONFIG', `Two columns of the lookup table would be "${twice.name}"`, {
		column: twice.name,
		hint: 'Give one of them another name under Columns to Bring Over.',
	});
}
