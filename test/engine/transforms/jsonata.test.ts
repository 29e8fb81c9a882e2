import type { Cell } from '../../../engine/dataset';
import { applyOperation } from './apply-operation';

const columns = ['First Name', 'n', 'o', '__proto__'];

const run = (
	expression: string,
	cells: Cell[] = ['Ada', 3, { k: [1, 2] }, 'p'],
	field = 'result',
) => applyOperation('jsonata', { expression, field }, columns, [cells]);

const resultOf = async (expression: string, cells?: Cell[]) => {
	const batch = await run(expression, cells);
	return batch.rows[0]?.cells[4] ?? batch.rejected[0]?.issues[0]?.message ?? null;
};

test.each<[string, Cell]>([
	['`First Name` & "!"', 'Ada!'],
	['n * 2 + 0.5', 6.5],
	['n > 2', true],
	['nothing', null],
	['null', null],
	['o', { k: [1, 2] }],
	['o.k', [1, 2]],
	['[n]', [3]],
	['{ "a": n, "__proto__": 1 }', JSON.parse('{ "a": 3, "__proto__": 1 }') as Cell],
	['$sum(o.k)', 3],
	['$keys($)', ['First Name', 'n', 'o', '__proto__']],
	['__proto__', 'p'],
	['constructor', null],
	['$replace("a-b", "-", "+")', 'a+b'],
	['$replace("abc", /b/, "[$0]")', 'a[b]c'],
	['$replace("abc", /[ac]/, function($m) { $uppercase($m.match) })', 'AbC'],
	['$pad("a", -3, "#")', '##a'],
	['$join(["a", "b"], "-")', 'a-b'],
	['$string($reduce([1..5], function($a, $b) { $a & $b }, ""))', '12345'],
])('%s gives %j', async (expression, expected) => {
	expect(await resultOf(expression)).toEqual(expected);
});

test('the result becomes a new column, or replaces one of that name', async () => {
	const added = await run('n');
	expect(added.columns.map(({ name }) => name)).toEqual([...columns, 'result']);
	expect(added.rows[0]?.source).toEqual(['Ada', 3, { k: [1, 2] }, 'p']);
	const replaced = await run('n + 1', undefined, 'n');
	expect(replaced.columns.map(({ name }) => name)).toEqual(columns);
	expect(replaced.rows[0]?.cells).toEqual(['Ada', 4, { k: [1, 2] }, 'p']);
});

test('an empty cell is not there, so it joins as nothing', async () => {
	expect(await resultOf('`First Name` & n & "."', [null, 3, null, null])).toBe('3.');
	expect(await resultOf('$exists(n)', [null, null, null, null])).toBe(false);
});

test('a row that the expression fails on is rejected, the others go on', async () => {
	const batch = await applyOperation(
		'jsonata',
		{ expression: '$number(n)', field: 'm' },
		['n'],
		[['1'], ['x'], ['3']],
	);
	expect(batch.rows.map(({ cells }) => cells)).toEqual([
		['1', 1],
		['3', 3],
	]);
	expect(batch.rejected).toMatchObject([
		{
			number: 3,
			source: ['x'],
			outcome: 'failed',
			issues: [
				{
					code: 'CELL_EXPRESSION',
					row: 3,
					field: 'm',
					message: 'The expression for "m" fails: Unable to cast value to a number: "x"',
				},
			],
		},
	]);
});

test.each([
	['n / 0', 'The result is no finite number'],
	['function($x) { $x }', 'The result is a function'],
	['$sum', 'The result is a function'],
	['$error("no")', 'no'],
	['$eval("1")', '$eval is not available: values of the file are never evaluated'],
	['$pad("a", 5e8)', 'The text is longer than 10000000 characters'],
	['$pad("a", -90000, $pad("b", 90000))', 'The text is longer than 10000000 characters'],
	['$join([1..20].$pad("a", 900000))', 'The text is longer than 10000000 characters'],
	[
		'$replace($pad("a", 10000, "a"), "a", $pad("b", 10000))',
		'The text is longer than 10000000 characters',
	],
	[
		'$replace($pad("a", 10000, "a"), /a/, function($m) { $pad("b", 10000) })',
		'The text is longer than 10000000 characters',
	],
	[
		'($f := function($x, $n) { $n = 0 ? $x : $f($x & $x, $n - 1) }; $f("a", 40))',
		'The text is longer than 10000000 characters',
	],
	[
		'($a := $pad("a", 9000000); $b := $a & $a; $b & $b)',
		'The text is longer than 10000000 characters',
	],
	['$count([1..9999999])', 'The maximum sequence length of 9999999 was exceeded.'],
	[
		'($f := function($n) { 1 + $f($n + 1) }; $f(1))',
		'Stack overflow. Check for non-terminating recursive function.  Consider rewriting as tail-recursive',
	],
	[
		'($f := function() { $f() }; $f())',
		'Evaluation timeout after 1000 milliseconds. Check for infinite loop',
	],
])('%s ends in an issue and not in a crash', async (expression, message) => {
	expect(await resultOf(expression)).toBe(`The expression for "result" fails: ${message}`);
});

test('an expression cannot change the row it looks at, nor anything beyond', async () => {
	const batch = await run('$merge([$, {"n": 99}]) ~> |$|{"o": 1}|');
	expect(batch.rows[0]?.cells.slice(0, 4)).toEqual(['Ada', 3, { k: [1, 2] }, 'p']);
	await run('{ "__proto__": { "polluted": true } }');
	expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('what is no JSONata is refused before the first row', async () => {
	await expect(run('n +')).rejects.toMatchObject({
		code: 'RUN_CONFIG',
		message:
			'The expression for "result" is no valid JSONata: Unexpected end of expression (at character 3)',
	});
});
