import type { IssueCode } from '../../issues';
import type { LoadRules, PlannedAction } from '../target';

/** What the plan table says about a row, in one letter, and what that means. */
export const planCodes = {
	I: { action: 'insert' },
	U: { action: 'update' },
	E: { action: 'unchanged' },
	e: { action: 'unchanged', code: 'MATCH_SAME_AS_LAST_RUN' },
	d: { action: 'skip', code: 'MATCH_DUPLICATE_IN_FILE' },
	D: { action: 'fail', code: 'MATCH_DUPLICATE_IN_FILE' },
	b: { action: 'skip', code: 'MATCH_BLANK_KEY' },
	B: { action: 'fail', code: 'MATCH_BLANK_KEY' },
	S: { action: 'fail', code: 'MATCH_SEVERAL' },
	m: { action: 'skip', code: 'MATCH_FOUND' },
	M: { action: 'fail', code: 'MATCH_FOUND' },
	n: { action: 'skip', code: 'MATCH_NONE' },
	N: { action: 'fail', code: 'MATCH_NONE' },
	L: { action: 'fail', code: 'CELL_LENGTH' },
	Z: { action: 'fail', code: 'WRITE_NOT_NULL' },
} as const satisfies Record<string, { action: PlannedAction; code?: IssueCode }>;

export type PlanLetter = keyof typeof planCodes;

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

export const lettersOf = (actions: readonly PlannedAction[]): PlanLetter[] =>
	(Object.keys(planCodes) as PlanLetter[]).filter((letter) =>
		actions.includes(planCodes[letter].action),
	);
