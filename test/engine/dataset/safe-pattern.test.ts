import { PatternError, SafePattern } from '../../../engine/dataset/patterns';
import { linearPattern } from '../../../engine/dataset/patterns/linear-pattern';
import { backtrackingOf } from '../../../engine/dataset/patterns/repetition';

describe('what a pattern can cost', () => {
	test.each([
		['abc', 'little'],
		['^\\d+$', 'little'],
		['^[+*]{2}', 'little'],
		['\\s+$', 'polynomial'],
		['(\\d+)-(\\d+)', 'polynomial'],
		['(a)\\1+', 'polynomial'],
		['(a+)+$', 'exponential'],
		['^(?:\\w+\\s?)*$', 'exponential'],
		['(a|a)*b', 'exponential'],
		['((ab)*c){20,}', 'exponential'],
		['[(a+)+]', 'little'],
		['\\(a+\\)', 'polynomial'],
	])('%s: %s', (source, expected) => {
		expect(backtrackingOf(source)).toBe(expected);
	});
});

test('a catastrophic pattern and a long text end at once', () => {
	const text = `${'a'.repeat(100_000)}!`;
	for (const source of ['^(a+)+$', '(a|aa)+$', '^(\\w+\\s?)*$']) {
		expect(new SafePattern(source).test(text)).toBe(false);
	}
	expect(new SafePattern('\\s+$').test(`${' '.repeat(200_000)}x`)).toBe(false);
});

test('what could take for ever and cannot be searched otherwise is refused', () => {
	expect(() => new SafePattern('(?=(a+)+)b')).toThrow(PatternError);
	expect(() => new SafePattern('(a')).toThrow('is not a regular expression');
	const ahead = new SafePattern('a+(?=b)a*');
	expect(ahead.exec('xaab')?.[0]).toBe('aa');
	expect(() => ahead.test('a'.repeat(5000))).toThrow(PatternError);
});

const patterns = [
	'\\d+',
	'(\\d+)-(\\w*)',
	'[^\\s,;]+',
	'(a|b)+c',
	'\\bx\\w*',
	'.+',
	'(?<word>\\p{L}+)',
	'\\u00e4+',
	'[\\s\\u{1F600}]',
	'^\\s*|\\s*$',
	'a{2,3}',
	'(x)?(y)?',
	'\\/+',
	'\\$',
];
const texts = [
	'',
	'aab 12-x, 3-',
	'ä ää\u00a0x/y//',
	'a\nb\r\nc\u2028d',
	'😀 x y',
	'xy yx $5',
	'bbac abc',
];

describe.each(patterns)('%s does in RE2 what it does in JavaScript', (source) => {
	test.each(['u', 'gu', 'giu', 'gmu', 'su'])('with the flags %s', (flags) => {
		const native = new RegExp(source, flags);
		const linear = linearPattern(native);
		expect(linear).toBeDefined();
		// with the flag m, RE2 knows \n only as the end of a line
		const comparable = flags.includes('m') ? texts.filter((text) => !text.includes('\r')) : texts;
		for (const text of comparable) {
			const safe = forcedLinear(source, flags);
			const results = (pattern: RegExp) => ({
				replaced: text.replace(pattern, '<$1$&$$>'),
				all: flags.includes('g')
					? [...text.matchAll(pattern)].map((found) => [found.index, ...found])
					: pattern.exec(text)?.slice(),
			});
			expect({ text, ...results(safe) }).toEqual({ text, ...results(new RegExp(source, flags)) });
		}
	});
});

/** The pattern as it works on texts that are too long for the native engine. */
function forcedLinear(source: string, flags: string): RegExp {
	class Linear extends SafePattern {
		protected override isForNative(): boolean {
			return false;
		}
	}
	return new Linear(source, flags) as unknown as RegExp;
}
