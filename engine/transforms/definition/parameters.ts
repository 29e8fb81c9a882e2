import type { Cell } from '../../dataset';
import { ImportError } from '../../issues';

export type ParameterKind =
	| 'column'
	| 'columns'
	| 'text'
	| 'value'
	| 'number'
	| 'expression'
	| 'flag'
	| 'choice'
	| 'list'
	| 'table';

interface Choice {
	value: string;
	title: string;
}

/** What a screen or a page says about a parameter. Plain JSON. */
export interface ParameterDescription {
	name: string;
	title: string;
	/** One sentence, without a full stop. */
	summary: string;
	kind: ParameterKind;
	required: boolean;
	/** Taken when the parameter is left out. */
	default?: Cell;
	choices?: readonly Choice[];
	/** The parameters of each entry of a list. */
	entries?: ParameterDescription[];
	/** The parameter counts only when another one has one of these values. */
	onlyWhen?: Readonly<Record<string, readonly string[]>>;
}

/** A parameter of an operation: what is said about it, and how its value is read out of the options of a step. */
interface Parameter<T> {
	readonly description: Omit<ParameterDescription, 'name'>;
	/** @throws ImportError RUN_CONFIG when the value is missing or of the wrong kind */
	read(value: unknown, name: string): T;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** The options that a set of parameters reads. */
export type OptionsOf<P extends Parameters> = {
	[Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never;
};

interface Wording {
	title: string;
	summary: string;
	onlyWhen?: ParameterDescription['onlyWhen'];
}

function wrongValue(name: string, expected: string): ImportError {
	return new ImportError('RUN_CONFIG', `The parameter "${name}" must be ${expected}`);
}

const isMissing = (value: unknown): value is null | undefined =>
	value === undefined || value === null;

/** Names of columns. An empty list, where it is allowed, means all columns. */
export function columns(wording: Wording & { emptyMeansAll?: boolean }): Parameter<string[]> {
	const { emptyMeansAll = false, ...words } = wording;
	return {
		description: { ...words, kind: 'columns', required: !emptyMeansAll },
		read(value, name) {
			const names = isMissing(value) ? [] : value;
			const isList = Array.isArray(names) && names.every((entry) => typeof entry === 'string');
			if (!isList) throw wrongValue(name, 'a list of column names');
			if (names.length === 0 && !emptyMeansAll) throw wrongValue(name, 'at least one column');
			return names;
		},
	};
}

/** Name of one column. */
export function column(wording: Wording): Parameter<string> {
	return {
		description: { ...wording, kind: 'column', required: true },
		read(value, name) {
			if (typeof value !== 'string' || value === '') throw wrongValue(name, 'the name of a column');
			return value;
		},
	};
}

/** A text. Without a default it must be there and not be empty. */
export function text(
	wording: Wording & { default?: string; kind?: 'text' | 'expression' },
): Parameter<string> {
	const { kind = 'text', ...words } = wording;
	return {
		description: { ...words, kind, required: words.default === undefined },
		read(value, name) {
			const given = isMissing(value) ? words.default : value;
			if (typeof given !== 'string') throw wrongValue(name, 'a text');
			if (given === '' && words.default === undefined)
				throw wrongValue(name, 'a text that is not empty');
			return given;
		},
	};
}

/** A value for a cell: text, number, true or false; left out or null for an empty cell. */
export function value(wording: Wording): Parameter<string | number | boolean | null> {
	return {
		description: { ...wording, kind: 'value', required: false },
		read(given, name) {
			if (isMissing(given)) return null;
			if (typeof given === 'string' || typeof given === 'boolean') return given;
			if (typeof given === 'number' && Number.isFinite(given)) return given;
			throw wrongValue(name, 'a text, a number, true or false');
		},
	};
}

/** One value as text, or a list of them; an empty list when it is left out. */
export function valueOrValues(wording: Wording): Parameter<string | string[]> {
	return {
		description: { ...wording, kind: 'value', required: false },
		read(given, name) {
			if (isMissing(given)) return [];
			return Array.isArray(given) ? given.map((entry) => textOf(entry, name)) : textOf(given, name);
		},
	};
}

function textOf(entry: unknown, name: string): string {
	if (typeof entry === 'string') return entry;
	if (typeof entry === 'number' || typeof entry === 'boolean') return String(entry);
	throw wrongValue(name, 'a text, a number, true or false, or a list of them');
}

/** A list as it is typed: one value a line, or commas between them; a list that is one already stays. */
export function splitList(typed: string | readonly string[]): string[] {
	const parts = typeof typed === 'string' ? typed.split(typed.includes('\n') ? '\n' : ',') : typed;
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** A whole number. Without a default it must be there. */
export function wholeNumber(
	wording: Wording & { default?: number; least?: number; most?: number },
): Parameter<number> {
	const { least = -Number.MAX_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER, ...words } = wording;
	return {
		description: { ...words, kind: 'number', required: words.default === undefined },
		read(given, name) {
			const chosen = isMissing(given) ? words.default : given;
			const isWhole = typeof chosen === 'number' && Number.isSafeInteger(chosen);
			if (!isWhole || chosen < least || chosen > most) {
				const range = wording.least === undefined ? '' : ` from ${least} to ${most}`;
				throw wrongValue(name, `a whole number${range}`);
			}
			return chosen;
		},
	};
}

/** Yes or no. */
export function flag(wording: Wording & { default: boolean }): Parameter<boolean> {
	return {
		description: { ...wording, kind: 'flag', required: false },
		read(given, name) {
			const chosen = isMissing(given) ? wording.default : given;
			if (typeof chosen !== 'boolean') throw wrongValue(name, 'true or false');
			return chosen;
		},
	};
}

/** One of several choices, by value; `choices` gives each its title. The first is taken when none is given. */
export function choice<T extends string>(
	wording: Wording & { choices: Readonly<Record<T, string>> },
): Parameter<T> {
	const allowed = Object.keys(wording.choices) as T[];
	const choices = allowed.map((key) => ({ value: key, title: wording.choices[key] }));
	return {
		description: {
			...wording,
			kind: 'choice',
			required: false,
			choices,
			default: allowed[0] ?? null,
		},
		read(given, name) {
			const wanted = isMissing(given) ? allowed[0] : given;
			const found = allowed.find((key) => key === wanted);
			if (found === undefined) throw wrongValue(name, `one of ${allowed.join(', ')}`);
			return found;
		},
	};
}

/** A table to look into: one that travels with the dataset, or a small one that stands in the step itself. */
export type TableReference = { attachment: string } | { columns: string[]; rows: Cell[][] };

/** More rows do not belong into a step. */
const MOST_INLINE_ROWS = 1000;

/** A table besides the rows. A screen does not ask for it: it comes by a second input. */
export function table(wording: Wording): Parameter<TableReference> {
	return {
		description: { ...wording, kind: 'table', required: true },
		read(given, name) {
			const { attachment, columns: names, rows } = (given ?? {}) as Record<string, unknown>;
			if (typeof attachment === 'string') return { attachment };
			const isTable =
				Array.isArray(names) &&
				names.every((column) => typeof column === 'string') &&
				Array.isArray(rows) &&
				rows.every(Array.isArray);
			if (!isTable) {
				throw wrongValue(name, 'the name of an attached table, or one of columns and rows');
			}
			if (rows.length > MOST_INLINE_ROWS) {
				throw wrongValue(name, `attached: it has more than ${MOST_INLINE_ROWS} rows`);
			}
			return { columns: names, rows: rows as Cell[][] };
		},
	};
}

/** A list of entries that have parameters of their own. At least one, unless it may be empty. */
export function list<P extends Parameters>(
	wording: Wording & { entries: P; mayBeEmpty?: boolean },
): Parameter<Array<OptionsOf<P>>> {
	const { entries, mayBeEmpty = false, ...words } = wording;
	return {
		description: {
			...words,
			kind: 'list',
			required: !mayBeEmpty,
			entries: Object.entries(entries).map(([name, parameter]) => ({
				name,
				...parameter.description,
			})),
		},
		read(given, name) {
			if (isMissing(given) && mayBeEmpty) return [];
			if (!Array.isArray(given) || (given.length === 0 && !mayBeEmpty))
				throw wrongValue(name, 'a list with entries');
			return given.map((entry: unknown, index) => readEntry(entries, entry, `${name}[${index}]`));
		},
	};
}

function readEntry<P extends Parameters>(entries: P, entry: unknown, path: string): OptionsOf<P> {
	if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
		throw wrongValue(path, 'an object');
	}
	const given = new Map<string, unknown>(Object.entries(entry));
	const pairs = Object.entries(entries).map(([name, parameter]) => [
		name,
		parameter.read(given.get(name), `${path}.${name}`),
	]);
	return Object.fromEntries(pairs) as OptionsOf<P>;
}
