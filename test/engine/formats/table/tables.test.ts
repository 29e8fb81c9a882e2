import { readAll } from '../../read-all';
import { decide, names, value } from './grid';

const TWO =
	'Date|Temp\n2020-01-01|5\n2020-01-02|6\n\nStations\nStation|Height|Since\nBonn|60|1950\nUlm|480|1960';

describe('several tables, one below the other', () => {
	test('the first is read, all are listed', () => {
		const table = decide(TWO);
		expect(names(table)).toEqual(['Date', 'Temp']);
		expect(table.layout).toMatchObject({ firstRow: 2, lastRow: 3 });
		expect(table.decisions.find(({ subject }) => subject === 'tables')).toMatchObject({
			value: 2,
			evidence:
				'table 1 is read; table 1: rows 1 to 3 (Date, Temp); table 2: rows 6 to 8 (Station, Height, Since)',
		});
	});

	test('another can be chosen', () => {
		const table = decide(TWO, { table: 2 });
		expect(names(table)).toEqual(['Station', 'Height', 'Since']);
		expect(table.layout).toMatchObject({ headerRows: [6], firstRow: 7 });
	});

	test.each([
		[
			'blank rows and a header of other width',
			'Id|Name\n1|Ann\n2|Bob\n\n\nRoom|Seats|Floor\nA1|30|2\nB2|25|1',
			2,
		],
		[
			'blank rows and the same header',
			'Date|Temp\n2020-01-01|5\n2020-01-02|6\n\nDate|Temp\n2020-01-03|7',
			2,
		],
		[
			'no blank row, but a header of other width, and rows as wide',
			`Id|Name|Since|Fee${'\n1|Ann|2020-01-01|5'.repeat(12)}\nDate|Place|Seats\n2020-02-01|Bonn|20\n2020-02-02|Ulm|30`,
			2,
		],
		[
			'blank rows, a name with its value, and a header',
			'Booked|Valid|Amount\n2020-01-01|2020-01-02|5\n2020-01-03|2020-01-03|6\n\nCard:|4111\nDay|Shop|Amount\n2020-02-01|Shoes|5\n2020-02-02|Books|7',
			2,
		],
		[
			'a blank row and rows of other values in columns of the same number',
			'Id|Name\n1|Ann\n2|Bob\n\nRoom|Seats\nA|30\nB|25',
			2,
		],
		[
			'a blank row and rows of texts below numbers',
			'Name|Town|Age\nAnn|Bonn|30\nBob|Ulm|40\n\nProduct|Colour|Shape\nChair|red|round\nTable|blue|flat',
			2,
		],
		[
			'a blank row and texts over and under the only column of numbers',
			'Name|Age\nAnn|30\nBob|40\n\nCity|Size\nBonn|300\nUlm|100\n\nShop|Rank\nDeli|1\nBar|2',
			3,
		],
		[
			'a line of delimiters and texts over and under the only column of dates',
			'name|town|since\nAnn|Bonn|2020-01-01\nBob|Ulm|2020-02-01\n||\nproduct|colour|sold\nChair|red|2021-01-01\nTable|blue|2021-02-01',
			2,
		],
		[
			'a blank row, texts, and three rows that have numbers where those above have texts',
			'Name|Town|Street\nAnn|Bonn|Main\nBob|Ulm|High\n\nProduct|Colour|Price\nChair|red|10\nTable|blue|20\nLamp|white|30',
			2,
		],
	])('they are told by %s', (_, text, tables) => {
		expect(value(decide(text), 'tables')).toBe(tables);
	});

	test.each([
		['blank rows between records', 'Id|Name\n1|Ann\n\n2|Bob\n\n\n3|Ute'],
		[
			'a heading between records',
			'Id|Name|Class\n1|Ann|5a\n2|Bob|5b\n\nKlasse 6||\n3|Ute|6a\n4|Udo|6b',
		],
		[
			'a record without numbers below a blank row',
			'Name|Age|Fee\nAnn|5|10\nBob|6|12\n\nUte|n/a|free\nUdo|7|11',
		],
		[
			'records of texts below blank rows',
			'Name|Street|Town\nAnn|Main|Bonn\nBob|High|Ulm\n\nUte|Low|Köln\nUdo|Side|Bonn',
		],
		[
			'a remark in its only column of numbers, written unlike the header',
			'Name|Age\nAnn|5\nBob|6\n\nUte|unknown yet\nUdo|7\nIda|8',
		],
		[
			'groups between blank rows, one of which begins with a text in the column of numbers',
			'Name|Age\nAnn|5\nBob|6\n\nUte|7\nUdo|8\n\nIda|Adult\nMax|7\nEva|8',
		],
		[
			'a text over one of two columns of numbers',
			'Name|Age|Fee\nAnn|5|10\nBob|6|12\n\nUte|7|Free\nUdo|7|11\nIda|8|12',
		],
	])('one table with %s is one', (_, text) => {
		expect(value(decide(text), 'tables')).toBeUndefined();
		expect(decide(text).layout.lastRow).toBeUndefined();
	});

	test.each([
		['one row below it', 'Name,Age\nAnn,30\nBob,40\n\nCity,Size\nBonn,300\n', 5],
		['a table of one row above it', 'Name,Age\nAnn,30\n\nCity,Size\nBonn,300\nUlm,100\n', 4],
		[
			'two rows with numbers where there were texts',
			'Name,Town\nAnn,Bonn\nBob,Ulm\n\nCity,Size\nBonn,300\nUlm,100\n',
			5,
		],
		['records below blank rows before', 'A,N\nx,1\ny,2\n\nz,3\n\nB,M\nv,4\nw,5\n\nC,O\nu,6\n', 7],
	])('too little speaks for another table: %s', async (_, content, row) => {
		const { rows, numbers, rejected, issues } = await readAll(content);
		const isFilled = (line: string) => line !== '';
		expect(rows).toHaveLength(content.split('\n').filter(isFilled).length - 1);
		expect(numbers).toContain(row);
		expect(rejected).toEqual([]);
		expect(issues).toMatchObject([{ code: 'HEADER_DOUBTFUL', severity: 'warning', row }]);
	});

	test('blank rows between records are no reason for a warning', async () => {
		const { rows, issues } = await readAll('Name,Town\nAnn,Bonn\nBob,Ulm\n\nUte,Trier\nUdo,Bonn\n');
		expect(rows).toHaveLength(4);
		expect(issues).toEqual([]);
	});

	test('the rows that are not read are named by one issue', async () => {
		const { rows, issues } = await readAll(TWO.replaceAll('|', ','));
		expect(rows).toHaveLength(2);
		expect(issues).toMatchObject([
			{ code: 'FILE_PARTLY_READ', severity: 'warning', row: 5, count: 4 },
		]);
		expect(issues[0]?.message).toContain('rows 5 to 8');
	});

	test('a table that begins far below is noticed while the rows are read', async () => {
		const records = Array.from({ length: 3000 }, (_, i) => `${i},Name ${i},${i * 3}\n`).join('');
		const { rows, issues } = await readAll(
			`Id,Name,Score\n${records}\nTeachers,,\nTeacher,Subject,Room,Hours\nMeier,Math,12,5\nAbel,German,13,7\n`,
		);
		expect(rows).toHaveLength(3000);
		expect(issues).toMatchObject([{ code: 'FILE_PARTLY_READ', row: 3003, count: 4 }]);
	});

	test('rows above the table that could be one are named', () => {
		const table = decide(
			'Name|City\nAnn|Bonn\nBob|Ulm\n\nProduct|Price|Stock\nChair|10|5\nTable|20|7\nLamp|5|9',
		);
		expect(table.issues).toMatchObject([{ code: 'FILE_PARTLY_READ', row: 1, count: 3 }]);
	});

	test('a chosen table of a file is read to its end', async () => {
		const { numbers, columns, issues } = await readAll(TWO.replaceAll('|', ','), { table: 2 });
		expect(columns).toEqual(['Station', 'Height', 'Since']);
		expect(numbers).toEqual([7, 8]);
		expect(issues).toEqual([]);
	});

	test('a header that stands again inside the table is skipped', async () => {
		const { numbers, rejected } = await readAll(
			'Id,Name\n1,Ann\n2,Bob\n3,Ute\nId,Name\n4,Udo\n5,Ida\n',
		);
		expect(numbers).toEqual([2, 3, 4, 6, 7]);
		expect(rejected).toMatchObject([
			{
				number: 5,
				outcome: 'skipped',
				source: ['Id', 'Name'],
				issues: [{ code: 'ROW_HEADER', row: 5 }],
			},
		]);
	});
});

test('a total at its end does not make a table part of what stands above another one', async () => {
	const content =
		'Members\n\nid,name\n1,Ann\n2,Bob\n3,Cy\nTotal,3\n\nSource: office\n\ncourse,room\nMaths,12\nArt,3\nPE,9\n';
	const { columns, rows } = await readAll(content);
	expect(columns).toEqual(['id', 'name']);
	expect(rows.slice(0, 3)).toEqual([
		['1', 'Ann'],
		['2', 'Bob'],
		['3', 'Cy'],
	]);
});
