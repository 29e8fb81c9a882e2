import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import {
	ImportError,
	recordTypes,
	type ColumnDescription,
	type FieldSpec,
	type MappingTemplate,
	type TableName,
} from '../../engine';
import { chosenTable, openDatabase } from '../shared/database-target';
import { applyRule, readRules, refuseRowExpressions, type FieldRule } from './field-rules';
import { chosenTemplate } from './saved-templates';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** A field of the target. */
export interface TargetField extends FieldSpec {
	/** New records cannot do without it. */
	needed?: boolean;
	/** The database fills it where the import does not. */
	filled?: boolean;
	/** A rule says where its values come from, so that no column is looked for. */
	byRule?: boolean;
}

export interface TargetFields {
	fields: TargetField[];
	/** The template that they come from. */
	template?: MappingTemplate;
}

/**
 * The fields that columns are mapped to: from the table, the list in the node, a record type or a template. Those of a
 * template have their columns.
 *
 * @param itemIndex the item whose expressions count
 * @param ignoreRules give the fields as they are defined, without the person's rules
 * @throws ImportError RUN_CONFIG, RUN_NO_TABLE, RUN_CONNECTION, RUN_TEMPLATE
 */
export async function targetFields(
	context: Context,
	itemIndex = 0,
	ignoreRules = false,
): Promise<TargetFields> {
	const targets = await definedFields(context, itemIndex);
	if (ignoreRules) return targets;
	const { fields } = targets;
	for (const rule of readRules(context, itemIndex)) writeRule(fields, rule);
	return targets;
}

/** Writes a rule into the field that it is for. @throws ImportError RUN_CONFIG when there is no such field */
export function writeRule(fields: readonly TargetField[], { field, settings }: FieldRule): void {
	if (settings === undefined || field === '') return;
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
	if (applyRule(spec, settings)) spec.byRule = true;
}

async function definedFields(context: Context, itemIndex: number): Promise<TargetFields> {
	switch (parameter(context, 'fieldsFrom', itemIndex)) {
		case 'list':
			return { fields: fieldsInNode(context, itemIndex) };
		case 'recordType':
			return { fields: recordFields(parameter(context, 'recordType', itemIndex)) };
		case 'template': {
			const template = await chosenTemplate(context, itemIndex);
			refuseGroups(template);
			return { fields: template.fields.map((field) => ({ ...field })), template };
		}
		default:
			return { fields: await tableFields(context, chosenTable(context, itemIndex), itemIndex) };
	}
}

function refuseGroups({ name, groups }: MappingTemplate): void {
	if (groups === undefined) return;
	throw new ImportError('RUN_CONFIG', `The template "${name}" holds several records per row`, {
		hint: 'Set Records per Row to Several, and Groups From to Template.',
	});
}

function fieldsInNode(context: Context, itemIndex: number): TargetField[] {
	const listed = parameter(context, 'fields', itemIndex);
	if ('getCurrentNodeParameter' in context) return listedFields(listed);
	const raw = context.getNodeParameter('fields', itemIndex, {}, { rawExpressions: true });
	return listedFields(listed, raw);
}

/**
 * The fields of a list in the node.
 *
 * @param raw the list with its expressions as they were written
 * @throws ImportError RUN_CONFIG when there is none, or a default is an expression over rows
 */
export function listedFields(listed: unknown, raw?: unknown): TargetField[] {
	for (const field of listIn(raw)) refuseRowExpressions(field.name, field);
	const fields = listIn(listed)
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

interface ListedField extends Pick<FieldSpec, 'name' | 'type' | 'required'> {
	default?: string;
}

const listIn = (parameter: unknown): ListedField[] =>
	((parameter as IDataObject | undefined)?.field ?? []) as unknown as ListedField[];

/** The fields of a record type. @throws ImportError RUN_CONFIG when there is none of that name */
export function recordFields(wanted: unknown): TargetField[] {
	const type = recordTypes.find(({ name }) => name === wanted);
	if (type !== undefined) return type.fields.map((field) => ({ ...field }));
	const names = recordTypes.map(({ name }) => name).join(', ');
	throw new ImportError('RUN_CONFIG', `There is no record type "${String(wanted)}"`, {
		hint: `The record types are ${names}.`,
	});
}

/** The columns of a table as fields. @throws ImportError RUN_NO_TABLE, RUN_CONNECTION, RUN_CONFIG */
export async function tableFields(
	context: Context,
	table: TableName,
	itemIndex: number,
): Promise<TargetField[]> {
	const target = await openDatabase(context, itemIndex);
	try {
		const { columns } = await target.describeTable(table);
		// a number that a file calls "id" is hardly ever the one that the target gave
		const isField = ({ generated, matchOnly }: ColumnDescription) =>
			!generated && matchOnly !== true;
		return columns.filter(isField).map(fieldOfColumn);
	} finally {
		await target.close();
	}
}

function fieldOfColumn(column: ColumnDescription): TargetField {
	const { name, type, nullable, hasDefault } = column;
	// an import that only updates may leave a needed column out, so the target judges what is missing
	return { name, type, required: false, needed: !nullable && !hasDefault, filled: hasDefault };
}

function parameter(context: Context, name: string, itemIndex: number): unknown {
	return 'getCurrentNodeParameter' in context
		? context.getCurrentNodeParameter(name)
		: context.getNodeParameter(name, itemIndex, undefined);
}
