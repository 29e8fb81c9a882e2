import type { Column, ColumnReference } from '../dataset';
import { ImportError } from '../issues';
import type { ColumnDescription, LoadReference, TableDescription, Target } from '../targets';

/** A reference, with the column of the rows that holds it. */
export interface NamedReference extends ColumnReference {
	column: string;
}

/** A column that is written: as the rows bring it, and as the table has it. */
interface WrittenColumn {
	column: Column;
	described: ColumnDescription;
}

/**
 * The references of a load, with the tables that they lead to.
 *
 * @param columns the columns that are written
 * @param named references that are set for the load; they count more than those that columns bring along
 * @throws ImportError RUN_CONFIG, RUN_NO_COLUMN, RUN_NO_TABLE, RUN_CONNECTION
 */
export async function describeReferences(
	target: Target,
	table: TableDescription,
	columns: readonly WrittenColumn[],
	named: readonly NamedReference[],
): Promise<LoadReference[]> {
	const wanted = new Map<ColumnDescription, ColumnReference>();
	for (const { column, described } of columns) {
		if (column.reference !== undefined) wanted.set(described, column.reference);
	}
	for (const reference of named) wanted.set(columnOf(reference, columns), reference);
	const references: LoadReference[] = [];
	for (const [described, reference] of wanted) {
		references.push(await describeReference(target, table, described, reference));
	}
	return references;
}

function columnOf(
	{ column }: NamedReference,
	columns: readonly WrittenColumn[],
): ColumnDescription {
	const names = columns.map(({ column: own, described }) => [own.name, described.name] as const);
	const same = (name: string) => names.findIndex((own) => own.some((other) => other === name));
	const alike = () =>
		names.findIndex((own) => own.some((other) => other.toLowerCase() === column.toLowerCase()));
	const place = same(column) === -1 ? alike() : same(column);
	const found = columns[place]?.described;
	if (found !== undefined) return found;
	throw new ImportError('RUN_NO_COLUMN', `A reference names "${column}", which is not mapped`, {
		column,
		hint: `The columns that are written are ${list(columns.map(({ described }) => described))}.`,
	});
}

async function describeReference(
	target: Target,
	table: TableDescription,
	described: ColumnDescription,
	{ table: named, by: byName, value: valueName, missing = 'fail' }: ColumnReference,
): Promise<LoadReference> {
	const column = described.name;
	if (named.name.trim() === '') throw incomplete(column, 'names no table');
	if (byName.trim() === '')
		throw incomplete(column, 'does not say by which column a record is found');
	const schema = named.schema ?? table.table.schema;
	const found = await target.describeTable({ ...(schema !== undefined && { schema }), ...named });
	const by = columnIn(found, byName, column);
	const value =
		valueName === undefined || valueName === ''
			? primaryKeyOf(found, column)
			: columnIn(found, valueName, column);
	if (missing === 'create') checkCreation(found, by, column);
	return {
		column,
		table: found,
		label: found.table.name,
		by,
		value,
		missing,
		isSelf: isSame(found, table),
	};
}

function columnIn(table: TableDescription, wanted: string, column: string): ColumnDescription {
	const exact = table.columns.find(({ name }) => name === wanted);
	const alike = table.columns.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
	const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
	if (found !== undefined) return found;
	throw new ImportError(
		'RUN_NO_COLUMN',
		`"${column}" refers to the column "${wanted}" of "${table.table.name}", which it does not have`,
		{ field: column, value: wanted, hint: `It has ${list(table.columns)}.` },
	);
}

/** The first unique key is the primary key, where there is one. */
function primaryKeyOf(table: TableDescription, column: string): ColumnDescription {
	const [key = []] = table.uniqueKeys;
	const [name] = key;
	const found = table.columns.find((candidate) => candidate.name === name);
	if (key.length === 1 && found?.nullable === false) return found;
	throw new ImportError(
		'RUN_CONFIG',
		`What "${column}" is to hold cannot be told: "${table.table.name}" has no primary key of one column`,
		{
			field: column,
			hint: `Set Returned Column to the column whose value is written. The table has ${list(table.columns)}.`,
		},
	);
}

function checkCreation(table: TableDescription, by: ColumnDescription, column: string): void {
	if (!by.generated && by.matchOnly !== true) return;
	throw new ImportError(
		'RUN_CONFIG',
		`Records of "${table.table.name}" cannot be created by "${by.name}", which is never written`,
		{
			field: column,
			hint: 'Refer to them by another column, or set If Missing to another choice.',
		},
	);
}

function incomplete(column: string, what: string): ImportError {
	return new ImportError('RUN_CONFIG', `The reference of "${column}" ${what}`, {
		field: column,
		hint: 'A reference needs a table and a column of that table.',
	});
}

/** A table without a schema may be the one that another name gives with it: then its columns are the same. */
function isSame(one: TableDescription, other: TableDescription): boolean {
	const [a, b] = [one.table, other.table];
	if (a.name.toLowerCase() !== b.name.toLowerCase()) return false;
	if (a.schema !== undefined && b.schema !== undefined) return a.schema === b.schema;
	return JSON.stringify(one.columns) === JSON.stringify(other.columns);
}

const list = (columns: readonly ColumnDescription[]): string =>
	columns.map(({ name }) => `"${name}"`).join(', ');
