import { decimalPlaces, roundDecimal } from './decimal-rounding';
import { formatValue, isValidCode } from './format-library';
import { generalText } from './general-format';
import { TimeKind } from './number-format';

const GENERAL = 'General';

/** Columns repeat their values; what is cached is short. */
const MOST_CACHED = 2000;
const LONGEST_CACHED = 64;

/** From 1900-01-00 to 1904-01-01. */
const DAYS_TO_1904 = 1462;

/** A code, made ready when the first value is shown: a workbook may define thousands that no cell uses. */
interface ReadyCode {
	code: string;
	isGeneral: boolean;
	/** To how many decimals numbers above, below and equal to zero are rounded. */
	places: readonly (number | undefined)[];
}

/** Shows values as Excel does under one number format (ECMA-376 part 1, 18.8.31), in English (US). */
export class ShownText {
	readonly #source: string;

	readonly #kind: TimeKind;

	/** What is added to a serial number, since the library counts days from 1900. */
	readonly #offset: number;

	/** Whether texts go through a section of the format. */
	readonly #showsText: boolean;

	readonly #numbers = new Map<number, string>();

	#ready: ReadyCode | undefined;

	constructor(code: string, kind: TimeKind, date1904: boolean) {
		this.#source = code;
		this.#kind = kind;
		this.#showsText = /[@;]/.test(code) && code !== '@';
		const isDate = kind !== TimeKind.none && kind !== TimeKind.duration;
		this.#offset = date1904 && isDate ? DAYS_TO_1904 : 0;
	}

	number(value: number): string {
		const ready = (this.#ready ??= readyCode(this.#source, this.#kind));
		if (ready.isGeneral) return generalText(value);
		const known = this.#numbers.get(value);
		if (known !== undefined) return known;
		// Spaces at the ends only align what is shown.
		const text = this.#show(ready, value).trim();
		if (this.#numbers.size >= MOST_CACHED) this.#numbers.clear();
		if (text.length <= LONGEST_CACHED) this.#numbers.set(value, text);
		return text;
	}

	text(value: string): string {
		if (!this.#showsText) return value;
		const ready = (this.#ready ??= readyCode(this.#source, this.#kind));
		return formatValue(ready.code, value);
	}

	#show({ code, places }: ReadyCode, value: number): string {
		const isUnsignedSpan = this.#kind === TimeKind.duration && !code.includes(';');
		if (isUnsignedSpan && value < 0) return `-${formatValue(code, -value)}`;
		const place = places[signIndex(value)];
		const rounded = place === undefined ? value : roundDecimal(value, place);
		// The section is chosen by the value as it is stored, so that a small negative number stays negative.
		const isSmall = rounded === 0 && value !== 0;
		return formatValue(code, (isSmall ? value : rounded) + this.#offset);
	}
}

/** Outside of dates, the language behind a currency changes nothing in Excel; to the library it means other signs. */
const CURRENCY = /\[\$([^\]-]*)-[^\]]*\]/g;

function readyCode(source: string, kind: TimeKind): ReadyCode {
	const code = usable(kind === TimeKind.none ? source.replace(CURRENCY, currencyAlone) : source);
	return {
		code,
		isGeneral: /^general$/i.test(code),
		places: kind === TimeKind.none ? placesBySign(code) : [],
	};
}

function currencyAlone(_: string, sign: string): string {
	return sign === '' ? '' : `[$${sign}]`;
}

function signIndex(value: number): number {
	if (value > 0) return 0;
	return value < 0 ? 1 : 2;
}

/** Under conditions any section may show any number: they are rounded only where all sections do it alike. */
function placesBySign(code: string): (number | undefined)[] {
	const places = decimalPlaces(code);
	const [positive, negative = positive, zero = positive] = places;
	if (!/\[[<>=]/.test(code)) return [positive, negative, zero];
	return places.every((place) => place === positive) ? [positive, positive, positive] : [];
}

/** Formats that leave date or time to the settings of the computer; the code behind is for programs that do not know them. */
const SYSTEM_DATE = /\[\$-(?:F800|x-sysdate)\]/i;
const SYSTEM_TIME = /\[\$-(?:F400|x-systime)\]/i;
const LONG_DATE = 'dddd, mmmm d, yyyy';
/** In 24 hours, which are clear in every country. */
const LONG_TIME = 'hh:mm:ss';

/** Colours and the like that only some editions of some programs know. */
const UNKNOWN_MODIFIERS = /\[(?!\$|[<>=]|(?:h+|m+|s+)\])[^\]]*\]/gi;

/** The library knows half days in capital letters only. */
const HALF_OF_DAY = /am\/pm|a\/p/gi;

/** A code that no program would take shows its values as if there were none. */
function usable(code: string): string {
	if (code.trim() === '') return GENERAL;
	const known = withoutSystem(code).replace(HALF_OF_DAY, (text) => text.toUpperCase());
	return [known, known.replace(UNKNOWN_MODIFIERS, '')].find(isValidCode) ?? GENERAL;
}

function withoutSystem(code: string): string {
	if (!SYSTEM_DATE.test(code) && !SYSTEM_TIME.test(code)) return code;
	const sections = code.split(';').map((section) => {
		if (SYSTEM_DATE.test(section)) return LONG_DATE;
		return SYSTEM_TIME.test(section) ? LONG_TIME : section;
	});
	return sections.join(';');
}
