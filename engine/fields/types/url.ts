import type { Cell } from '../../dataset';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

const LONGEST_URL = 8192;

/** Scheme or `www.`, host with optional user and port, then anything without blanks (RFC 3986, 3). */
const address =
	/^(?:(?:https?|ftps?):\/\/(?:[^\s/?#@]+@)?(?:[\p{L}\p{N}_.-]+|\[[\da-f:.]+\])|www\.[\p{L}\p{N}_-]+\.[\p{L}\p{N}_.-]+)(?::\d{1,5})?(?:[/?#]\S*)?$/iu;

/** Whether the text is a web address with its scheme, or one that begins with `www.`. */
export function isUrl(text: string): boolean {
	return text.length <= LONGEST_URL && address.test(text);
}

/** A web address as it is written, without the blanks around it. No scheme is added. */
export const compileUrl: CompileType = () =>
	coerceWritten((text) => (isUrl(text) ? text : notAUrl(text)), notAUrl);

const notAUrl = (cell: Cell) => new Misfit('CELL_URL', `${quoted(cell)} is not a web address`);
