import { decideTable } from '../../../../engine/formats/table';
import { decide, grid, names, value } from './grid';

describe('where the header stands', () => {
	test.each([
		['in the first row', 'Name|Age\nAnn|5\nBob|6', 1],
		['below a title', 'Members 2026|\nName|Age\nAnn|5\nBob|6', 2],
		[
			'below a title, a date and a blank row',
			'Schülerliste 2025/26||||\nStand: 01.09.2025||||\n||||\nName|Vorname|Klasse|Geboren|Ort\n' +
				'Meier|Anna|5a|01.02.2014|Bonn\nSchulz|Tom|5b|03.04.2014|Ulm',
			4,
		],
		[
			'below names and values of the report',
			'Report:|Sales\nDate:|2020-01-01\n\nRegion|Product|Q1|Q2\nNorth|Chairs|10|20\nSouth|Tables|5|7\nEast|Lamps|1|2',
			4,
		],
		[
			'below a row of sentences that is as full as the table',
			'Created as a new dataset|Sample 22 by the laboratory, Saturday 11 February 2017\ncm-1|%T\n4000.00|98.78\n3999.00|98.79',
			2,
		],
		['in the first row of a table of texts', 'Name|City\nAnn|Bonn\nBob|Ulm\nUte|Köln', 1],
		['in the only row, which holds texts', 'Name|First name|Class', 1],
		[
			'above columns that are named after years',
			'Country|2019|2020\nFrance|67.2|67.4\nItaly|59.7|59.4',
			1,
		],
		['above columns that are counted', 'Pupil|1|2|3\nAnn|4|1|0\nBob|3|3|7', 1],
		['above records in which much is missing', 'Name|Jan|Feb\nBob|n/a|n/a\nAnn|1|2\nUte|3|4', 1],
		['above a column in which one value is a text', 'Name|Age\nBob|not known\nAnn|5\nUte|6', 1],
		['above codes', 'Article|Shop\nMG-8769|A1\nRI-3895|B7\nCC-9259|A3', 1],
	])('%s', (_, text, row) => {
		const table = decide(text);
		expect(value(table, 'header row')).toBe(row);
		expect(table.layout).toMatchObject({ headerRows: [row], firstRow: row + 1 });
	});

	test.each([
		['one row with a second cell among rows of one', 'Name\nAnn\nBob|sic\nCem\nDan', ['Name']],
		['two such rows', 'Name\nAnn\nBob|sic\nCem\nDan\nEve|x\nFay\nGil', ['Name']],
		['texts above a single row of numbers', 'Item|Size\nbox|large\n5|6', ['Item', 'Size']],
		[
			'texts above one number each',
			'Name|Age|Floor\nAnn|young|top\nBob|7|3',
			['Name', 'Age', 'Floor'],
		],
	])('in the first row, no record of a small table is taken for it: %s', (_, text, expected) => {
		const table = decide(text);
		expect(table.layout).toMatchObject({ headerRows: [1], firstRow: 2 });
		expect(names(table)).toEqual(expected);
	});

	test.each([
		['two titles', 'Members\nof 2026\nName|Age\nAnn|5', 3],
		['two titles, and notes below', 'Members\nof 2026\nName|Age\nAnn|5\nBob|6\nsic\nsic\nsic', 3],
		['titles above records of which cells are empty', 'Members\nof 2026\nName|Age\nAnn|\nBob|', 3],
		['a shorter row', 'Report|x\nName|Age|Floor\nBob|7|3', 2],
	])('below what is no record, also in a small table: %s', (_, text, row) => {
		expect(value(decide(text), 'header row')).toBe(row);
	});

	test('at the end of a long preamble', () => {
		const preamble = Array.from(
			{ length: 40 },
			(_, i) => `Parameter ${String.fromCharCode(65 + (i % 26))} of the run`,
		);
		const table = decide([...preamble, '', 'Time|Volt|Ampere', '0.1|5|2', '0.2|5|3'].join('\n'));
		expect(value(table, 'header row')).toBe(42);
		expect(names(table)).toEqual(['Time', 'Volt', 'Ampere']);
	});

	test.each([
		['values from the first row on', '1|2026-01-02|x\n2|2026-01-03|y\n3|2026-01-04|z', 0.9],
		['texts that come again', 'Ann|Bonn\nBob|Ulm\nAnn|Ulm\nBob|Bonn', 0.6],
		['the only row, which holds values', '17|2026-01-02', 0.6],
	])('nowhere: %s', (_, text, confidence) => {
		const table = decide(text);
		expect(table.decisions[0]).toMatchObject({ subject: 'header row', value: 0, confidence });
		expect(names(table).slice(0, 2)).toEqual(['Column A', 'Column B']);
		expect(table.layout.firstRow).toBe(1);
	});

	test('a title above values without a header is no record', () => {
		const table = decide('Measured by the school\n\n1|5.0\n2|5.1\n3|4.9');
		expect(table.layout).toMatchObject({ headerRows: [], firstRow: 3 });
		expect(value(table, 'first row')).toBe(3);
	});

	test('the evidence says why, and the confidence how sure that is', () => {
		const [sure] = decide('Name|Age|Since\nAnn|5|2020-01-01\nBob|6|2020-01-02').decisions;
		const [doubtful] = decide('Name|City\nAnn|Bonn\nBob|Ulm').decisions;
		expect(sure).toMatchObject({
			confidence: 0.97,
			evidence: 'row 1; 2 columns with text above values',
			chosenBy: 'detection',
		});
		expect(doubtful).toMatchObject({ confidence: 0.7, evidence: 'row 1' });
	});

	test('a header that is set is taken, with as many rows as are set', () => {
		const text = 'Title\nGroup|Group\nName|Age\nAnn|5';
		expect(names(decide(text, { headerRow: 2, headerRows: 2 }))).toEqual([
			'Group Name',
			'Group Age',
		]);
		expect(decide(text, { headerRow: 3 }).decisions[0]).toMatchObject({
			value: 3,
			confidence: 1,
			chosenBy: 'setting',
		});
		expect(decide(text, { headerRow: 0 }).layout).toMatchObject({ headerRows: [], firstRow: 1 });
		expect(names(decide('Name|Age\nyears|years\nAnn|5', { headerRows: 2 }))).toEqual([
			'Name years',
			'Age years',
		]);
	});

	test.each([
		[{ headerRow: 9 }, 'HEADER_MISSING'],
		[{ headerRow: -1 }, 'RUN_CONFIG'],
		[{ headerRows: 0 }, 'RUN_CONFIG'],
		[{ table: 1.5 }, 'RUN_CONFIG'],
		[{ table: 2 }, 'RUN_CONFIG'],
	])('a setting that does not fit is refused: %j', (options, code) => {
		expect(() => decide('a|b\n1|2', options)).toThrow(expect.objectContaining({ code }) as Error);
	});

	test('no rows are an empty file', () => {
		expect(() => decideTable([], true, {})).toThrow(
			expect.objectContaining({ code: 'FILE_EMPTY' }) as Error,
		);
	});
});

describe('a header of several rows', () => {
	test.each([
		[
			'groups over names that come again',
			'Schüler|||Eltern||\nName|Vorname|Klasse|Name|Vorname|Telefon\nMeier|Anna|5a|Meier|Ute|0228 123\nAbel|Tom|5b|Abel|Udo|0228 456',
			[
				'Schüler Name',
				'Schüler Vorname',
				'Schüler Klasse',
				'Eltern Name',
				'Eltern Vorname',
				'Eltern Telefon',
			],
		],
		[
			'groups over some columns, a blank row between',
			'Dates|Place|Travel|||Total\n\n||Air|Rail|Taxi|\n13.04.12|Bonn|1.50|2.50|3.50|7.50\n14.04.12|Ulm|2.50|1.00|0.50|4.00',
			['Dates', 'Place', 'Travel Air', 'Travel Rail', 'Travel Taxi', 'Total'],
		],
		[
			'units',
			'Name|Weight|Height\n|kg|cm\nAnn|55|170\nBob|70|180',
			['Name', 'Weight kg', 'Height cm'],
		],
		[
			'units in brackets',
			'Time|Speed|Way\n[s]|[m/s]|[m]\n0.1|5.5|0.5\n0.2|5.6|1.1',
			['Time [s]', 'Speed [m/s]', 'Way [m]'],
		],
		[
			'names on two lines',
			'Transaction|Invoice|Net\nDate|Number|Amount\n2020-01-02|1001|10.50\n2020-01-03|1002|11.00',
			['Transaction Date', 'Invoice Number', 'Net Amount'],
		],
	])('%s', (_, text, expected) => {
		const table = decide(text);
		expect(names(table)).toEqual(expected);
		expect(value(table, 'header row')).toBe(table.layout.headerRows.at(-1));
		expect(value(table, 'header rows')).toBe(table.layout.headerRows.join(', '));
	});

	test('a title over several columns is no group of names', () => {
		const table = decide('Report||Date: 2020|\nName|City|Age|Fee\nAnn|Bonn|5|1\nBob|Ulm|6|2');
		expect(names(table)).toEqual(['Name', 'City', 'Age', 'Fee']);
	});

	test('a second row of texts is a record where only one column could tell', () => {
		expect(names(decide('Name|Age\nAnn|five\nBob|6\nUte|7\nUdo|8\nIda|9'))).toEqual([
			'Name',
			'Age',
		]);
	});
});

describe('columns', () => {
	test('empty columns around the table are no part of it', () => {
		const table = decide('|||||\n||Name|Age||\n||Ann|5||\n||Bob|6||');
		expect(names(table)).toEqual(['Name', 'Age']);
		expect(table.layout.firstColumn).toBe(2);
	});

	test('a column without a name is named after its place, and its header is kept as it stands', () => {
		const table = decide('|Name|Name| \n|x|y|z\n|a|b|c');
		expect(table.columns).toEqual([
			{ name: 'Name' },
			{ name: 'Name 2', header: 'Name' },
			{ name: 'Column D', header: '' },
		]);
		expect(table.issues.map(({ code }) => code)).toEqual(['HEADER_DUPLICATE', 'HEADER_BLANK']);
	});

	test('blanks around a name are kept beside it', () => {
		const table = decideTable(
			[
				{ number: 1, cells: [' Amount '] },
				{ number: 2, cells: ['5'] },
			],
			true,
			{},
		);
		expect(table.columns).toEqual([{ name: 'Amount', header: ' Amount ' }]);
	});

	test('values behind the header make columns where most rows have them', () => {
		expect(names(decide('a|b\n1|2|3\n1|2|3\n1|2|3\n1|2'))).toEqual(['a', 'b', 'Column C']);
		expect(names(decide('a|b\n1|2\n1|2|3\n1|2\n1|2'))).toEqual(['a', 'b']);
		expect(names(decide('a|b\n1|2\n1|2|3\n1|2\n1|2', { longRows: 'keep' }))).toEqual([
			'a',
			'b',
			'Column C',
		]);
	});

	test('all values of a sheet stand in columns', () => {
		const table = decideTable(
			grid('a|b\n1|2\n1|2||note'),
			true,
			{},
			{ kind: 'sheet', sheet: 'One' },
		);
		expect(names(table)).toEqual(['a', 'b', 'Column C', 'Column D']);
		expect(table.issues).toMatchObject([
			{ code: 'HEADER_BLANK', sheet: 'One', cell: 'D1', row: 1 },
		]);
	});

	test('a hundred thousand columns are decided at once', () => {
		const cells = Array.from({ length: 100_000 }, (_, i) => `c${i}`);
		const values = cells.map((_, i) => String(i));
		const rows = [cells, values, values].map((row, i) => ({ number: i + 1, cells: row }));
		expect(decideTable(rows, true, {}).columns).toHaveLength(100_000);
	});

	test('names such as constructor and __proto__ are names like any other', () => {
		expect(names(decide('__proto__|constructor|__proto__\n1|2|3'))).toEqual([
			'__proto__',
			'constructor',
			'__proto__ 2',
		]);
	});
});
