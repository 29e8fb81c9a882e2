import { comparatorOf } from '../../../../engine/matching/similarity/comparators';
import { kindOf, type FieldKind } from '../../../../engine/matching/similarity/field-kind';
import { isOneEditApart, jaroWinkler } from '../../../../engine/matching/similarity/jaro-winkler';
import { prepareValue } from '../../../../engine/matching/similarity/prepared-value';
import { soundOf } from '../../../../engine/matching/similarity/block-keys';

// W. E. Winkler, Overview of record linkage and current research directions (2006), and his earlier examples
test.each([
	['MARTHA', 'MARHTA', 0.961],
	['DWAYNE', 'DUANE', 0.84],
	['DIXON', 'DICKSONX', 0.813],
	['SHACKLEFORD', 'SHACKELFORD', 0.982],
	['DUNNINGHAM', 'CUNNIGHAM', 0.896],
	['NICHLESON', 'NICHULSON', 0.956],
	['MASSEY', 'MASSIE', 0.933],
	['ABROMS', 'ABRAMS', 0.922],
	['ITMAN', 'SMITH', 0.467],
	['JERALDINE', 'GERALDINE', 0.926],
	['MICHELLE', 'MICHAEL', 0.921],
	['JULIES', 'JULIUS', 0.933],
	['TANYA', 'TONYA', 0.88],
	['SEAN', 'SUSAN', 0.805],
	['ABC', 'XYZ', 0],
	['', 'A', 0],
])('%s and %s are alike as published: %d', (a, b, likeness) => {
	expect(jaroWinkler(a, b)).toBeCloseTo(likeness, 3);
	expect(jaroWinkler(b, a)).toBeCloseTo(likeness, 3);
});

test.each([
	['abc', 'abc', true],
	['abc', 'abd', true],
	['abc', 'ab', true],
	['abc', 'acb', true],
	['abcd', 'abdc', true],
	['abc', 'cab', false],
	['abc', 'a', false],
	['aab', 'baa', false],
	['', 'a', true],
])('%s and %s are one edit apart: %s', (a, b, expected) => {
	expect(isOneEditApart(a, b)).toBe(expected);
	expect(isOneEditApart(b, a)).toBe(expected);
});

const likeness = (kind: FieldKind, a: string, b: string, spread?: number): number => {
	const [left, right] = [a, b].map((value) => prepareValue(value, kind, () => 1, 'DE'));
	return comparatorOf(kind, { spread })(left!, right!);
};

test.each<[FieldKind, string, string, number, number]>([
	['first-name', 'José', 'JOSE', 1, 1],
	['last-name', 'Meier', 'Meyer', 0.7, 0.99],
	['last-name', 'Meier', 'Schulz', 0, 0.3],
	['name', 'Ann Bell', 'Bell, Ann', 1, 1],
	['name', 'A. Bell', 'Ann Bell', 0.7, 0.95],
	['company', 'Acme GmbH', 'ACME Ltd.', 1, 1],
	['text', 'laptop back pack', 'backpack laptop', 1, 1],
	['text', 'memory card 16gb', 'memory card 16 gb', 1, 1],
	['text', 'screen 84 x 84', 'screen 60 x 80', 0.2, 0.7],
	['text', 'Fish &amp; Chips', 'Fish & Chips', 1, 1],
	['text', '北京大学', '北京大學院', 0.3, 0.8],
	['address', '12 North Main Street', '12 N. Main St', 1, 1],
	['address', 'Hauptstraße 5', 'Hauptstr. 5', 1, 1],
	['address', '12 Main Street', '21 Main Street', 0.3, 0.8],
	['number', '8.10 %', '8,1 %', 1, 1],
	['number', '1,234.50', '1234.5', 1, 1],
	['number', '100', '101', 0.9, 0.99],
	['number', '100', '900', 0, 0.6],
	['date', '2001-02-03', '03.02.2001', 1, 1],
	['date', '2001-02-03', '20010302', 0.95, 0.95],
	['date', '2001-02-03', '2001-02-08', 0.9, 0.9],
	['date', 'April 7, 2015', '7 Apr 2015', 1, 1],
	['date', '2001-02-03', '1987-11-25', 0, 0],
	['email', 'ann.bell@x.org', 'ann.bel@x.org', 0.95, 0.95],
	['email', 'ann.bell@x.org', 'ann.bell@y.com', 0.85, 1],
	['email', 'ann.bell@x.org', 'zoe@quick.com', 0, 0.4],
	['phone', '+49 30 12345678', '030/12345678', 1, 1],
	['phone', '12345678', '030 12345678', 0.95, 0.98],
	['phone', '030 12345678', '030 12345679', 0.9, 0.9],
	['code', 'AB-123', 'ab 123', 1, 1],
	['code', 'AB1234', 'AB1243', 0.8, 0.8],
])('as %s "%s" and "%s" are alike from %d to %d', (kind, a, b, least, most) => {
	expect(likeness(kind, a, b)).toBeGreaterThanOrEqual(least);
	expect(likeness(kind, a, b)).toBeLessThanOrEqual(most);
	expect(likeness(kind, b, a)).toBeCloseTo(likeness(kind, a, b), 1);
});

test('years are as far apart as the years of the data, not as numbers are', () => {
	expect(likeness('number', '1994', '1996', 4)).toBeLessThanOrEqual(0.5);
});

test.each(['', ' ', '-', 'n/a', 'NULL'])('"%s" is a missing value', (value) => {
	expect(prepareValue(value, 'text', () => 1)).toBeUndefined();
});

test.each<[FieldKind, string | undefined, string[]]>([
	['last-name', 'last_name', ['a']],
	['code', 'postal_code', ['01234']],
	['email', 'text', ['a@b.c', 'd@e.f']],
	['date', undefined, ['2001-02-03', '1999-12-31']],
	['number', 'text', ['8.10 %', '5 %', '-']],
	['code', 'text', ['rr-910-htx3-g1', 'ts500gsj25d2-w']],
	['text', 'text', ['red ale', 'amber']],
	['text', 'unheard of', []],
])('a field is of the kind %s by its type %s and its values', (kind, type, values) => {
	expect(kindOf({ name: 'a', type }, values)).toBe(kind);
});

test.each([
	['robert', 'rupert'],
	['smith', 'smyth'],
	['meier', 'mayer'],
])('%s sounds like %s', (a, b) => expect(soundOf(a)).toBe(soundOf(b)));
