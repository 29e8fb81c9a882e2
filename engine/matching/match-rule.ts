import { createHash } from 'node:crypto';
import type { RecordCondition, RowCondition } from './conditions';
import { normalize, type Normalizer } from './normalizers';
import type { FieldKind } from './similarity';

export interface MatchField {
	/** The column, which bears the same name in the rows and in the table. */
	column: string;
	/** Default: exact, as the database itself compares. */
	normalizer?: Normalizer;
	/** For phone numbers: the country of those without a country code, by its two letters. */
	country?: string;
	/** Where records need only be alike: how the values are compared. Default: as the type of the column or they say. */
	kind?: FieldKind;
	/** Where records need only be alike: how much the field counts; 1 is what the data say, 0 leaves it out. */
	weight?: number;
}

/** How alike row and record must be where values need not be the same. */
export interface RuleSimilarity {
	/** Score from which a record is the one that is meant, above 0, at most 1. Default: 0.7. */
	threshold?: number;
	/** Score from which a record may be the one that is meant, for a person to look at. Default: 0.1. */
	possible?: number;
	/**
	 * What becomes of a row with such records: it fails and names them, so that a person decides (default), or the record
	 * that is clearly the best is taken where it reaches the threshold.
	 */
	found?: 'propose' | 'take';
}

/** One way to find the record of a row: all fields must be the same, or all together alike. */
export interface MatchRule {
	/** What the outcome calls the rule. Default: the names of its columns. */
	name?: string;
	fields: readonly MatchField[];
	/** What to do when several records fit: fail the row (default), take the first, take all, or ask the next rule. */
	several?: 'fail' | 'first' | 'all' | 'next';
	/** The rows that the rule is for; of others it says nothing. Default: all. */
	rows?: RowCondition;
	/** The records that it finds. Default: all. */
	records?: RecordCondition;
	/** Set where records need only be alike: they are compared field by field, and normalizers do not count. */
	similarity?: RuleSimilarity;
}

/** The rule that the values of all columns are the same, as the database compares them. */
export const exactRule = (...columns: string[]): MatchRule => ({
	fields: columns.map((column) => ({ column })),
});

export const nameOfRule = ({ name, fields }: MatchRule): string =>
	name ?? fields.map(({ column }) => column).join(' + ');

/** True where the database can compare the columns themselves, with the indexes that it has on them. */
export const isExact = ({ fields, similarity }: MatchRule): boolean =>
	similarity === undefined && fields.every(({ normalizer = 'exact' }) => normalizer === 'exact');

/** Stands between the parts of a key: no part holds it, since it is no character that is seen. */
const SEPARATOR = '\u001f';

/** Keys are indexed; longer ones are replaced by a digest of theirs. */
export const LONGEST_KEY = 180;

type Value = string | number | boolean | null;

/**
 * The key of a row under a rule, by which rows of the file are the same, from the values of the rule's fields in their order.
 *
 * @returns null where a field is empty: the rule then says nothing about the row
 */
export function keyOfRule(
	{ fields, similarity }: MatchRule,
	values: readonly Value[],
): string | null {
	let key = '';
	for (const [index, { normalizer = 'exact', country }] of fields.entries()) {
		const compared = similarity === undefined ? normalizer : 'case';
		const part = normalize(values[index] ?? null, compared, { country });
		if (part === undefined) return null;
		key += index === 0 ? part : SEPARATOR + part;
	}
	return key.length <= LONGEST_KEY
		? key
		: `${createHash('sha256').update(key).digest('hex')}${SEPARATOR}${key.slice(0, 100)}`;
}
