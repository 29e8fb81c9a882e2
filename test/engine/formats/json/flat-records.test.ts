import { parseFlatRecords } from '../../../../engine/formats/json/flat-records';
import { Random } from '../../random';

const framed = (lines: readonly string[]) => Buffer.from(`\n${lines.join('\n')}\n`);

function parsedOneByOne(lines: readonly string[]): unknown[] | undefined {
	try {
		return lines.map((line) => JSON.parse(line) as unknown);
	} catch {
		return undefined;
	}
}

test('lines of flat objects are parsed together', () => {
	expect(parseFlatRecords(framed(['{"a":1}', '{"b":"x"}\r', '{ "c" : null }']))).toEqual([
		{ a: 1 },
		{ b: 'x' },
		{ c: null },
	]);
});

test.each([
	[
		'a list that runs from line to line, made up for by two on one line',
		'{"a":[{"b":1}',
		'{"c":2}]}',
		'{"x":1},{"y":2}',
	],
	['a string that runs from line to line', '{"a":"x}', '{y"}'],
	['an object over two lines', '{"a":', '1}'],
	['two objects on a line', '{"a":1},{"b":2}'],
	['a blank line', '{"a":1}', '', '{"b":2}'],
	['a line that is no object', '{"a":1}', '5', '{"b":2}'],
	['an object inside', '{"a":{"b":1}}'],
	['a brace in a string', '{"a":"}"}'],
	['a broken line', '{"a":1}', '{"b":}', '{"c":3}'],
	['a number with too many digits', '{"a":12345678901234567890}'],
	['nothing', ''],
])('%s: the lines are left as they are', (_, ...lines) => {
	const bytes = framed(lines);
	expect(parseFlatRecords(bytes)).toBeUndefined();
	expect(bytes).toEqual(framed(lines));
});

test('whatever the lines hold, each record is the value of its line', () => {
	const pieces = [
		'{',
		'}',
		'{}',
		'[',
		']',
		',',
		'"a"',
		'"',
		':',
		'1',
		'{"a":1}',
		'{"b":[1,"c"]}',
		' ',
	];
	let read = 0;
	for (let seed = 0; seed < 20_000; seed++) {
		const random = Random.of(1, seed);
		const line = () => random.times(random.between(1, 4), () => random.of(pieces)).join('');
		const lines = random.times(random.between(1, 4), () =>
			random.chance(0.6) ? random.of(['{"a":1}', '{}', '{"b":"x"}']) : line(),
		);
		const records = parseFlatRecords(framed(lines));
		if (records === undefined) continue;
		read++;
		expect({ lines, records }).toEqual({ lines, records: parsedOneByOne(lines) });
	}
	expect(read).toBeGreaterThan(1000);
});
