import {
	keyOfRule,
	LONGEST_KEY,
	normalize,
	normalizers,
	type Normalizer,
} from '../../../engine/matching';
import { normalizerCases } from './normalizer-cases';

test.each(normalizerCases)(
	'$normalizer makes "$key" of "$text"',
	({ normalizer, text, key, country }) => {
		expect(normalize(text, normalizer, { country })).toBe(key);
	},
);

test.each(
	normalizerCases.filter(({ normalizer }) => normalizer !== 'email' && normalizer !== 'phone'),
)('$normalizer leaves the key "$key" as it is', ({ normalizer, key }) => {
	expect(normalize(key, normalizer)).toBe(key);
});

test('the table of texts and keys is long, and names each normalizer', () => {
	expect(normalizerCases.length).toBeGreaterThanOrEqual(300);
	expect(new Set(normalizerCases.map(({ normalizer }) => normalizer))).toEqual(
		new Set(normalizers),
	);
});

test.each<[Normalizer, string, string]>([
	['exact', 'A', 'a'],
	['trim', 'A', 'a'],
	['case', 'müller', 'muller'],
	['accents', 'muller', 'mueller'],
	['accents', 'कि', 'का'],
	['words', 'ab c', 'a bc'],
	['company', 'Müller Bau GmbH', 'Müller GmbH'],
	['leading-zeros', '100', '1'],
	['email', 'ann+list@x.org', 'ann@x.org'],
	['phone', '+49 170 1234567', '+49 170 1234568'],
	['phone', '1-800-FLOWERS', '1-800-COMPANY'],
	['leading-zeros', '0.5', '5'],
	['accents', 'が', 'か'],
	['email', 'ann@x.org', 'ann@x.org.uk'],
])('%s keeps "%s" and "%s" apart', (normalizer, one, other) => {
	expect(normalize(one, normalizer, { country: 'DE' })).not.toBe(
		normalize(other, normalizer, { country: 'DE' }),
	);
});

test.each<[Normalizer, string]>([
	['trim', ' \u00a0\u200b'],
	['words', '--'],
	['digits', 'none'],
	['phone', 'n/a'],
])('%s leaves nothing of "%s" that could be compared', (normalizer, text) => {
	expect(normalize(text, normalizer)).toBeUndefined();
	expect(keyOfRule({ fields: [{ column: 'a', normalizer }] }, [text])).toBeNull();
});

test('numbers and yes or no have keys; what is missing has none', () => {
	expect(normalize(42, 'digits')).toBe('42');
	expect(normalize(true, 'case')).toBe('true');
	expect(normalize(null, 'exact')).toBeUndefined();
});

test('the key of a rule joins its fields, so that their borders count', () => {
	const rule = { fields: [{ column: 'a' }, { column: 'b' }] };
	expect(keyOfRule(rule, ['ab', 'c'])).not.toBe(keyOfRule(rule, ['a', 'bc']));
	expect(keyOfRule(rule, ['a', null])).toBeNull();
});

test('a long key is shortened, and still differs where the values do', () => {
	const rule = { fields: [{ column: 'a' }] };
	const long = 'x'.repeat(1000);
	const keys = [`${long}1`, `${long}2`].map((text) => keyOfRule(rule, [text]) ?? '');
	expect(keys[0]).not.toBe(keys[1]);
	for (const key of keys) expect(key.length).toBeLessThanOrEqual(LONGEST_KEY);
});
