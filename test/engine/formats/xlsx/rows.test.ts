import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import { readFailure, readWorkbook, rowsXml, workbook, xlsxReader } from './workbook-builder';

const people = (count: number) =>
	rowsXml([['Name', 'Age'], ...Array.from({ length: count }, (_, index) => [`P${index}`, index])]);

describe('rows', () => {
	test('carry the number that the spreadsheet shows', async () => {
		const rows = `${rowsXml([['Name']])}<row r="5"><c t="str"><v>Ann</v></c></row><row><c t="str"><v>Bob</v></c></row>`;
		const result = await readWorkbook(workbook({ rows }));
		expect(result.rows).toEqual([
			{ number: 5, cells: ['Ann'] },
			{ number: 6, cells: ['Bob'] },
		]);
	});

	test('without any number are counted', async () => {
		const rows = ['Name', 'Ann', 'Bob'].map((text) => `<row><c t="str"><v>${text}</v></c></row>`);
		const result = await readWorkbook(workbook({ rows: rows.join('') }));
		expect(result.rows.map(({ number }) => number)).toEqual([2, 3]);
	});

	test('without values are no data: empty, formatted only, or with empty text', async () => {
		const empty =
			'<row r="3"/><row r="4"><c r="A4" s="1"/></row><row r="5"><c r="A5" t="str"><v></v></c></row>';
		const rows = rowsXml([['Name'], ['Ann']]) + empty + rowsXml([['Bob']], 6);
		const result = await readWorkbook(workbook({ rows }));
		expect(result.rows).toEqual([
			{ number: 2, cells: ['Ann'] },
			{ number: 6, cells: ['Bob'] },
		]);
		expect(result.rejected).toEqual([]);
	});

	test('with formulas that no value was saved with are read, with a warning', async () => {
		const row = (number: number, cell: string) =>
			`<row r="${number}"><c r="A${number}"><v>1</v></c>${cell}</row>`;
		const rows =
			rowsXml([['A', 'B']]) +
			row(2, '<c r="B2"><v>5</v></c>') +
			row(3, '<c r="B3" t="str"><f>""</f><v></v></c>') +
			row(4, '<c r="B4"><f>A4*2</f></c>') +
			row(5, '<c r="B5"><f>A5*2</f><v></v></c>');
		const { cells, issues } = await readWorkbook(workbook({ rows }));
		expect(cells).toEqual([
			[1, 5],
			[1, ''],
			[1, null],
			[1, null],
		]);
		expect(issues).toMatchObject([
			{ code: 'CELL_FORMULA_EMPTY', severity: 'warning', row: 4, cell: 'B4', column: 'B' },
		]);
	});

	test('have as many cells as there are columns', async () => {
		const { cells } = await readWorkbook(
			workbook({ rows: rowsXml([['A', 'B', 'C'], [1], [null, 2]]) }),
		);
		expect(cells).toEqual([
			[1, null, null],
			[null, 2, null],
		]);
	});

	test('with a value beyond the last column are rejected', async () => {
		const rows = people(1500) + rowsXml([['Late', 1, null, 'stray']], 1600);
		const { rejected, rows: good } = await readWorkbook(workbook({ rows }));
		expect(good).toHaveLength(1500);
		expect(rejected).toMatchObject([
			{
				number: 1600,
				source: ['Late', 1, null, 'stray'],
				outcome: 'failed',
				issues: [{ code: 'ROW_LONG', row: 1600, cell: 'D1600', sheet: 'Sheet1', value: 'stray' }],
			},
		]);
	});

	test('with nothing but empty text beyond the last column are not', async () => {
		const rows = `${people(1500)}<row r="1600"><c t="str"><v>Ann</v></c><c><v>1</v></c><c t="str"><v></v></c><c s="1"/></row>`;
		const { rejected, cells } = await readWorkbook(workbook({ rows }));
		expect(rejected).toEqual([]);
		expect(cells.at(-1)).toEqual(['Ann', 1]);
	});

	test('with a formula error are rejected, and it is said where', async () => {
		const error = (value: string) => ({ xml: `<c t="e"><f>1/0</f><v>${value}</v></c>` });
		const rows = rowsXml([
			['Name', 'Share', 'Total'],
			['Ann', error('#DIV/0!'), error('#REF!')],
			['Bob', 1, 2],
		]);
		const result = await readWorkbook(workbook({ rows }));
		expect(result.cells).toEqual([['Bob', 1, 2]]);
		expect(result.rejected).toMatchObject([
			{
				number: 2,
				outcome: 'failed',
				source: ['Ann', '#DIV/0!', '#REF!'],
				issues: [
					{
						code: 'CELL_FORMULA_ERROR',
						severity: 'error',
						row: 2,
						column: 'Share',
						cell: 'B2',
						sheet: 'Sheet1',
						value: '#DIV/0!',
					},
					{ code: 'CELL_FORMULA_ERROR', row: 2, column: 'Total', cell: 'C2', value: '#REF!' },
				],
			},
		]);
	});

	test('that refer to a text which is not there are rejected', async () => {
		const references = ['0', '7', '-1', '0.5', 'x'].map((index) => ({
			xml: `<c t="s"><v>${index}</v></c>`,
		}));
		const rows = rowsXml([['Name'], ...references.map((cell) => [cell])]);
		const result = await readWorkbook(workbook({ rows, texts: ['<t>Ann</t>'] }));
		expect(result.cells).toEqual([['Ann']]);
		expect(result.rejected).toMatchObject([
			{ number: 3, issues: [{ code: 'ROW_MALFORMED', cell: 'A3', column: 'Name', value: '7' }] },
			{ number: 4, issues: [{ code: 'ROW_MALFORMED', value: '-1' }] },
			{ number: 5, issues: [{ code: 'ROW_MALFORMED', value: '0.5' }] },
			{ number: 6, issues: [{ code: 'ROW_MALFORMED', value: '?' }] },
		]);
	});

	test('do not depend on the dimension that the sheet claims', async () => {
		for (const dimension of ['A1', 'A1:XFD1048576', 'nonsense']) {
			const xml = `<worksheet><dimension ref="${dimension}"/><sheetData>${people(2)}</sheetData></worksheet>`;
			const result = await readWorkbook(workbook({ sheets: [{ name: 'S', rows: '', xml }] }));
			expect(result.cells).toEqual([
				['P0', 0],
				['P1', 1],
			]);
		}
	});

	test('in another order are put in order', async () => {
		const [header = '', ...others] = people(3).match(/<row.*?<\/row>/g) ?? [];
		const rows = [...others.reverse(), header].join('');
		const result = await readWorkbook(workbook({ rows }));
		expect(result.columns).toEqual(['Name', 'Age']);
		expect(result.rows.map(({ number, cells }) => [number, cells[0]])).toEqual([
			[2, 'P0'],
			[3, 'P1'],
			[4, 'P2'],
		]);
	});

	test('behind all that a program can hold are damage', async () => {
		const rows = `${people(2)}<row r="4294967295"><c><v>1</v></c></row>`;
		expect(await readFailure(workbook({ rows }))).toMatchObject({
			code: 'FILE_UNREADABLE',
			message: 'The file is damaged: a row lies behind the last row of a sheet.',
		});
	});

	test('end with the rows of the sheet, whatever follows', async () => {
		const after =
			'<mergeCells><mergeCell ref="A1:B1"/></mergeCells><extLst><row r="9"><c><v>1</v></c></row></extLst>';
		const xml = `<worksheet><cols><col min="1"/></cols><sheetData>${people(1)}</sheetData>${after}</worksheet>`;
		const result = await readWorkbook(workbook({ sheets: [{ name: 'S', rows: '', xml }] }));
		expect(result.cells).toEqual([['P0', 0]]);
	});
});

describe('reading', () => {
	test('gives batches of the size asked for', async () => {
		const { batches } = await readWorkbook(workbook({ rows: people(2500) }), {}, 1000);
		expect(batches.map(({ rows }) => rows.length)).toEqual([1000, 1000, 500]);
	});

	test.each([
		[0, 0],
		[1, 1],
		[1000, 1000],
		[2499, 2499],
		[9999, 2500],
	])('with a limit of %d gives %d rows', async (limit, count) => {
		const { rows, source } = await readWorkbook(workbook({ rows: people(2500) }), { limit });
		expect(rows).toHaveLength(count);
		expect(source.limit).toBe(limit);
	});

	test('counts rejected rows towards the limit', async () => {
		const bad = { xml: '<c t="e"><v>#N/A</v></c>' };
		const rows = rowsXml([['A'], [1], [bad], [3], [4]]);
		const result = await readWorkbook(workbook({ rows }), { limit: 3 });
		expect(result.cells).toEqual([[1], [3]]);
		expect(result.rejected).toHaveLength(1);
	});

	test('may be repeated', async () => {
		const bytes = new MemoryBytes(workbook({ rows: people(10) }));
		const source = await xlsxReader.open(bytes, {});
		const again = JSON.parse(JSON.stringify(source)) as typeof source;
		const count = async () => {
			let rows = 0;
			for await (const batch of xlsxReader.read(bytes, again, 4)) rows += batch.rows.length;
			return rows;
		};
		expect([await count(), await count()]).toEqual([10, 10]);
	});

	test('may be stopped half-way', async () => {
		const bytes = new MemoryBytes(workbook({ rows: people(20_000) }));
		const source = await xlsxReader.open(bytes, {});
		for await (const batch of xlsxReader.read(bytes, source, 100)) {
			expect(batch.rows).toHaveLength(100);
			break;
		}
		expect((await readWorkbook(workbook({ rows: people(3) }))).rows).toHaveLength(3);
	});

	test('leaves the event loop its turns', async () => {
		const bytes = new MemoryBytes(workbook({ rows: people(100_000) }));
		const source = await xlsxReader.open(bytes, {});
		let turns = 0;
		const timer = setInterval(() => turns++, 1);
		let rows = 0;
		for await (const batch of xlsxReader.read(bytes, source, 100_000)) rows += batch.rows.length;
		clearInterval(timer);
		expect(rows).toBe(100_000);
		expect(turns).toBeGreaterThan(5);
	});

	test('needs the description that opening gave', async () => {
		const bytes = workbook({ rows: people(1) });
		const source = await xlsxReader.open(new MemoryBytes(bytes), {});
		const reading = xlsxReader.read(new MemoryBytes(bytes), { ...source, options: {} }, 10);
		await expect(async () => {
			for await (const { rows } of reading) expect(rows).toEqual([]);
		}).rejects.toMatchObject({ code: 'RUN_CONFIG' });
	});

	test('reads only as far as the head of a large file to open it', async () => {
		const parts = workbook({ rows: people(50_000) });
		let bytesRead = 0;
		class CountedBytes extends MemoryBytes {
			override read(position: number, length: number): Promise<Uint8Array> {
				bytesRead += length;
				return super.read(position, length);
			}
		}
		await xlsxReader.open(new CountedBytes(parts), {});
		expect(bytesRead).toBeLessThan(parts.length);
	});
});

describe('a workbook without data', () => {
	test.each<[what: string, rows: string]>([
		['no rows', ''],
		['rows without cells', '<row r="1"/><row r="2"></row>'],
		['formatted cells only', '<row r="1"><c r="A1" s="1"/></row>'],
	])('%s', async (_, rows) => {
		expect(await readFailure(workbook({ rows }))).toMatchObject({ code: 'FILE_EMPTY' });
		expect(await readFailure(workbook({ rows }), { sheet: 'Sheet1' })).toMatchObject({
			code: 'FILE_EMPTY',
			sheet: 'Sheet1',
		});
		for (const headerRow of [0, 3]) {
			expect((await readFailure(workbook({ rows }), { headerRow })).code).toBe('FILE_EMPTY');
		}
	});

	test('but with a header has columns and no rows', async () => {
		const { columns, rows, batches } = await readWorkbook(
			workbook({ rows: rowsXml([['Name', 'Age']]) }),
		);
		expect(columns).toEqual(['Name', 'Age']);
		expect(rows).toEqual([]);
		expect(batches).toEqual([]);
	});
});
