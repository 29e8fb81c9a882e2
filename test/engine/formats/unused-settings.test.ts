import { utils, write } from '@e965/xlsx';
import { gzipSync } from 'node:zlib';
import { openFile, type Issue, type OpenOptions } from '../../../engine';

const workbook = (bookType: 'xlsx' | 'biff8' | 'ods'): Buffer => {
	const book = utils.book_new();
	utils.book_append_sheet(
		book,
		utils.aoa_to_sheet([
			['a', 'b'],
			[1, 2],
		]),
		'One',
	);
	return write(book, { type: 'buffer', bookType }) as Buffer;
};

const csv = Buffer.from('a,b\n1,2\n');
const json = Buffer.from('[{"a":1}]');
const ndjson = Buffer.from('{"a":1}\n{"a":2}\n');
const xml = Buffer.from('<r><s><a>1</a></s><s><a>2</a></s></r>');
const xlsx = workbook('xlsx');

async function warnings(bytes: Uint8Array, options: OpenOptions): Promise<Issue[]> {
	const { source } = await openFile(bytes, options);
	const issues = source.kind === 'file' ? source.issues : [];
	return issues.filter(({ code }) => code === 'FILE_SETTING');
}

describe('a setting that does not apply to the format is named', () => {
	test.each<[string, Uint8Array, OpenOptions, string]>([
		['CSV', csv, { sheet: 'Members' }, 'Sheet does not apply to this file, which is CSV'],
		['CSV', csv, { recordPath: 'data' }, 'Record Path does not apply to this file, which is CSV'],
		['CSV', csv, { entry: 'a.csv' }, 'File in Archive does not apply to this file, which is CSV'],
		[
			'CSV in gzip',
			gzipSync(csv),
			{ cells: 'shown', mergedCells: 'fill' },
			'Cell Values, Merged Cells do not apply to this file, which is CSV',
		],
		[
			'XLSX',
			xlsx,
			{ delimiter: ';', textFormulas: 'unwrap' },
			'Delimiter does not apply to this file, which is XLSX',
		],
		[
			'XLSX',
			xlsx,
			{ encoding: 'utf-8', nested: 'keep' },
			'Encoding, Nested Objects do not apply to this file, which is XLSX',
		],
		['XLS', workbook('biff8'), { quote: "'" }, 'Quote does not apply to this file, which is XLS'],
		[
			'ODS',
			workbook('ods'),
			{ comment: '#' },
			'Comment Prefix does not apply to this file, which is ODS',
		],
		[
			'JSON',
			json,
			{ headerRow: 1, table: 2 },
			'Header Row, Table do not apply to this file, which is JSON',
		],
		[
			'NDJSON',
			ndjson,
			{ recordPath: 'data' },
			'Record Path does not apply to this file, which is NDJSON',
		],
		[
			'XML',
			xml,
			{ nested: 'keep', shortRows: 'stop' },
			'Short Rows, Nested Objects do not apply to this file, which is XML',
		],
	])('%s %#', async (_, bytes, options, message) => {
		expect(await warnings(bytes, options)).toMatchObject([{ severity: 'warning', message }]);
	});
});

describe('no setting is named that', () => {
	test.each<[string, Uint8Array, OpenOptions]>([
		[
			'applies',
			csv,
			{ delimiter: ',', quote: '"', encoding: 'utf-8', headerRow: 1, footer: 'keep' },
		],
		[
			'applies',
			xlsx,
			{ sheet: 1, sheetColumn: 'Sheet', cells: 'shown', hiddenRows: 'skip', table: 1 },
		],
		['applies', json, { nested: 'keep', longRows: 'keep', limit: 1, maxRecordLength: 100 }],
		['applies', xml, { recordPath: 's', encoding: 'utf-8' }],
		['is empty', csv, { sheet: '', recordPath: '', sheetColumn: '' }],
		['is empty', xlsx, { comment: '', quote: '' }],
		['says what is so already', csv, { cells: 'typed', hiddenRows: 'read', nested: 'flatten' }],
		['says what is so already', json, { footer: 'skip', shortRows: 'pad', table: 1 }],
	])('%s %#', async (_, bytes, options) => {
		expect(await warnings(bytes, options)).toEqual([]);
	});
});
