import ExcelJS from 'exceljs';
import {
	close,
	columnsOf,
	describe as describeFile,
	failedFile,
	FailedRows,
	openFile,
	openRows,
	REASON_COLUMNS,
	run,
	type Cell,
	type Dataset,
	type FailedFile,
	type FailedRow,
	type Issue,
} from '../../../engine';
import { openEncoder } from '../../../engine/formats';

const wrong = (column?: string): Issue => ({
	code: 'CELL_NUMBER',
	severity: 'error',
	column,
	message: `The cell is no number: "x" & <y>`,
});

async function contentOf({ bytes }: Pick<FailedFile, 'bytes'>): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	for await (const part of bytes) parts.push(part);
	return Buffer.concat(parts);
}

/** All rows of a dataset as failed ones. */
async function failAll(dataset: Dataset, column?: string): Promise<FailedRows> {
	const failed = new FailedRows();
	for await (const { rows, rejected } of run(dataset)) {
		await failed.add(
			rows.map(({ number, cells, source }) => ({
				number,
				source: source ?? cells,
				issues: [wrong(column)],
			})),
		);
		await failed.add(rejected);
	}
	return failed;
}

async function failedOf(content: string | Buffer, fileName: string, id?: string, column?: string) {
	const dataset = await openFile(Buffer.from(content), { fileName });
	const failed = await failAll(dataset, column);
	const file = await failedFile(failed, dataset, id);
	const bytes = await contentOf(file);
	await failed.dispose();
	await close(dataset);
	return { ...file, content: bytes };
}

async function rowsOf(content: Buffer, fileName = 'back') {
	const dataset = await openFile(content, { fileName });
	const cells: Cell[][] = [];
	const codes: string[] = [];
	for await (const { rows, rejected } of run(dataset)) {
		cells.push(...rows.map((row) => row.cells));
		codes.push(...rejected.flatMap(({ issues }) => issues.map(({ code }) => code)));
	}
	const { decisions } = await describeFile(dataset);
	const retry = decisions.find(({ subject }) => subject === 'retry')?.value;
	const columns = columnsOf(dataset).map(({ name }) => name);
	await close(dataset);
	return { columns, cells, codes, retry };
}

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

const tail = (text: string, at: number) => text.split('\n')[at]?.trimEnd();

describe('the file of failed rows', () => {
	test.each([
		['semicolons and CRLF', Buffer.from('a;b\r\n1;x\r\n2;y\r\n'), 'utf8', ';', '\r\n'],
		['tabs and LF', Buffer.from('a\tb\n1\tx\n2\ty\n'), 'utf8', '\t', '\n'],
		['a byte order mark', Buffer.from('\uFEFFa,b\n1,x\n2,y\n'), 'utf8', ',', '\n'],
		['UTF-16', utf16('a,b\r\n1,é\r\n2,ü\r\n'), 'utf16le', ',', '\r\n'],
	] as const)('keeps %s of a delimited file', async (_, source, encoding, delimiter, newline) => {
		const { content, fileName, notes } = await failedOf(source, 'list.csv');
		const before = source.toString(encoding).split(newline);
		const lines = content.toString(encoding).split(newline);
		expect(fileName).toBe('list-failed.csv');
		expect(notes).toEqual([]);
		expect(lines).toHaveLength(before.length);
		expect(lines[0]).toBe([before[0], ...REASON_COLUMNS].join(delimiter));
		expect(lines[1]?.startsWith([before[1], '2', 'CELL_NUMBER', '"The cell'].join(delimiter))).toBe(
			true,
		);
	});

	test('keeps single quotes around cells', async () => {
		const source = "a,b\n'x, y','it''s'\n'p, q','r'\n'm, n','o'\n";
		const { content } = await failedOf(source, 'list.csv');
		expect(tail(content.toString(), 1)).toMatch(/^'x, y','it''s',2,CELL_NUMBER,/);
		expect((await rowsOf(content)).cells[0]).toEqual(['x, y', "it's"]);
	});

	test('keeps Windows-1252', async () => {
		const source = Buffer.from(
			'Name;Straße;Preis\r\nMüller;Große Straße;5 €\r\nGrün;Höhe;7 €\r\nKäß;Über der Brücke;9 €\r\n',
		);
		const legacy = Buffer.from(source.toString().replaceAll('€', '\x80'), 'latin1');
		const { content, notes } = await failedOf(legacy, 'list.csv');
		expect(notes).toEqual([]);
		const lines = new TextDecoder('windows-1252').decode(content).split('\r\n');
		expect(lines[1]).toMatch(/^Müller;Große Straße;5 €;2;CELL_NUMBER;/);
	});

	test('is UTF-8, and says so, where a character does not fit the encoding', async () => {
		const dataset = await openFile(Buffer.from('a;b\n1;x\n'), { encoding: 'windows-1252' });
		const failed = new FailedRows();
		await failed.add([{ number: 2, source: ['1', '東京'], issues: [wrong()] }]);
		const file = await failedFile(failed, dataset);
		expect(file.notes).toEqual([
			'The file of failed rows is UTF-8: not all of its characters can be written in windows-1252.',
		]);
		expect((await contentOf(file)).toString()).toMatch(/^\uFEFFa;b;import_row.*\n1;東京;2;/);
		await close(dataset);
	});

	test('what could not be taken apart stands beside the columns, and is not imported again as it is', async () => {
		const { content } = await failedOf('a,b\n1,2,3\n4,5\n', 'list.csv');
		const [header, ...lines] = content.toString().trimEnd().split('\n');
		expect(header).toMatch(/,import_extra_cells$/);
		expect(lines.sort()[0]).toMatch(/^1,2,2,ROW_LONG,.*,3$/);
		const back = await rowsOf(content);
		expect(back.cells).toEqual([['4', '5']]);
		expect(back.codes).toEqual(['ROW_LONG']);
		const mended = Buffer.from(content.toString().replace(/,3$/m, ','));
		expect((await rowsOf(mended)).codes).toEqual([]);
	});

	test('records of JSON come as JSON Lines with the types of their values', async () => {
		const records = [
			{ id: 1, name: 'Ada', address: { city: 'London' }, active: true },
			{ id: 2, name: '007', address: { city: 'Rome' }, active: null },
		];
		const before = await rowsOf(Buffer.from(JSON.stringify(records)), 'list.json');
		const { content, fileName } = await failedOf(JSON.stringify(records), 'list.json', '77');
		expect(fileName).toBe('list-failed.ndjson');
		expect(await rowsOf(content)).toEqual({ ...before, retry: '77' });
	});

	test('rows that came as items come as CSV', async () => {
		const dataset = openRows([{ name: 'a' }], [['x']]);
		const file = await failedFile(await failAll(dataset), dataset);
		expect(file.fileName).toBe('rows-failed.csv');
		expect((await contentOf(file)).toString()).toMatch(
			/^\uFEFFa,import_row,.*\r\nx,1,CELL_NUMBER,/,
		);
	});
});

/** What a spreadsheet program would save. */
async function workbookOf(): Promise<Buffer> {
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet('Donors');
	sheet.addRow(['Name', 'Gift', 'Since', 'Postal Code', 'Active', 'Seen']);
	const seen = new Date(Date.UTC(2024, 4, 6, 7, 8, 9));
	sheet.addRow(['Ada & <Bo>', 12.5, new Date(Date.UTC(2020, 1, 29)), '01067', true, seen]);
	sheet.addRow([
		'line 1\nline 2 _x0041_',
		0.1,
		new Date(Date.UTC(1999, 11, 31)),
		'=1+1',
		false,
		seen,
	]);
	for (const row of [2, 3]) {
		sheet.getCell(row, 3).numFmt = 'dd.mm.yyyy';
		sheet.getCell(row, 6).numFmt = 'dd.mm.yyyy hh:mm:ss';
	}
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

describe('the file of failed rows of a workbook', () => {
	test('has the values with their types, colours the bad cells and notes why', async () => {
		const { content, fileName, notes } = await failedOf(await workbookOf(), 'd.xls', '5', 'Gift');
		expect(fileName).toBe('d-failed.xlsx');
		expect(notes).toEqual([]);
		const workbook = new ExcelJS.Workbook();
		await workbook.xlsx.load(content as unknown as ArrayBuffer);
		const sheet = workbook.getWorksheet('Donors')!;
		expect((sheet.getRow(1).values as unknown[]).slice(1)).toEqual([
			'Name',
			'Gift',
			'Since',
			'Postal Code',
			'Active',
			'Seen',
			...REASON_COLUMNS,
			'import_run',
		]);
		expect((sheet.getRow(2).values as unknown[]).slice(1, 9)).toEqual([
			'Ada & <Bo>',
			12.5,
			new Date(Date.UTC(2020, 1, 29)),
			'01067',
			true,
			new Date(Date.UTC(2024, 4, 6, 7, 8, 9)),
			2,
			'CELL_NUMBER',
		]);
		const bad = sheet.getCell('B3');
		expect(bad.fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } });
		expect(JSON.stringify(bad.note)).toContain('The cell is no number');
		expect(sheet.getCell('A3').note).toBeUndefined();
		expect(sheet.getCell('A3').fill).toBeUndefined();
	});

	test('gives back the rows of the workbook when it comes back', async () => {
		const source = await workbookOf();
		const before = await rowsOf(source);
		const { content } = await failedOf(source, 'd.xlsx', '5', 'Gift');
		const back = await rowsOf(content);
		expect(back).toEqual({ ...before, retry: '5' });
		expect(back.cells[0]?.[2]).toBe('2020-02-29');
	});

	test('every bad cell is coloured, and no more than 10,000 have a note, which is said', async () => {
		const dataset = await openFile(await workbookOf(), { fileName: 'd.xlsx' });
		const failed = new FailedRows();
		const rows: FailedRow[] = Array.from({ length: 12_000 }, (_, i) => ({
			number: i + 2,
			source: ['A', i, null, '1', true, null],
			issues: [wrong('Gift')],
		}));
		await failed.add(rows);
		const file = await failedFile(failed, dataset);
		expect(file.notes).toEqual([
			'In the file of failed rows the first 10000 bad cells have a note. All are coloured, and every row says its reasons.',
		]);
		const workbook = new ExcelJS.Workbook();
		await workbook.xlsx.load((await contentOf(file)) as unknown as ArrayBuffer);
		const sheet = workbook.getWorksheet(1)!;
		expect(sheet.rowCount).toBe(12_001);
		expect(sheet.getCell('B12001').fill).toMatchObject({ pattern: 'solid' });
		expect(sheet.getCell('B12001').note).toBeUndefined();
		expect(sheet.getCell('B9000').note).toBeDefined();
		await failed.dispose();
		await close(dataset);
	});

	test('is CSV, and says so, where a sheet cannot hold the rows', async () => {
		const dataset = await openFile(await workbookOf(), { fileName: 'd.xlsx' });
		const failed = new FailedRows();
		await failed.add([{ number: 2, source: ['x'.repeat(40_000)], issues: [wrong('Gift')] }]);
		const file = await failedFile(failed, dataset);
		expect(file.fileName).toBe('d-failed.csv');
		expect(file.notes).toEqual([
			'The file of failed rows is CSV and not a workbook: there is a text longer than a cell takes.',
		]);
		expect((await contentOf(file)).toString()).toContain(`${'x'.repeat(40_000)},,,,,,2,`);
		await close(dataset);
	});
});

describe('a file of failed rows that comes back', () => {
	test('is told by its columns, which are dropped', async () => {
		const { content } = await failedOf('a,b\n1,x\n2,y\n', 'list.csv', '815');
		expect(await rowsOf(content)).toEqual({
			columns: ['a', 'b'],
			cells: [
				['1', 'x'],
				['2', 'y'],
			],
			codes: [],
			retry: '815',
		});
	});

	test('keeps the row numbers of the first file when rows fail again', async () => {
		const first = await failedOf('\n\na,b\n1,x\n2,y\n', 'list.csv', '1');
		const second = await failedOf(first.content, 'list-failed.csv', '2');
		expect(tail(second.content.toString(), 0)).toBe(
			'a,b,import_row,import_code,import_reason,import_extra_cells,import_run',
		);
		expect(tail(second.content.toString(), 1)).toMatch(/^1,x,4,CELL_NUMBER,.*,2$/);
	});

	test.each([
		['a column behind them', `a,${REASON_COLUMNS.join(',')},b\n1,2,C,r,,3\n2,3,C,r,,3\n`],
		['one missing', 'a,import_row,import_code,import_reason\n1,2,C,r\n2,3,C,r\n'],
		['another order', 'a,import_code,import_row,import_reason,import_extra_cells\n1,C,2,r,\n'],
	])('with %s is a file like any other', async (_, content) => {
		const dataset = await openFile(Buffer.from(content));
		expect(dataset.steps).toEqual([]);
		expect(columnsOf(dataset).map(({ name }) => name)).toEqual(content.split('\n')[0]?.split(','));
		await close(dataset);
	});

	test('is read as it is when that is wanted', async () => {
		const { content } = await failedOf('a,b\n1,x\n2,y\n', 'list.csv');
		const dataset = await openFile(content, { failedRows: 'keep' });
		expect(columnsOf(dataset).map(({ name }) => name)).toEqual(['a', 'b', ...REASON_COLUMNS]);
		await close(dataset);
	});

	test('a step that does not fit its columns is refused', () => {
		const dataset = {
			...openRows([{ name: 'a' }], []),
			steps: [{ kind: 'retry', version: 1, options: {} }],
		};
		expect(() => columnsOf(dataset)).toThrow('The file does not have the columns of failed rows');
	});
});

describe('text as bytes', () => {
	test.each([
		['windows-1252', 'Größe 5 € – „so“'],
		['iso-8859-2', 'Łódź, žluťoučký'],
		['cp850', 'Größe ½ ¿'],
		['koi8-r', 'Привет'],
		['shift_jis', '東京 ｱｲｳ'],
		['gb18030', '中文 €'],
		['euc-kr', '한국어'],
		['big5', '臺北'],
		['utf-8', 'a😀'],
		['utf-16be', 'a😀'],
		['utf-32le', 'a😀'],
	])('%s is written as it is read', async (encoding, text) => {
		const encoder = openEncoder(encoding)!;
		expect(encoder.fits(text)).toBe(true);
		const lines = `${encoder.isUnicode ? '\uFEFF' : ''}${text};b\n${text};2\n${text};3\n`;
		const dataset = await openFile(Buffer.from(encoder.encode(lines)), {
			encoding,
			delimiter: ';',
		});
		expect(columnsOf(dataset)[0]?.name).toBe(text);
		await close(dataset);
	});

	test.each([
		['windows-1252', '東'],
		['shift_jis', 'ł'],
		['cp850', '€'],
	])('%s lacks %s', (encoding, sign) => {
		const encoder = openEncoder(encoding)!;
		expect(encoder.fits(sign)).toBe(false);
		expect(Buffer.from(encoder.encode(`a${sign}b`)).toString('latin1')).toBe('a?b');
	});

	test('ISO-2022-JP is read only', () => {
		expect(openEncoder('iso-2022-jp')).toBeUndefined();
	});
});
