import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import {
	ImportError,
	type FieldFormat,
	type FieldSpec,
	type OtherValues,
	type ValueMapping,
	type WritePolicy,
} from '../../engine';
import { readReference, type StoredReference } from '../shared/reference-parameters';
import { compileTextTemplate, isAboutRows } from './column-path';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** A rule of the person's own for one field, as n8n stores it. */
export interface FieldRule {
	field: string;
	settings?: RuleSettings;
}

interface RuleSettings {
	/** Of rules in record groups only: elsewhere the table of columns says it. */
	column?: string;
	columns?: string[];
	separator?: string;
	textTemplate?: string;
	constant?: string;
	expression?: string;
	type?: FieldSpec['type'];
	dateOrder?: FieldFormat['dateOrder'];
	datePattern?: string;
	decimalSign?: FieldFormat['decimalSign'];
	trueWords?: string;
	falseWords?: string;
	required?: boolean;
	unique?: 'no' | 'yes' | 'ignoreCase';
	default?: string;
	defaultForEmpty?: boolean;
	defaultForMissing?: boolean;
	allowed?: string;
	values?: { value?: ValueMapping[] };
	others?: OtherValues;
	minLength?: number;
	maxLength?: number;
	min?: string | number;
	max?: string | number;
	pattern?: string;
	writePolicy?: WritePolicy;
	reference?: { reference?: StoredReference };
}

/** Settings of which at most one says where the values of a field come from. */
const SOURCES = ['columns', 'textTemplate', 'constant', 'expression'] as const;

/**
 * The rules of the node. Texts with columns are read as they were written, so that a dragged column is a column and not
 * the value of the first row.
 *
 * @throws ImportError RUN_CONFIG when a constant or a default is an expression over rows
 */
export function readRules(context: Context, itemIndex: number): FieldRule[] {
	if ('getCurrentNodeParameter' in context) {
		return rulesIn(context.getCurrentNodeParameter('rules'));
	}
	const raw = rulesIn(context.getNodeParameter('rules', itemIndex, {}, { rawExpressions: true }));
	return compileRules(rulesIn(context.getNodeParameter('rules', itemIndex, {})), raw);
}

/**
 * Rules with their texts as columns.
 *
 * @param raw the rules with their expressions as they were written
 * @throws ImportError RUN_CONFIG as `readRules`
 */
export function compileRules(
	evaluated: readonly FieldRule[],
	raw: readonly FieldRule[],
): FieldRule[] {
	return evaluated.map((rule, index) => {
		const written = raw[index]?.settings ?? {};
		refuseRowExpressions(rule.field, written);
		const textTemplate =
			written.textTemplate && compileTextTemplate(written.textTemplate, rule.field);
		return { ...rule, settings: { ...rule.settings, ...(textTemplate && { textTemplate }) } };
	});
}

export const rulesIn = (parameter: unknown): FieldRule[] =>
	((parameter as IDataObject | undefined)?.rule ?? []) as unknown as FieldRule[];

/** @throws ImportError RUN_CONFIG when a setting that is the same for every row is an expression over rows */
export function refuseRowExpressions(
	field: string,
	written: Pick<RuleSettings, 'constant' | 'default'>,
): void {
	for (const setting of ['constant', 'default'] as const) {
		const text = written[setting];
		if (!isAboutRows(text)) continue;
		throw new ImportError(
			'RUN_CONFIG',
			`The ${setting} of the field "${field}" is an expression over rows: ${String(text).slice(1)}`,
			{
				field,
				hint: `A ${setting} is the same for every row. To take values from columns, choose a column for the field, or use Columns to Join, Text With Columns or Expression (JSONata) in its rule.`,
			},
		);
	}
}

/** Writes a rule into a field. @returns whether the rule says where the values come from */
export function applyRule(spec: FieldSpec, settings: RuleSettings): boolean {
	const { type, required, unique, others, minLength, maxLength } = settings;
	const isSource = applySource(spec, settings);
	applyReference(spec, settings);
	if (settings.writePolicy !== undefined) spec.writePolicy = settings.writePolicy;
	if (type !== undefined) spec.type = type;
	if (required !== undefined) spec.required = required;
	if (unique !== undefined) spec.unique = unique === 'ignoreCase' ? unique : unique === 'yes';
	if (others !== undefined) spec.others = others;
	if (minLength !== undefined) spec.minLength = minLength;
	if (maxLength !== undefined) spec.maxLength = maxLength;
	if (isSet(settings.min)) spec.min = settings.min;
	if (isSet(settings.max)) spec.max = settings.max;
	if (isSet(settings.pattern)) spec.pattern = settings.pattern;
	const options = listOf(settings.allowed);
	if (options.length > 0) spec.options = options;
	const values = settings.values?.value ?? [];
	if (values.length > 0) spec.values = values.map(mappingOf);
	applyDefault(spec, settings);
	const format = formatOf(settings);
	if (Object.keys(format).length > 0) spec.format = { ...spec.format, ...format };
	return isSource;
}

function applySource(spec: FieldSpec, settings: RuleSettings): boolean {
	const set = SOURCES.filter((source) => isSet(settings[source]));
	if (set.length > 1) {
		throw new ImportError(
			'RUN_CONFIG',
			`The rule for "${spec.name}" sets several of Columns to Join, Text With Columns, Constant and Expression`,
			{ field: spec.name, hint: 'Keep one of them, and remove the others from the rule.' },
		);
	}
	const [source] = set;
	if (source === undefined) return false;
	clearSource(spec);
	Object.assign(spec, { [source]: settings[source] });
	if (settings.separator !== undefined) spec.separator = settings.separator;
	return true;
}

/** What the field of a table must be does not hold for what the file says: that is another column's value. */
function applyReference(spec: FieldSpec, { reference }: RuleSettings): void {
	if (reference?.reference === undefined) return;
	spec.reference = readReference(reference.reference, spec.name);
	spec.type = undefined;
	for (const limit of ['minLength', 'maxLength', 'min', 'max', 'precision', 'scale'] as const) {
		spec[limit] = undefined;
	}
	spec.options = undefined;
}

/** Leaves a field without anything that its values come from. */
export function clearSource(spec: FieldSpec): void {
	for (const source of ['column', ...SOURCES] as const) spec[source] = undefined;
}

function applyDefault(spec: FieldSpec, settings: RuleSettings): void {
	if (isSet(settings.default)) spec.default = settings.default;
	const { defaultForEmpty, defaultForMissing } = settings;
	if (defaultForEmpty === false && defaultForMissing === false) spec.default = undefined;
	else if (defaultForEmpty === false) spec.defaultWhen = 'missing';
	else if (defaultForMissing === false) spec.defaultWhen = 'empty';
}

function formatOf({
	dateOrder,
	datePattern,
	decimalSign,
	trueWords,
	falseWords,
}: RuleSettings): FieldFormat {
	const [isTrue, isFalse] = [listOf(trueWords), listOf(falseWords)];
	return {
		...(dateOrder !== undefined && { dateOrder }),
		...(isSet(datePattern) && { datePattern }),
		...(decimalSign !== undefined && { decimalSign }),
		...(isTrue.length > 0 && { trueWords: isTrue }),
		...(isFalse.length > 0 && { falseWords: isFalse }),
	};
}

const mappingOf = ({ from, to }: ValueMapping): ValueMapping => ({
	from: from,
	to: to === '' ? null : to,
});

function isSet<T>(value: T | undefined | ''): value is T {
	return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

const listOf = (text: string | undefined): string[] =>
	(text ?? '')
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
