import { isCurrency } from '../currencies';
import { foldWords, plainBlanks, withoutMarks } from './characters';
import { perLocale } from './locale';

/** How the numbers of a locale are written, as the CLDR data of the runtime has it. */
export interface NumberNotation {
	/** The decimal sign of a number, and of an amount with a currency, which differs in a few locales. */
	decimal: string;
	currencyDecimal: string;
	/** Signs between groups of digits. Blanks are all written as one. */
	groups: ReadonlySet<string>;
	/** Minus and plus, percent and permille. */
	minuses: ReadonlySet<string>;
	percents: ReadonlySet<string>;
	/** What stands before the exponent: `e`, `×10^`. */
	exponents: readonly string[];
	/** Power of ten of short words for large numbers, folded: `k` is 3, `mio` is 6. */
	multipliers: ReadonlyMap<string, number>;
	isCurrency: (text: string) => boolean;
}

type Part = Intl.NumberFormatPartTypes;

const LARGE = -123_456_789.5;

/** The notation of numbers in a locale that `knownLocale` gave. */
export const numberNotation = perLocale((locale): NumberNotation => {
	const parts = (options: Intl.NumberFormatOptions, value = LARGE) =>
		new Intl.NumberFormat(locale, options).formatToParts(value);
	const plain = parts({});
	const amount = [
		...parts({ style: 'currency', currency: 'EUR' }),
		...parts({ style: 'currency', currency: 'USD' }),
	];
	const percent = parts({ style: 'percent' });
	const scientific = parts({ notation: 'scientific' }, 1.5e-7);
	const all = [...plain, ...amount, ...percent, ...scientific];
	const decimal = first(plain, 'decimal') ?? '.';
	const currencyDecimal = first(amount, 'decimal') ?? decimal;
	const groups = values(all, 'group');
	return {
		decimal,
		currencyDecimal,
		groups,
		minuses: new Set([
			...values(all, 'minusSign'),
			...values(all, 'exponentMinusSign'),
			'-',
			'−',
			'–',
			'‑',
			'－',
		]),
		percents: new Set([...values(percent, 'percentSign'), '%', '٪', '％']),
		exponents: [...values(scientific, 'exponentSeparator'), 'E', 'e', '×10^', 'x10^'],
		multipliers: multipliersOf(locale),
		isCurrency: currencyNames(locale),
	};
});

const first = (parts: Intl.NumberFormatPart[], type: Part): string | undefined => {
	const value = parts.find((part) => part.type === type)?.value;
	return value === undefined ? undefined : plainBlanks(withoutMarks(value));
};

const values = (parts: Intl.NumberFormatPart[], type: Part): Set<string> =>
	new Set(
		parts
			.filter((part) => part.type === type)
			.map(({ value }) => plainBlanks(withoutMarks(value)).replaceAll('’', "'")),
	);

/** A trillion: larger words are not used for what stands in files. */
const LARGEST_POWER = 14;

function multipliersOf(locale: string): Map<string, number> {
	const found = new Map<string, number>();
	for (const compactDisplay of ['short', 'long'] as const) {
		const format = new Intl.NumberFormat(locale, { notation: 'compact', compactDisplay });
		for (let power = 3; power <= LARGEST_POWER; power++) {
			// words change with the number: one, two, few, many
			for (const factor of [1, 2, 5])
				addMultiplier(found, format.formatToParts(factor * 10 ** power), factor, power);
		}
	}
	return found;
}

function addMultiplier(
	found: Map<string, number>,
	parts: Intl.NumberFormatPart[],
	factor: number,
	power: number,
): void {
	const word = parts
		.filter(({ type }) => type === 'compact')
		.map(({ value }) => value)
		.join(' ');
	const digits = parts.filter(({ type }) => type === 'integer').map(({ value }) => value);
	if (word === '') return;
	// 12 Lakh and 120 Thousand both tell the power: what the digits do not show is in the word
	const shown = digits.join('').length - String(factor).length;
	found.set(foldMultiplier(word), power - shown);
}

export const foldMultiplier = (word: string): string => foldWords(word).replace(/\.$/, '');

/** Signs and names of all currencies in the locale, made when the first unknown one turns up. */
function currencyNames(locale: string): (text: string) => boolean {
	let names: Set<string> | undefined;
	return (text) => {
		if (isCurrency(text)) return true;
		names ??= namesOfCurrencies(locale);
		return names.has(foldCurrency(text));
	};
}

const foldCurrency = (text: string) => foldWords(text).replaceAll('.', '');

const COMMON = ['USD', 'EUR', 'GBP', 'JPY', 'CNY', 'CHF', 'INR', 'RUB', 'CAD', 'AUD', 'BRL', 'MXN'];

function namesOfCurrencies(locale: string): Set<string> {
	const names = new Set<string>();
	const region = new Intl.Locale(locale).maximize().region ?? '';
	const own = Intl.supportedValuesOf('currency').filter((code) => code.startsWith(region));
	for (const currency of [...own, ...COMMON]) {
		for (const currencyDisplay of ['symbol', 'narrowSymbol', 'name'] as const) {
			const format = new Intl.NumberFormat(locale, {
				style: 'currency',
				currency,
				currencyDisplay,
			});
			for (const value of [1, 2, 5]) {
				const name = format.formatToParts(value).find(({ type }) => type === 'currency')?.value;
				if (name !== undefined) names.add(foldCurrency(name));
			}
		}
	}
	return names;
}
