import { normalize } from '../normalizers';
import { readDate } from './date';

/** How the values of a field are compared. */
export const fieldKinds = [
	'text',
	'first-name',
	'last-name',
	'name',
	'company',
	'address',
	'number',
	'date',
	'email',
	'phone',
	'code',
] as const;

export type FieldKind = (typeof fieldKinds)[number];

export interface SimilarityField {
	/** The name of the field in the records. */
	name: string;
	/** How the values are compared, or a field type; what is unknown, and `text`, is told from the values. */
	type?: string;
	/** How much the field counts; 1 is what the data say, 0 leaves it out. */
	weight?: number;
	/** For phone numbers: the country of those without a country code, by its two letters. */
	country?: string;
}

const KIND_OF_TYPE: Readonly<Record<string, FieldKind>> = {
	first_name: 'first-name',
	given_name: 'first-name',
	last_name: 'last-name',
	surname: 'last-name',
	full_name: 'name',
	person: 'name',
	organization: 'company',
	integer: 'number',
	decimal: 'number',
	price: 'number',
	'date-time': 'date',
	datetime: 'date',
	identifier: 'code',
	id: 'code',
	postal_code: 'code',
	sku: 'code',
	uuid: 'code',
	boolean: 'code',
};

const isKind = (type: string): type is FieldKind =>
	(fieldKinds as readonly string[]).includes(type);

/** The share of values that must be of a kind for the field to be of it. */
const MOST = 0.9;

const NUMBER = /^[-+]?[$€£]?\s*\d[\d.,\s]*\s?%?$/;
const CODE = /^(?=.*\d)[\p{L}\d][\p{L}\d./_-]*(?: [\p{L}\d./_-]+)?$/u;

const tests: ReadonlyArray<[FieldKind, (value: string) => boolean]> = [
	['email', (value) => /^\S+@\S+$/.test(value)],
	['date', (value) => readDate(value) !== undefined && /\D|^\d{8}$/.test(value)],
	['number', (value) => NUMBER.test(value) && value.length <= 12 && !/^0\d/.test(value)],
	['phone', (value) => /^[+(\d][-+()/.\d\s]{6,20}$/.test(value) && /\D/.test(value)],
	['code', (value) => CODE.test(value)],
];

/** The kind of a field, as its type says or else as most of its values look. */
export function kindOf({ type = 'text' }: SimilarityField, values: Iterable<string>): FieldKind {
	const known = KIND_OF_TYPE[type];
	if (known !== undefined) return known;
	if (type !== 'text' && isKind(type)) return type;
	const seen = [...values].map((value) => normalize(value, 'trim')).filter(isFilled);
	if (seen.length === 0) return 'text';
	const found = tests.find(([, test]) => seen.filter(test).length >= MOST * seen.length);
	return found?.[0] ?? 'text';
}

const isFilled = (value: string | undefined): value is string =>
	value !== undefined && value !== '-';
