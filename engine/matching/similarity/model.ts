import type { FieldKind } from './field-kind';

/** What was learned about two lists without being told which records are the same. Plain JSON. */
export interface SimilarityModel {
	/** How many records it was learned from. */
	records: number;
	/** How many of them are in the greater list. */
	greater: number;
	fields: FieldModel[];
	/** In how many of the records a word stands; words that stand in one only are left out. */
	words: Record<string, number>;
	/** The share of records that have a block key; rare keys are left out. */
	keys: Record<string, number>;
	/** The share of matches among pairs that share a key. */
	matches: number;
}

export interface FieldModel {
	name: string;
	kind: FieldKind;
	/** How far two numbers are apart, half of the time. */
	spread?: number;
	/** The evidence of each step of likeness, in bits. */
	bits: number[];
	/** What each step would say by belief alone; zeros for fields of few values. */
	believed: number[];
	/** How many records have a value, those that are in one only left out; and the chance that two are the same. */
	values: Record<string, number>;
	same: number;
}
