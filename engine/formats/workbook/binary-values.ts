/** What a cell shows for an error ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2). */
const ERRORS: Readonly<Record<number, string>> = {
	0x00: '#NULL!',
	0x07: '#DIV/0!',
	0x0f: '#VALUE!',
	0x17: '#REF!',
	0x1d: '#NAME?',
	0x24: '#NUM!',
	0x2a: '#N/A',
	0x2b: '#GETTING_DATA',
};

/** The text of an error. @param code as it is stored */
export function errorText(code: number): string {
	return ERRORS[code] ?? '#UNKNOWN!';
}

const scratch = new DataView(new ArrayBuffer(8));

/**
 * A number in 4 bytes ([MS-XLS] 2.5.217, [MS-XLSB] 2.5.122): the upper 30 bits of a floating-point number or an integer, maybe
 * times 100.
 */
export function rkNumber(rk: number): number {
	let value: number;
	if ((rk & 2) !== 0) {
		value = rk >> 2;
	} else {
		scratch.setInt32(4, rk & ~3, true);
		value = scratch.getFloat64(0, true);
	}
	return (rk & 1) !== 0 ? value / 100 : value;
}
