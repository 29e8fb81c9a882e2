import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { ImportError, quoteValue } from '../../engine';
import { parseOptions } from './parse-options';

/** A list offers signs for them, and an expression may give any other. */
const takesAnySign = new Set(['delimiter', 'escape', 'quote']);

/** Sizes may have a fraction. */
const isSize = ({ name }: INodeProperties): boolean => name.endsWith('Mb');

/**
 * Holds options to what their fields on the screen take. An expression may give anything: nothing, so that the option is as
 * if it were not set; a number where a text is wanted; or what no file can be read with.
 *
 * @throws ImportError RUN_CONFIG, which names the option as the screen does
 */
export function checkedOptions(options: IDataObject): IDataObject {
	const checked: IDataObject = {};
	for (const [name, value] of Object.entries(options)) {
		const option = parseOptions.find((candidate) => candidate.name === name);
		if (option === undefined || value === null || value === undefined) continue;
		checked[name] = checkers[option.type]?.(option, value) ?? value;
	}
	return checked;
}

type Check = (option: INodeProperties, value: unknown) => string | number | boolean;

const checkers: Partial<Record<INodeProperties['type'], Check>> = {
	string: checkText,
	number: checkNumber,
	boolean: checkBoolean,
	options: checkChoice,
};

function checkText(option: INodeProperties, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw wrong(option, 'a text', value);
}

function checkNumber(option: INodeProperties, value: unknown): number {
	const { minValue = -Infinity, maxValue = Infinity } = option.typeOptions ?? {};
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = isText ? Number(value) : value;
	const isNumber = typeof number === 'number' && number >= minValue && number <= maxValue;
	const isUnlimited = number === Infinity;
	if (isNumber && (isSize(option) || isUnlimited || Number.isInteger(number))) return number;
	const limits = maxValue === Infinity ? `at least ${minValue}` : `${minValue} to ${maxValue}`;
	throw wrong(option, `a ${isSize(option) ? '' : 'whole '}number of ${limits}`, value);
}

function checkBoolean(option: INodeProperties, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	throw wrong(option, 'true or false', value);
}

function checkChoice(option: INodeProperties, value: unknown): string {
	if (takesAnySign.has(option.name)) return checkText(option, value);
	const choices = (option.options ?? []).flatMap((choice) =>
		'value' in choice ? [String(choice.value)] : [],
	);
	if (typeof value === 'string' && choices.includes(value)) return value;
	throw wrong(option, `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`, value);
}

function wrong({ displayName }: INodeProperties, wanted: string, value: unknown): ImportError {
	const shown = typeof value === 'number' ? String(value) : quoteValue(JSON.stringify(value));
	return new ImportError('RUN_CONFIG', `${displayName} is to be ${wanted}, not ${shown}`, {
		hint: `Correct the option ${displayName}. Where an expression gives it, look what the expression comes to.`,
	});
}
