import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ImportError, type GroupLinks, type RecordGroup, type Repeat } from '../../engine';
import { readTableName } from '../shared/database-target';
import { compileRules, rulesIn, type FieldRule } from './field-rules';
import { listedFields, recordFields, tableFields, type TargetField } from './target-fields';

/** A record group as the node's parameters say it; its fields have no columns yet. */
export interface GroupSettings extends GroupLinks, Pick<RecordGroup, 'idField' | 'emptyRecords'> {
	/** Where the records go; empty where the workflow says it elsewhere. */
	table: string;
	/** Fields that records are matched on. */
	matchOn: string[];
	rules: FieldRule[];
	/** @throws ImportError RUN_CONFIG, RUN_NO_TABLE, RUN_CONNECTION */
	fields: () => Promise<TargetField[]>;
}

/** A group as n8n stores it. */
interface GroupParameter {
	name?: string;
	table?: string;
	fieldsFrom?: 'list' | 'recordType' | 'table';
	recordType?: string;
	fields?: unknown;
	repeat?: 'none' | 'sets' | 'cell';
	sets?: { set?: Array<{ pattern?: string; label?: string }> };
	labelColumn?: string;
	column?: string;
	delimiter?: string;
	references?: { reference?: Array<{ field?: string; group?: string; by?: string }> };
	rules?: unknown;
	options?: { emptyRecords?: 'skip' | 'keep'; matchOn?: string; idField?: string };
}

/** The groups of the node. @throws ImportError RUN_CONFIG */
export function readGroups(context: IExecuteFunctions, itemIndex: number): GroupSettings[] {
	const raw = groupsIn(context.getNodeParameter('groups', itemIndex, {}, { rawExpressions: true }));
	return groupsIn(context.getNodeParameter('groups', itemIndex, {})).map((group, i) => {
		const { name = '', table = '', options = {} } = group;
		return {
			name: name.trim(),
			table: table.trim(),
			repeat: repeatOf(group),
			references: referencesOf(group),
			rules: rulesOf(group.rules, raw[i]?.rules),
			fields: () => fieldsOf(context, group, raw[i] ?? {}, itemIndex),
			matchOn: namesIn(options.matchOn),
			...(options.emptyRecords && { emptyRecords: options.emptyRecords }),
			...(options.idField?.trim() && { idField: options.idField.trim() }),
		};
	});
}

const groupsIn = (parameter: unknown): GroupParameter[] =>
	((parameter as IDataObject | undefined)?.group ?? []) as GroupParameter[];

function repeatOf({
	repeat,
	sets,
	labelColumn,
	column = '',
	delimiter,
}: GroupParameter): Repeat | undefined {
	if (repeat === 'cell') return { kind: 'delimited-cell', column, delimiter };
	if (repeat !== 'sets') return undefined;
	const given = (sets?.set ?? []).map(({ pattern = '', label = '' }) => ({ pattern, label }));
	return { kind: 'column-sets', sets: given, labelColumn: labelColumn?.trim() };
}

const referencesOf = ({ references }: GroupParameter) =>
	(references?.reference ?? []).map(({ field = '', group = '', by = '' }) => ({
		field: field.trim(),
		group: group.trim(),
		...(by.trim() !== '' && { by: by.trim() }),
	}));

/** The column of a rule is read as it was written: a dragged column is a column, and not the value of the first row. */
function rulesOf(evaluated: unknown, raw: unknown): FieldRule[] {
	const written = rulesIn(raw);
	return compileRules(rulesIn(evaluated), written).map((rule, i) => {
		const column = written[i]?.settings?.column;
		return column === undefined ? rule : { ...rule, settings: { ...rule.settings, column } };
	});
}

async function fieldsOf(
	context: IExecuteFunctions,
	group: GroupParameter,
	raw: GroupParameter,
	itemIndex: number,
): Promise<TargetField[]> {
	const { name = '', table = '', fieldsFrom = 'list' } = group;
	if (fieldsFrom === 'recordType') return recordFields(group.recordType ?? 'contact');
	if (fieldsFrom === 'list') return listedFields(group.fields, raw.fields);
	if (context.getNodeParameter('useDatabase', itemIndex, false) !== true) {
		throw new ImportError(
			'RUN_CONFIG',
			`The record group "${name}" takes its fields from a table, and no database is chosen`,
			{ hint: 'Switch Fields From Tables on, and choose the database.' },
		);
	}
	if (table.trim() === '') {
		throw new ImportError(
			'RUN_CONFIG',
			`The record group "${name}" takes its fields from a table, and names none`,
			{ hint: 'Give the name of the table under Table.' },
		);
	}
	return await tableFields(context, readTableName(table.trim()), itemIndex);
}

const namesIn = (text = ''): string[] =>
	text
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
