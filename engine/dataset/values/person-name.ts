import {
	conjunctions,
	degrees,
	degreesOrNames,
	firstNameBeginnings,
	firstNameTitles,
	generations,
	particles,
	particlesOrNames,
	titles,
	titlesNeedDot,
	titlesOrNames,
} from './person-name-words';

/** The parts of a person's name; '' for what is not there. */
export interface PersonName {
	title: string;
	first: string;
	middle: string;
	last: string;
	suffix: string;
	nickname: string;
}

/** Longer texts are no names. */
const LONGEST_NAME = 200;

/** A word, or words that belong together: `de la Vega`, `Secretary of State`. */
interface Piece {
	text: string;
	isTitle: boolean;
}

const bare = (word: string) => word.toLowerCase().replace(/[.,]/g, '');

const pictures = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f/gu;

/**
 * Takes a person's name apart: `Dr. Juan Q. Xavier de la Vega III`, `de la Vega, Juan`, `Benjamin "Ben" Franklin`.
 *
 * Particles (`van der`, `de la`, `bin`) belong to the last name; of several groups of them the last is it. A comma stands
 * behind the last name, or before what is behind a name (`John Doe, MD`).
 */
export function readPersonName(text: string): PersonName {
	const name: PersonName = { title: '', first: '', middle: '', last: '', suffix: '', nickname: '' };
	if (text.length > LONGEST_NAME) return { ...name, last: text };
	const plain = text.replace(pictures, '').replace(/\s+/g, ' ').trim();
	const { rest, nickname, suffixes } = takeNicknames(plain);
	name.nickname = nickname;
	const parts = rest
		.split(/\s*[,،]\s*/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
	const [whole = '', second = '', ...others] = parts;
	const isBehind = isManyWords(whole) ? isSuffix : isDegree;
	if (second !== '' && !wordsOf(second).every(isBehind)) {
		readLastFirst(name, whole, second, [...others, ...suffixes]);
	} else {
		readFirstLast(name, whole, [...parts.slice(1), ...suffixes]);
		// "Andrews, M.D."
		if (second !== '' && name.last === '') [name.first, name.last] = ['', name.first];
	}
	return name;
}

const wordsOf = (text: string) => text.split(' ').filter((word) => word !== '');

const isManyWords = (text: string) => {
	const words = wordsOf(text);
	return words.length > 1 && !words.slice(1).every((word) => isGeneration(word));
};

const isGeneration = (word: string) => generations.has(bare(word));

const isSuffix = (word: string) => isGeneration(word) || degrees.has(bare(word));

/** A suffix that no one takes for a name: written with dots or in capitals where it may be one. */
function isCertainSuffix(word: string): boolean {
	if (!isSuffix(word)) return false;
	return !degreesOrNames.has(bare(word)) || /\..*\p{L}/u.test(word) || isCapitals(word);
}

/** A degree that is not a name, a generation or initials. */
const isDegree = (word: string) =>
	isCertainSuffix(word) && !isGeneration(word) && !degreesOrNames.has(bare(word));

const isCapitals = (word: string) => word.length > 1 && word === word.toUpperCase();

const isInitial = (word: string) => /^\p{L}\.?$/u.test(word);

function isTitle(word: string): boolean {
	const plain = bare(word);
	if (titles.has(plain)) return !titlesNeedDot.has(plain) || word.endsWith('.');
	// "Lt.Gen."
	const parts = word
		.toLowerCase()
		.split('.')
		.filter((part) => part !== '');
	return parts.length > 1 && parts.every((part) => part.length > 1 && titles.has(part));
}

/** What stands in parentheses or quotes; a degree in parentheses is none. */
function takeNicknames(text: string): { rest: string; nickname: string; suffixes: string[] } {
	const nicknames: string[] = [];
	const suffixes: string[] = [];
	const take = (all: string, inside: string) => {
		const found = inside.trim();
		if (found === '') return all;
		if (wordsOf(found).every(isSuffix)) suffixes.push(found);
		else nicknames.push(found);
		return ' ';
	};
	const rest = text
		.replace(/\(([^()]*)\)/g, take)
		.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/g, take)
		.replace(/(?<=^|\s)['‘’]([^'‘’]+)['‘’](?=\s|,|$)/g, take);
	return {
		rest: rest.replace(/\s+/g, ' ').replace(/ ,/g, ',').trim(),
		nickname: nicknames.join(' '),
		suffixes,
	};
}

/** `Last, Title First Middle Suffix, Suffix`. */
function readLastFirst(name: PersonName, last: string, given: string, others: string[]): void {
	const lastWords = wordsOf(last);
	const suffixes = takeSuffixes(lastWords, 1);
	name.last = lastWords.join(' ');
	const words = wordsOf(given);
	const ownSuffixes = takeSuffixes(words, 1);
	const pieces = joinConjunctions(words);
	const titlePieces = takeTitles(pieces, false);
	const [first, ...middle] = pieces;
	const isTitles = (part: string) =>
		wordsOf(part).every((word) => isTitle(word) && !isSuffix(word));
	name.title = [...titlePieces, ...others.filter(isTitles)].join(' ');
	name.first = first?.text ?? '';
	name.middle = middle.map((piece) => piece.text).join(' ');
	const behind = others.filter((part) => !isTitles(part));
	name.suffix = [...suffixes, ...ownSuffixes, ...behind].join(', ');
}

/** `Title First Middle Last Suffix`. */
function readFirstLast(name: PersonName, text: string, others: string[]): void {
	const words = wordsOf(text);
	const suffixes = takeSuffixes(words, 2);
	const pieces = joinFirstName(joinParticles(joinConjunctions(words)));
	name.suffix = [...suffixes, ...others].join(', ');
	const titlePieces = takeTitles(pieces, true);
	name.title = titlePieces.join(' ');
	if (pieces.length === 1) {
		const [only = ''] = pieces.map((piece) => piece.text);
		const lastTitle =
			bare(titlePieces.at(-1) ?? '')
				.split(' ')
				.at(-1) ?? '';
		const isLast = titlePieces.length > 0 && !firstNameTitles.has(lastTitle);
		if (isLast || isParticle(wordsOf(only)[0] ?? '')) name.last = only;
		else name.first = only;
		return;
	}
	const [first, ...rest] = pieces.map((piece) => piece.text);
	name.last = rest.pop() ?? '';
	const initials = /^(\p{Lu}\.)((?:\p{Lu}\.)+)$/u.exec(first ?? '');
	name.first = initials?.[1] ?? first ?? '';
	name.middle = [...(initials?.[2] === undefined ? [] : [initials[2]]), ...rest].join(' ');
}

/** Takes what is behind the name off the end; `least` words of the name stay. */
function takeSuffixes(words: string[], least: number): string[] {
	const found: string[] = [];
	for (;;) {
		const last = words.at(-1) ?? '';
		const isSplit = /^D\.?$/.test(last) && /^Ph\.?$/.test(words.at(-2) ?? '');
		const nameWords = words.filter((word) => !isTitle(word)).length;
		const isFull = isSplit
			? words.length - 2 < least
			: nameWords <= (isGenerationAlone(last) ? 1 : least);
		if (isFull) return found;
		if (!isSplit && !isSuffixOf(words, found.length > 0)) return found;
		found.unshift(words.splice(isSplit ? -2 : -1).join(' '));
	}
}

/** `Elizabeth II`, `John Jr.`: behind a single name, too. */
const isGenerationAlone = (word: string) => /^(?:I{2,3}|IV|VI|[JS]r\.?)$/.test(word);

/** Whether the last word is behind the name. Behind it, all that is written as a degree is one. */
function isSuffixOf(words: readonly string[], moreFollow: boolean): boolean {
	const last = words.at(-1) ?? '';
	// the numeral behind an initial is one too: "John Q. V"
	if (/^[iv]$/i.test(last)) return words.length > 2 && !isInitial(words.at(-2) ?? '');
	return isCertainSuffix(last) || (moreFollow && isSuffix(last) && isCapitals(last));
}

/** Takes titles off the start. A title that is all there is stays one. */
function takeTitles(pieces: Piece[], mayBeAll: boolean): string[] {
	const found: string[] = [];
	for (;;) {
		const [next] = pieces;
		if (next === undefined || (pieces.length === 1 && !mayBeAll)) return found;
		if (!(next.isTitle ? isTitleHere(next, pieces) : opensTitle(next, pieces))) return found;
		if (pieces.length === 1 && found.length > 0 && !next.text.includes(' ')) return found;
		found.push(next.text);
		pieces.shift();
	}
}

const isTitleHere = ({ text }: Piece, pieces: readonly Piece[]) =>
	!titlesOrNames.has(bare(text)) || text.endsWith('.') || pieces.length > 2;

/** A word such as `Her` or `US`, or an abbreviation, before a title: `Her Majesty`, `US Judge`, `Assoc. Prof.`. */
const opensTitle = ({ text }: Piece, pieces: readonly Piece[]) =>
	pieces.length > 2 &&
	pieces[1]?.isTitle === true &&
	(titlesNeedDot.has(bare(text)) || /^\p{L}{3,}\.$/u.test(text));

/** Joins the words on both sides of `and`, `y`, `of`. One letter is an initial in a short name. */
function joinConjunctions(words: readonly string[]): Piece[] {
	const nameWords = words.filter((word) => !isTitle(word)).length;
	const joins = (word: string | undefined) =>
		word !== undefined &&
		conjunctions.has(bare(word)) &&
		!word.endsWith('.') &&
		(word.length > 1 || word === '&' || (nameWords > 3 && word === word.toLowerCase()));
	const pieces: Piece[] = [];
	let open = false;
	for (const [index, word] of words.entries()) {
		const previous = pieces.at(-1);
		if (previous !== undefined && (open || joins(word))) {
			previous.text += ` ${word}`;
			// what is joined to an office is part of it: Secretary of State, The Rt Hon
			previous.isTitle ||= open && isTitle(word) && index === wordsOf(previous.text).length - 1;
		} else {
			pieces.push({ text: word, isTitle: isTitle(word) });
		}
		open = joins(word);
	}
	return pieces;
}

/** `Abdul Salam` is one first name where a last name follows. */
function joinFirstName(pieces: Piece[]): Piece[] {
	const at = pieces.findIndex((piece) => !piece.isTitle);
	const [first, second] = pieces.slice(at);
	if (at === -1 || first === undefined || second === undefined) return pieces;
	if (!firstNameBeginnings.has(bare(first.text)) || pieces.length < at + 3) return pieces;
	const joined = { text: `${first.text} ${second.text}`, isTitle: false };
	return [...pieces.slice(0, at), joined, ...pieces.slice(at + 2)];
}

const isParticle = (word: string) => particles.has(bare(word).replaceAll('’', "'"));

/** Joins particles to what follows them, up to the next group of particles. The first word of a name is none. */
function joinParticles(pieces: readonly Piece[]): Piece[] {
	const start = pieces.findIndex((piece) => !piece.isTitle);
	const result = pieces.slice(0, start === -1 ? pieces.length : start + 1);
	if (start === -1) return result;
	let index = start + 1;
	while (index < pieces.length) {
		const piece = pieces[index];
		if (piece === undefined) break;
		const starts = startsLastName(pieces, index);
		let end = index + 1;
		if (starts) {
			while (end < pieces.length && isParticle(pieces[end]?.text ?? '')) end++;
			while (end < pieces.length && !startsLastName(pieces, end)) end++;
		}
		const text = pieces
			.slice(index, end)
			.map((each) => each.text)
			.join(' ');
		result.push({ text, isTitle: piece.isTitle && end === index + 1 });
		index = end;
	}
	return result;
}

function startsLastName(pieces: readonly Piece[], index: number): boolean {
	const word = pieces[index]?.text ?? '';
	if (index === pieces.length - 1 || !isParticle(wordsOf(word)[0] ?? '')) return false;
	if (/^\p{Lu}\.$/u.test(word)) return false;
	return !particlesOrNames.has(bare(word)) || isParticle(pieces[index + 1]?.text ?? '');
}
