import type { Cell } from '../../dataset';

/** Blank, or one of the words that people write where a value is missing. */
export const BLANK = '-';
export const TEXT = 't';

export const NUMBER = 'n';
const DATE = 'd';
const EMAIL = 'e';
const LINK = 'u';
const YES_OR_NO = 'b';
const CODE = 'c';

/** Longer texts are prose, and are not looked at more closely. */
const LONGEST_VALUE = 60;

/** Longer texts are no codes. */
const LONGEST_CODE = 24;

const missing =
	/^(?:-{1,3}|–|—|\.|\?|n\/?a|#n\/a|n\.a\.|null|none|nan|nil|missing|unknown|k\.\s?a\.)$/i;

const number =
	/^[-+−(]?\s?(?:[€$£¥]|[A-Z]{3}\s)?\s?[-+−]?[.,]?\d[\d.,' \u00a0\u202f’]*(?:[eE][-+]?\d{1,3})?\s?(?:[€$£¥%‰]|[A-Z]{3})?\s?[)-]?$/;

const date =
	/^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}\.?)(?:[T ,]+\d{1,2}[:.]\d{2}.*)?$/;

const time = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[ap]\.?m\.?)?$/i;

const email = /^[^@\s]+@[^@\s]+\.[^@\s.]+$/;

const link = /^(?:https?:\/\/|www\.)\S+$/i;

const yesOrNo = /^(?:true|false|yes|no|y|n|ja|nein|wahr|falsch|oui|non|vrai|faux|s[ií])$/i;

/**
 * What a cell looks like: number, date or time, e-mail address, web address, yes or no, text, blank; or a code, with its
 * pattern behind it, in which runs of letters and of digits count as one (`AB-12` is `cA-9`).
 */
export function kindOf(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return BLANK;
	if (typeof cell === 'number') return NUMBER;
	if (typeof cell === 'boolean') return YES_OR_NO;
	return typeof cell === 'string' ? kindOfText(cell.trim()) : TEXT;
}

function kindOfText(text: string): string {
	if (text === '' || missing.test(text)) return BLANK;
	if (text.length > LONGEST_VALUE) return link.test(text) ? LINK : TEXT;
	if (/\d/.test(text)) {
		if (date.test(text) || time.test(text)) return DATE;
		if (number.test(text)) return NUMBER;
	} else if (yesOrNo.test(text)) {
		return YES_OR_NO;
	}
	if (email.test(text)) return EMAIL;
	if (link.test(text)) return LINK;
	return codePattern(text) ?? TEXT;
}

/** The pattern of a code: a word with digits in it, or two. */
function codePattern(text: string): string | undefined {
	if (text.length > LONGEST_CODE || !/\d/.test(text)) return undefined;
	if (text.split(/\s+/).length > 2) return undefined;
	return (
		CODE +
		text
			.replace(/\p{L}+/gu, 'A')
			.replace(/\d+/g, '9')
			.replace(/\s+/g, ' ')
	);
}

/** Whether a kind says more than that something is written in the cell. */
export const isTyped = (kind: string | undefined): boolean =>
	kind !== undefined && kind !== TEXT && kind !== BLANK;

/** The share of the values of a column that must look alike. */
const MOST = 0.8;

/** What most values of a column look like; text where they differ, blank where there are none. */
export function commonKind(kinds: readonly string[]): string {
	const counts = new Map<string, number>();
	let values = 0;
	for (const kind of kinds) {
		if (kind === BLANK) continue;
		values++;
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	if (values === 0) return BLANK;
	for (const [kind, count] of counts) if (count >= values * MOST) return kind;
	return TEXT;
}

/** Whether a cell of one kind may stand in a column of another: numbers and codes are often mixed. */
export const fits = (kind: string, column: string): boolean =>
	kind === column || (isNumberLike(kind) && isNumberLike(column));

const isNumberLike = (kind: string): boolean =>
	kind === NUMBER || kind === DATE || kind.startsWith(CODE);

/** The number that a cell holds, where it is a plain whole number. */
export function wholeNumber(cell: Cell | undefined): number | undefined {
	if (typeof cell === 'number') return Number.isInteger(cell) ? cell : undefined;
	return typeof cell === 'string' && /^\s*\d{1,6}\s*$/.test(cell) ? Number(cell) : undefined;
}
