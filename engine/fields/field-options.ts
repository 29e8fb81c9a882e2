import { columnTypes, missingReferences, type ColumnType } from '../dataset';
import { knownLocale } from '../dataset/values';
import { ImportError } from '../issues';
import { otherValues, type FieldSpec } from './field';

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isColumnType = (value: unknown): value is ColumnType =>
	columnTypes.some((type) => type === value);

/** What the settings of a field may hold, by name. */
const settings: Readonly<Record<string, { is: (value: unknown) => boolean; what: string }>> = {
	column: { is: (value) => typeof value === 'string', what: 'the name of a column' },
	columns: { is: isListOfTexts, what: 'a list of texts' },
	separator: { is: (value) => typeof value === 'string', what: 'a text' },
	textTemplate: { is: (value) => typeof value === 'string', what: 'a text' },
	expression: { is: (value) => typeof value === 'string', what: 'a text' },
	values: { is: isValueMap, what: 'a list of entries with from and to' },
	others: { is: isOneOf(otherValues), what: otherValues.join(', ') },
	defaultWhen: { is: isOneOf(['missing', 'empty']), what: 'missing or empty' },
	unique: { is: isOneOf([true, false, 'ignoreCase']), what: 'true, false or ignoreCase' },
	type: { is: isColumnType, what: `one of ${columnTypes.join(', ')}` },
	passes: { is: (value) => typeof value === 'string', what: 'a text' },
	required: { is: (value) => typeof value === 'boolean', what: 'true or false' },
	format: { is: isRecord, what: 'an object' },
	label: { is: (value) => typeof value === 'string', what: 'a text' },
	minLength: { is: isCount, what: 'a whole number' },
	pattern: { is: (value) => typeof value === 'string', what: 'a text' },
	maxLength: { is: isCount, what: 'a whole number' },
	precision: { is: isCount, what: 'a whole number' },
	scale: { is: isCount, what: 'a whole number' },
	min: { is: isLimit, what: 'a number or a text' },
	max: { is: isLimit, what: 'a number or a text' },
	options: { is: isListOfTexts, what: 'a list of texts' },
	writePolicy: { is: (value) => typeof value === 'string', what: 'a text' },
	reference: { is: isReference, what: 'an object with table and by' },
};

/** What the format of a field may hold, by name. */
const formatSettings: typeof settings = {
	dateOrder: {
		is: (value) => ['ymd', 'dmy', 'mdy'].includes(String(value)),
		what: 'ymd, dmy or mdy',
	},
	decimalSign: { is: (value) => value === '.' || value === ',', what: '. or ,' },
	datePattern: { is: (value) => typeof value === 'string', what: 'a text' },
	locale: {
		is: (value) => typeof value === 'string' && knownLocale(value) !== undefined,
		what: 'a language or locale such as de or pt-BR',
	},
	trueWords: { is: isListOfTexts, what: 'a list of texts' },
	falseWords: { is: isListOfTexts, what: 'a list of texts' },
};

function isListOfTexts(value: unknown): boolean {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isOneOf(allowed: readonly unknown[]): (value: unknown) => boolean {
	return (value) => allowed.includes(value);
}

function isValueMap(value: unknown): boolean {
	return Array.isArray(value) && value.every(isValueMapping);
}

function isValueMapping(entry: unknown): boolean {
	if (!isRecord(entry) || typeof entry.from !== 'string') return false;
	const { to = null } = entry;
	return to === null || ['string', 'number', 'boolean'].includes(typeof to);
}

function isCount(value: unknown): boolean {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isReference(value: unknown): boolean {
	if (!isRecord(value) || !isRecord(value.table) || typeof value.by !== 'string') return false;
	const { schema = '', name } = value.table;
	if (typeof schema !== 'string' || typeof name !== 'string') return false;
	const { value: returned = '', missing = 'fail' } = value;
	return typeof returned === 'string' && missingReferences.some((known) => known === missing);
}

function isLimit(value: unknown): boolean {
	return typeof value === 'number' || typeof value === 'string';
}

/**
 * The fields in the options of a step. Null stands for a setting that is left out; settings that are not known are
 * nobody's business here.
 *
 * @param name the option that holds them, for messages
 * @throws ImportError RUN_CONFIG when they are no list, a setting has a wrong value, or two have the same name
 */
export function readFieldSpecs(value: unknown, name: string): FieldSpec[] {
	if (!Array.isArray(value))
		throw new ImportError('RUN_CONFIG', `The option "${name}" must be a list`);
	const fields = value.map((entry) => readFieldSpec(entry, name));
	const seen = new Set<string>();
	for (const field of fields) {
		if (seen.has(field.name)) {
			throw new ImportError('RUN_CONFIG', `The field "${field.name}" is there twice`, {
				field: field.name,
			});
		}
		seen.add(field.name);
	}
	return fields;
}

function readFieldSpec(entry: unknown, list: string): FieldSpec {
	if (!isRecord(entry) || typeof entry.name !== 'string' || entry.name === '') {
		throw new ImportError('RUN_CONFIG', `Each entry of "${list}" must have a name`);
	}
	const { name } = entry;
	const field = withoutMissing(entry);
	checkSettings(name, field, settings);
	if (isRecord(field.format)) {
		const format = withoutMissing(field.format);
		checkSettings(name, format, formatSettings);
		field.format = format;
	}
	const sources = ['column', 'columns', 'textTemplate', 'constant', 'expression'];
	const set = sources.filter((source) => isGiven(field[source]));
	if (set.length > 1) {
		const message = `The field "${name}" takes its values from ${set.join(' and ')}; it can have one of them`;
		throw new ImportError('RUN_CONFIG', message, { field: name });
	}
	return { ...field, name };
}

const isGiven = (value: unknown): boolean =>
	value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

function withoutMissing(record: Record<string, unknown>): Record<string, unknown> {
	const present = Object.entries(record).filter(
		([, value]) => value !== null && value !== undefined,
	);
	return Object.fromEntries(present);
}

function checkSettings(
	field: string,
	given: Record<string, unknown>,
	allowed: typeof settings,
): void {
	for (const [setting, { is, what }] of Object.entries(allowed)) {
		if (setting in given && !is(given[setting])) throw wrongSetting(field, setting, what);
	}
}

function wrongSetting(field: string, setting: string, what: string): ImportError {
	return new ImportError('RUN_CONFIG', `"${setting}" of the field "${field}" must be ${what}`, {
		field,
	});
}
