import { addStep, oddRows, openRows, type Cell } from '../../../engine';

const columns = ['name', 'code', 'state'].map((name) => ({ name }));

/** 200 rows like each other, but for some. */
function rows(odd: Record<number, Cell[]> = {}): Cell[][] {
	return Array.from(
		{ length: 200 },
		(_, i) =>
			odd[i] ?? [`Name ${'abcdefg'.slice(i % 7)}${i}`, `AB-${100 + i}`, i % 2 ? 'open' : 'done'],
	);
}

const odd = async (cells: Cell[][], most = 20) =>
	(await oddRows(openRows(columns, cells), most)).map(({ number, reasons }) => [
		number,
		reasons.join('; '),
	]);

test('rare values and shapes, the longest value and the emptiest rows are picked, with why', async () => {
	const found = await odd(
		rows({
			20: ['Name b1', 'AB/21', 'open'],
			150: [null, '', 'open'],
			160: [`Name ${'long '.repeat(20)}`, 'AB-77', 'opne'],
		}),
	);
	expect(found).toEqual([
		[21, 'code is written like "A/9" in one row of 200'],
		[151, '2 of 3 cells are empty, more than in most rows'],
		[
			161,
			expect.stringMatching(
				/^name is written like "Aa a ".*state is "opne" in one row of 200.*The longest value of name: 105 characters$/,
			),
		],
	]);
});

test('in a file of few rows, too, what one row alone has is odd', async () => {
	const states = ['open', 'open', 'done', 'opne', 'open', 'open', 'done', 'done', 'open'];
	const found = await odd(states.map((state, i) => [`n${i}`, `c${i}`, state]));
	expect(found).toEqual([[4, 'state is "opne" in one row of 9']]);
});

test('a file of rows that are all alike has no odd ones but the longest', async () => {
	const found = await odd(rows());
	expect(found.every(([, why]) => String(why).startsWith('The longest value of'))).toBe(true);
});

test('cells with issues come first: of each code and column the first, also of rows that fail', async () => {
	const dataset = addStep(
		openRows(columns, rows({ 30: ['a', 'zero', 'x'], 90: ['b', 'none', 'y'] })),
		{
			kind: 'extract',
			version: 1,
			options: { field: 'code', pattern: '^AB-(\\d+)$', names: ['number'], noMatch: 'fail' },
		},
	);
	const [only] = await oddRows(dataset, 1);
	expect(only).toMatchObject({
		number: 31,
		isRejected: true,
		cells: ['a', 'zero', 'x'],
		reasons: [expect.stringContaining('[CELL_PATTERN]')],
	});
});

test('no more rows are picked than wanted, in the order of the file', async () => {
	const mixed = rows(
		Object.fromEntries(
			Array.from({ length: 9 }, (_, i) => [i * 20 + 3, ['x', 'y'.repeat(i), `s${i}`]]),
		),
	);
	const found = await odd(mixed, 5);
	const numbers = found.map(([number]) => Number(number));
	expect(numbers).toHaveLength(5);
	expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test('very wide rows and columns of ever other values cost no memory beyond a bound', async () => {
	const wide = Array.from({ length: 300 }, (_, i) => ({ name: `c${i}` }));
	const cells = Array.from({ length: 300 }, (_, row) =>
		wide.map(
			(_, column) => `${row.toString(2).replace(/./g, (bit) => '!?'[Number(bit)] ?? '')}${column}`,
		),
	);
	const picked = await oddRows(openRows(wide, cells), 10);
	expect(picked.every(({ reasons }) => reasons.every((why) => why.startsWith('The longest')))).toBe(
		true,
	);
});
