import { readNumber } from '../../../../engine/dataset/values';

describe('readNumber', () => {
	test.each<[string, number | string | undefined, number | string | undefined]>([
		// text, with a decimal point, with a decimal comma
		['0', 0, 0],
		['-0', 0, 0],
		['12', 12, 12],
		['-12', -12, -12],
		['+5', 5, 5],
		['00012', 12, 12],
		['12.5', 12.5, undefined],
		['12,5', undefined, 12.5],
		['.5', 0.5, undefined],
		['1.234', 1.234, 1234],
		['1,234', 1234, 1.234],
		['1.234,50', undefined, 1234.5],
		['1,234.50', 1234.5, undefined],
		['1.234.567', undefined, 1234567],
		['12.34.567', undefined, undefined],
		['1234.567,5', undefined, undefined],
		['0,123', undefined, 0.123],
		['12,34,567.5', 1234567.5, undefined],
		['1 234 567,5', undefined, 1234567.5],
		['1\u00a0234\u202f567', 1234567, 1234567],
		["1'234.50", 1234.5, undefined],
		['1’234.50', 1234.5, undefined],
		['(1.234,50)', undefined, -1234.5],
		['5-', -5, -5],
		['\u22125', -5, -5],
		['$-5', -5, -5],
		['-$5', -5, -5],
		['(5', undefined, undefined],
		['-(5)', undefined, undefined],
		['1.234,50 €', undefined, 1234.5],
		['USD 12', 12, 12],
		['US$ 1,000.00', 1000, undefined],
		['12 apples', undefined, undefined],
		['€ 5 €', undefined, undefined],
		['50,-', undefined, 50],
		['50,- €', undefined, 50],
		["CHF 1'000.–", 1000, undefined],
		['12,5 %', undefined, 0.125],
		['50%', 0.5, 0.5],
		['1.5E+10', 15_000_000_000, undefined],
		['1E-07', 1e-7, 1e-7],
		['12E45', undefined, undefined],
		['1e400', undefined, undefined],
		['', undefined, undefined],
		['-', undefined, undefined],
		['.', undefined, undefined],
		['abc', undefined, undefined],
		['0x10', undefined, undefined],
		['1_000', undefined, undefined],
		['31.12.2024', undefined, undefined],
		['123456789012345', 123_456_789_012_345, 123_456_789_012_345],
		['9007199254740993', '9007199254740993', '9007199254740993'],
		['-1234567890.123456789', '-1234567890.123456789', undefined],
		['0.1000000000000000000', 0.1, undefined],
	])('%s', (text, withPoint, withComma) => {
		expect(readNumber(text, '.')).toBe(withPoint);
		expect(readNumber(text, ',')).toBe(withComma);
	});

	test('numbers of up to 15 significant digits survive writing and reading in both notations', () => {
		const notations = [
			['en-US', '.'],
			['de-DE', ','],
		] as const;
		const misread: string[] = [];
		for (let index = 0; index < 2000; index++) {
			const value = Number((Math.sin(index) * 10 ** (index % 13)).toFixed(index % 4));
			for (const [locale, sign] of notations) {
				const text = value.toLocaleString(locale, { maximumFractionDigits: 3 });
				if (Number(readNumber(text, sign)) !== value) misread.push(text);
			}
		}
		expect(misread).toEqual([]);
	});

	test('a hostile run of blanks is refused', () => {
		for (let index = 0; index < 1000; index++) {
			expect(readNumber(`1${' '.repeat(97)}x`, '.')).toBeUndefined();
		}
	});
});
