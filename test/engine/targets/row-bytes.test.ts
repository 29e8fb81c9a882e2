import { RowBytes } from '../../../engine/targets/sql/row-bytes';
import type { StagedValue } from '../../../engine';

const rows = () =>
	new RowBytes({
		escapes: { '\\': '\\', '\n': 'n', '\r': 'r', '\t': 't', '\0': '0' },
		whenTrue: 't',
		whenFalse: 'f',
	});

const encoded = (...values: StagedValue[]): string =>
	rows()
		.encode([{ number: 7, values }])
		.toString();

test('values stand behind the row number, with tabs between them', () => {
	expect(encoded('a', 1.5, true, false, null, '')).toBe('7\ta\t1.5\tt\tf\t\\N\t\n');
});

test('what would end a value or a row is escaped', () => {
	expect(encoded('a\tb\nc\\d\re\0f', '\\N')).toBe('7\ta\\tb\\nc\\\\d\\re\\0f\t\\\\N\n');
});

test.each([
	['two bytes', 'äöüß éñ Ж'],
	['three bytes', '漢字 € \uffff'],
	['four bytes', '😀 𝒳 👩‍👩‍👧'],
	['combining characters', 'e\u0301'],
])('%s', (_, text) => {
	expect(encoded(text)).toBe(`7\t${text}\n`);
});

test('half of a surrogate pair becomes the sign for a character that cannot be shown', () => {
	expect(encoded('a\ud83db', '\ude00')).toBe('7\ta\ufffdb\t\ufffd\n');
});

test('rows of any length fit, one after the other', () => {
	const encoder = rows();
	const long = 'ß\t'.repeat(500_000);
	const first = encoder.encode([{ number: 1, values: [long, 'end'] }]);
	const second = encoder.encode([{ number: 2, values: ['short'] }]);
	expect(first.toString()).toBe(`1\t${'ß\\t'.repeat(500_000)}\tend\n`);
	expect(second.toString()).toBe('2\tshort\n');
});
