import type { FieldReason, WritePolicy } from '../../targets';

const WRITTEN: Readonly<Record<WritePolicy, string>> = {
	always: 'written always',
	filled: 'written, the cell is filled',
	'target-empty': 'written, the record has no value',
	newer: 'written, the row is newer',
	never: 'written',
	append: 'written, entries are added to the list',
	remove: 'written, entries are taken out of the list',
	stamp: 'written, with other changes',
};

const KEPT: Readonly<Record<WritePolicy, string>> = {
	always: 'kept',
	filled: 'kept, the cell is empty',
	'target-empty': 'kept, the record has a value',
	newer: 'kept, the row is not newer',
	never: 'kept, it is never updated',
	append: 'kept, the list has the entries',
	remove: 'kept, the list does not have the entries',
	stamp: 'kept',
};

const CLEARED = 'emptied, the cell has the clearing value';

/** Why an update writes values or keeps them, in words: `name: written, the cell is filled; phone: kept, ...`. */
export const reasonText = (reasons: Readonly<Record<string, FieldReason>>): string =>
	Object.entries(reasons)
		.map(([name, { written, policy, cleared }]) => {
			if (cleared === true) return `${name}: ${CLEARED}`;
			return `${name}: ${(written ? WRITTEN : KEPT)[policy]}`;
		})
		.join('; ');
