import type { Cell, Column, ColumnType } from '../dataset';
import type { FieldSpec } from './field';
import type { Likeness } from './header-likeness';
import type { Header } from './header-meaning';
import { isGeneric, sampleTexts, shareOf } from './value-kinds';

/** What the content of a column adds to its name, and takes away when the field cannot hold such values. */
const AGREEMENT = 0.03;
/** Added when the values can hardly be anything else. */
const PROOF = 0.1;
const CONTRADICTION = 0.7;

/** Confidence of a match that the name says nothing about. */
const BY_CONTENT = 0.75;

/** Share of the cells that make a column one of their kind, and share that speaks against it. */
const MOST = 0.8;
const FEW = 0.2;

const typesOfConcepts: Readonly<Record<string, ColumnType>> = {
	email: 'email',
	phone: 'phone',
	fax: 'phone',
	website: 'url',
	linkedin: 'url',
	birthday: 'date',
	'order date': 'date',
	'hire date': 'date',
	'first name': 'text',
	'last name': 'text',
	'full name': 'text',
	city: 'text',
	country: 'text',
	company: 'text',
	street: 'text',
	address: 'text',
};

/** Concepts whose values say against a name when hardly any value is like them. */
const shownByValues = new Set(['email', 'website', 'salutation']);

/** What a column may be by content alone, with the words for it; the first ones whatever the header says. */
const byContent: ReadonlyArray<readonly [string, string, boolean]> = [
	['email', 'e-mail addresses', true],
	['website', 'web addresses', false],
	['phone', 'phone numbers', false],
	['country', 'names of countries', false],
	['currency', 'currencies', false],
	['salutation', 'salutations', false],
	['gender', 'genders', false],
	['postal code', 'postal codes', false],
];

interface ContentMatch extends Likeness {
	column: number;
	field: number;
}

/** What the columns of a file hold, as far as it speaks for or against a field. */
export class ContentOfColumns {
	readonly #texts: readonly string[][];

	constructor(
		private readonly columns: readonly Column[],
		samples: readonly (readonly Cell[])[],
	) {
		this.#texts = columns.map((_, index) => sampleTexts(samples, index));
	}

	/** The likeness of a column and a field by name, with what the column holds weighed in. */
	weigh(likeness: Likeness, column: number, field: FieldSpec): Likeness {
		const { confidence, concept } = likeness;
		if (confidence === 0) return likeness;
		const expected = expectedType(field, concept);
		const found = this.columns[column]?.type;
		const share = concept === undefined ? undefined : shareOf(concept, this.#texts[column] ?? []);
		const shown = shownByValues.has(concept ?? '');
		const isShown = shown && (share ?? 0) >= MOST;
		const agrees = (found !== undefined && found === expected) || (share ?? 0) >= MOST;
		const denied = shown && share !== undefined && share < FEW;
		if (denied || (found !== undefined && expected !== undefined && contradicts(found, expected))) {
			// the same name is trusted more: values that do not fit are reported by row
			return { ...likeness, confidence: confidence * (confidence === 1 ? 0.75 : CONTRADICTION) };
		}
		if (!agrees || confidence === 1) return likeness;
		return { ...likeness, confidence: Math.min(0.99, confidence + (isShown ? PROOF : AGREEMENT)) };
	}

	/**
	 * Columns that are recognised by what they hold alone: the only open one of its kind goes to the only open field of
	 * that kind, when its header says nothing else (`Kontakt`, `Column 3`).
	 */
	matchesByContent(
		headers: readonly Header[],
		openFields: readonly Header[][],
		settled: ReadonlySet<number>,
	): ContentMatch[] {
		return byContent.flatMap(([concept, words, whatever]) => {
			const fields = openFields.flatMap((names, field) =>
				names.some((name) => isPlain(name, concept)) ? [field] : [],
			);
			const columns = this.columns.flatMap(({ name }, column) => {
				const header = headers[column];
				if (header === undefined || settled.has(column) || !this.#holds(concept, column)) return [];
				return (whatever && this.#saysNothing(header, column)) || isGeneric(name) ? [column] : [];
			});
			const [field] = fields;
			const [column] = columns;
			if (field === undefined || column === undefined) return [];
			if (fields.length > 1 || columns.length > 1) return [];
			return {
				column,
				field,
				concept,
				confidence: BY_CONTENT,
				reason: `the column holds ${words}`,
			};
		});
	}

	#holds(concept: string, column: number): boolean {
		const type = this.columns[column]?.type;
		const expected = typesOfConcepts[concept];
		if (type !== undefined && type !== 'text' && type === expected) return true;
		// any longer number could be a phone number: there the inferred type decides
		if (concept === 'phone') return false;
		return (shareOf(concept, this.#texts[column] ?? []) ?? 0) >= MOST;
	}

	/** Whether nothing is known that the header names, or the values are not what it seems to name. */
	#saysNothing({ readings, hasParty }: Header, column: number): boolean {
		if (hasParty) return false;
		const type = this.columns[column]?.type;
		return readings.every(({ concept, certainty, others }) => {
			const expected = typesOfConcepts[concept];
			const doubtful = certainty < 1 && others.length === 0;
			return doubtful && type !== undefined && expected !== undefined && type !== expected;
		});
	}
}

const isPlain = ({ readings, ordinal }: Header, wanted: string): boolean =>
	ordinal === 1 &&
	readings.some(
		({ concept, qualifiers, others }) =>
			concept === wanted && qualifiers.length === 0 && others.length === 0,
	);

function expectedType({ type }: FieldSpec, concept = ''): ColumnType | undefined {
	return type === undefined || type === 'text' ? typesOfConcepts[concept] : type;
}

/** Types whose values a field of another type cannot take, whatever their format. */
const recognised: readonly ColumnType[] = [
	'email',
	'url',
	'phone',
	'boolean',
	'date',
	'date-time',
	'time',
	'json',
];
const dates: readonly ColumnType[] = ['date', 'date-time'];
const numbers: readonly ColumnType[] = ['integer', 'decimal'];

function contradicts(found: ColumnType, expected: ColumnType): boolean {
	if (found === expected || found === 'text' || expected === 'json') return false;
	if (dates.includes(found) && dates.includes(expected)) return false;
	if (numbers.includes(found)) {
		// numbers of phones, and the serial numbers and seconds that dates are kept as
		return !['phone', 'boolean', ...dates, ...numbers].includes(expected);
	}
	return recognised.includes(found);
}
