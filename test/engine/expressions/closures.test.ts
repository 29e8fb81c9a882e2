import jsonata from 'jsonata';
import type { Cell } from '../../../engine/dataset';
import { compileClosure } from '../../../engine/expressions/closures/compile-closure';
import { NotDecided } from '../../../engine/expressions/closures/closure';
import { Random } from '../random';

const names = ['a', 'b', 'First Name', 'n', 'x'];

const random = new Random(20_260);

const values: Cell[] = [
	null,
	null,
	'',
	' ',
	'Ada',
	'ada',
	'  two  words\t',
	'a,b,,c',
	'ä😀',
	'12',
	'-1.50',
	'1e3',
	'0x1F',
	'x'.repeat(50),
	0,
	1,
	-1,
	2.5,
	-2.5,
	3.5,
	0.1,
	0.2,
	1e21,
	1e-7,
	123456789.123456,
	9007199254740991,
	true,
	false,
];

const names1 = [
	'string',
	'number',
	'length',
	'uppercase',
	'lowercase',
	'trim',
	'abs',
	'floor',
	'ceil',
	'round',
	'sqrt',
	'boolean',
	'not',
	'exists',
];
const names2 = ['substring', 'substringBefore', 'substringAfter', 'contains', 'power', 'round'];

function expression(depth: number): string {
	if (depth === 0 || random.chance(0.15)) {
		return random.of([
			'a',
			'b',
			'`First Name`',
			'n',
			'x',
			'missing',
			'"text"',
			'"b"',
			'""',
			'5',
			'-2',
			'0.5',
			'true',
			'false',
		]);
	}
	const inner = () => expression(depth - 1);
	switch (random.below(11)) {
		case 0:
		case 1:
			return `(${inner()} & ${inner()})`;
		case 2:
			return `(${inner()} ${random.of(['+', '-', '*', '/', '%'])} ${inner()})`;
		case 3:
			return `(${inner()} ${random.of(['=', '!=', '<', '<=', '>', '>='])} ${inner()})`;
		case 4:
			return `(${inner()} ${random.of(['and', 'or'])} ${inner()})`;
		case 5:
			return random.chance(0.8)
				? `(${inner()} ? ${inner()} : ${inner()})`
				: `(${inner()} ? ${inner()})`;
		case 6:
			return `$${random.of(names1)}(${inner()})`;
		case 7:
			return `$${random.of(names2)}(${inner()}, ${inner()})`;
		case 8:
			return random.of([
				() => `$substring(${inner()}, ${inner()}, ${inner()})`,
				() => `$replace(${inner()}, ${inner()}, ${inner()})`,
			])();
		case 9:
			return `($v := ${inner()}; $w := ${inner()}; $v & $string($w) & $v)`;
		default:
			return random.of([() => `(${inner()} in ["b", "Ada", 1, 2.5])`, () => `(-${inner()})`])();
	}
}

type Outcome = { value: unknown } | { error: true };

async function byLibrary(compiled: jsonata.Expression, cells: readonly Cell[]): Promise<Outcome> {
	const row: Record<string, Cell> = {};
	names.forEach((name, i) => {
		const cell = cells[i] ?? null;
		if (cell !== null) row[name] = cell;
	});
	try {
		return { value: await compiled.evaluate(row) };
	} catch {
		return { error: true };
	}
}

test('closures give what the library gives, over thousands of expressions and rows', async () => {
	let decided = 0;
	let leftWithoutNeed = 0;
	for (let round = 0; round < 4000; round++) {
		const source = expression(1 + (round % 4));
		const compiled = jsonata(source);
		const closure = compileClosure(compiled.ast(), names);
		expect({ source, isSimple: closure !== undefined }).toEqual({ source, isSimple: true });
		for (let i = 0; i < 6; i++) {
			const cells = names.map(() => random.of(values));
			let value: unknown;
			try {
				value = closure!(cells);
			} catch (error) {
				if (!(error instanceof NotDecided)) throw error;
				// such a row is evaluated by the library itself
				if ('value' in (await byLibrary(compiled, cells))) leftWithoutNeed++;
				continue;
			}
			decided++;
			const outcome = { source, cells, value };
			expect(outcome).toEqual({ source, cells, ...(await byLibrary(compiled, cells)) });
		}
	}
	expect(decided).toBeGreaterThan(8000);
	// errors, and little else, are left to the library
	expect(leftWithoutNeed / decided).toBeLessThan(0.25);
});

test.each([
	'a.b',
	'a[0]',
	'a ~> $trim',
	'$map([1..3], function($x){$x})',
	'{"k": a}',
	'[a, b]',
	'$now()',
	'$replace(a, /x/, "y")',
	'$',
	'$$',
	'$uppercase()',
	'$unknown(a)',
	'($trim := function($t){"own"}; $trim(a))',
	'*',
	'a^(b)',
	'null',
	`${'('.repeat(100)}a${')'.repeat(100)}`,
])('%s is left to the library', (source) => {
	expect(compileClosure(jsonata(source).ast(), names)).toBeUndefined();
});

test('a list or a record in a cell leaves the row to the library', () => {
	const closure = compileClosure(jsonata('a & "x"').ast(), names);
	expect(() => closure!([['list']])).toThrow(NotDecided);
	expect(closure!(['ok'])).toBe('okx');
});
