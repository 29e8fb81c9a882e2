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
