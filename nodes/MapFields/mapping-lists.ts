import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
	ResourceMapperValue,
} from 'n8n-workflow';
import { ImportError, type Cell, type HeaderMatch } from '../../engine';
import { incomingColumns, type IncomingColumn } from '../shared/incoming-columns';
import { matchAutomatically, type MatchSettings } from './field-mapping';
import { targetFields, type TargetField, type TargetFields } from './target-fields';

/** Above so many pairs of field and column the list stays lean: it is stored in the workflow for every field. */
const LEAN_PAIRS = 2000;

/** Above so many fields only those that found a column, or need one, are shown at once; the others can be added. */
const FIELDS_SHOWN = 20;

/** The table of drop-downs: one line a target field, with the columns of the file, the best match chosen. */
export async function getMappingFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const targets = await fieldsOrNotice(this);
	if (typeof targets === 'string') return { fields: [], emptyFieldsNotice: targets };
	const columns = incomingColumns(this);
	const stored = this.getCurrentNodeParameter('columns') as ResourceMapperValue | undefined;
	const { fields } = targets;
	const matches = automaticMatches(this, targets, columns);
	const lean = fields.length * columns.length > LEAN_PAIRS;
	const expected = columns.length > 0 ? columns : (targets.template?.columns ?? []);
	return {
		fields: fields.map((field) => {
			const match = matches.get(field.name);
			const chosen = storedColumn(stored, field.name) ?? match?.column;
			const options = columnOptions(expected, chosen, lean, columns.length > 0);
			const known = columns.length > 0 ? undefined : storedOptions(stored, field.name);
			const before = schemaIn(stored).find(({ id }) => id === field.name);
			return withNewList(mapperField(field, match, known ?? options, fields.length), before);
		}),
	};
}

/** Before the previous node has run, a template still says which columns it was saved with. */
function automaticMatches(
	context: ILoadOptionsFunctions,
	targets: TargetFields,
	columns: readonly IncomingColumn[],
): Map<string, HeaderMatch> {
	const known = columns.length > 0 ? columns : (targets.template?.columns ?? []);
	const sample: Cell[] = columns.map((column) => column.sample ?? null);
	const settings = (context.getCurrentNodeParameter('options') ?? {}) as MatchSettings;
	const { skipColumns, leastConfidence = 0 } = settings;
	const { matches } = matchAutomatically(targets, known, columns.length > 0 ? [sample] : [], {
		skipColumns,
		leastConfidence: leastConfidence / 100,
	});
	return new Map(matches.map((match) => [match.field, match]));
}

/** The names of the target fields, for the rules. */
export async function getFieldNames(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const targets = await fieldsOrNotice(this, true);
	if (typeof targets === 'string') return [];
	return targets.fields.map(({ name, label }) => ({
		name: label === undefined || label === name ? name : `${label} (${name})`,
		value: name,
	}));
}

/** The columns of the file, and those that the node names already: they stay choosable before anything has run. */
export function getIncomingColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const options: INodePropertyOptions[] = columnOptions(incomingColumns(this));
	const { rule = [] } = (this.getCurrentNodeParameter('rules') ?? {}) as {
		rule?: Array<{ settings?: { columns?: unknown } }>;
	};
	const { skipColumns } = (this.getCurrentNodeParameter('options') ?? {}) as {
		skipColumns?: unknown;
	};
	const { group = [] } = (this.getCurrentNodeParameter('groups') ?? {}) as {
		group?: Array<{ column?: unknown; rules?: { rule?: typeof rule } }>;
	};
	const rules = [...rule, ...group.flatMap(({ rules: own }) => own?.rule ?? [])];
	const repeated = group.map(({ column }) => column);
	const named = [
		skipColumns,
		...repeated,
		...rules.map(({ settings }) => settings?.columns),
	].flat();
	for (const name of named) {
		if (typeof name !== 'string' || name === '') continue;
		if (!options.some(({ value }) => value === name)) options.push({ name, value: name });
	}
	return Promise.resolve(options);
}

/** The fields, or what to do first in order to have some. */
async function fieldsOrNotice(
	context: ILoadOptionsFunctions,
	ignoreRules = false,
): Promise<TargetFields | string> {
	try {
		return await targetFields(context, 0, ignoreRules);
	} catch (error) {
		if (!(error instanceof ImportError)) throw error;
		if (error.code === 'RUN_CONFIG' || error.code === 'RUN_TEMPLATE') {
			return `${error.message}. ${error.issue.hint ?? ''}`;
		}
		throw error;
	}
}

function mapperField(
	{ name, label, required, needed, filled, byRule }: TargetField,
	match: HeaderMatch | undefined,
	options: INodePropertyOptions[],
	fieldCount: number,
): ResourceMapperField {
	const found = match === undefined ? '' : ` · matched ${Math.round(match.confidence * 100)} %`;
	const isNeeded = byRule !== true && (required === true || needed === true);
	const isOptional = match === undefined && !isNeeded;
	const isHidden = filled === true || byRule === true || fieldCount > FIELDS_SHOWN;
	return {
		id: name,
		displayName: `${label ?? name}${isNeeded ? ' *' : ''}${byRule ? ' · by its rule' : found}`,
		required: required === true && byRule !== true,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		type: 'options',
		options,
		...(match !== undefined && { defaultValue: match.column }),
		...(isOptional && isHidden && { removed: true }),
	};
}

/**
 * The editor shows the list that was stored with the workflow, unless something else about the field has changed: it does not
 * compare the options. What only matters in other kinds of such tables changes along with them, so that it sees a new list.
 */
function withNewList(
	field: ResourceMapperField,
	before: ResourceMapperField | undefined,
): ResourceMapperField {
	if (before === undefined) return field;
	const { canBeUsedToMatch = false, options } = before;
	const isNew = JSON.stringify(options) !== JSON.stringify(field.options);
	return { ...field, canBeUsedToMatch: isNew ? !canBeUsedToMatch : canBeUsedToMatch };
}

/** The columns of the file; a column that is stored but not in this file stays choosable, so that the workflow can run. */
function columnOptions(
	columns: readonly IncomingColumn[],
	stored?: string,
	lean = false,
	isFile = true,
): INodePropertyOptions[] {
	const options = columns.map(({ name, type, sample }) => ({
		name: lean || type === undefined ? name : `${name} (${type})`,
		value: name,
		...(!lean && sample !== undefined && { description: `e.g. ${sample.slice(0, 60)}` }),
	}));
	if (stored !== undefined && !columns.some(({ name }) => name === stored)) {
		const label = isFile ? `${stored} - not in this file` : stored;
		options.push({ name: label, value: stored });
	}
	return options;
}

function storedColumn(stored: ResourceMapperValue | undefined, field: string): string | undefined {
	const value = stored?.value?.[field];
	return typeof value === 'string' && value !== '' && !value.startsWith('=') ? value : undefined;
}

/** The fields with their lists as they are stored; a value that was made by an API call may lack them. */
function schemaIn(stored: ResourceMapperValue | undefined): ResourceMapperField[] {
	const { schema = [] }: Partial<ResourceMapperValue> = stored ?? {};
	return schema;
}

/** Before the previous node has run the columns are unknown: the list that was stored with the mapping is shown again. */
function storedOptions(
	stored: ResourceMapperValue | undefined,
	field: string,
): INodePropertyOptions[] | undefined {
	const options = schemaIn(stored).find(({ id }) => id === field)?.options;
	const chosen = storedColumn(stored, field);
	if (options === undefined || options.length === 0) return undefined;
	if (chosen !== undefined && !options.some(({ value }) => value === chosen)) {
		return [...options, { name: chosen, value: chosen }];
	}
	return options;
}
