import { keyOfRule, type MatchRule } from '../../matching';
import type { ColumnDescription, StagedValue } from '../target';

/** Gives the key of a row or a record under a rule, from the values of the rule's columns in their order. */
export type KeyReader = (values: readonly StagedValue[]) => string | null;

/** @param columns the columns of the rule, in the order of its fields */
export function keyReader(rule: MatchRule, columns: readonly ColumnDescription[]): KeyReader {
	return (values) =>
		keyOfRule(
			rule,
			columns.map(({ type }, index) => plainValue(values[index] ?? null, type)),
		);
}

/** A row and the database may write the same number, moment or yes in two ways. */
export function plainValue(value: unknown, type: ColumnDescription['type']): StagedValue {
	if (value === null) return null;
	const text = plainText(value);
	switch (type) {
		case 'boolean':
			return /^(1|t|true)$/i.test(text) ? '1' : '0';
		case 'integer':
		case 'decimal':
			return /^-?\d*\.\d*$/.test(text) ? text.replace(/\.?0+$/, '') : text;
		case 'date-time':
			return text.replace('T', ' ').replace(/\.0+$|(\.\d*?)0+$/, '$1');
		default:
			return text;
	}
}

function plainText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return Buffer.isBuffer(value) ? value.toString('hex') : JSON.stringify(value);
}
