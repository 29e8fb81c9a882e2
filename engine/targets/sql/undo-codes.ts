import type { IssueCode } from '../../issues';
import type { UndoAction } from '../undo';

/** What the plan of an undo says about an entry of the journal, in one letter, and what that means. */
export const undoCodes = {
	D: { action: 'delete' },
	T: { action: 'delete' },
	R: { action: 'restore' },
	E: { action: 'unchanged' },
	X: { action: 'skip', code: 'UNDO_DONE' },
	G: { action: 'fail', code: 'UNDO_GONE' },
	C: { action: 'fail', code: 'UNDO_CHANGED' },
	F: { action: 'fail', code: 'WRITE_REFUSED' },
} as const satisfies Record<string, { action: UndoAction; code?: IssueCode }>;

export type UndoLetter = keyof typeof undoCodes;

export const undoLettersOf = (actions: readonly UndoAction[]): UndoLetter[] =>
	(Object.keys(undoCodes) as UndoLetter[]).filter((letter) =>
		actions.includes(undoCodes[letter].action),
	);
