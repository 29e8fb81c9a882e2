import type { Cell } from '../../dataset';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

const LONGEST_URL = 8192;

/**
 * Scheme or `www.`, host with optional user and port, then anything without blanks (RFC 3986, 3). Both cases are written
 * out: to ignore case over all letters of Unicode takes V8 a tenth of a second to compile.
 */
const address =
	/^(?:(?:[Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp][Ss]?):\/\/(?:[^\s/?#@]+@)?(?:[\p{L}\p{N}_.-]+|\[[\dA-Fa-f:.]+\])|[Ww][Ww][Ww]\.[\p{L}\p{N}_-]+\.[\p{L}\p{N}_.-]+)(?::\d{1,5})?(?:[/?#]\S*)?$/u;

/** The first letters of addresses, which hardly any other text begins with. */
const initials = 'hfwHFW';

/** Whether the text is a web address with its scheme, or one that begins with `www.`. */
export function isUrl(text: string): boolean {
	const first = text[0];
	if (first === undefined || !initials.includes(first)) return false;
	return text.length <= LONGEST_URL && address.test(text);
}

/** A web address as it is written, without the blanks around it. No scheme is added. */
export const compileUrl: CompileType = () =>
	coerceWritten((text) => (isUrl(text) ? text : notAUrl(text)), notAUrl);

const notAUrl = (cell: Cell) => new Misfit('CELL_URL', `${quoted(cell)} is not a web address`);
