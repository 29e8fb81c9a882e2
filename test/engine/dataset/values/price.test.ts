import { readPrice } from '../../../../engine/dataset/values';

describe('prices', () => {
	test.each<[string, number | string | undefined, string?]>([
		['US$ 12.99', 12.99, 'US$'],
		['1.234,50 €', 1234.5, '€'],
		["CHF 1'049.95", 1049.95, 'CHF'],
		['1 030 р.', 1030, 'р.'],
		['2\u00a0499,00 zł', 2499, 'zł'],
		['Rs.12,34,567', 1234567, 'Rs.'],
		['R$ 6,00', 6, 'R$'],
		['12,000원', 12000, '원'],
		['50,- Kč', 50, 'Kč'],
		['12,-', 12, undefined],
		['105. –', 105, undefined],
		['320.000', 320000, undefined],
		['29.1583', 29.1583, undefined],
		['1.234 KWD', 1.234, 'KWD'],
		['from 12.99', 12.99, undefined],
		['ab 2.99 €', 2.99, '€'],
		['10 - 20 €', 10, '€'],
		['From 26 to 50 €', 26, '€'],
		['3 Stück für nur 14,85 EUR', 14.85, 'EUR'],
		['Was: $124.95 Now: $0.00', 124.95, '$'],
		['AED 8000 (USD 2179)', 8000, 'AED'],
		['iPhone 12 Pro $999', 999, '$'],
		['$30.56/Month', 30.56, '$'],
		['-5 €', -5, '€'],
		['($12.50)', -12.5, '$'],
		['١٢٫٥٠ ر.ق', 12.5, 'ر.ق'],
		['Free!', 0, undefined],
		['Free shipping on orders $49+', undefined, undefined],
		['40% OFF', undefined, undefined],
		['15.08.2017', undefined, undefined],
		['July, 2004', undefined, undefined],
		['out of stock', undefined, undefined],
		['', undefined, undefined],
		['9'.repeat(300), undefined, undefined],
		['12345678901234567890.55 €', '12345678901234567890.55', '€'],
	])('%j is %j in %j', (text, amount, currency) => {
		const price = readPrice(text);
		expect([price?.amount, price?.currency]).toEqual([amount, currency]);
	});

	test('a currency is named by its code where the sign is of one only', () => {
		expect(readPrice('5 €')?.code).toBe('EUR');
		expect(readPrice('5 usd')?.code).toBe('USD');
		expect(readPrice('$5')?.code).toBeUndefined();
		expect(readPrice('5 kr')?.code).toBeUndefined();
	});

	test('the currency column counts where the price names none', () => {
		expect(readPrice('17,95', { hint: 'DKK/stk' })?.currency).toBe('DKK');
		expect(readPrice('3,20 €', { hint: '$' })?.currency).toBe('€');
		expect(readPrice('39.95', { hint: 'Price From £ 39.95' })?.currency).toBe('£');
		expect(readPrice('8.99', { hint: 'Add to Cart' })?.currency).toBeUndefined();
	});

	test('a decimal sign that is set decides', () => {
		expect(readPrice('1.234', { decimalSign: '.' })?.amount).toBe(1.234);
		expect(readPrice('1.234', { decimalSign: ',' })?.amount).toBe(1234);
		expect(readPrice('1.234,5', { decimalSign: '.' })).toBeUndefined();
	});
});
