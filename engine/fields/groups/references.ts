import { ImportError } from '../../issues';
import type { FieldSpec } from '../field';
import { columnsUsed, hasSource } from '../field-slot';
import { templateParts, escapeBraces } from '../joined-text';
import type { Expansion } from './expansion';
import type { GroupReference } from './record-group';

/** A group whose fields are settled, as far as those that refer to it need it. */
export interface SettledGroup {
	name: string;
	fields: readonly FieldSpec[];
	expansion: Expansion;
}

/** A field that takes a temporary id: a text, whatever type the field has when the record is there. */
export function idField({ name, label, required }: FieldSpec, column: string): FieldSpec {
	return {
		name,
		column,
		...(label !== undefined && { label }),
		...(required !== undefined && { required }),
	};
}

/**
 * A field that takes the value which a field of another group has, out of the same columns.
 *
 * @throws ImportError RUN_CONFIG when the other group has no such field, or its value differs from record to record
 */
export function naturalKeyField(
	field: FieldSpec,
	{ by = '' }: GroupReference,
	parent: SettledGroup,
	own: { name: string; expansion: Expansion },
): FieldSpec {
	const key = parent.fields.find(({ name }) => name === by);
	if (key === undefined || !hasSource(key)) {
		const reason = key === undefined ? 'which it does not have' : 'which has no column';
		throw new ImportError(
			'RUN_CONFIG',
			`The field "${field.name}" of the record group "${own.name}" refers to "${parent.name}" by its field "${by}", ${reason}`,
			{ field: field.name },
		);
	}
	return {
		...field,
		// what the values become must be the same for both, or the key would not be found
		type: field.type ?? key.type,
		format: field.format ?? key.format,
		values: field.values ?? key.values,
		others: field.others ?? key.others,
		...noSource,
		...sourceIn(field.name, key, parent, own),
	};
}

const noSource = {
	column: undefined,
	columns: undefined,
	textTemplate: undefined,
	constant: undefined,
	expression: undefined,
} satisfies Partial<FieldSpec>;

/** Where the key takes its values from, in the names that the columns have in the other group. */
function sourceIn(
	field: string,
	key: FieldSpec,
	parent: SettledGroup,
	own: { name: string; expansion: Expansion },
): Partial<FieldSpec> {
	const names = new Map(
		columnsUsed(key, parent.expansion.columns).map((column) => [
			column,
			sameColumn(column, parent.expansion, own.expansion),
		]),
	);
	const isRenamed = [...names].some(([column, name]) => column !== name);
	for (const [column, name] of names) {
		if (name !== undefined && !(key.expression && isRenamed)) continue;
		throw new ImportError(
			'RUN_CONFIG',
			`The field "${field}" of the record group "${own.name}" cannot refer to "${parent.name}" by "${key.name}": the column "${column}" is not the same for both`,
			{ field, column },
		);
	}
	const named = (column: string) => names.get(column) ?? column;
	return {
		...(key.column && { column: named(key.column) }),
		...(key.columns && { columns: key.columns.map(named), separator: key.separator }),
		...(key.textTemplate && { textTemplate: renamedTemplate(key.textTemplate, named) }),
		...(key.constant !== undefined && { constant: key.constant }),
		...(key.expression && { expression: key.expression }),
	};
}

const renamedTemplate = (template: string, named: (column: string) => string): string =>
	templateParts(template)
		.map((part) => ('column' in part ? `{${named(part.column)}}` : escapeBraces(part.text)))
		.join('');

/** The name of the column in the other group, where it holds the same cells there. */
function sameColumn(column: string, from: Expansion, to: Expansion): string | undefined {
	const behind = from.inFile(column);
	const name = behind.length === 0 ? column : to.nameOf(behind[0] ?? '');
	if (name === undefined || !to.columns.some((each) => each.name === name)) return undefined;
	const isSame = to.inFile(name).join('\n') === behind.join('\n');
	return isSame && from.repeated.has(column) === to.repeated.has(name) ? name : undefined;
}
