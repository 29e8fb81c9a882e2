import { ImportError, MemoryBytes } from '../../../../engine';
import { detectFormat } from '../../../../engine/formats/detect-format';
import { readAll } from '../../read-all';
import { zip } from '../xlsx/workbook-builder';
import { compoundFile } from './compound-directory';

const detect = (content: string | Buffer, fileName?: string, chosen?: string) =>
	detectFormat(new MemoryBytes(Buffer.from(content)), fileName, chosen);

async function detected(content: string | Buffer, fileName?: string) {
	const { decision, issues } = await detect(content, fileName);
	return [decision.value, ...issues.map(({ code }) => code)];
}

async function refused(content: string | Buffer, fileName?: string, chosen?: string) {
	try {
		await detect(content, fileName, chosen);
	} catch (error) {
		if (error instanceof ImportError) return error.issue;
		throw error;
	}
	throw new Error('The format was taken.');
}

const archive = (files: Record<string, string>) =>
	zip(Object.entries(files).map(([name, content]) => ({ name, content })));

const SPREADSHEETML =
	'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>';
const FLAT_ODS =
	'<?xml version="1.0"?><!-- x --><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body/></office:document>';

describe('workbooks are told apart by what is in them', () => {
	test.each([
		['xlsx', archive({ '[Content_Types].xml': '', 'xl/workbook.xml': '' })],
		['xlsb', archive({ '[Content_Types].xml': '', 'xl/workbook.bin': '' })],
		[
			'ods',
			archive({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '' }),
		],
		['ods', archive({ 'META-INF/manifest.xml': '', 'content.xml': '' })],
		['xls', compoundFile(['Root Entry', 'Workbook'])],
		['xls', compoundFile(['Root Entry', 'Book'])],
		['xls', Buffer.from('0904060000001000000000000a000000', 'hex')],
		['spreadsheetml', SPREADSHEETML],
		[
			'spreadsheetml',
			SPREADSHEETML.replace('<Workbook xmlns=', '<ss:Workbook xmlns:ss=').replace(
				'/Work',
				'/ss:Work',
			),
		],
		['ods', FLAT_ODS],
	])('%s', async (format, content) => {
		expect(await detected(content)).toEqual([format]);
	});

	test.each([
		['members.xls', SPREADSHEETML, 'spreadsheetml'],
		['members.xlsx', compoundFile(['Root Entry', 'Workbook']), 'xls'],
		['members.xls', 'id\tname\n1\tAnn\n', 'csv'],
		['members.xlsx', 'id,name\n1,Ann\n', 'csv'],
		['members.zip', 'id,name\n1,Ann\n', 'csv'],
	])('%s that is another format gets a warning', async (fileName, content, format) => {
		expect(await detected(content, fileName)).toEqual([format, 'FILE_FORMAT_MISMATCH']);
	});

	test.each([
		['members.xml', SPREADSHEETML, 'spreadsheetml'],
		['members.fods', FLAT_ODS, 'ods'],
		['members.xml', FLAT_ODS, 'ods'],
		['members.xlsm', archive({ 'xl/workbook.xml': '' }), 'xlsx'],
		['members.dat', 'id,name\n1,Ann\n', 'csv'],
	])('%s may be that format', async (fileName, content, format) => {
		expect(await detected(content, fileName)).toEqual([format]);
	});

	test('an encrypted workbook says that it is password-protected', async () => {
		const content = compoundFile(['Root Entry', 'EncryptionInfo', 'EncryptedPackage']);
		expect(await refused(content, 'members.xlsx')).toMatchObject({
			code: 'FILE_ENCRYPTED',
			message: expect.stringContaining('is password-protected') as string,
		});
	});

	test.each([
		['Word document', ['Root Entry', 'WordDocument']],
		['Outlook message', ['Root Entry', '__properties_version1.0']],
		['installer', ['Root Entry', '\u4840\u3f3f']],
		['OLE compound file', ['Root Entry', 'Something']],
	])('a compound file that is no workbook is named: %s', async (name, streams) => {
		expect(await refused(compoundFile(streams))).toMatchObject({
			code: 'FILE_FORMAT',
			message: expect.stringContaining(name) as string,
		});
	});
});

describe('what is no table is named', () => {
	const hex = (digits: string) => Buffer.from(digits.padEnd(64, '0'), 'hex');
	test.each([
		['PDF', '%PDF-1.7\n%âãÏÓ\n'],
		['RTF', '{\\rtf1\\ansi hello}'],
		[
			'MHTML',
			'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n',
		],
		['vCard', 'BEGIN:VCARD\r\nVERSION:3.0\r\n'],
		['PNG', hex('89504e470d0a1a0a')],
		['JPEG', hex('ffd8ffe000104a464946')],
		['SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
		['SQLite', Buffer.from('SQLite format 3\0')],
		['Access', Buffer.from('\0\x01\0\0Standard ACE DB\0')],
		['Parquet', Buffer.from('PAR1\x15\x04\x15\0')],
		['ELF', hex('7f454c460201')],
		['Windows', Buffer.from(`MZ\x90\0\x03${'\0'.repeat(80)}`, 'latin1')],
		['zstd', hex('28b52ffd')],
		['bzip2', hex('425a6839314159265359')],
		['xz', hex('fd377a585a00')],
		['7z', hex('377abcaf271c')],
		['RAR', hex('526172211a0700')],
		['tar', Buffer.concat([Buffer.from('members.csv'.padEnd(257, '\0')), Buffer.from('ustar\0')])],
		['binary data', Buffer.from([1, 2, 0, 0, 0, 0, 0, 7, 0, 0, 9])],
		['binary data', Buffer.from(Array.from({ length: 8192 }, (_, i) => (i * 167) % 256))],
	])('%s', async (name, content) => {
		expect(await refused(content, 'members.csv')).toMatchObject({
			code: 'FILE_FORMAT',
			message: expect.stringContaining(name) as string,
		});
	});

	test.each([
		['a page', '<html><body><table><tr><td>1</td></tr></table></body></html>'],
		['a table without a page', '\n<table border=1><tr><td>id</td></tr></table>'],
		[
			'what Excel writes',
			'<!-- x --><meta http-equiv=Content-Type><style>td{}</style><table><tr><th>id</th></tr></table>',
		],
	])('HTML that is called a workbook says so: %s', async (_, content) => {
		expect(await refused(content, 'members.xls')).toMatchObject({
			code: 'FILE_FORMAT',
			message: 'The file is a web page (HTML) that is called .xls, not a workbook',
			hint: expect.stringContaining('save it as XLSX') as string,
		});
		expect(await refused(content, 'members.csv')).toMatchObject({ code: 'FILE_FORMAT' });
	});

	test('a format that was chosen does not make text of a picture or a workbook', async () => {
		expect(await refused(hex('89504e470d0a1a0a'), undefined, 'csv')).toMatchObject({
			code: 'FILE_FORMAT',
		});
		expect(await refused(archive({ 'xl/workbook.xml': '' }), undefined, 'json')).toMatchObject({
			code: 'FILE_FORMAT',
			message: 'The file holds XLSX, not JSON',
		});
	});

	test.each(['BM,name\n1,a\n', 'MZ,name\n1,a\n', 'PAR1,x\n1,2\n', 'Rar!,x\n1,2\n', 'ORC,x\n1,2\n'])(
		'a table whose first column is called like a signature is a table: %j',
		async (text) => expect(await detected(text)).toEqual(['csv']),
	);
});

describe('the name decides between formats that look alike', () => {
	test.each([
		['{"a":1,', 'x.json'],
		['[1,2', 'x.json'],
		['{a:1}', 'x.json'],
		['hello', 'x.json'],
		['"a": 1,\n"b": 2,', 'x.json'],
		['{"a":1}\n{"a":', 'x.json'],
		['{"a":1}{"a":2}', 'x.json'],
		['<a><b></a>', 'x.xml'],
		['< a>x', 'x.xml'],
		['a < b', 'x.xml'],
		['id\n1\n', 'x.xml'],
		['"a', 'x.ndjson'],
		['{"a":', 'x.jsonl'],
	])(
		'%j called %s is an error or issues of that format, and no table of one column',
		async (text, fileName) => {
			const [format] = await detected(text, fileName);
			expect(['json', 'ndjson', 'xml']).toContain(format);
			const outcome = await readAll(text, { fileName }).then(
				({ rejected }) => rejected.map(({ issues }) => issues[0]?.code),
				(error: unknown) => [(error as ImportError).code],
			);
			expect(outcome.length).toBeGreaterThan(0);
			for (const code of outcome)
				expect(code).toMatch(/^(FILE_UNREADABLE|FILE_NO_RECORDS|ROW_MALFORMED)$/);
		},
	);

	test.each([
		['a;b\n1;2\n', 'x.json', 'csv'],
		['"a","b"\n"1","2"\n', 'x.json', 'csv'],
		['a,b\n1,2\n', 'x.xml', 'csv'],
		['{"a":1}\n{"a":2}\n', 'x.json', 'ndjson'],
		['{\n"a": [1]\n}', 'x.jsonl', 'json'],
		['{"a":1}', 'x.csv', 'json'],
		['<r><a/></r>', 'x.json', 'xml'],
	])('%j called %s is %s by its content, with a warning', async (text, fileName, format) => {
		expect(await detected(text, fileName)).toEqual([format, 'FILE_FORMAT_MISMATCH']);
	});

	test.each([
		['{"a":1}', 'x.jsonl', 'ndjson'],
		['{"a":1}', 'x.json', 'json'],
		['{"a":1}\n{"a":\n{"a":3}\n', undefined, 'ndjson'],
		['[1,2]\n[3,4]\n', undefined, 'ndjson'],
		['[id],[name]\n1,Ann\n', undefined, 'csv'],
		['[2020],[2021]\n1,2\n', undefined, 'csv'],
		['[null],[x]\n1,2\n', 'x.csv', 'csv'],
		['{id},{name}\n1,Ann\n', undefined, 'csv'],
		['{"a":1};x\n{"b":2};y\n', 'x.csv', 'json'],
		['[true\n', 'x.csv', 'json'],
		['<name>,<mail>\n1,2\n', undefined, 'csv'],
		['{', undefined, 'csv'],
		['[', undefined, 'csv'],
		['a', undefined, 'csv'],
	])('%j called %s is %s', async (text, fileName, format) => {
		expect((await detected(text, fileName))[0]).toBe(format);
	});

	test.each([
		['x.json', '[{"a":1},\n {"a":ä}]', 2, 7],
		['x.json', '{"é":\n[1,]}', 2, 4],
		['x.json', '[{"a":"x\ny"}]', 1, 9],
		['x.json', '[{"a":1}\n', 2, 1],
		['x.json', '[{"a":1}] x', 1, 11],
		['x.json', 'nul', 1, 1],
	])('%s that is broken says where: %j', async (fileName, text, line, column) => {
		await expect(readAll(text, { fileName })).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining(`line ${line}, column ${column}:`) as string,
		});
	});
});

test('a first text that goes on behind the head does not hide XML', async () => {
	const [format] = await detected(`<r><n>${'x'.repeat(2_000_000)}</n></r>`);
	expect(format).toBe('xml');
});
