/** How many signs a number takes at most, the decimal point among them. */
const WIDTH = 11;

/** Below 10^-4 a number is written out only where all its digits fit. */
const SMALLEST_ROUNDED = 1e-4;
const SMALLEST_WRITTEN_OUT = 1e-9;

/**
 * A number as Excel shows it under the format General in a column that is wide enough: rounded to 11 signs, in scientific
 * notation with 6 digits where it is too large or too small for that.
 */
export function generalText(value: number): string {
	if (Number.isInteger(value) && Math.abs(value) < 10 ** WIDTH) return String(value + 0);
	const size = Math.abs(value);
	const text = writtenOut(size) ?? scientific(size);
	return value < 0 && text !== '0' ? `-${text}` : text;
}

function writtenOut(size: number): string | undefined {
	if (size >= 10 ** WIDTH || size < SMALLEST_WRITTEN_OUT) return undefined;
	if (size < SMALLEST_ROUNDED) {
		const text = withoutZeros(size.toFixed(20));
		const isExact = text.length <= WIDTH && Number(text) === size;
		return isExact ? text : undefined;
	}
	const wholeDigits = size < 1 ? 1 : Math.floor(Math.log10(size)) + 1;
	const text = withoutZeros(size.toFixed(Math.max(0, WIDTH - 1 - wholeDigits)));
	return text.length > WIDTH ? undefined : text;
}

function withoutZeros(text: string): string {
	return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function scientific(size: number): string {
	const [digits = '', exponent = ''] = size.toExponential(5).split('e');
	return `${withoutZeros(digits)}E${exponent.replace(/^([+-])(\d)$/, '$10$2')}`;
}
