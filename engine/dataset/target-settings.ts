import type { Column } from './dataset';

/** What a column says to the target: it holds for whatever a step writes into the column. */
export const targetSettingsOf = ({
	writePolicy,
	reference,
}: Pick<Column, 'writePolicy' | 'reference'>): Pick<Column, 'writePolicy' | 'reference'> => ({
	...(writePolicy !== undefined && { writePolicy }),
	...(reference !== undefined && { reference }),
});
