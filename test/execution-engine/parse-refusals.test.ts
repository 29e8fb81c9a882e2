import { gzipSync } from 'node:zlib';
import type { INodeExecutionData } from 'n8n-workflow';
import { compoundFile } from '../engine/formats/compound-file/compound-file-builder';
import { rowsXml, workbook } from '../engine/formats/xlsx/workbook-builder';
import { fileItem, jsonOf, keepBinaryData, runNodes } from './run-nodes';

const csv = 'id,name\n1,Ann\n2,Bob\n';
const item = fileItem(csv, 'a.csv');
const packed = gzipSync(
	`id,name\n${Array.from({ length: 50_000 }, (_, i) => `${i},${i ** 2}\n`).join('')}`,
);
const gz = (bytes: Buffer) => fileItem(bytes, 'a.csv.gz');
const protectedWorkbook = compoundFile({
	EncryptionInfo: Buffer.alloc(64),
	EncryptedPackage: Buffer.alloc(4096),
});

const run = (input: INodeExecutionData, parameters: object, onError?: 'continueRegularOutput') =>
	runNodes(
		[
			{
				name: 'Parse',
				type: 'parseSpreadsheet',
				parameters: { output: 'items', ...parameters },
				onError,
			},
		],
		[input],
	);

const option = (name: string, value: unknown) => ({ options: { [name]: value } });

type Case = [what: string, input: INodeExecutionData, parameters: object, message: string];

const files: Case[] = [
	[
		'no file at all',
		{ json: { a: 1 } },
		{},
		'Item 0 has no file in a binary field "data" [RUN_CONFIG]',
	],
	[
		'a binary field of another name',
		item,
		{ binaryProperty: 'file' },
		'binary field "file" [RUN_CONFIG]',
	],
	[
		'a name that an expression leaves out',
		item,
		{ binaryProperty: '={{ $json.no }}' },
		'by its name [RUN_CONFIG]',
	],
	[
		'a file in the place of its name',
		item,
		{ binaryProperty: '={{ $binary.data }}' },
		'by its name [RUN_CONFIG]',
	],
	['an empty file', fileItem('', 'a.csv'), {}, 'it has no bytes [FILE_EMPTY]'],
	['a gzip file without bytes', gz(Buffer.alloc(0)), {}, 'it has no bytes [FILE_EMPTY]'],
	['a gzip file of nothing', gz(gzipSync('')), {}, 'it has no bytes [FILE_EMPTY]'],
	[
		'a gzip file cut off at its start',
		gz(packed.subarray(0, 15)),
		{},
		'its end is missing [FILE_UNREADABLE]',
	],
	['a gzip file cut off', gz(packed.subarray(0, -50)), {}, 'its end is missing [FILE_UNREADABLE]'],
	[
		'a file that unpacks to too much',
		gz(gzipSync(csv + '3,Cid\n'.repeat(1_000_000))),
		{ options: { maxUnpackedMb: 1, itemLimit: 10_000_000 } },
		'more than 1.0 MB, which is the limit. [FILE_TOO_LARGE]',
	],
	['a workbook with a password', fileItem(protectedWorkbook, 'a.xlsx'), {}, '[FILE_ENCRYPTED]'],
	[
		'a sheet that is not there',
		fileItem(workbook({ rows: rowsXml([['id'], ['1']]) }), 'a.xlsx'),
		{ sheet: 'No' },
		'[FILE_SHEET]',
	],
	['a header behind the end', item, option('headerRow', 99), '[HEADER_MISSING]'],
];

const settings: Case[] = [
	['rowLimit', 0, 'Row Limit is to be a whole number of at least 1, not 0'],
	['rowLimit', -1, 'Row Limit is to be a whole number of at least 1, not -1'],
	['rowLimit', '={{ NaN }}', 'Row Limit is to be a whole number of at least 1, not NaN'],
	['rowLimit', '', 'Row Limit is to be a whole number of at least 1, not ""'],
	['rowLimit', 'ten', 'Row Limit is to be a whole number of at least 1, not "ten"'],
	['itemLimit', 0, 'Item Limit is to be a whole number of at least 1, not 0'],
	['itemLimit', '={{ NaN }}', 'Item Limit is to be a whole number of at least 1, not NaN'],
	['previewRows', -1, 'Preview Rows is to be a whole number of 0 to 1000, not -1'],
	['headerRow', 1.5, 'Header Row is to be a whole number of at least 0, not 1.5'],
	['maxRecordMb', -1, 'Largest Record (MB) is to be a number of at least 1, not -1'],
	['maxUnpackedMb', 0.5, 'Largest Unpacked Size (MB) is to be a number of at least 1, not 0.5'],
	['encoding', '={{ ({ a: 1 }) }}', 'Encoding is to be a text, not {"a":1}'],
	['escape', '={{ [1] }}', 'Escape is to be a text, not [1]'],
	['longRows', 'no', 'Long Rows is to be one of "keep", "reject", "stop", not "no"'],
	['profile', 'no', 'Profile the Whole File is to be true or false, not "no"'],
].map(([name, value, message]): Case => {
	const what = `${name} as ${JSON.stringify(value)}`;
	return [what, item, option(String(name), value), `${message} [RUN_CONFIG]`];
});

beforeAll(() => keepBinaryData('default'));

describe('Parse Spreadsheet refuses in words', () => {
	test.each([...files, ...settings])('%s', async (_, input, parameters, message) => {
		const { error } = (await run(input, parameters)).data.resultData;
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining(message),
			description: expect.stringMatching(/^[A-Z].*\.$/),
			context: { code: /\[(\w+)\]$/.exec(message)![1] },
		});
		expect(`${error!.message} ${error!.description}`).not.toMatch(/\bat \S+ \(|undefined|\[object/);
	});

	test('and goes on with the code on the output Rejected where the workflow asks for that', async () => {
		const done = await run(item, { binaryProperty: 'file' }, 'continueRegularOutput');
		expect(jsonOf(done, 'Parse', 2)).toMatchObject([{ code: 'RUN_CONFIG' }]);
	});
});

test.each([
	['rowLimit', '={{ null }}', 2],
	['rowLimit', '1', 1],
	['encoding', '={{ null }}', 2],
	['recordPath', '={{ undefined }}', 2],
	['quote', '={{ null }}', 2],
	['comment', 1, 1],
])('%s as %s is read as it is meant', async (name, value, rows) => {
	expect(jsonOf(await run(item, option(name, value)), 'Parse')).toHaveLength(rows);
});
