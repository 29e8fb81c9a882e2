import type { IExecuteFunctions, ResourceMapperValue } from 'n8n-workflow';
import {
	applyTemplate,
	hasValue,
	ImportError,
	matchHeaders,
	type Cell,
	type Column,
	type Drift,
	type FieldSpec,
	type HeaderMatch,
	type MappingTemplate,
} from '../../engine';
import { compileColumnPath, type ColumnSource } from './column-path';
import { clearSource } from './field-rules';
import { targetFields, type TargetField, type TargetFields } from './target-fields';

/** What columns are matched to fields by themselves, by name and content or as the template says. */
export interface AutomaticMapping {
	/** The fields; with a template they have their columns already, and whatever else their values come from. */
	fields: TargetField[];
	matches: HeaderMatch[];
	/** Matches that are not sure enough. */
	doubtful: HeaderMatch[];
	/** Columns that are left out on purpose. */
	skipped: string[];
	/** How the file differs from the one that the template was saved with. */
	drift?: Drift;
}

export interface PlannedMapping extends AutomaticMapping {
	fields: FieldSpec[];
	/** The fields that rows bring a value for. */
	used: FieldSpec[];
	template?: MappingTemplate;
}

export interface MatchSettings {
	skipColumns?: readonly string[];
	/** 0 to 1. */
	leastConfidence?: number;
}

/** Gives every field its column: by itself, or as the table in the node says. @throws ImportError RUN_* */
export async function planMapping(
	context: IExecuteFunctions,
	columns: readonly Column[],
	samples: readonly (readonly Cell[])[],
	settings: MatchSettings,
	itemIndex: number,
): Promise<PlannedMapping> {
	const targets = await targetFields(context, itemIndex);
	const automatic = matchAutomatically(targets, columns, samples, settings);
	const byHand = context.getNodeParameter('mapping', itemIndex) === 'table';
	const chosen = byHand ? chosenColumns(context, automatic.fields, itemIndex) : undefined;
	const columnOf = new Map(automatic.matches.map(({ field, column }) => [field, column]));
	const fields = automatic.fields.map(
		({ needed: _needed, filled: _filled, byRule, ...field }): FieldSpec => {
			// a rule was made for this field alone, what the table holds may have been chosen by n8n
			if (byRule) return field;
			if (chosen === undefined) return { ...field, column: columnOf.get(field.name) };
			const source = chosen.get(field.name);
			if (source === undefined) return { ...field, column: undefined };
			clearSource(field);
			return { ...field, ...source };
		},
	);
	const used = fields.filter(hasValue);
	checkRequired(fields, byHand);
	return { ...automatic, fields, used, template: targets.template };
}

/** What fits by name and content, or by the template; fields that have a rule of their own need no column. */
export function matchAutomatically(
	{ fields, template }: TargetFields,
	columns: readonly Column[],
	samples: readonly (readonly Cell[])[],
	{ skipColumns = [], leastConfidence = 0 }: MatchSettings = {},
): AutomaticMapping {
	const found =
		template === undefined
			? matchFields(fields, columns, samples, skipColumns)
			: matchByTemplate(template, fields, columns, samples, skipColumns);
	const { matches } = found;
	return {
		...found,
		matches: matches.filter(({ confidence }) => confidence >= leastConfidence),
		doubtful: matches.filter(({ confidence }) => confidence < leastConfidence),
	};
}

type Found = Omit<AutomaticMapping, 'doubtful'>;

function matchFields(
	fields: TargetField[],
	columns: readonly Column[],
	samples: readonly (readonly Cell[])[],
	skipColumns: readonly string[],
): Found {
	const learned = Object.fromEntries(skipColumns.map((name) => [name, null]));
	const open = fields.filter(({ byRule }) => byRule !== true);
	const skipped = presentColumns(skipColumns, columns);
	return { fields, matches: matchHeaders(columns, open, { learned, samples }), skipped };
}

function matchByTemplate(
	template: MappingTemplate,
	fields: readonly TargetField[],
	columns: readonly Column[],
	samples: readonly (readonly Cell[])[],
	skipColumns: readonly string[],
): Found {
	const applied = applyTemplate({ ...template, fields: [...fields] }, columns, samples);
	const skipped = new Set([...presentColumns(skipColumns, columns), ...applied.skipped]);
	const matches = applied.matches.filter(({ column }) => !skipped.has(column));
	const columnOf = new Map(matches.map(({ field, column }) => [field, column]));
	return {
		fields: applied.fields.map((field, index) => ({
			...fields[index],
			...field,
			column: columnOf.get(field.name),
		})),
		matches,
		skipped: [...skipped],
		drift: applied.drift,
	};
}

const presentColumns = (names: readonly string[], columns: readonly Column[]): string[] =>
	names.filter((name) => columns.some((column) => column.name === name));

/** Read raw: the value of a field is a column's name, or a path into the item that was dragged there. */
function chosenColumns(
	context: IExecuteFunctions,
	fields: readonly FieldSpec[],
	itemIndex: number,
): Map<string, ColumnSource> {
	const chosen = context.getNodeParameter(
		'columns',
		itemIndex,
		{ value: null },
		{
			rawExpressions: true,
		},
	) as ResourceMapperValue;
	const columns = new Map<string, ColumnSource>();
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
	const missing = fields.filter((field) => field.required === true && !hasValue(field));
	if (missing.length === 0) return;
	const names = missing.map(({ name }) => `"${name}"`).join(', ');
	throw new ImportError('RUN_REQUIRED', `No column is mapped to ${names}, which the import needs`, {
		field: missing[0]?.name,
		hint: byHand
			? 'Choose a column for it in the table, or give it a constant or a default in a Field Rule.'
			: 'Set Mapping to By Table and choose a column, or give the field a constant or a default in a Field Rule.',
	});
}
