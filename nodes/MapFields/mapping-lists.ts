import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
	ResourceMapperValue,
} from 'n8n-workflow';
import { ImportError, matchHeaders, type HeaderMatch } from '../../engine';
import { incomingColumns, type IncomingColumn } from '../shared/incoming-columns';
import { targetFields, type TargetField } from './target-fields';

/** Above so many pairs of field and column the list stays lean: it is stored in the workflow for every field. */
const LEAN_PAIRS = 2000;

/** Above so many fields only those that found a column, or need one, are shown at once; the others can be added. */
const FIELDS_SHOWN = 20;

/** The table of drop-downs: one line a target field, with the columns of the file, the best match chosen. */
export async function getMappingFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const fields = await fieldsOrNotice(this);
	if (typeof fields === 'string') return { fields: [], emptyFieldsNotice: fields };
	const columns = incomingColumns(this);
	const stored = this.getCurrentNodeParameter('columns') as ResourceMapperValue | undefined;
	const matches = new Map(matchHeaders(columns, fields).map((match) => [match.field, match]));
	const lean = fields.length * columns.length > LEAN_PAIRS;
	return {
		fields: fields.map((field) => {
			const match = matches.get(field.name);
			const options = columnOptions(columns, storedColumn(stored, field.name), lean);
			const known = columns.length > 0 ? undefined : storedOptions(stored, field.name);
			return mapperField(field, match, known ?? options, fields.length);
		}),
	};
}

/** The names of the target fields, for the rules. */
export async function getFieldNames(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const fields = await fieldsOrNotice(this, true);
	return typeof fields === 'string' ? [] : fields.map(({ name }) => ({ name, value: name }));
}

/** The fields, or what to do first in order to have some. */
async function fieldsOrNotice(
	context: ILoadOptionsFunctions,
	ignoreRules = false,
): Promise<TargetField[] | string> {
	try {
		return await targetFields(context, 0, ignoreRules);
	} catch (error) {
		if (error instanceof ImportError && error.code === 'RUN_CONFIG') {
			return `${error.message}. ${error.issue.hint ?? ''}`;
		}
		throw error;
	}
}

function mapperField(
	{ name, required, needed, filled }: TargetField,
	match: HeaderMatch | undefined,
	options: INodePropertyOptions[],
	fieldCount: number,
): ResourceMapperField {
	const found = match === undefined ? '' : ` · matched ${Math.round(match.confidence * 100)} %`;
	const isOptional = match === undefined && required !== true && needed !== true;
	return {
		id: name,
		displayName: `${name}${required === true || needed === true ? ' *' : ''}${found}`,
		required: required === true,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		type: 'options',
		options,
		...(match !== undefined && { defaultValue: match.column }),
		...(isOptional && (filled === true || fieldCount > FIELDS_SHOWN) && { removed: true }),
	};
}

/** The columns of the file; a column that is stored but not in this file stays choosable, so that the workflow can run. */
function columnOptions(
	columns: readonly IncomingColumn[],
	stored: string | undefined,
	lean: boolean,
): INodePropertyOptions[] {
	const options = columns.map(({ name, type, sample }) => ({
		name: lean || type === undefined ? name : `${name} (${type})`,
		value: name,
		...(!lean && sample !== undefined && { description: `e.g. ${sample.slice(0, 60)}` }),
	}));
	if (stored !== undefined && !columns.some(({ name }) => name === stored)) {
		const label = columns.length === 0 ? stored : `${stored} - not in this file`;
		options.push({ name: label, value: stored });
	}
	return options;
}

function storedColumn(stored: ResourceMapperValue | undefined, field: string): string | undefined {
	const value = stored?.value?.[field];
	return typeof value === 'string' && value !== '' && !value.startsWith('=') ? value : undefined;
}

/** Before the previous node has run the columns are unknown: the list that was stored with the mapping is shown again. */
function storedOptions(
	stored: ResourceMapperValue | undefined,
	field: string,
): INodePropertyOptions[] | undefined {
	// a value that was made by an API call may lack its schema
	const { schema }: Partial<ResourceMapperValue> = stored ?? {};
	const options = schema?.find(({ id }) => id === field)?.options;
	const chosen = storedColumn(stored, field);
	if (options === undefined || options.length === 0) return undefined;
	if (chosen !== undefined && !options.some(({ value }) => value === chosen)) {
		return [...options, { name: chosen, value: chosen }];
	}
	return options;
}
