import { keyOfRule, LONGEST_KEY, normalize, type Normalizer } from '../../../engine/matching';

/** Texts that are the same under a normalizer, with the key that they share. */
const same: Array<[Normalizer, string, ...string[]]> = [
	['exact', ' A ', ' A '],
	['trim', 'A b', 'A b', '  A   b ', 'A\u00a0b', '\ufeffA b', 'A\tb\n', 'A\u200b b'],
	['trim', 'é', 'é', 'e\u0301'],
	['case', 'ann', 'Ann', ' ANN ', 'ａnn'.replace('ａ', 'a')],
	['case', 'strasse', 'Straße', 'STRASSE', 'strasse', 'STRAẞE'],
	['case', 'istanbul', 'İstanbul', 'istanbul', 'ISTANBUL', 'Istanbul', 'ıstanbul'],
	['case', 'σίσυφοσ', 'Σίσυφος', 'ΣΊΣΥΦΟΣ', 'σίσυφοσ'],
	['case', 'đorđe', 'ĐORĐE', 'đorđe'],
	['accents', 'muller', 'Müller', 'MÜLLER', 'Mu\u0308ller', 'muller'],
	['accents', 'lodz', 'Łódź', 'ŁÓDŹ', 'Lodz'],
	['accents', 'kobenhavn', 'København', 'KØBENHAVN'],
	['accents', 'thordur', 'Þórður', 'ÞÓRÐUR'],
	['accents', 'nguyen van anh', 'Nguyễn  Văn Ánh', 'NGUYEN VAN ANH'],
	['accents', 'ガ', 'ガ', 'ｶﾞ'],
	['accents', 'שלום', 'שָׁלוֹם', 'שלום'],
	['accents', 'हिन्दी', 'हिन्दी'],
	['words', 'obrien smith', "O'Brien-Smith", 'OBrien Smith', 'O’BRIEN / SMITH', '(o`brien) smith.'],
	['words', 'st johns rd 5', 'St. John’s Rd., 5', 'st johns rd 5'],
	['company', 'muller', 'Müller GmbH & Co. KG', 'Muller', 'MÜLLER GMBH'],
	['company', 'acme', 'Acme, Inc.', 'ACME LLC', 'The Acme Company', 'acme'],
	['company', 'co', 'Co'],
	['digits', '0123', '01-23', '(01) 23', '٠١٢٣', '０１２３', '𝟎𝟏𝟐𝟑'],
	['leading-zeros', '123', '00123', '123', ' 0123'],
	['leading-zeros', '0', '0', '000'],
	['leading-zeros', 'a-007', 'A-007', 'a-007'],
	['email', 'ann@x.org', 'Ann@X.org', ' ann@x.org', 'mailto:ann@x.org', 'Ann B <ANN@x.org>'],
	['phone', '+491701234567', '+49 170 1234567', '0170 / 123 45 67', '0049 (170) 1234567'],
	['phone', '+493012345678', '030 12345678', '+49 (0)30 12345678', '030-12345678 ext. 9'],
	['phone', '+12025550123', '+1 (202) 555-0123', '001 202 555 0123'],
];

test.each(same)('%s makes "%s" of all ways to write it', (normalizer, key, ...texts) => {
	const keys = texts.map((text) => normalize(text, normalizer, { country: 'DE' }));
	expect(new Set(keys)).toEqual(new Set([key]));
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
