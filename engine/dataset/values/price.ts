import { canonicalDecimal, exactNumber } from './decimal-text';
import { asciiDigits, plainBlanks, withoutMarks } from './locale/characters';
import { mentionsMonth } from './month-names';
import type { DecimalSign } from './number';
import { currencyCode, decimalsOf, isPriceCurrency } from './price-currencies';

export interface Price {
	amount: number | string;
	/** As it is written: `€`, `US$`, `Kč`. */
	currency?: string;
	/** ISO 4217, where the sign is that of one currency only. */
	code?: string;
}

export interface PriceOptions {
	/** What stands in a column for the currency, taken where the text names none. */
	hint?: string;
	/** The decimal sign of the column. Without it three digits behind a single sign are thousands: prices have two decimals. */
	decimalSign?: DecimalSign;
}

/** Longer texts are descriptions. */
const LONGEST_PRICE = 200;

const groups = `\\d{1,3}(?:(?<mark>[ .,'])\\d{3})(?:\\k<mark>\\d{3})*(?!\\d)(?:(?!\\k<mark>)[.,·] ?\\d+)?`;
const lakhs = '\\d{1,2}(?:,\\d{2})+,\\d{3}(?!\\d)(?:\\.\\d+)?';
const digits = '\\d+(?:[.,·] ?\\d+)?';

const amounts = new RegExp(`${lakhs}|${groups}|${digits}|(?<![\\d.,\\p{L}])[.,]\\d+`, 'gu');

const freeOfCharge =
	/^(?:for )?(?:free|gratis|gratuit|gratuito|grátis|kostenlos|umsonst|bezpłatnie|zdarma|бесплатно|ücretsiz|無料|免费|무료)[!.]?$/iu;

/** Words and signs between the two ends of a range. */
const rangeJoint = /^\s?(?:to|bis|until|tot|à|a|do|до|–|—|-|~|…)\s?$/iu;

interface Candidate {
	text: string;
	negative: boolean;
	/** As written; undefined when none stands beside the number. */
	currency?: string;
}

/**
 * Reads the price in a text of a list or a shop: the amount beside a currency, or the first amount where there is none.
 * Words around it do not matter (`ab 12,90 €`, `Was: $124.95 Now: $0.00`). A range gives its lower end, `free` is 0.
 *
 * Percentages, dates, amounts that only set a limit (`orders over $49+`) are none.
 */
export function readPrice(
	text: string,
	{ hint, decimalSign }: PriceOptions = {},
): Price | undefined {
	if (text.length > LONGEST_PRICE) return undefined;
	const tidy = asciiDigits(plainBlanks(withoutMarks(text)))
		.replace(/ +/g, ' ')
		.replace(/[’´`ʼ]/g, "'")
		.replaceAll('٫', '.')
		.replaceAll('٬', ',')
		.trim();
	if (freeOfCharge.test(tidy)) return { amount: 0 };
	const chosen = choose(candidates(tidy));
	if (chosen === undefined || (chosen.currency === undefined && mentionsMonth(tidy)))
		return undefined;
	const currency = chosen.currency ?? currencyIn(hint);
	const code = currency === undefined ? undefined : currencyCode(currency);
	const amount = readAmount(chosen.text, chosen.negative, decimalSign, code);
	if (amount === undefined) return undefined;
	return {
		amount,
		...(currency !== undefined && { currency }),
		...(code !== undefined && { code }),
	};
}

function candidates(text: string): Candidate[] {
	const found: Candidate[] = [];
	let end = 0;
	for (const match of text.matchAll(amounts)) {
		const before = text.slice(end, match.index);
		const behind = text.slice(match.index + match[0].length);
		const previous = found.at(-1);
		end = match.index + match[0].length;
		if (isOther(text.slice(0, match.index), behind)) continue;
		const currency = currencyBefore(before) ?? currencyBehind(behind);
		if (previous !== undefined && rangeJoint.test(before)) previous.currency ??= currency;
		else found.push({ text: match[0], negative: isNegative(before, behind), currency });
	}
	return found;
}

/** Percentages, parts of dates and of words, limits, and numbers in remarks without a currency. */
function isOther(before: string, behind: string): boolean {
	if (/^ ?[%٪％]/.test(behind) || /^ ?\+/.test(behind)) return true;
	if (/[\d][./:-]$/.test(before) || /^[./:-]\d/.test(behind)) return true;
	if (
		/[\p{L}\d]-?$/u.test(before) &&
		/^\p{L}/u.test(behind) &&
		currencyBehind(behind) === undefined
	)
		return true;
	const inRemark = before.lastIndexOf('(') > before.lastIndexOf(')') && /\p{L}/u.test(before);
	return inRemark && currencyBefore(before) === undefined && currencyBehind(behind) === undefined;
}

/** Letters, signs and dots that may be the name of a currency. */
const nameBefore =
	/(?:^|[^\p{L}])([\p{L}\p{M}\p{Sc}.'"/]{0,7}\p{Sc}|\p{Lu}{2} \p{Sc}|[\p{L}\p{M}.'"/]{1,7})[ :]{0,2}[-−(]?$/u;
const nameBehind =
	/^(?:[.,]? ?[-–—]{1,2})? ?((?:\p{L}{0,3}\p{Sc}|[\p{L}\p{M}.'"/]{1,10}))(?![\p{L}\p{M}])/u;

function currencyBefore(text: string): string | undefined {
	const name = nameBefore.exec(text)?.[1] ?? /(\p{Sc})[ :]{0,2}[-−(]?$/u.exec(text)?.[1];
	return name !== undefined && isPriceCurrency(name) ? name : undefined;
}

function currencyBehind(text: string): string | undefined {
	const name = nameBehind.exec(text)?.[1];
	if (name === undefined) return undefined;
	if (isPriceCurrency(name)) return name;
	const first = name.split('/')[0] ?? '';
	return first !== '' && isPriceCurrency(first) ? first : undefined;
}

function currencyIn(hint: string | undefined): string | undefined {
	if (hint === undefined) return undefined;
	const text = plainBlanks(hint).trim();
	if (isPriceCurrency(text)) return text;
	const sign = /\p{Sc}/u.exec(text)?.[0];
	if (sign !== undefined) return sign;
	return text.split(/[^\p{L}\p{M}.']+/u).find((word) => word.length > 1 && isPriceCurrency(word));
}

function isNegative(before: string, behind: string): boolean {
	if (/^\($/.test(before.replace(/[\p{Sc} ]/gu, '')) && /^[^(]{0,6}\)$/.test(behind)) return true;
	return /(?:^|[\s\p{Sc}])[-−–]\s?\p{Sc}?\s?$/u.test(before) && !/\p{L}\s?[-–]\s?$/u.test(before);
}

const choose = (found: readonly Candidate[]): Candidate | undefined =>
	found.find(({ currency }) => currency !== undefined) ?? found[0];

function readAmount(
	text: string,
	negative: boolean,
	sign: DecimalSign | undefined,
	code: string | undefined,
): number | string | undefined {
	const written = text.replace(/(?<=[.,·]) /, '').replaceAll('·', '.');
	const point = sign === undefined ? decimalPlace(written, code) : written.lastIndexOf(sign);
	const whole = point === -1 ? written : written.slice(0, point);
	const fraction = point === -1 ? '' : written.slice(point + 1);
	if (/\D/.test(fraction)) return undefined;
	return exactNumber(canonicalDecimal(negative, whole.replace(/\D/g, ''), fraction));
}

/** Where the decimal sign stands; -1 when there is none. */
function decimalPlace(written: string, code: string | undefined): number {
	const marks = [...written.matchAll(/[.,' ]/g)];
	const last = marks.at(-1);
	if (last === undefined || last[0] === ' ' || last[0] === "'") return -1;
	const isAlone = marks.length === 1;
	const repeated = !isAlone && marks.at(-2)?.[0] === last[0];
	if (repeated) return -1;
	const behind = written.length - last.index - 1;
	if (behind !== 3) return last.index;
	if (!isAlone) return last.index;
	const canGroup = last.index >= 1 && last.index <= 3 && !written.startsWith('0');
	if (!canGroup) return last.index;
	return code !== undefined && decimalsOf(code) === 3 ? last.index : -1;
}
