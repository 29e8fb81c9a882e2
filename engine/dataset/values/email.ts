/** Lengths: RFC 5321, 4.5.3.1, as corrected by erratum 1690. */
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;

/**
 * The characters of HTML's `input type=email`, letters of any language (RFC 6531), no dot at an end or beside another,
 * and a domain of at least two labels. Quoted local parts and address literals do not occur in files.
 */
const address =
	/^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?\.)+(?!\d+$)[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}]$/u;

/**
 * Such an address in plain letters, as nearly every one is; what it does not take is left to the pattern above. It runs
 * for every address of every row: there is but one way to match it, so that it takes linear time.
 */
const plainAddress =
	/^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[A-Za-z\d]+(?:[-.][A-Za-z\d]+)*\.[A-Za-z]{2,}$/;

/** Whether the text has the form `name@domain`. */
export function isEmail(text: string): boolean {
	if (text.length > LONGEST_ADDRESS) return false;
	// so short an address has no part that is too long
	if (text.length <= LONGEST_LOCAL_PART && plainAddress.test(text)) return true;
	const at = text.lastIndexOf('@');
	return at >= 1 && at <= LONGEST_LOCAL_PART && address.test(text);
}
