/** Small words inside of names and titles, which stay small (English, German, Dutch, French, Spanish, Italian, Portuguese). */
const smallInside = new Set(
	(
		'van von vom zu zum zur der den dem des ter ten te tot und ' +
		'de du la le les el al del della dello di da dal dos das do e y i ' +
		'of the and for in on at to'
	).split(' '),
);

/** Those of them that a family name begins with, and that stay small even as the first word: `van der Berg`. */
const smallFirst = new Set(['van', 'von', 'vom', 'zu', 'zum', 'zur', 'ter', 'ten']);

/** Words that have a spelling of their own. */
const fixedSpellings = new Map(
	[
		'II',
		'III',
		'IV',
		'VI',
		'VII',
		'VIII',
		'IX',
		'GmbH',
		'AG',
		'KG',
		'OHG',
		'LLC',
		'LLP',
		'PLC',
		'USA',
		'UK',
		'EU',
		'PhD',
	].map((word) => [word.toLowerCase(), word] as const),
);

const word = /[\p{L}\p{M}\p{N}'’]+/gu;

const mixed = /\p{Ll}.*\p{Lu}/u;

/**
 * Every word with a capital: `ADA LOVELACE` becomes `Ada Lovelace`. Names keep their forms: `O'Brien`, `McDonald`,
 * `van der Berg`, `Anne-Marie`. A word that has capitals inside already (`MacDonald`, `DeVito`) is taken as it is.
 */
export function titleCase(text: string): string {
	return text.replace(word, (found, offset: number) => {
		const isFirst = offset === 0;
		const followedByBlank = /^\s/.test(
			text.slice(offset + found.length, offset + found.length + 1),
		);
		return capitalizeWord(found, isFirst, followedByBlank);
	});
}

function capitalizeWord(found: string, isFirst: boolean, followedByBlank: boolean): string {
	const lower = found.toLowerCase();
	const fixed = fixedSpellings.get(lower);
	if (fixed !== undefined) return fixed;
	if (mixed.test(found)) return found;
	const stayingSmall = isFirst ? smallFirst : smallInside;
	if (followedByBlank && stayingSmall.has(lower)) return lower;
	return capitalizeName(lower);
}

/** O', D' and L' before a name; Mc before a name. `it's` and `rock'n'roll` have none. */
const elision = /^(\p{L})(['’])(\p{L})(?=\p{L})/u;
const scottish = /^mc(\p{L})(?=\p{L}{2})/u;

function capitalizeName(lower: string): string {
	if (elision.test(lower)) {
		return lower.replace(
			elision,
			(_, first: string, mark: string, second: string) =>
				first.toUpperCase() + mark + second.toUpperCase(),
		);
	}
	if (scottish.test(lower)) {
		return lower.replace(scottish, (_, letter: string) => `Mc${letter.toUpperCase()}`);
	}
	return capitalizeFirst(lower);
}

/** The text with its first letter as a capital. */
function capitalizeFirst(text: string): string {
	return text.replace(/\p{L}/u, (letter) => letter.toUpperCase());
}

const sentenceStart = /(^|[.!?…]\s+)(["'“„(]*)(\p{L})/gu;

/** Small letters, with a capital at the start of every sentence. */
export function sentenceCase(text: string): string {
	return text
		.toLowerCase()
		.replace(
			sentenceStart,
			(_, before: string, quotes: string, letter: string) => before + quotes + letter.toUpperCase(),
		);
}
