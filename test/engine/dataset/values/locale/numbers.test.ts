import { compileLocaleNumbers, knownLocale } from '../../../../../engine/dataset/values';

describe('numbers in a locale', () => {
	test.each<[string, string, number | string | undefined]>([
		['de', '1.234.567,89', 1234567.89],
		['de', '1.234', 1234],
		['de', '1,234.50', undefined],
		['de', '12,5 %', 0.125],
		['de', '1,2 Mio.', 1_200_000],
		['de-AT', '-€ 1.234,56', -1234.56],
		['de-AT', '1\u00a0234,5', 1234.5],
		['de-CH', "1'234.50", 1234.5],
		['de-CH', '1’234.50', 1234.5],
		['fr-CH', '1\u202f234,5', 1234.5],
		['fr-CH', '1234.50 €', 1234.5],
		['en', '12K', 12_000],
		['en', '$1.2B', 1_200_000_000],
		['en', '(12.50)', -12.5],
		['en', '12,34', undefined],
		['en', '1.5E3', 1500],
		['en', '12E45', undefined],
		['en', '1,234 apples', undefined],
		['en', '1.2.3', undefined],
		['en', '12-05', undefined],
		['en', '', undefined],
		['en', '12345678901234567890.5', '12345678901234567890.5'],
		['en-IN', '12,34,567.50', 1234567.5],
		['hi', '१,२३,४५६.५', 123456.5],
		['es', '1,2 mil millones', 1_200_000_000],
		['ja', '1.2万', 12_000],
		['sv', '−1 234,56 kr', -1234.56],
		['sv', '1,5×10^−3', 0.0015],
		['tr', '%12,5', 0.125],
		['ar-EG', '\u061c-\u200f١٬٢٣٤٫٥٠\u00a0€', -1234.5],
		['fa', '\u200e\u2212۱٬۲۳۴٫۵', -1234.5],
		['he', '\u200e-1,234.56', -1234.56],
		['pl', '1234,56 zł', 1234.56],
	])('%s: %j is %j', (locale, text, expected) => {
		expect(compileLocaleNumbers(locale)(text)).toEqual(expected);
	});

	const samples = [0, 7, -0.75, 12345, -1234.56, 1234567.891, 999999999.99];
	const locales =
		'en de fr es it pt nl sv nb da fi is pl cs sk hu ro bg hr sr sl mk uk ru el tr kk ka hy he ar-EG fa ur hi bn mr ta th vi id ja ko zh et lv lt ga ca eu af sw my ne';

	test.each(locales.split(' '))('%s: what the runtime writes is read back', (locale) => {
		const read = compileLocaleNumbers(locale);
		const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
		const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 });
		for (const value of samples) {
			expect([value, read(plain.format(value))]).toEqual([value, value]);
			expect([value, read(percent.format(value / 100))]).toEqual([value, value / 100]);
			for (const currency of ['EUR', 'USD', 'INR']) {
				const amount = new Intl.NumberFormat(locale, { style: 'currency', currency });
				expect(read(amount.format(value))).toBeCloseTo(value, 2);
			}
		}
	});

	test('a locale is known in either spelling, and others are not', () => {
		expect(knownLocale('pt_BR')).toBe('pt-BR');
		expect(knownLocale('xx-nonsense-language')).toBeUndefined();
		expect(knownLocale('not a locale')).toBeUndefined();
	});
});
