import { asText, asTruth, leaveToLibrary, type Scalar } from './closure';

/** A function of JSONata over values that are there; undefined arguments were dealt with before. */
type ScalarFunction = (...values: Scalar[]) => Scalar;

interface KnownFunction {
	fewest: number;
	most: number;
	call: ScalarFunction;
}

const text = (value: Scalar | undefined): string =>
	typeof value === 'string' ? value : leaveToLibrary();

const number = (value: Scalar | undefined): number =>
	typeof value === 'number' && Number.isFinite(value) ? value : leaveToLibrary();

/** Characters beyond the first plane count once in JSONata and twice in JavaScript: such texts are left to it. */
const surrogates = /[\ud800-\udfff]/;
const plainText = (value: Scalar | undefined): string => {
	const plain = text(value);
	return surrogates.test(plain) ? leaveToLibrary() : plain;
};

/** Numbers as `$number` reads them. */
const decimal = /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i;

const blanks = /[ \t\n\r]+/g;

const of = (fewest: number, most: number, call: ScalarFunction): KnownFunction => ({
	fewest,
	most,
	call,
});

/** Pure functions over single values, by their names in JSONata. */
export const functions: ReadonlyMap<string, KnownFunction> = new Map([
	['string', of(1, 1, asText)],
	['number', of(1, 1, toNumber)],
	['length', of(1, 1, (value) => plainText(value).length)],
	['uppercase', of(1, 1, (value) => text(value).toUpperCase())],
	['lowercase', of(1, 1, (value) => text(value).toLowerCase())],
	['trim', of(1, 1, (value) => text(value).replace(blanks, ' ').replace(/^ | $/g, ''))],
	['substring', of(2, 3, substring)],
	['substringBefore', of(2, 2, (value, mark) => before(text(value), text(mark)))],
	['substringAfter', of(2, 2, (value, mark) => after(text(value), text(mark)))],
	['contains', of(2, 2, (value, part) => text(value).includes(text(part)))],
	['replace', of(3, 3, replaceAll)],
	['abs', of(1, 1, (value) => Math.abs(number(value)))],
	['floor', of(1, 1, (value) => Math.floor(number(value)))],
	['ceil', of(1, 1, (value) => Math.ceil(number(value)))],
	['round', of(1, 2, round)],
	['sqrt', of(1, 1, (value) => (number(value) < 0 ? leaveToLibrary() : Math.sqrt(number(value))))],
	['power', of(2, 2, power)],
	['boolean', of(1, 1, asTruth)],
	['not', of(1, 1, (value) => !asTruth(value))],
]);

function toNumber(value: Scalar): number {
	if (typeof value === 'number') return value;
	if (typeof value === 'boolean') return value ? 1 : 0;
	const read = decimal.test(value) ? Number(value) : Number.NaN;
	return Number.isFinite(read) ? read : leaveToLibrary();
}

function substring(value: Scalar, start: Scalar, length?: Scalar): string {
	const whole = plainText(value);
	const from = Math.max(number(start), -whole.length);
	if (length === undefined) return whole.slice(from);
	if (number(length) <= 0) return '';
	return whole.slice(from, (from < 0 ? whole.length + from : from) + number(length));
}

function before(whole: string, mark: string): string {
	const at = whole.indexOf(mark);
	return at === -1 ? whole : whole.slice(0, at);
}

function after(whole: string, mark: string): string {
	const at = whole.indexOf(mark);
	return at === -1 ? whole : whole.slice(at + mark.length);
}

function replaceAll(value: Scalar, part: Scalar, replacement: Scalar): string {
	const pattern = text(part);
	if (pattern === '') return leaveToLibrary();
	const replacing = text(replacement);
	return text(value).replaceAll(pattern, () => replacing);
}

function power(base: Scalar, exponent: Scalar): number {
	const result = number(base) ** number(exponent);
	return Number.isFinite(result) ? result : leaveToLibrary();
}

/** Rounds half to even, as JSONata and banks do. */
function round(value: Scalar, decimals: Scalar = 0): number {
	const places = number(decimals);
	if (!Number.isInteger(places)) return leaveToLibrary();
	const shifted = shift(number(value), places);
	const up = Math.round(shifted);
	const isHalf = Math.abs(up - shifted) === 0.5;
	const rounded = shift(isHalf && up % 2 !== 0 ? up - 1 : up, -places);
	if (!Number.isFinite(rounded)) return leaveToLibrary();
	return rounded === 0 ? 0 : rounded;
}

/** Moves the decimal point through the decimal notation, which multiplying would not do exactly. */
function shift(value: number, places: number): number {
	const [mantissa = '', exponent = '0'] = String(value).split('e');
	return Number(`${mantissa}e${Number(exponent) + places}`);
}
