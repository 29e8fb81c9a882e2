import type { Issue, ReadOptions } from '../../../../engine';
import { fewerKeys, mostKeys } from '../../../../engine/formats/json/key-count';
import { readAll } from '../../read-all';

/** The rows of a text, and the issues of its keys. */
async function read(text: string, options: ReadOptions = {}) {
	const { rows, issues } = await readAll(text, options);
	return { rows, issues: issues.filter(({ code }) => code === 'ROW_DUPLICATE_KEY') };
}

const places = ({ issues }: { issues: Issue[] }) => issues.map(({ row, column }) => [row, column]);

const documents: Array<[name: string, write: (records: string[]) => string]> = [
	['an array', (records) => `[${records.join(',\n')}]`],
	['an array under a key', (records) => `{"n":1,"data":[${records.join(', ')}],"end":2}`],
	['lines', (records) => `${records.join('\n')}\n`],
	['lines with another that is nested', (records) => [...records, '{"a":{"b":[1]}}'].join('\r\n')],
];

describe.each(documents)('a key that stands twice in a record of %s', (_, write) => {
	test('is named with its row, and the last value is read', async () => {
		const found = await read(write(['{"a":1,"b":2}', '{"a":3,"b":4,"a":5}', '{"a":6,"b":7}']));
		expect(found.rows[1]).toEqual(expect.arrayContaining([5, 4]));
		expect(found.issues).toMatchObject([
			{
				code: 'ROW_DUPLICATE_KEY',
				severity: 'warning',
				row: 2,
				column: 'a',
				message: 'Record 2 holds the key "a" twice: only the last value is read',
			},
		]);
	});

	test.each([
		['with spaces around the colon', '{"a" : 1, "a"\t:2, "b": 3}', 'a'],
		['of which one is written with an escape', '{"a":1,"\\u0061":2}', 'a'],
		['one with a space and one without', '{"a":1,"a" :2}', 'a'],
		['inside an object', '{"a":1,"o":{"k":1,"l":2,"k":3}}', 'o.k'],
		['inside an array', '{"a":1,"o":[{"k":1},{"k":1,"k":3}]}', 'o.k'],
		['three times', '{"a":1,"a":1,"a":1}', 'a'],
		['that is empty', '{"":1,"":2}', ''],
	])('%s', async (__, record, key) => {
		const found = await read(write(['{"a":0}', '{"a":0}', record, '{"a":0}']), {
			longRows: 'keep',
		});
		expect(places(found)).toEqual([[3, key]]);
	});

	test.each([
		['that looks like one', '{"a":":","b":"\\":\\":","c":"x): y : z"}'],
		['in another object', '{"a":1,"b":{"a":2,"b":{"a":3}},"c":[{"a":1},{"a":2}]}'],
		['in a text', '{"a":"{\\"a\\":1,\\"a\\":2}"}'],
	])('but not a text or key %s', async (__, record) => {
		const found = await read(write(['{"a":0}', record, '{"a":0}']), { longRows: 'keep' });
		expect(places(found)).toEqual([]);
	});

	test('in many records is counted beyond the first ten', async () => {
		const records = Array.from({ length: 5000 }, (__, i) =>
			i % 2 === 0 ? `{"a":${i},"b":"é:"}` : `{"a":${i},"b":1,"a":2}`,
		);
		const found = await read(write(records));
		expect(found.issues.slice(0, 10).map(({ row }) => row)).toEqual([
			2, 4, 6, 8, 10, 12, 14, 16, 18, 20,
		]);
		expect(found.issues.slice(10)).toMatchObject([{ row: 22, count: 2490 }]);
	});

	test('behind the limit is not looked for', async () => {
		const records = ['{"a":1}', '{"a":1,"a":2}', '{"a":1,"a":2}'];
		expect(places(await read(write(records), { limit: 2 }))).toEqual([[2, 'a']]);
	});
});

test('a line that is broken names no keys, and the others do', async () => {
	const found = await read('{"a":1}\n{"a":1,"a":\n\n{"a":1,"a":2}\n[{"a":1,"a":2}]\n');
	expect(places(found)).toEqual([
		[4, 'a'],
		[5, 'a'],
	]);
});

test('a document that is one record', async () => {
	expect(places(await read('{"a":1,"b":{"c":1},"a":2}'))).toEqual([[1, 'a']]);
});

describe('keys are counted', () => {
	const records = Array.from({ length: 700 }, (_, i) => `{"id":${i},"näme":"é","t":"12:30"}`);
	const text = records.join('\n');

	test.each([0, 1, 2, 3, 5])('wherever in memory the text begins: %i bytes on', (offset) => {
		const bytes = Buffer.concat([Buffer.alloc(offset, ':'), Buffer.from(text)]).subarray(offset);
		expect(mostKeys(bytes)).toBe(2100);
		expect(mostKeys(bytes.subarray(0, 30))).toBe(3);
	});

	test('never fewer than there are, and exactly by the second look', () => {
		const odd = '{"a" : "x : y", "b"\n:"(z): \\":" }';
		expect(mostKeys(Buffer.from(odd))).toBeGreaterThanOrEqual(2);
		expect(fewerKeys('{"a" : "x : y", "b"\n:"(z): "}')).toBe(2);
	});
});
