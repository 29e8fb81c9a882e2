import jsonata from 'jsonata';
import type { Cell } from '../../../engine/dataset';
import { compileClosure } from '../../../engine/expressions/closures/compile-closure';
import { NotDecided } from '../../../engine/expressions/closures/closure';

const names = ['a', 'b', 'First Name', 'n', 'x'];

/** Numbers from 0 to 1, always the same ones for a seed. */
function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const random = seededRandom(20_260);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

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
	if (depth === 0 || random() < 0.15) {
		return pick([
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
	switch (Math.floor(random() * 11)) {
		case 0:
		case 1:
			return `(${inner()} & ${inner()})`;
		case 2:
			return `(${inner()} ${pick(['+', '-', '*', '/', '%'])} ${inner()})`;
		case 3:
			return `(${inner()} ${pick(['=', '!=', '<', '<=', '>', '>='])} ${inner()})`;
		case 4:
			return `(${inner()} ${pick(['and', 'or'])} ${inner()})`;
		case 5:
			return random() < 0.8
				? `(${inner()} ? ${inner()} : ${inner()})`
				: `(${inner()} ? ${inner()})`;
		case 6:
			return `$${pick(names1)}(${inner()})`;
		case 7:
			return `$${pick(names2)}(${inner()}, ${inner()})`;
		case 8:
			return pick([
				() => `$substring(${inner()}, ${inner()}, ${inner()})`,
				() => `$replace(${inner()}, ${inner()}, ${inner()})`,
			])();
		case 9:
			return `($v := ${inner()}; $w := ${inner()}; $v & $string($w) & $v)`;
		default:
			return pick([() => `(${inner()} in ["b", "Ada", 1, 2.5])`, () => `(-${inner()})`])();
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
			const cells = names.map(() => pick(values));
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
