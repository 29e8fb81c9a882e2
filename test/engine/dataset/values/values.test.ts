import {
	ambiguous,
	compareDecimals,
	compileDateReading,
	compileNumberReading,
	countDigits,
	decimalText,
	isBlank,
	readBoolean,
	trimBlanks,
} from '../../../../engine/dataset/values';

test.each([
	['', true],
	[' \t\r\n', true],
	['\u00a0\u200b\ufeff\u2060\u202f', true],
	['\u00a0x', false],
	['0', false],
])('%j is blank: %s', (text, expected) => {
	expect(isBlank(text)).toBe(expected);
});

test('blanks are trimmed whatever kind they are, and never inside of a text', () => {
	expect(trimBlanks('\u200b\u00a0 a\u00a0b \ufeff')).toBe('a\u00a0b');
	expect(trimBlanks('‐')).toBe('‐');
});

test.each([
	['true', true],
	['TRUE', true],
	['Yes', true],
	['ja', true],
	['oui', true],
	['sí', true],
	['1', true],
	['false', false],
	['nein', false],
	['non', false],
	['No', false],
	['N', false],
	['0', false],
	['maybe', undefined],
	['', undefined],
	['2', undefined],
])('the word %j is %s', (word, expected) => {
	expect(readBoolean(word)).toBe(expected);
});

test('without an order, a date counts when every order that fits gives the same day', () => {
	const read = compileDateReading(undefined);
	expect(read('25.12.2024')).toBe('2024-12-25');
	expect(read('12/25/2024')).toBe('2024-12-25');
	expect(read('05.05.2024')).toBe('2024-05-05');
	expect(read('05.06.2024')).toBe(ambiguous);
	expect(read('2024-06-05')).toBe('2024-06-05');
});

test('without a decimal sign, a number counts when both signs give the same, or one gives none', () => {
	const read = compileNumberReading(undefined);
	expect(read('1.5')).toBe(1.5);
	expect(read('1,5')).toBe(1.5);
	expect(read('1.234')).toBe(ambiguous);
	expect(read('1234')).toBe(1234);
	expect(read('abc')).toBeUndefined();
});

test.each([
	[1e21, '1000000000000000000000'],
	[1.5e-7, '0.00000015'],
	[-1e-7, '-0.0000001'],
	[12.5, '12.5'],
	[-1.25e22, '-12500000000000000000000'],
])('the decimal text of %d has no exponent', (value, text) => {
	expect(decimalText(value)).toBe(text);
	expect(Number(text)).toBe(value);
});

test('decimal texts of any length are compared exactly', () => {
	const ascending = [
		'-10000000000000000000.2',
		'-10000000000000000000.1',
		-5,
		'-0.5',
		0,
		'0.05',
		0.5,
		'12345678901234567890',
		'12345678901234567891',
	];
	ascending.forEach((a, i) => {
		ascending.forEach((b, j) => {
			expect([a, b, compareDecimals(a, b) < 0, compareDecimals(a, b) > 0]).toEqual([
				a,
				b,
				i < j,
				i > j,
			]);
		});
	});
});

test('digits are counted on both sides of the decimal point', () => {
	expect(countDigits(-120.5)).toEqual({ whole: 3, fraction: 1 });
	expect(countDigits('0.001')).toEqual({ whole: 0, fraction: 3 });
	expect(countDigits(1e-7)).toEqual({ whole: 0, fraction: 7 });
});
