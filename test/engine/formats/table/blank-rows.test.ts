import { readAll } from '../../read-all';

test('a line of blanks is skipped with a code, an empty one is no row at all', async () => {
	const { rows, rejected } = await readAll('id,name\n1,Ann\n\n , \t\n2,Bob\n');
	expect(rows).toEqual([
		['1', 'Ann'],
		['2', 'Bob'],
	]);
	expect(rejected).toMatchObject([
		{ number: 4, outcome: 'skipped', raw: ' , \t', issues: [{ code: 'ROW_BLANK', row: 4 }] },
	]);
});

test.each([
	['in the middle', 'id;name;town\n1;Ann;Bonn\n;;\n2;Bob;Ulm\n'],
	['at the end', 'id;name;town\n1;Ann;Bonn\n2;Bob;Ulm\n;;\n;;\n;;\n'],
	['at the top', ';;\n;;\nid;name;town\n1;Ann;Bonn\n2;Bob;Ulm\n'],
	['longer and shorter than the table', 'id;name;town\n1;Ann;Bonn\n;;;;;;\n;\n2;Bob;Ulm\n'],
])('lines of delimiters are blank lines: %s', async (_, content) => {
	for (const text of [content, content.replace(/^;+$/gm, '')]) {
		const { columns, rows, rejected, issues } = await readAll(text);
		expect(columns).toEqual(['id', 'name', 'town']);
		expect(rows).toEqual([
			['1', 'Ann', 'Bonn'],
			['2', 'Bob', 'Ulm'],
		]);
		expect([...rejected, ...issues]).toEqual([]);
	}
});

test('in a file of one column an empty value between quotes is a row, a blank line is none', async () => {
	const { columns, rows, numbers } = await readAll('"name"\n"Ann"\n""\n\n"Bob"\n""\n');
	expect(columns).toEqual(['name']);
	expect(rows).toEqual([['Ann'], [''], ['Bob'], ['']]);
	expect(numbers).toEqual([2, 3, 5, 6]);
});

test('names of columns without any row are worth a warning', async () => {
	const { columns, rows, dataset } = await readAll('id,name\n');
	expect({ columns, rows }).toEqual({ columns: ['id', 'name'], rows: [] });
	expect(dataset.source).toMatchObject({ issues: [{ code: 'FILE_NO_ROWS', severity: 'warning' }] });
	const filled = await readAll('id,name\n1,Ann\n');
	expect(filled.dataset.source).toMatchObject({ issues: [] });
});

describe('columns at the end that hold nothing', () => {
	const content = 'id,name,,\n1,Ann,,\n2,Bob,,\n';

	test('are no part of the table', async () => {
		expect((await readAll(content)).columns).toEqual(['id', 'name']);
	});

	test('stay where they are wanted', async () => {
		const { columns, rows } = await readAll(content, { emptyColumns: 'keep' });
		expect(columns).toEqual(['id', 'name', 'Column C', 'Column D']);
		expect(rows[0]).toEqual(['1', 'Ann', '', '']);
	});
});

test('columns that were made for long rows do not make the others short', async () => {
	const { rows, rejected } = await readAll('a,b\n1,2\n3\n4,5,6\n', {
		longRows: 'keep',
		shortRows: 'reject',
	});
	expect(rows).toEqual([
		['1', '2', ''],
		['4', '5', '6'],
	]);
	expect(rejected).toMatchObject([{ number: 3, issues: [{ code: 'ROW_SHORT' }] }]);
});
