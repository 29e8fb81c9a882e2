/** Far longer than any genuine mask. */
const LONGEST_CODE = 255;

/** Text that is shown as it stands, and paddings. */
const LITERALS = /"([^"]*)(?:"|$)|[\\_*](.)/gs;
const BRACKETED = /\[[^\]]*\]/g;

/** Digit places and the signs between them: no decimals, groups, percents, powers, fractions or text. */
const MASK = /^[^0#]*[0#](?:[0# ():'~·–—-]*[0#])?[^0#]*$/;
const OTHER_MEANING = /[.,%?@/\p{L}]/u;

/**
 * Whether a number format only pads digits or puts signs between them, as `00000` or `000-00-0000` do: its numbers are
 * codes (postal codes, social security numbers, phone numbers) and no amounts.
 */
export function isCodeFormat(code: string): boolean {
	if (code.length > LONGEST_CODE || !/[0#]/.test(code)) return false;
	const isConditional = /\[[<>=]/.test(code);
	// Literals become a sign of their own, so that those between digits are told from those around them.
	const sections = code.replace(BRACKETED, '').replace(LITERALS, literal).split(';');
	return sections.slice(0, isConditional ? 3 : 1).every(isMask);
}

/** Spaces and apostrophes part thousands in many countries: between places that are not padded they make no code. */
function literal(_: string, quoted = '', escaped = ''): string {
	return /^[\s'’]$/.test(quoted + escaped) ? ' ' : '~';
}

function isMask(section: string): boolean {
	if (OTHER_MEANING.test(section) || !MASK.test(section)) return false;
	const isPadded = /^[^0]*0[^0]*0/.test(section);
	const isPunctuated = /[0#][^0#]*[^0# '][^0#]*[0#]/.test(section);
	return isPadded || isPunctuated;
}
