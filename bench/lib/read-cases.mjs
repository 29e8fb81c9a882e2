/*
 * What `npm run bench:read` measures: for each format how its file is written, how many rows it has, who reads it, and
 * what is aimed at. The first reader is ours; a reader is named by its module in readers/ and its name there.
 *
 * An aim is a speed: so many times as fast as the reader that stands as the reference.
 */
import { writeWithSheetJs } from './read-files/sheetjs-file.mjs';
import { writeCsv, writeJson, writeNdjson, writeXml } from './read-files/text-files.mjs';
import { writeXlsx } from './read-files/xlsx-file.mjs';

const ours = { title: 'engine, run()', reader: 'engine#plain' };
const oursTyped = { title: 'engine, types inferred and checked', reader: 'engine#typed' };
const sheetJs = { title: '@e965/xlsx, as Extract from File', reader: 'workbooks#sheetJs' };
const streamParser = '@streamparser/json';

export const formats = {
	csv: {
		rows: 1_000_000,
		memoryRows: [100_000, 1_000_000, 5_000_000],
		write: writeCsv,
		readers: [
			ours,
			oursTyped,
			{ title: 'papaparse, its core alone', reader: 'papaparse#core' },
			{ title: 'papaparse, chunk callback', reader: 'papaparse#chunkCallback' },
			{ title: 'csv-parse, arrays', reader: 'csv-parse#arrays' },
			{ title: 'csv-parse, as Extract from File', reader: 'csv-parse#extractFromFile' },
		],
		reference: 'papaparse#core',
		aims: [
			{ reader: 'engine#plain', against: 'papaparse#core', times: 0.9 },
			{ reader: 'engine#typed', against: 'papaparse#core', times: 0.6 },
		],
	},
	xlsx: {
		rows: 500_000,
		memoryRows: [100_000, 500_000, 1_000_000],
		mostPeakMb: 300,
		write: writeXlsx,
		readers: [
			ours,
			oursTyped,
			{ title: 'exceljs, streaming', reader: 'workbooks#excelJsStream' },
			sheetJs,
		],
		reference: 'workbooks#excelJsStream',
		aims: [
			{ reader: 'engine#plain', against: 'workbooks#excelJsStream', times: 5 },
			{ reader: 'engine#plain', against: 'workbooks#sheetJs', times: 6 },
		],
	},
	ndjson: {
		rows: 1_000_000,
		memoryRows: [100_000, 1_000_000, 5_000_000],
		write: writeNdjson,
		readers: [
			ours,
			oursTyped,
			{ title: 'readline and JSON.parse', reader: 'json#readlineAndParse' },
			{ title: streamParser, reader: 'json#streamParserLines' },
		],
		reference: 'json#readlineAndParse',
		aims: [{ reader: 'engine#plain', against: 'json#readlineAndParse', times: 1 }],
	},
	json: {
		rows: 500_000,
		memoryRows: [100_000, 1_000_000, 5_000_000],
		write: writeJson,
		readers: [
			ours,
			oursTyped,
			{ title: 'JSON.parse, whole file in memory', reader: 'json#parseWhole' },
			{ title: streamParser, reader: 'json#streamParserArray' },
		],
		reference: 'json#parseWhole',
		aims: [{ reader: 'engine#plain', against: 'json#streamParserArray', times: 1 }],
	},
	xml: {
		rows: 200_000,
		memoryRows: [100_000, 1_000_000, 5_000_000],
		write: writeXml,
		readers: [
			ours,
			oursTyped,
			{ title: 'saxes, its events alone', reader: 'xml#saxes' },
			{ title: 'fast-xml-parser, whole file in memory', reader: 'xml#fastXmlParserWhole' },
		],
		reference: 'xml#saxes',
		aims: [{ reader: 'engine#plain', against: 'xml#fastXmlParserWhole', times: 1 }],
	},
	...Object.fromEntries(
		[
			['xls', 'biff8', 60_000],
			['ods', 'ods', 60_000],
			['xlsb', 'xlsb', 100_000],
		].map(([format, bookType, rows]) => [
			format,
			{
				rows,
				// a sheet of an old workbook ends at row 65,536
				mostRows: format === 'xls' ? 65_000 : Infinity,
				write: writeWithSheetJs(bookType),
				readers: [ours, sheetJs],
				reference: sheetJs.reader,
				aims: [{ reader: 'engine#plain', against: sheetJs.reader, times: 1 }],
			},
		]),
	),
};
