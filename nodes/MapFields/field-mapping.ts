import type { IExecuteFunctions, ResourceMapperValue } from 'n8n-workflow';
import {
	ImportError,
	matchHeaders,
	type Column,
	type FieldSpec,
	type HeaderMatch,
} from '../../engine';
import { compileColumnPath } from './column-path';
import { targetFields } from './target-fields';

export interface PlannedMapping {
	/** Every field of the target; those that found a column name it. */
	fields: FieldSpec[];
	/** The fields that rows bring a value for: with a column or a default. */
	used: FieldSpec[];
	/** What fits by name and content, whether it was chosen or not. */
	matches: HeaderMatch[];
}

/** Gives every field its column: by name and content, or as the table in the node says. @throws ImportError RUN_* */
export async function planMapping(
	context: IExecuteFunctions,
	columns: readonly Column[],
	itemIndex: number,
): Promise<PlannedMapping> {
	const fields: FieldSpec[] = (await targetFields(context, itemIndex)).map(
		({ needed: _needed, filled: _filled, ...field }) => field,
	);
	const byHand = context.getNodeParameter('mapping', itemIndex) === 'table';
	const matches = matchHeaders(columns, fields);
	const columnOf = byHand
		? chosenColumns(context, fields, itemIndex)
		: new Map(matches.map(({ field, column }) => [field, column]));
	for (const field of fields) field.column = columnOf.get(field.name);
	checkRequired(fields, byHand);
	const used = fields.filter(
		({ column, default: fallback }) => column !== undefined || fallback !== undefined,
	);
	return { fields, used, matches };
}

/** Read raw: the value of a field is a column's name, or a path into the item that was dragged there. */
function chosenColumns(
	context: IExecuteFunctions,
	fields: readonly FieldSpec[],
	itemIndex: number,
): Map<string, string> {
	const chosen = context.getNodeParameter(
		'columns',
		itemIndex,
		{ value: null },
		{
			rawExpressions: true,
		},
	) as ResourceMapperValue;
	const columns = new Map<string, string>();
	for (const [field, value] of Object.entries(chosen.value ?? {})) {
		if (value === null || value === '') continue;
		if (!fields.some(({ name }) => name === field)) {
			throw new ImportError(
				'RUN_CONFIG',
				`The mapping names the field "${field}", which is not there any more`,
				{
					field,
					hint: 'Open Map Fields and refresh the list of fields.',
				},
			);
		}
		columns.set(field, compileColumnPath(String(value), field));
	}
	return columns;
}

function checkRequired(fields: readonly FieldSpec[], byHand: boolean): void {
	const missing = fields.filter(
		({ required, column, default: fallback }) =>
			required === true && column === undefined && fallback === undefined,
	);
	if (missing.length === 0) return;
	const names = missing.map(({ name }) => `"${name}"`).join(', ');
	throw new ImportError('RUN_CONFIG', `No column is mapped to ${names}, which the import needs`, {
		field: missing[0]?.name,
		hint: byHand
			? 'Choose a column for it in the table, or give it a default.'
			: 'Set Mapping to By Table and choose a column, or give the field a default.',
	});
}
