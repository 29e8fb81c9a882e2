/** The first bytes of formats that are opened, in hexadecimal. */
const MAGIC = {
	// RFC 1952, 2.3.1: the signature and the only method
	gzip: /^1f8b08/,
	// APPNOTE.TXT 4.3.7, 4.3.16 (no files) and 8.5.4 (was to be split)
	zip: /^504b(?:0304|0506|0708)/,
	// [MS-CFB] 2.2
	compoundFile: /^d0cf11e0a1b11ae1/,
	// the first record of a workbook of Excel 2 to 4, which is no compound file: its length, version and kind
	bareWorkbook: /^09(?:00|02|04|08)(?:04|06|08)00....(?:10|20|40)00/,
};

/** Whether a file begins as such a format does. */
export function beginsAs(format: keyof typeof MAGIC, head: Uint8Array): boolean {
	return MAGIC[format].test(Buffer.from(head.subarray(0, 8)).toString('hex'));
}
