import { KeyOrder, type ExactKind } from '../../../engine/targets/sql/key-order';
import type { StagedValue } from '../../../engine';

function rising(kinds: ExactKind[], keys: StagedValue[][]): boolean {
	const order = new KeyOrder(
		kinds.map((_, i) => i),
		kinds,
	);
	for (const key of keys) order.add(key);
	return order.isRising;
}

test.each<[string, ExactKind[], StagedValue[][], boolean]>([
	['no rows', ['text'], [], true],
	['texts that rise', ['text'], [['K1'], ['K10'], ['K2']], true],
	['a text that comes again', ['text'], [['K1'], ['K2'], ['K2']], false],
	['a text that comes again later', ['text'], [['K2'], ['K3'], ['K1'], ['K2']], false],
	['upper case stands before lower case', ['text'], [['a'], ['B']], false],
	['numbers that rise', ['integer'], [[9], [10], [11]], true],
	['numbers as texts could be the same number twice', ['integer'], [['007'], ['7']], false],
	['rows without a key do not count', ['text'], [['a'], [null], ['b'], [null]], true],
	[
		'the second column decides',
		['text', 'integer'],
		[
			['a', 1],
			['a', 2],
			['b', 1],
		],
		true,
	],
	[
		'the same in both columns',
		['text', 'integer'],
		[
			['a', 1],
			['a', 1],
		],
		false,
	],
	[
		'a key that is empty in part',
		['text', 'integer'],
		[
			['b', 1],
			['a', null],
			['c', 1],
		],
		true,
	],
])('%s', (_, kinds, keys, expected) => {
	expect(rising(kinds, keys)).toBe(expected);
});
