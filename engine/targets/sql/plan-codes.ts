import type { IssueCode } from '../../issues';
import type { LoadRules, PlannedAction } from '../target';

/** What the plan table says about a row, in one letter, and what that means. */
export const planCodes = {
	I: { action: 'insert' },
	U: { action: 'update' },
	E: { action: 'unchanged' },
	s: { action: 'unchanged', code: 'MATCH_SAME_AS_LAST_RUN' },
	d: { action: 'skip', code: 'MATCH_DUPLICATE_IN_FILE' },
	D: { action: 'fail', code: 'MATCH_DUPLICATE_IN_FILE' },
	b: { action: 'skip', code: 'MATCH_BLANK_KEY' },
	B: { action: 'fail', code: 'MATCH_BLANK_KEY' },
	S: { action: 'fail', code: 'MATCH_SEVERAL' },
	P: { action: 'fail', code: 'MATCH_SIMILAR' },
	m: { action: 'skip', code: 'MATCH_FOUND' },
	M: { action: 'fail', code: 'MATCH_FOUND' },
	n: { action: 'skip', code: 'MATCH_NONE' },
	N: { action: 'fail', code: 'MATCH_NONE' },
	L: { action: 'fail', code: 'CELL_LENGTH' },
	Z: { action: 'fail', code: 'WRITE_NOT_NULL' },
	// wait for another row while the others are written
	w: { action: 'insert' },
	W: { action: 'update' },
	// by a person's choice
	k: { action: 'skip', code: 'MATCH_CHOICE_SKIP' },
	X: { action: 'fail', code: 'MATCH_CHOICE_LOST' },
	// withheld, with what they would have become
	i: { action: 'fail', code: 'MATCH_STALE', instead: 'insert' },
	u: { action: 'fail', code: 'MATCH_STALE', instead: 'update' },
	e: { action: 'fail', code: 'MATCH_STALE', instead: 'unchanged' },
	t: { action: 'fail', code: 'MATCH_STALE', instead: 'skip' },
	1: { action: 'insert', code: 'RUN_RESUMED' },
	2: { action: 'update', code: 'RUN_RESUMED' },
} as const satisfies Record<
	string,
	{ action: PlannedAction; code?: IssueCode; instead?: PlannedAction }
>;

export type PlanLetter = `${keyof typeof planCodes}`;

export const letterOfMatch: Readonly<Record<LoadRules['onMatch'], PlanLetter>> = {
	update: 'U',
	skip: 'm',
	insert: 'I',
	fail: 'M',
};

export const letterOfNoMatch: Readonly<Record<LoadRules['onNoMatch'], PlanLetter>> = {
	insert: 'I',
	skip: 'n',
	fail: 'N',
};

export const letterOfBlankKey: Readonly<Record<LoadRules['blankKey'], PlanLetter>> = {
	fail: 'B',
	insert: 'I',
	skip: 'b',
};

/** Rows that an earlier start of the same import has written: they are counted and left alone. */
const DONE: ReadonlySet<PlanLetter> = new Set(['1', '2']);

/** The letters of rows to which an action is still to be done. */
export const lettersOf = (actions: readonly PlannedAction[]): PlanLetter[] =>
	(Object.keys(planCodes) as PlanLetter[]).filter(
		(letter) => actions.includes(planCodes[letter].action) && !DONE.has(letter),
	);

/** What a row becomes that is withheld, by what it would have become. */
export const letterWithheld: Readonly<Record<Exclude<PlannedAction, 'fail'>, PlanLetter>> = {
	insert: 'i',
	update: 'u',
	unchanged: 'e',
	skip: 't',
};
