import type { Column } from '../../dataset';
import { ImportError } from '../../issues';
import { readFieldSpecs } from '../field-options';
import { groupColumns, orderGroups, type GroupReference, type RecordGroup } from '../groups';
import { readRepeat } from '../groups/repeat';
import { readLearned, type Learned } from './remembered';

/** A record group as a template keeps it: its fields have the columns that they took. Plain JSON. */
export interface TemplateGroup extends RecordGroup {
	/** Where the records go; left out where the workflow says it elsewhere. */
	table?: string;
	/** Fields that records are matched on. */
	matchOn?: string[];
	/** By the names that columns have in the group. */
	learned: Learned;
}

/**
 * The record groups in the JSON of a template.
 *
 * @param columns those of the file that it was saved with
 * @throws ImportError RUN_TEMPLATE; RUN_CONFIG for groups that `orderGroups` refuses, and for fields and repeats that are
 *   wrong; RUN_NO_COLUMN where a group repeats over columns that are not among them
 */
export function readTemplateGroups(value: unknown, columns: readonly Column[]): TemplateGroup[] {
	if (!Array.isArray(value)) throw wrong('The record groups of the template must be a list');
	const groups = orderGroups(value.map(readGroup));
	for (const { name, repeat } of groups) groupColumns(columns, name, repeat);
	return groups;
}

function readGroup(value: unknown): TemplateGroup {
	const group = (value ?? {}) as Partial<Record<keyof TemplateGroup, unknown>>;
	const { name, table, idField, emptyRecords, matchOn = [], references = [] } = group;
	if (!isText(name)) throw wrong('A record group of the template has no name');
	const of = `of the record group "${name}"`;
	if (!isAbsent(table) && !isText(table)) throw wrong(`"table" ${of} must be a text`);
	if (!isAbsent(idField) && !isText(idField)) throw wrong(`"idField" ${of} must be a text`);
	if (!Array.isArray(matchOn) || !matchOn.every(isText)) {
		throw wrong(`"matchOn" ${of} must be a list of fields`);
	}
	if (!Array.isArray(references) || !references.every(isReference)) {
		throw wrong(
			`"references" ${of} must be a list with field and group, and by where it is by a key`,
		);
	}
	const empty = emptyRecordsChoices.find((choice) => choice === emptyRecords);
	if (!isAbsent(emptyRecords) && empty === undefined) {
		throw wrong(`"emptyRecords" ${of} must be ${emptyRecordsChoices.join(' or ')}`);
	}
	const repeat = readRepeat(group.repeat, name);
	return {
		name,
		...(isText(table) && table !== '' && { table }),
		...(matchOn.length > 0 && { matchOn }),
		...(repeat && { repeat }),
		...(references.length > 0 && { references: references.map(referenceOf) }),
		...(isText(idField) && idField !== '' && { idField }),
		...(empty && { emptyRecords: empty }),
		fields: readFieldSpecs(group.fields, 'fields'),
		learned: readLearned(group.learned),
	};
}

const emptyRecordsChoices = ['skip', 'keep'] as const;

const isText = (value: unknown): value is string => typeof value === 'string';

const isAbsent = (value: unknown) => value === undefined || value === null;

function isReference(value: unknown): value is GroupReference {
	const { field, group, by } = (value ?? {}) as Partial<Record<keyof GroupReference, unknown>>;
	return isText(field) && isText(group) && (isAbsent(by) || isText(by));
}

const referenceOf = ({ field, group, by }: GroupReference): GroupReference => ({
	field,
	group,
	...(by && { by }),
});

const wrong = (message: string) => new ImportError('RUN_TEMPLATE', message);
