import type { Decision } from '../../engine';

const NAMES: Readonly<Record<string, string>> = {
	'\t': 'tab',
	' ': 'space',
	';': 'semicolon',
	',': 'comma',
	'|': 'pipe',
	'\\': 'backslash',
	"'": 'single quote',
	'"': 'double quote',
	'\u001f': 'unit separator',
};

/** The value of a decision as a person reads it: signs that are hard to see by their names. */
export const shownSign = (value: Decision['value']): string =>
	NAMES[String(value)] ?? String(value);
