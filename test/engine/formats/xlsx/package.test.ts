import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import {
	readFailure,
	readWorkbook,
	rowsXml,
	workbook,
	workbookParts,
	zip,
	xlsxReader,
} from './workbook-builder';

const rows = rowsXml([
	['Name', 'Since'],
	['Zoë', { xml: '<c s="1"><v>46082</v></c>' }],
]);
const content = { rows, formats: ['yyyy-mm-dd'] };
const cells = [['Zoë', '2026-03-01']];

describe('a workbook is read however its writer spells it', () => {
	test.each<[what: string, bytes: Buffer]>([
		['plain', workbook(content)],
		['with namespace prefixes', workbook({ ...content, prefix: 'x' })],
		['in the strict namespaces', workbook({ ...content, strict: true })],
		['in UTF-16, big-endian', workbook({ ...content, encode: (xml) => utf16(xml).swap16() })],
		['in UTF-16, little-endian', workbook({ ...content, encode: utf16 })],
		[
			'with a byte order mark',
			workbook({ ...content, encode: (xml) => Buffer.from(`\ufeff${xml}`) }),
		],
		['in Latin-1', workbook({ ...content, encode: latin1 })],
		[
			'with absolute targets',
			workbook({
				...content,
				parts: { '_rels/.rels': relationship('officeDocument', '/xl/workbook.xml') },
			}),
		],
		[
			'with detours in targets',
			workbook({
				...content,
				parts: { '_rels/.rels': relationship('officeDocument', './docs/../xl\\workbook.xml') },
			}),
		],
		[
			'without a relationship of the package',
			workbook({ ...content, parts: { '_rels/.rels': '<Relationships/>' } }),
		],
		['with backslashes in the names of parts', zip(renamed((name) => name.replaceAll('/', '\\')))],
		['with names in capitals', zip(renamed((name) => name.toUpperCase()))],
		['in a ZIP64 archive', workbook(content, { zip64: true })],
		['in an archive with a comment', workbook(content, { comment: 'PK\u0005\u0006 is no end' })],
		[
			'in an archive without compression',
			zip(renamed((name) => name).map((part) => ({ ...part, method: 0 }))),
		],
	])('%s', async (_, bytes) => {
		expect((await readWorkbook(bytes)).cells).toEqual(cells);
	});

	test('without styles and texts', async () => {
		const parts = new Map(workbookParts({ rows: rowsXml([['A'], [1]]) }));
		parts.delete('xl/styles.xml');
		const bytes = zip([...parts].map(([name, part]) => ({ name, content: part })));
		expect((await readWorkbook(bytes)).cells).toEqual([[1]]);
	});
});

test('a workbook tells what was decided about it', async () => {
	const { source } = await readWorkbook(workbook({ ...content, date1904: true }));
	expect(source).toMatchObject({
		kind: 'file',
		format: 'xlsx',
		options: { sheets: [{ name: 'Sheet1', layout: { headerRows: [1], firstRow: 2 } }] },
	});
	expect(source.decisions).toMatchObject([
		{ subject: 'sheet', value: 'Sheet1', confidence: 1 },
		{ subject: 'header row', value: 1 },
		{ subject: 'date system', value: '1904', confidence: 1 },
	]);
});

describe('a file that is no workbook is refused', () => {
	test.each<[what: string, bytes: Buffer, code: string, message: string]>([
		['nothing', Buffer.alloc(0), 'FILE_EMPTY', 'no bytes'],
		['text', Buffer.from('a,b\n1,2\n'), 'FILE_FORMAT', 'not an XLSX workbook'],
		['another archive', zip([{ name: 'a.txt', content: 'a' }]), 'FILE_FORMAT', 'holds no workbook'],
		[
			'a text document',
			zip([
				{ name: '_rels/.rels', content: relationship('officeDocument', 'word/document.xml') },
				{ name: 'word/document.xml', content: '<w:document xmlns:w="w"/>' },
			]),
			'FILE_FORMAT',
			'not a workbook',
		],
		[
			'a binary workbook',
			zip([
				{ name: '_rels/.rels', content: relationship('officeDocument', 'xl/workbook.bin') },
				{ name: 'xl/workbook.bin', content: 'x' },
			]),
			'FILE_FORMAT',
			'XLSB',
		],
		['a workbook of Excel 97', compoundFile(['Root Entry', 'Workbook']), 'FILE_FORMAT', 'XLS'],
		[
			'another compound file',
			compoundFile(['Root Entry', 'WordDocument']),
			'FILE_FORMAT',
			'not an XLSX workbook',
		],
		[
			'a compound file that breaks off',
			compoundFile(['Root Entry']).subarray(0, 100),
			'FILE_FORMAT',
			'not an XLSX',
		],
	])('%s', async (_, bytes, code, message) => {
		const issue = await readFailure(bytes);
		expect(issue.code).toBe(code);
		expect(issue.message).toContain(message);
	});
});

describe('a workbook with a password is refused as such', () => {
	const storages = ['Root Entry', '\u0006DataSpaces', 'Version', 'DataSpaceMap', 'DataSpaceInfo'];

	test.each<[what: string, bytes: Buffer]>([
		['in the first sector of the directory', compoundFile(['Root Entry', 'EncryptedPackage'])],
		['in a later sector', compoundFile([...storages, 'EncryptionInfo', 'EncryptedPackage'])],
	])('%s', async (_, bytes) => {
		expect(await readFailure(bytes)).toMatchObject({
			code: 'FILE_ENCRYPTED',
			message: 'The workbook is protected with a password.',
			hint: expect.stringContaining('remove the password') as string,
		});
	});

	test('and so is an encrypted archive', async () => {
		const parts = renamed((name) => name).map((part) => ({ ...part, declared: { flags: 1 } }));
		expect((await readFailure(zip(parts))).code).toBe('FILE_ENCRYPTED');
	});
});

describe('XML that attacks the reader is refused', () => {
	const bomb =
		'<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';

	test.each([
		'xl/workbook.xml',
		'xl/styles.xml',
		'xl/sharedStrings.xml',
		'xl/worksheets/sheet1.xml',
		'_rels/.rels',
	])('a document type in %s', async (name) => {
		const text = rowsXml([['Name'], [{ xml: '<c t="s"><v>0</v></c>' }]]);
		const part =
			workbookParts({ rows: text, texts: ['<t>&b;&c;</t>'] })
				.get(name)
				?.toString() ?? '';
		const parts = { [name]: part.replace(/\?>\s*/, `?>${bomb}`) };
		expect(await readFailure(workbook({ rows: text, texts: ['<t>Ann</t>'], parts }))).toMatchObject(
			{
				code: 'FILE_UNREADABLE',
				message: expect.stringContaining('document type') as string,
			},
		);
	});

	test('a cell without an end', async () => {
		const endless = `<row><c t="str"><v>${'a'.repeat(20 * 1024 * 1024)}`;
		expect((await readFailure(workbook({ rows: endless }))).code).toBe('FILE_TOO_LARGE');
	});

	test.each([
		['elements within elements', '<a>'.repeat(100_000)],
		[
			'an element with very many attributes',
			`<a ${Array.from({ length: 100_000 }, (_, i) => `b${i}="" `).join('')}/>`,
		],
		['a part of very many elements', '<a/>'.repeat(2_000_001)],
	])('%s', async (_, xml) => {
		const parts = { 'xl/workbook.xml': `<workbook>${xml}` };
		expect((await readFailure(workbook({ ...content, parts }))).code).toBe('FILE_TOO_LARGE');
	});

	test('few bytes that stand for very many cells', async () => {
		const wide = '<row><c r="XFD1"><v>1</v></c></row>'.repeat(3000);
		const before = process.memoryUsage().heapUsed;
		const bytes = new MemoryBytes(workbook({ rows: wide }));
		const source = await xlsxReader.open(bytes, {});
		let rows = 0;
		let heap = 0;
		for await (const batch of xlsxReader.read(bytes, source, 10_000)) {
			rows += batch.rows.length;
			heap = Math.max(heap, process.memoryUsage().heapUsed - before);
		}
		expect(rows).toBe(2999);
		expect(heap).toBeLessThan(250 * 1024 * 1024);
	});

	test('more columns than a sheet can have', async () => {
		const wide = `<row>${'<c><v>1</v></c>'.repeat(16_385)}</row>`;
		expect((await readFailure(workbook({ rows: wide }))).code).toBe('FILE_UNREADABLE');
		const far = '<row><c r="ZZZZZZ1"><v>1</v></c></row>';
		expect((await readFailure(workbook({ rows: far }))).code).toBe('FILE_UNREADABLE');
	});
});

describe('a damaged workbook is refused in words that a person understands', () => {
	const whole = workbook({ ...content, texts: ['<t>Ann</t>'] });

	test('cut off anywhere', async () => {
		for (let length = 3; length < whole.length; length += 7) {
			const issue = await readFailure(whole.subarray(0, length));
			expect(issue.code).toBe('FILE_UNREADABLE');
			expect(issue.message).toMatch(/^The file is (incomplete|damaged): [a-z]/);
		}
	});

	test('with any byte changed is read or refused, and never fails otherwise', async () => {
		for (let position = 0; position < whole.length; position += 3) {
			const bytes = Buffer.from(whole);
			bytes[position] = (bytes[position] ?? 0) ^ 0x55;
			const result = await readWorkbook(bytes).catch((error: unknown) => error);
			if (!(result instanceof Error)) continue;
			expect(result).toMatchObject({
				name: 'ImportError',
				code: expect.stringMatching(/^(FILE|HEADER)_/) as string,
			});
		}
	});

	test('with a part that is no XML', async () => {
		const parts = { 'xl/workbook.xml': '<workbook><sheets></workbook>' };
		expect((await readFailure(workbook({ ...content, parts }))).message).toBe(
			'The file is damaged: its part xl/workbook.xml is not valid XML.',
		);
	});

	test('with a sheet that ends too early', async () => {
		const parts = { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}` };
		expect((await readFailure(workbook({ ...content, parts }))).message).toBe(
			'The file is damaged: a sheet ends before its end.',
		);
	});

	test('with cells that are no XML', async () => {
		for (const row of [
			'<row r=1><c r=A1><v>1</v></c></row>',
			'<row><c><v>1</c><c><v>2</v></c></row>',
			'<row><c t="inlineStr"><is><t>1</is></c></row>',
		]) {
			expect((await readFailure(workbook({ rows: row }))).message).toBe(
				'The file is damaged: one of its parts is not valid XML.',
			);
		}
	});

	test('in an encoding that nobody knows', async () => {
		const parts = {
			'xl/worksheets/sheet1.xml': '<?xml version="1.0" encoding="klingon"?><worksheet/>',
		};
		expect((await readFailure(workbook({ ...content, parts }))).message).toContain('klingon');
	});
});

function utf16(xml: string): Buffer {
	return Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le');
}

function latin1(xml: string): Buffer {
	return Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1');
}

function relationship(type: string, target: string): string {
	return `<Relationships><Relationship Id="r" Type="http://x/${type}" Target="${target}"/></Relationships>`;
}

function renamed(rename: (name: string) => string) {
	return [...workbookParts(content)].map(([name, part]) => ({ name: rename(name), content: part }));
}

/** A compound file ([MS-CFB]) of nothing but its directory, with the FAT in sector 0 and the directory behind it. */
function compoundFile(names: readonly string[]): Buffer {
	const sectors = Math.ceil(names.length / 4);
	const header = Buffer.alloc(512, 0xff);
	Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
	header.writeUInt16LE(9, 30);
	header.writeUInt32LE(1, 48);
	header.writeUInt32LE(0, 76);
	const fat = Buffer.alloc(512, 0xff);
	for (let sector = 1; sector < sectors; sector++) fat.writeUInt32LE(sector + 1, 4 * sector);
	fat.writeUInt32LE(0xfffffffe, 4 * sectors);
	const directory = Buffer.alloc(512 * sectors);
	names.forEach((name, index) => {
		directory.write(name, 128 * index, 'utf16le');
		directory.writeUInt16LE(2 * name.length + 2, 128 * index + 64);
	});
	return Buffer.concat([header, fat, directory]);
}
