import { gzipSync } from 'node:zlib';
import { ImportError, openFile } from '../../../../engine';
import { decided, readAll } from '../../read-all';
import { rowsXml, workbook, zip } from '../xlsx/workbook-builder';

const CSV = 'id,name\n1,Ann\n';
const ROWS = [['1', 'Ann']];

const archive = (files: Record<string, string | Buffer>) =>
	zip(Object.entries(files).map(([name, content]) => ({ name, content })));

async function failure(content: Uint8Array, options = {}) {
	try {
		await openFile(content, options);
	} catch (error) {
		if (error instanceof ImportError) return error.issue;
		throw error;
	}
	throw new Error('The file was opened without an error.');
}

describe('a zip archive that holds one table is read as that table', () => {
	test('the only file, whatever systems have put beside it', async () => {
		const bytes = archive({
			'export/': '',
			'export/members.csv': CSV,
			'__MACOSX/export/._members.csv': 'x',
			'export/.DS_Store': 'x',
			'Thumbs.db': 'x',
		});
		const { dataset, rows } = await readAll(bytes, { fileName: 'export.zip' });
		expect(rows).toEqual(ROWS);
		expect(decided(dataset, 'archive entry')).toBe('export/members.csv');
		expect(dataset.source).toMatchObject({
			fileName: 'export.zip',
			containers: [{ kind: 'zip', entry: 'export/members.csv' }],
			issues: [],
		});
	});

	test('a table beside notes: what was not read is named', async () => {
		const bytes = archive({
			'README.txt': 'How to',
			'members.csv': CSV,
			'licence.pdf': '%PDF-1.4',
		});
		const { dataset, rows } = await readAll(bytes);
		expect(rows).toEqual(ROWS);
		expect(dataset.source).toMatchObject({
			issues: [
				{
					code: 'FILE_PARTLY_READ',
					message: 'The zip archive holds 2 other files, not read: "README.txt", "licence.pdf"',
				},
			],
		});
	});

	test.each([
		[
			'a workbook',
			workbook({
				rows: rowsXml([
					['id', 'name'],
					['1', 'Ann'],
				]),
			}),
			'members.xlsx',
		],
		['a file packed by gzip', gzipSync(CSV), 'members.csv.gz'],
		['another archive', archive({ 'members.csv': CSV }), 'inner.zip'],
		['text of no known ending', CSV, 'members'],
		['text', CSV, 'members.txt'],
	])('%s', async (_, content, name) => {
		expect((await readAll(archive({ [name]: content }))).rows).toEqual(ROWS);
	});

	test('an archive that is packed by gzip', async () => {
		const bytes = gzipSync(archive({ 'members.csv': CSV }));
		const { dataset, rows } = await readAll(bytes, { fileName: 'members.zip.gz' });
		expect(rows).toEqual(ROWS);
		expect(dataset.source).toMatchObject({
			containers: [{ kind: 'gzip' }, { kind: 'zip', entry: 'members.csv' }],
			issues: [],
		});
	});

	test('chunks that were given out stay as they are', async () => {
		const text = `id,name\n${Array.from({ length: 200_000 }, (_, i) => `${i},name ${i * 7}\n`).join('')}`;
		const { rows } = await readAll(archive({ 'members.csv': text }));
		expect(rows).toHaveLength(200_000);
		expect(rows.every(([id, name], i) => id === `${i}` && name === `name ${i * 7}`)).toBe(true);
	});
});

describe('of several tables none is guessed', () => {
	const two = archive({ 'a/members.csv': CSV, 'b/members.csv': CSV, 'b/old.csv': 'id\n9\n' });

	test('they are listed', async () => {
		expect(await failure(two)).toMatchObject({
			code: 'FILE_AMBIGUOUS',
			message: expect.stringContaining('"a/members.csv", "b/members.csv", "b/old.csv"') as string,
		});
	});

	test.each(['b/old.csv', 'old.csv', '/b/old.csv', 'b\\old.csv'])(
		'%s can be chosen',
		async (entry) => {
			const { dataset, rows } = await readAll(two, { entry });
			expect(rows).toEqual([['9']]);
			expect(dataset.source).toMatchObject({
				containers: [{ kind: 'zip', entry: 'b/old.csv' }],
				issues: [],
			});
		},
	);

	test.each(['members.csv', 'c.csv'])('%s leads to none, or to several', async (entry) => {
		expect(await failure(two, { entry })).toMatchObject({
			code: 'FILE_FORMAT',
			message: expect.stringContaining(entry) as string,
			hint: expect.stringContaining('b/old.csv') as string,
		});
	});

	test('a file of an archive in the archive can be chosen', async () => {
		const bytes = archive({ 'inner.zip': two });
		expect((await readAll(bytes, { entry: 'old.csv' })).rows).toEqual([['9']]);
		expect(await failure(bytes, { entry: 'x.csv' })).toMatchObject({ code: 'FILE_FORMAT' });
	});

	test('a name that no archive has is no silent default', async () => {
		const bytes = archive({ 'inner.csv.gz': gzipSync(CSV) });
		expect(await failure(bytes, { entry: 'x.csv' })).toMatchObject({ code: 'FILE_FORMAT' });
	});
});

describe('a zip archive without a table is refused', () => {
	test.each([
		['no files', archive({ 'a/': '' }), 'FILE_EMPTY', 'no files'],
		['nothing at all', archive({}), 'FILE_EMPTY', 'no files'],
		[
			'a Word document',
			archive({ '[Content_Types].xml': 'x', 'word/document.xml': 'x' }),
			'FILE_FORMAT',
			'Word',
		],
		[
			'a text document',
			archive({ mimetype: 'application/vnd.oasis.opendocument.text' }),
			'FILE_FORMAT',
			'OpenDocument',
		],
		[
			'a Java archive',
			archive({ 'META-INF/MANIFEST.MF': 'x', 'A.class': 'x' }),
			'FILE_FORMAT',
			'Java',
		],
		['a Numbers document', archive({ 'Index/Document.iwa': 'x' }), 'FILE_FORMAT', 'Numbers'],
		[
			'a picture',
			archive({ 'a.png': Buffer.from('89504e470d0a1a0a', 'hex') }),
			'FILE_FORMAT',
			'PNG',
		],
	])('%s', async (_, bytes, code, message) => {
		expect(await failure(bytes)).toMatchObject({
			code,
			message: expect.stringContaining(message) as string,
		});
	});

	test('archives within archives have a limit', async () => {
		let bytes = archive({ 'members.csv': CSV });
		for (let i = 0; i < 2; i++) bytes = archive({ 'inner.zip': bytes });
		expect(await failure(bytes)).toMatchObject({
			code: 'FILE_FORMAT',
			message: expect.stringContaining('2 deep') as string,
		});
	});

	test('cut off, it is no short file', async () => {
		const bytes = archive({ 'members.csv': CSV.repeat(1000) });
		expect(await failure(bytes.subarray(0, bytes.length - 30))).toMatchObject({
			code: 'FILE_UNREADABLE',
		});
	});

	test('a bomb is refused', async () => {
		const bytes = archive({ 'members.csv': Buffer.alloc(100 * 1024 * 1024, 'x') });
		const reading = readAll(bytes);
		await expect(reading).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
	});
});
