import { readAll } from '../../read-all';

const MARK = '\ufeff';

describe('files with byte order marks that were put together one behind the other', () => {
	test.each([
		['texts and numbers', 'id,name', ['1,Ann', '2,Bob'], ['3,Ute']],
		['nothing but texts', 'first,last', ['Ann,Lee', 'Bob,Ray'], ['Ute,Abel']],
		['quotes around cells', '"id","name"', ['"1","Ann"', '"2","Bob"'], ['"3","Ute"']],
		['one column', 'name', ['Ann', 'Bob'], ['Ute', 'Udo']],
	])('the header is read once: %s', async (_, header, first, second) => {
		const content = [first, second]
			.map((rows) => MARK + [header, ...rows].map((row) => `${row}\r\n`).join(''))
			.join('');
		const { columns, rows, numbers, rejected, issues } = await readAll(content);
		const again = first.length + 2;
		expect(columns).toEqual(header.replaceAll('"', '').split(','));
		expect(rows).toEqual([...first, ...second].map((row) => row.replaceAll('"', '').split(',')));
		expect(numbers).not.toContain(again);
		expect(rejected).toMatchObject([
			{ number: again, outcome: 'skipped', issues: [{ code: 'ROW_HEADER', row: again }] },
		]);
		expect(issues).toMatchObject([
			{ code: 'ROW_BYTE_ORDER_MARK', severity: 'warning', row: again },
		]);
	});

	test('a mark before a record is no part of its first value', async () => {
		const { rows, rejected, issues } = await readAll(`${MARK}id,name\n1,Ann\n${MARK}2,Bob\n`);
		expect(rows).toEqual([
			['1', 'Ann'],
			['2', 'Bob'],
		]);
		expect(rejected).toEqual([]);
		expect(issues).toMatchObject([{ code: 'ROW_BYTE_ORDER_MARK', row: 3 }]);
	});

	test('totals and blank lines at the end of the first do not end the table', async () => {
		const file = `${MARK}id,name,fee\n1,Ann,5\n2,Bob,6\nTotal,,11\n\n`;
		const { numbers, rejected } = await readAll(file + file);
		expect(numbers).toEqual([2, 3, 7, 8]);
		expect(rejected.map(({ number, issues: [found] }) => [number, found?.code])).toEqual([
			[4, 'ROW_FOOTER'],
			[6, 'ROW_HEADER'],
			[9, 'ROW_FOOTER'],
		]);
	});

	test('another header begins another table', async () => {
		const { rows, issues } = await readAll(
			`${MARK}id,name,fee\n1,Ann,5\n2,Bob,6\n${MARK}city,size\nUlm,5\nBonn,7\nTrier,8\n`,
		);
		expect(rows).toHaveLength(2);
		expect(issues.map(({ code, row }) => [code, row])).toEqual([
			['ROW_BYTE_ORDER_MARK', 4],
			['FILE_PARTLY_READ', 4],
		]);
	});

	test('marks are found far below the head, each once', async () => {
		const file = `${MARK}id,note\n${'7,"two\nlines"\n'.repeat(100_000)}`;
		const { rows, rejected, issues } = await readAll(file.repeat(3));
		expect(rows).toHaveLength(300_000);
		expect(rejected.map(({ number, line }) => [number, line])).toEqual([
			[100_002, 200_002],
			[200_003, 400_003],
		]);
		expect(issues.map(({ row }) => row)).toEqual([100_002, 200_003]);
	});

	test('a mark inside a cell is part of it', async () => {
		const { rows, issues } = await readAll(`id,name\n1,A${MARK}nn\n2,Bob\n`);
		expect(rows[0]).toEqual(['1', `A${MARK}nn`]);
		expect(issues).toEqual([]);
	});
});
