/** Lengths: RFC 5321, 4.5.3.1, as corrected by erratum 1690. */
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;

/**
 * The characters of HTML's `input type=email`, letters of any language (RFC 6531), no dot at an end or beside another,
 * and a domain of at least two labels. Quoted local parts and address literals do not occur in files.
 */
const address =
	/^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?\.)+(?!\d+$)[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}]$/u;

/** The same in plain letters, as nearly every address is: several times as fast. */
const plainAddress =
	/^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;

/** Whether the text has the form `name@domain`. */
export function isEmail(text: string): boolean {
	const at = text.lastIndexOf('@');
	if (at < 1 || at > LONGEST_LOCAL_PART || text.length > LONGEST_ADDRESS) return false;
	return plainAddress.test(text) || address.test(text);
}
