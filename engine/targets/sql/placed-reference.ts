import type { ColumnDescription, LoadReference } from '../target';

/** A reference, with where its column stands among the written ones. */
export interface PlacedReference extends LoadReference {
	index: number;
	place: number;
	/** Position of the column that rows of the file are found by, where they may refer to each other. */
	byPlace: number;
	/** Position of the column whose value is written, where the rows bring it. */
	valuePlace: number;
}

/** @param columns the written ones */
export const placeReferences = (
	references: readonly LoadReference[],
	columns: readonly ColumnDescription[],
): PlacedReference[] => {
	const placeOf = (wanted: string) => columns.findIndex(({ name }) => name === wanted);
	return references.map((reference, index) => ({
		...reference,
		index,
		place: placeOf(reference.column),
		byPlace: reference.isSelf ? placeOf(reference.by.name) : -1,
		valuePlace: reference.isSelf ? placeOf(reference.value.name) : -1,
	}));
};
