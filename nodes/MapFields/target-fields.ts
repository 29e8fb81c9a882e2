import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import {
	ImportError,
	type ColumnDescription,
	type ColumnType,
	type FieldFormat,
	type FieldSpec,
} from '../../engine';
import { chosenTable, openDatabase } from '../shared/database-target';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** A field of the target. */
export interface TargetField extends FieldSpec {
	/** New records cannot do without it. */
	needed?: boolean;
	/** The database fills it where the import does not. */
	filled?: boolean;
}

/** A rule of the person's own for one field. */
export interface FieldRule {
	field: string;
	settings?: {
		type?: ColumnType;
		required?: boolean;
		default?: string;
		dateOrder?: FieldFormat['dateOrder'];
		decimalSign?: FieldFormat['decimalSign'];
	};
}

/**
 * The fields that columns are mapped to, without the columns: from the table or from the list in the node.
 *
 * @param itemIndex the item whose expressions count
 * @param ignoreRules give the fields as they are defined, without the person's rules
 * @throws ImportError RUN_CONFIG, RUN_NO_TABLE, RUN_CONNECTION
 */
export async function targetFields(
	context: Context,
	itemIndex = 0,
	ignoreRules = false,
): Promise<TargetField[]> {
	const from = parameter(context, 'fieldsFrom', itemIndex);
	const fields =
		from === 'list' ? listedFields(context, itemIndex) : await tableFields(context, itemIndex);
	if (ignoreRules) return fields;
	const rules = ((parameter(context, 'rules', itemIndex) as IDataObject | undefined)?.rule ??
		[]) as FieldRule[];
	for (const { field, settings } of rules) {
		if (settings === undefined || field === '') continue;
		const spec = fields.find(({ name }) => name === field);
		if (spec === undefined) {
			throw new ImportError(
				'RUN_CONFIG',
				`A rule is set for the field "${field}", which is not there`,
				{
					field,
					hint: `The fields are ${fields.map(({ name }) => name).join(', ')}.`,
				},
			);
		}
		applyRule(spec, settings);
	}
	return fields;
}

function listedFields(context: Context, itemIndex: number): TargetField[] {
	const listed = ((parameter(context, 'fields', itemIndex) as IDataObject | undefined)?.field ??
		[]) as unknown as Array<FieldSpec & { default?: string }>;
	const fields = listed
		.filter(({ name }) => typeof name === 'string' && name.trim() !== '')
		.map(({ name, type, required, default: fallback }) => ({
			name: name.trim(),
			type,
			required: required === true,
			default: fallback === undefined || fallback === '' ? undefined : fallback,
		}));
	if (fields.length === 0) {
		throw new ImportError('RUN_CONFIG', 'No field is listed', {
			hint: 'Add at least one field under Fields, or take the fields from a table.',
		});
	}
	return fields;
}

async function tableFields(context: Context, itemIndex: number): Promise<TargetField[]> {
	const table = chosenTable(context, itemIndex);
	const target = await openDatabase(context, itemIndex);
	try {
		const { columns } = await target.describeTable(table);
		return columns.filter(({ generated }) => !generated).map(fieldOfColumn);
	} finally {
		await target.close();
	}
}

function fieldOfColumn(column: ColumnDescription): TargetField {
	const { name, type, nullable, hasDefault } = column;
	// an import that only updates may leave a needed column out, so the target judges what is missing
	return { name, type, required: false, needed: !nullable && !hasDefault, filled: hasDefault };
}

function applyRule(spec: FieldSpec, settings: NonNullable<FieldRule['settings']>): void {
	const { type, required, default: fallback, dateOrder, decimalSign } = settings;
	if (type !== undefined) spec.type = type;
	if (required !== undefined) spec.required = required;
	if (fallback !== undefined && fallback !== '') spec.default = fallback;
	if (dateOrder !== undefined || decimalSign !== undefined) {
		spec.format = {
			...spec.format,
			...(dateOrder !== undefined && { dateOrder }),
			...(decimalSign !== undefined && { decimalSign }),
		};
	}
}

function parameter(context: Context, name: string, itemIndex: number): unknown {
	return 'getCurrentNodeParameter' in context
		? context.getCurrentNodeParameter(name)
		: context.getNodeParameter(name, itemIndex, undefined);
}
