/** The same text to a person: no accents, no case, full-width and ligature forms resolved, `ß` as `ss`. */
function foldLetters(text: string): string {
	return text.replace(/[ßẞ]/g, 'ss').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Where a word ends without a blank: `firstName`, `POBox`, `address1`. */
const innerEdges =
	/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu;

/** `E-Mail`, `e mail` and `eMail` are one word. */
const splitEmail = /(?<!\p{L})e[-_ ]?(mails?|Mails?|MAILS?)/giu;

/**
 * The words of a header or field name, comparable across spellings: `E-Mail_Adresse` gives `email`, `adresse`. A `#`
 * stands for `number`.
 */
export function headerWords(name: string): string[] {
	const spaced = name
		.normalize('NFC')
		.replaceAll('#', ' number ')
		.replace(/°/g, ' ')
		.replace(splitEmail, (_, mail: string) => `E${mail.toLowerCase()} `)
		.replace(innerEdges, ' ');
	return foldLetters(spaced).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What is the same for headers that differ in spelling, case and punctuation only. */
export const headerKey = (name: string): string => headerWords(name).join(' ') || name.trim();
