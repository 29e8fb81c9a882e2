import {
	ImportError,
	type AppliedGroup,
	type Cell,
	type Column,
	type FieldSpec,
	type GroupColumns,
	type RecordGroup,
} from '../../engine';
import { compileColumnPath } from './column-path';
import { matchAutomatically, type AutomaticMapping, type MatchSettings } from './field-mapping';
import { clearSource, type FieldRule } from './field-rules';
import type { GroupSettings } from './group-settings';
import { writeRule, type TargetField } from './target-fields';

/** A group whose fields have found their columns. */
export interface MappedGroup extends Omit<AutomaticMapping, 'fields'> {
	/** What travels with the group. */
	settings: Pick<GroupSettings, 'table' | 'matchOn'>;
	/** The columns that its fields choose from. */
	columns: readonly Column[];
	/** The first rows in these columns. */
	samples: readonly (readonly Cell[])[];
	group: RecordGroup;
}

/** Gives the fields of a group their columns, by its rules or by name and content. @throws ImportError RUN_* */
export async function mapGroup(
	settings: GroupSettings,
	{ columns, nameOf }: GroupColumns,
	samples: readonly (readonly Cell[])[],
	{ skipColumns = [], leastConfidence }: MatchSettings,
): Promise<MappedGroup> {
	const { name, repeat, references = [], idField, emptyRecords } = settings;
	const fields = (await settings.fields()).map((field) => ({ ...field }));
	const named = (column: string) => nameInGroup(column, columns, nameOf);
	for (const rule of settings.rules) applyGroupRule(fields, rule, named);
	const skipped = skipColumns.flatMap((column) => nameOf(column) ?? []);
	const automatic = matchAutomatically({ fields }, columns, samples, {
		skipColumns: skipped,
		leastConfidence,
	});
	// fields that refer take part as well: else their columns would go to fields with a name much like theirs
	const elsewhere = [...references.map(({ field }) => field), idField];
	const matches = automatic.matches.filter(({ field }) => !elsewhere.includes(field));
	const columnOf = new Map(matches.map(({ field, column }) => [field, column]));
	const mapped = automatic.fields.map(
		({ needed: _needed, filled: _filled, byRule, ...field }): FieldSpec =>
			byRule ? field : { ...field, column: columnOf.get(field.name) },
	);
	const group = { name, repeat, references, idField, emptyRecords, fields: mapped };
	return { ...automatic, matches, settings, columns, samples, group };
}

/** A group of a template as it fits the file; columns that the node leaves out, and doubtful ones, are no columns of fields. */
export function fitGroup(
	{ group, table, matchOn, matches, skipped, drift }: AppliedGroup,
	{ columns, nameOf }: GroupColumns,
	samples: readonly (readonly Cell[])[],
	{ skipColumns = [], leastConfidence = 0 }: MatchSettings,
): MappedGroup {
	const left = new Set([...skipped, ...skipColumns.flatMap((column) => nameOf(column) ?? [])]);
	const kept = matches.filter(({ column }) => !left.has(column));
	const sure = kept.filter(({ confidence }) => confidence >= leastConfidence);
	const columnOf = new Map(sure.map(({ field, column }) => [field, column]));
	const fields = group.fields.map((field) => ({ ...field, column: columnOf.get(field.name) }));
	return {
		settings: { table, matchOn },
		columns,
		samples,
		group: { ...group, fields },
		matches: sure,
		doubtful: kept.filter(({ confidence }) => confidence < leastConfidence),
		skipped: [...left],
		drift,
	};
}

/** A column is meant by its name in the group; one that was dragged has its name in the file. */
function nameInGroup(
	column: string,
	columns: readonly Column[],
	nameOf: GroupColumns['nameOf'],
): string {
	const isThere = columns.some(({ name }) => name === column);
	return isThere ? column : (nameOf(column) ?? column);
}

function applyGroupRule(
	fields: readonly TargetField[],
	{ field, settings = {} }: FieldRule,
	named: (column: string) => string,
): void {
	const { column = '', ...others } = settings;
	writeRule(fields, { field, settings: others });
	const spec = fields.find(({ name }) => name === field);
	if (spec?.columns) spec.columns = spec.columns.map(named);
	if (spec === undefined || column === '') return;
	if (spec.byRule) {
		throw new ImportError(
			'RUN_CONFIG',
			`The rule for "${field}" sets Column and something else that its values come from`,
			{ field, hint: 'Keep one of them, and remove the others from the rule.' },
		);
	}
	const source = compileColumnPath(column, field);
	clearSource(spec);
	Object.assign(spec, 'column' in source ? { column: named(source.column) } : source);
	spec.byRule = true;
}
