import { openFile, run } from '../../../../engine';
import { decided, readAll } from '../../read-all';

describe('objects inside of JSON records', () => {
	const records = [
		{ id: 1, address: { city: 'Köln', geo: { lat: 1.5 } }, tags: ['a', 'b'], empty: {} },
		{ id: 2, address: 'unknown', tags: [], orders: [{ n: 1 }] },
	];
	const documents = [
		['JSON', JSON.stringify(records)],
		['NDJSON', records.map((record) => JSON.stringify(record)).join('\n')],
	] as const;

	test.each(documents)('%s: become columns of their own', async (_, text) => {
		for (const options of [{}, { nested: 'flatten' as const }]) {
			const { columns, rows } = await readAll(text, options);
			expect(columns).toEqual([
				'id',
				'address.city',
				'address.geo.lat',
				'tags',
				'empty',
				'address',
				'orders',
			]);
			expect(rows).toEqual([
				[1, 'Köln', 1.5, ['a', 'b'], null, null, null],
				[2, null, null, [], null, 'unknown', [{ n: 1 }]],
			]);
		}
	});

	test.each(documents)('%s: stay one value where that is set', async (_, text) => {
		const { columns, rows } = await readAll(text, { nested: 'keep' });
		expect(columns).toEqual(['id', 'address', 'tags', 'empty', 'orders']);
		expect(rows).toEqual([
			[1, { city: 'Köln', geo: { lat: 1.5 } }, ['a', 'b'], {}, null],
			[2, 'unknown', [], null, [{ n: 1 }]],
		]);
	});

	test('two keys that lead to one name are two columns, and that is said', async () => {
		const text = '[{"a.b":1,"a":{"b":2,"c":{"d":3},"c.d":4},"a.b 2":5}]';
		const { dataset, columns, rows } = await readAll(text);
		expect(columns).toEqual(['a.b', 'a.b 3', 'a.c.d', 'a.c.d 2', 'a.b 2']);
		expect(rows).toEqual([[1, 2, 3, 4, 5]]);
		expect(dataset.source).toMatchObject({
			issues: [
				{ code: 'HEADER_DUPLICATE', column: 'a.b 3', value: 'a.b' },
				{ code: 'HEADER_DUPLICATE', column: 'a.c.d 2', value: 'a.c.d' },
			],
		});
	});

	test('__proto__ and constructor stay data, kept or not', async () => {
		const text = '[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}]';
		expect((await readAll(text)).rows).toEqual([[1, 2]]);
		const { columns, rows } = await readAll(text, { nested: 'keep' });
		expect(columns).toEqual(['__proto__', 'constructor']);
		expect(rows).toEqual([[{ polluted: 1 }, { prototype: { polluted: 2 } }]]);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});

	test('a value that is kept has a largest depth, too', async () => {
		const text = `[{"a":${'{"b":'.repeat(600)}1${'}'.repeat(600)}}]`;
		await expect(readAll(text, { nested: 'keep' })).rejects.toMatchObject({
			message: expect.stringContaining('nested deeper') as string,
		});
	});

	test('a key deep inside that the first records do not have is named in full', async () => {
		const list = [...Array.from({ length: 1000 }, () => ({ a: { b: 1 } })), { a: { c: { d: 2 } } }];
		const { rejected } = await readAll(JSON.stringify(list));
		expect(rejected).toMatchObject([{ number: 1001, issues: [{ column: 'a.c.d' }] }]);
	});
});

describe('several arrays in one document', () => {
	const list = (n: number) => Array.from({ length: n }, (_, id) => ({ id }));
	const text = JSON.stringify({ errors: list(1), data: list(5), meta: { columns: list(9) } });

	test('the longest is taken, one that lies less deep before others; the others are named', async () => {
		const { dataset, rows } = await readAll(text);
		expect(rows).toHaveLength(5);
		expect(decided(dataset, 'records')).toBe('data');
		expect(dataset.source).toMatchObject({
			issues: [
				{
					code: 'FILE_RECORDS_AMBIGUOUS',
					message:
						'The records were read from "data". The file also holds "errors" (1 at the head), "meta.columns" (9 at the head), not read.',
				},
			],
		});
	});

	test.each([
		['items', 'errors', '{"items":[{"a":1}],"errors":[{"m":2},{"m":3}]}'],
		['data', 'meta', '{"meta":[{"c":1},{"c":2}],"data":[{"a":1}]}'],
		['data.x.rows', 'links', '{"links":[{"h":1},{"h":2}],"data":{"x":{"rows":[{"a":1}]}}}'],
		['results', 'pages', '{"pages":[{"p":1}],"results":[{"a":1}]}'],
		['users', 'items', '{"items":[{"i":1}],"users":[{"a":1},{"a":2},{"a":3}]}'],
		['users', 'warnings', '{"warnings":[{"w":1},{"w":2}],"users":[{"a":1}]}'],
		['messages', 'people', `{"people":[{"p":1}],"messages":${JSON.stringify(list(50))}}`],
		['data', 'errors', '{"data":["x","y"],"errors":[{"m":1}]}'],
	])('%s are taken before %s, by name and number', async (taken, other, content) => {
		const { dataset } = await readAll(content);
		expect(decided(dataset, 'records')).toBe(taken);
		expect(dataset.source).toMatchObject({
			issues: [
				{
					code: 'FILE_RECORDS_AMBIGUOUS',
					value: other,
					hint: `Set Record Path if another list is meant, for instance to "${other}".`,
				},
			],
			decisions: expect.arrayContaining([
				expect.objectContaining({
					subject: 'records',
					evidence: expect.stringContaining(`Record Path also takes "${other}"`) as string,
				}),
			]) as unknown,
		});
		expect((await readAll(content, { recordPath: other })).rows.length).toBeGreaterThan(0);
	});

	test('errors are read where there is nothing else', async () => {
		const { dataset } = await readAll('{"errors":[{"m":1},{"m":2}],"ok":false}');
		expect(decided(dataset, 'records')).toBe('errors');
	});

	test('errors are no records where the list of them is empty', async () => {
		await expect(readAll('{"items":[],"errors":[{"m":1}]}')).rejects.toMatchObject({
			code: 'FILE_NO_RECORDS',
			message:
				'The JSON file holds an array without records at "items". The file also holds "errors" (1 at the head), not read',
			issue: { hint: expect.stringContaining('to "errors"') as string },
		});
	});

	test('a path that was set is no matter of doubt', async () => {
		const { dataset, rows, issues } = await readAll(text, { recordPath: 'meta.columns' });
		expect(rows).toHaveLength(9);
		expect(dataset.source).toMatchObject({ issues: [] });
		expect(issues).toEqual([]);
	});

	test('one that lies far behind the records is named when it is reached', async () => {
		const far = `{"data":${JSON.stringify(list(200_000))},"more":{"late":[{"id":1}]},"plain":[1]}`;
		const { dataset, rows, issues } = await readAll(far);
		expect(rows).toHaveLength(200_000);
		expect(dataset.source).toMatchObject({ issues: [] });
		expect(issues).toMatchObject([
			{ code: 'FILE_RECORDS_AMBIGUOUS', message: expect.stringContaining('"more.late"') as string },
		]);
	});

	test.each([
		['data[1].items', [[3]]],
		['$.data[1].items', [[3]]],
		["$['data'][0]['items']", [[1], [2]]],
		['data[0].deep[0]', [[7]]],
		['data', expect.anything()],
	])('the path %s leads through arrays', async (recordPath, expected) => {
		const document =
			'{"data":[{"items":[{"a":1},{"a":2}],"deep":[[{"a":7}]]},{"items":[{"a":3}]}]}';
		expect((await readAll(document, { recordPath })).rows).toEqual(expected);
	});

	test('what stands behind records inside of arrays is held to the grammar', async () => {
		const broken = '{"data":[{"items":[{"a":1}]},{"items":]}]}';
		await expect(readAll(broken, { recordPath: 'data[0].items' })).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
		});
	});

	test('a path that is not there is answered with those that are', async () => {
		await expect(readAll(text, { recordPath: 'rows' })).rejects.toMatchObject({
			code: 'FILE_FORMAT',
			issue: { hint: expect.stringContaining('"errors", "data", "meta.columns"') as string },
		});
	});
});

test('a broken line of NDJSON says where', async () => {
	const { rejected } = await readAll('{"a":1}\n{"a":1,}\n{"a":3}\n');
	expect(rejected).toMatchObject([
		{
			number: 2,
			issues: [
				{
					message: 'Line 2 is not valid JSON, at column 8: a key in double quotes is expected here',
				},
			],
		},
	]);
});

test('rows before a broken place come out, then it is said where that is', async () => {
	const text = `[${'{"a":"some text"},'.repeat(100_000)}{"a":]`;
	const dataset = await openFile(Buffer.from(text));
	let rows = 0;
	const reading = async () => {
		for await (const batch of run(dataset)) rows += batch.rows.length;
	};
	await expect(reading()).rejects.toMatchObject({
		code: 'FILE_UNREADABLE',
		message: 'The JSON is broken at line 1, column 1800007: a value is expected here',
	});
	expect(rows).toBeGreaterThan(90_000);
});
