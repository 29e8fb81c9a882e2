type Value = string | number | boolean | null;

/** Which rows something is for: those that have a value in a column, have none, or have one of some values. */
export interface RowCondition {
	/** A column that is written. */
	column: string;
	is: 'filled' | 'empty' | 'one-of';
	/** For `one-of`: compared without blanks around and without case. */
	values?: readonly string[];
}

/** Which records something is for: those that have one of the values in a column, as the database compares. */
export interface RecordCondition {
	/** A column of the table; it need not be written. */
	column: string;
	values: readonly Value[];
}

/** A text as conditions and lists compare it: without blanks around and without case. */
export const comparedText = (value: unknown): string =>
	(typeof value === 'string' ? value : JSON.stringify(value)).trim().normalize('NFC').toLowerCase();

/** Makes the test of the value that a row has in the column of the condition. */
export function rowTest({ is, values = [] }: RowCondition): (value: Value) => boolean {
	if (is === 'one-of') {
		const allowed = new Set(values.map(comparedText));
		return (value) => value !== null && allowed.has(comparedText(value));
	}
	const wanted = is === 'empty';
	return (value) => (value === null || comparedText(value) === '') === wanted;
}
