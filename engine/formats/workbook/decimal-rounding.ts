/** Text that is shown as it stands, and paddings. */
const LITERALS = /"[^"]*(?:"|$)|[\\_*]./gs;
const BRACKETED = /\[[^\]]*\]/g;

/** Sections for positive, negative and zero numbers. */
const NUMBER_SECTIONS = 3;

/**
 * To how many decimals a number format rounds its numbers, section by section; negative where thousands are left out,
 * `undefined` where it does not round to decimals (fractions, powers, General).
 */
export function decimalPlaces(code: string): (number | undefined)[] {
	const sections = code.replace(LITERALS, '').replace(BRACKETED, '').split(';');
	return sections.slice(0, NUMBER_SECTIONS).map((section) => {
		if (/[/@]|E[+-]|general/i.test(section) || !/[0#?]/.test(section)) return undefined;
		const [, , decimals = ''] = /([^.]*)\.?(.*)/s.exec(section) ?? [];
		const percents = section.split('%').length - 1;
		const thousands = /[0#?.](,+)(?!.*[0#?])/s.exec(section)?.[1]?.length ?? 0;
		return decimals.replace(/[^0#?]/g, '').length + 2 * percents - 3 * thousands;
	});
}

/** Digits that Excel keeps of a number. */
const DIGITS = 15;

/**
 * Rounds a number as Excel does: the decimal number of 15 digits, half away from zero. The binary number that stands for
 * 9.075 is a little smaller, and is 9.08 all the same.
 */
export function roundDecimal(value: number, places: number): number {
	const match = /^(\d)\.(\d+)e([+-]\d+)$/.exec(Math.abs(value).toExponential(DIGITS - 1));
	if (match === null) return value;
	const [, first = '', rest = '', exponent] = match;
	const digits = first + rest;
	const kept = Number(exponent) + places + 1;
	if (kept >= DIGITS) return value;
	if (kept < 0) return 0;
	const up = (digits[kept] ?? '0') >= '5' ? 1 : 0;
	const rounded = Number(`${Number(digits.slice(0, kept)) + up}e${-places}`);
	return value < 0 ? -rounded : rounded;
}
