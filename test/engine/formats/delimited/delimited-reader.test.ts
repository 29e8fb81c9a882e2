import { Readable } from 'node:stream';
import { openFile, run, type ByteSource } from '../../../../engine';
import { decided, readAll } from '../../read-all';

/** Bytes that arrive in chunks of a given size, as a slow stream delivers them. */
function inChunks(bytes: Buffer, size: number): ByteSource {
	return {
		size: bytes.length,
		async *chunks() {
			for (let i = 0; i < bytes.length; i += size)
				yield await Promise.resolve(bytes.subarray(i, i + size));
		},
		read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)),
		close: () => Promise.resolve(),
	};
}

describe('reading delimited text', () => {
	test.each([
		['comma', 'a,b\n1,2\n', ','],
		['semicolon', 'a;b\n1,5;2\n3,5;4\n', ';'],
		['tab', 'a\tb\n1\t2\n', '\t'],
		['pipe', 'a|b\nx, y|2\nz, w|3\n', '|'],
	])('the delimiter is found: %s', async (_, text, delimiter) => {
		const { dataset, columns } = await readAll(text);
		expect(decided(dataset, 'delimiter')).toBe(delimiter);
		expect(columns).toEqual(['a', 'b']);
	});

	test('a comma in the first line does not decide where the other lines say semicolon', async () => {
		const { columns, rows } = await readAll('Name, Vorname;Ort\nMeier, Ute;Bonn\nAbel;Ulm\n');
		expect(columns).toEqual(['Name, Vorname', 'Ort']);
		expect(rows).toEqual([
			['Meier, Ute', 'Bonn'],
			['Abel', 'Ulm'],
		]);
	});

	test('a delimiter of several characters can be set', async () => {
		const { rows } = await readAll('a||b\n1||2\n', { delimiter: '||' });
		expect(rows).toEqual([['1', '2']]);
	});

	test.each([
		['LF', 'a,b\n1,2\n3,4\n'],
		['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
		['CR', 'a,b\r1,2\r3,4\r'],
		['mixed', 'a,b\r\n1,2\n3,4\r\n'],
		['no line end at the end', 'a,b\n1,2\n3,4'],
		['quoted last cells before CRLF', '"a","b"\r\n"1","2"\r\n"3","4"\r\n'],
	])('line ends: %s', async (_, text) => {
		const { columns, rows } = await readAll(text);
		expect(columns).toEqual(['a', 'b']);
		expect(rows).toEqual([
			['1', '2'],
			['3', '4'],
		]);
	});

	test('quoted cells hold delimiters, quotes and line breaks', async () => {
		const { rows } = await readAll('a,b\n"x, y","say ""hi"""\n"two\nlines",z\n');
		expect(rows).toEqual([
			['x, y', 'say "hi"'],
			['two\nlines', 'z'],
		]);
	});

	test.each([1, 2, 3, 7, 64])(
		'characters and records are whole however the bytes arrive (chunks of %i)',
		async (size) => {
			const text = 'Name,Ort\r\n"Müller, ""Ü""",Köln\r\n日本 🎉,"zwei\r\nZeilen"\r\n';
			const dataset = await openFile(inChunks(Buffer.from(text), size));
			const rows = [];
			for await (const batch of run(dataset)) rows.push(...batch.rows.map(({ cells }) => cells));
			expect(rows).toEqual([
				['Müller, "Ü"', 'Köln'],
				['日本 🎉', 'zwei\r\nZeilen'],
			]);
		},
	);

	test.each([
		['utf-8', Buffer.from('﻿Name\nJosé\n')],
		['utf-16le', Buffer.from('\ufeffName\nJosé\n', 'utf16le')],
		['utf-16le', Buffer.from('Name,Ort\nJosé,Bonn\n', 'utf16le')],
		['windows-1252', Buffer.from('Name\nJos\xe9\n', 'latin1')],
	])('the encoding is found: %s', async (encoding, bytes) => {
		const { dataset, columns, rows } = await readAll(bytes);
		expect(decided(dataset, 'encoding')).toBe(encoding);
		expect(columns[0]).toBe('Name');
		expect(rows[0]?.[0]).toBe('José');
	});

	test('an encoding that was set is used, one that is unknown is refused', async () => {
		const { rows } = await readAll(Buffer.from([0x61, 0x0a, 0xa4, 0x0a]), {
			encoding: 'iso-8859-15',
		});
		expect(rows).toEqual([['€']]);
		await expect(readAll('a\n1\n', { encoding: 'klingon' })).rejects.toMatchObject({
			code: 'RUN_CONFIG',
		});
	});

	test('bytes that are not valid in the encoding are named with row and column', async () => {
		const head = 'Name,Ort\n' + 'José,Bonn\n'.repeat(200_000);
		const { rows, issues } = await readAll(
			Buffer.concat([Buffer.from(head), Buffer.from('Ren\xe9,Ulm\n', 'latin1')]),
		);
		expect(rows).toHaveLength(200_001);
		expect(issues).toMatchObject([
			{
				code: 'FILE_ENCODING',
				severity: 'warning',
				row: 200_002,
				column: 'Name',
				value: 'Ren\uFFFD',
			},
		]);
	});

	test('rows are counted as a person counts them, blank lines and records over several lines included', async () => {
		const { numbers } = await readAll('a,b\n1,"x\ny"\n\n2,z\n');
		expect(numbers).toEqual([2, 4]);
	});

	test('title rows above the header are passed over', async () => {
		const { dataset, columns, numbers } = await readAll(
			'Members 2026\n\nName,Joined,Fee\nAnn,2026-01-02,10\nBob,2026-02-03,20\n',
		);
		expect(decided(dataset, 'header row')).toBe(3);
		expect(columns).toEqual(['Name', 'Joined', 'Fee']);
		expect(numbers).toEqual([4, 5]);
	});

	test('a file of values has no header, and none is invented', async () => {
		const { dataset, columns, rows } = await readAll('1,2026-01-02\n2,2026-01-03\n3,2026-01-04\n');
		expect(decided(dataset, 'header row')).toBe(0);
		expect(columns).toEqual(['Column A', 'Column B']);
		expect(rows).toHaveLength(3);
	});

	test('a header that lies behind the end of the file is an error', async () => {
		await expect(readAll('a,b\n1,2\n', { headerRow: 9 })).rejects.toMatchObject({
			code: 'HEADER_MISSING',
		});
	});

	test('columns of the same name keep their values apart', async () => {
		const { dataset, columns, rows } = await readAll('Phone,Phone,\n1,2,3\n');
		expect(columns).toEqual(['Phone', 'Phone 2', 'Column C']);
		expect(rows).toEqual([['1', '2', '3']]);
		expect(dataset.source).toMatchObject({
			issues: [{ code: 'HEADER_DUPLICATE' }, { code: 'HEADER_BLANK' }],
		});
	});

	test('names such as __proto__ are columns like any other', async () => {
		const { columns, rows } = await readAll('__proto__,constructor\nx,y\n');
		expect(columns).toEqual(['__proto__', 'constructor']);
		expect(rows).toEqual([['x', 'y']]);
		expect(({} as Record<string, unknown>).x).toBeUndefined();
	});

	test('a short row is filled up with a warning, a long one is rejected with its cells', async () => {
		const { rows, rejected, issues } = await readAll('a,b,c\n1,2\n1,2,3,4\n1,2,3,\n');
		expect(rows).toEqual([
			['1', '2', ''],
			['1', '2', '3'],
		]);
		expect(issues).toMatchObject([{ code: 'ROW_SHORT', row: 2, column: 'c' }]);
		expect(rejected).toMatchObject([
			{ number: 3, source: ['1', '2', '3', '4'], issues: [{ code: 'ROW_LONG', value: '4' }] },
		]);
	});

	test('a quote that is never closed costs its own line, not the rest of the file', async () => {
		const good = Array.from({ length: 50 }, (_, i) => `${i},"x"\n`).join('');
		const { rows, rejected } = await readAll(`a,b\n${good}51,"never, closed\n52,y\n53,z\n`);
		expect(rows).toHaveLength(52);
		expect(rejected).toMatchObject([
			{ number: 52, raw: '51,"never, closed', issues: [{ code: 'ROW_MALFORMED' }] },
		]);
	});

	test('a row with broken quotes is read with a warning where its columns tell how', async () => {
		const { rows, issues } = await readAll('a,b,c\n1,"x, y",z\n2,"Bob" Smith,z\n3,"w",z\n');
		expect(rows[1]).toEqual(['2', '"Bob" Smith', 'z']);
		expect(issues).toMatchObject([{ code: 'ROW_QUOTES', severity: 'warning', row: 3 }]);
	});

	test('comments count as rows and are named', async () => {
		const { rows, numbers, issues } = await readAll('# made by hand\na,b\n1,2\n# later\n3,4\n');
		expect(rows).toEqual([
			['1', '2'],
			['3', '4'],
		]);
		expect(numbers).toEqual([3, 5]);
		expect(issues).toMatchObject([{ code: 'ROW_COMMENT', severity: 'info', row: 4 }]);
	});

	test('a text full of quotes that are never closed is read line by line', async () => {
		const { rows } = await readAll(`id,t\n${'1,"b\n'.repeat(20_000)}2,c\n`);
		expect(rows).toHaveLength(20_001);
		expect(rows.at(0)).toEqual(['1', '"b']);
		expect(rows.at(-1)).toEqual(['2', 'c']);
	});

	test('a record larger than the limit does not make the rest unreadable', async () => {
		const { rows, rejected } = await readAll(
			`a,b\n1,"${'x'.repeat(5000)}\n${'2,y\n'.repeat(3000)}`,
			{
				maxRecordLength: 4000,
			},
		);
		expect(rejected).toHaveLength(1);
		expect(rows).toHaveLength(3000);
	});

	test.each([
		['in memory', 5000, 4000],
		['longer than the head', 3 * 1024 * 1024, 2 * 1024 * 1024],
	])('a file that is one line beyond the limit is an error: %s', async (_, length, limit) => {
		const text = 'a long name,'.repeat(length / 12);
		for (const content of [text, `${text}\n\n`]) {
			const reading = readAll(content, { format: 'csv', maxRecordLength: limit });
			await expect(reading).rejects.toMatchObject({
				code: 'FILE_TOO_LARGE',
				message: `Nothing can be read: the file begins with one line, and it is longer than ${limit} characters`,
				issue: { row: 1, hint: expect.stringContaining('raise Largest Record') },
			});
		}
	});

	test('a first line that is longer than the head is read to its end', async () => {
		const name = 'x'.repeat(1024 * 1024);
		const { columns, rows } = await readAll(`${name},b\n1,2\n`);
		expect(columns.map(({ length }) => length)).toEqual([name.length, 1]);
		expect(rows).toEqual([['1', '2']]);
	});

	test('a limit stops after so many rows', async () => {
		const { rows } = await readAll(`a\n${'1\n'.repeat(100)}`, { limit: 7, batchSize: 3 });
		expect(rows).toHaveLength(7);
	});

	test.each([
		['no bytes', ''],
		['blank lines', '\n \n\n'],
	])('an empty file is said to be empty: %s', async (_, text) => {
		await expect(readAll(text)).rejects.toMatchObject({ code: 'FILE_EMPTY' });
	});

	test('a first line of hundreds of thousands of columns is no header', async () => {
		await expect(readAll(`${'name,'.repeat(300_000)}\n1,2\n`)).rejects.toMatchObject({
			code: 'FILE_TOO_LARGE',
			message: 'The first line of the file has more than 200000 columns',
		});
	});

	test('binary data is no table', async () => {
		await expect(
			readAll(Buffer.from('\x00\x01\x00\x02\x00\x00\x03\x00\x00zz')),
		).rejects.toMatchObject({
			code: 'FILE_FORMAT',
		});
	});

	test('a stream can be read more than once', async () => {
		const dataset = await openFile(Readable.from([Buffer.from('a\n1\n'), Buffer.from('2\n')]));
		for (const _ of [1, 2]) {
			const rows = [];
			for await (const batch of run(dataset)) rows.push(...batch.rows);
			expect(rows.map(({ cells }) => cells)).toEqual([['1'], ['2']]);
		}
		await dataset.bytes?.close();
	});

	test('a file that is not there is said as such', async () => {
		await expect(openFile('/no/such/file.csv')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});
});
