/** What stands next to a sign: another sign, or nothing that counts. */
export type Neighbour = 'letter' | 'digit' | 'sign' | 'none';

const USUAL = new Set('’“”„–—…«»€£§°·•‘‹›¿¡ºª№\u00a0₪฿،؛؟');
const LESS_USUAL = new Set('©®™²³½¼¾±×÷µ´¨¸¹¶†‡‰¤¦¬¯¢¥‚\u00ad\u200c\u200d\u200e\u200f΄');
const BESIDE_DIGITS = new Set('€£°ºª²³½¼¾±×–µ‰\u00a0¢¥₪฿');
const INSIDE_WORDS = new Set('’·\u200c\u200d');
const BETWEEN_WORDS = new Set('–—…\u00a0‘');
const AT_THE_END = new Set('”’»…®™\u00a0›');
/** Closing quotes in German only; ordinals stand behind a few letters only. */
const SELDOM_AT_THE_END = new Set('“‘ºª');
const AT_THE_START = new Set('“„‘«¿¡‹”»\u00a0‚©·•№§›');

/**
 * How unlikely a character that is no letter is at its place, as a negative logarithm: the usual signs of print cost as much as a
 * rare letter; frames, controls and bytes without a meaning hardly occur in tables at all.
 */
export function signCost(sign: string, before: Neighbour, after: Neighbour): number {
	const code = sign.charCodeAt(0);
	if (code === 0xfffd) return 18;
	if (code >= 0x80 && code < 0xa0) return 14;
	let cost = USUAL.has(sign) ? 4.5 : LESS_USUAL.has(sign) ? 7 : 11;
	if (before === 'digit' || after === 'digit') return cost + (BESIDE_DIGITS.has(sign) ? -1 : 1);
	if (before === 'letter' && after === 'letter') {
		cost += INSIDE_WORDS.has(sign) ? 0 : BETWEEN_WORDS.has(sign) ? 3 : 5;
	} else if (before === 'letter') {
		cost += AT_THE_END.has(sign) ? 0 : SELDOM_AT_THE_END.has(sign) ? 2 : 5;
	} else if (after === 'letter') cost += AT_THE_START.has(sign) ? 0 : 5;
	if (before === 'sign') cost += 2;
	return cost;
}
