import { headerWords } from './header-words';

/** A header taken apart: what it says, and what is added in brackets. */
interface HeaderText {
	words: string[];
	/** The words of each bracket. */
	notes: string[][];
	/** A number that is followed by a part, as in `Address 2 - City`, numbers the group and not the part. */
	group: number | undefined;
}

/** What stands behind so many characters is not read. */
const LONGEST_HEADER = 500;

const numbering = /^\s*\*?\s*(?:(?:\d{1,3}|[a-z])[.)]|\d{1,2}\s*[-–:])\s*(?=[\p{L}*])/iu;

/** The steps by which nested data reaches a value: `properties.email`, `data.items[0].email`. */
const path =
	/^(?:(?:properties|fields|attributes|data|payload|values|items|results?|records?|nodes?|_source|body|meta|custom)(?:\[\d+\]|\.\d+)?[./])+(?=.)/i;

/** Endings that inflected words are given a choice of: `Weiteres/r`, `Besitzer/in`. */
const endings = /(?<=\p{L}{3})\/(?:r|e|n|s|es|er|en|in|a|o|as|os|ne|trice)(?!\p{L})/giu;

const brackets = /\(([^()]*)\)|\[([^[\]]*)\]|\{([^{}]*)\}|<([^<>]*)>/g;

const numberedGroup = /\p{L}\s*(\d{1,2})\s*[-–:]+\s*\p{L}/u;

/** Takes a header apart into what it says and what stands around that: numbering, paths, notes in brackets. */
export function readHeaderText(name: string): HeaderText {
	const text = name
		.slice(0, LONGEST_HEADER)
		.normalize('NFC')
		.replace(numbering, '')
		.replace(path, '')
		.replace(endings, '');
	const notes: string[][] = [];
	const spoken = text.replace(brackets, (...found: Array<string | undefined>) => {
		notes.push(headerWords(found.slice(1, 5).find((inner) => inner !== undefined) ?? ''));
		return ' ';
	});
	const words = headerWords(spoken);
	const group = numberedGroup.exec(spoken)?.[1];
	return {
		...(words.length > 0 ? { words, notes } : { words: notes.flat(), notes: [] }),
		group: group === undefined ? undefined : Number(group),
	};
}

/** The parts of a header that names several things: `Email / Phone`. */
export function alternativesIn(name: string): string[] {
	const parts = name
		.slice(0, LONGEST_HEADER)
		.split(/\s*[/|]\s*|\s+(?:or|oder|ou|oppure|of)\s+/i)
		.filter((part) => part.trim() !== '');
	return parts.length > 1 ? parts : [];
}
