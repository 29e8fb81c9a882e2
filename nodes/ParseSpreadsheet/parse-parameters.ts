import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ReadOptions } from '../../engine';
import {
	itemLimitOption,
	outputParameter,
	previewRowsOption,
	type OutputOptions,
} from '../shared/dataset-output';

const DELIMITERS = [
	{ name: 'Detect', value: 'auto' },
	{ name: 'Comma', value: ',' },
	{ name: 'Semicolon', value: ';' },
	{ name: 'Tab', value: 'tab' },
	{ name: 'Pipe', value: '|' },
	{ name: 'Other', value: 'other' },
];

export const parseProperties: INodeProperties[] = [
	{
		displayName: 'Input Binary Field',
		name: 'binaryProperty',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field that holds the file',
		description: 'Name of the binary property that holds the file to be read',
	},
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'CSV or Other Delimited Text', value: 'csv' },
			{ name: 'Detect by Content', value: 'auto' },
			{ name: 'Excel Workbook (XLSX)', value: 'xlsx' },
			{ name: 'JSON', value: 'json' },
			{ name: 'JSON Lines (NDJSON)', value: 'ndjson' },
			{ name: 'XML', value: 'xml' },
		],
		default: 'auto',
		description: 'The format of the file. Detection goes by what the file holds, not by its name.',
	},
	{
		displayName: 'Sheet',
		name: 'sheet',
		type: 'string',
		default: '',
		placeholder: 'e.g. Members, or 2',
		description:
			'Name or position of the sheet. Leave empty for the first visible sheet that holds cells.',
		displayOptions: { show: { format: ['auto', 'xlsx'] } },
	},
	outputParameter(false),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Custom Delimiter',
				name: 'customDelimiter',
				type: 'string',
				default: '',
				placeholder: 'e.g. ||',
				description: 'The delimiter, where Delimiter is Other. It may have several characters.',
			},
			{
				displayName: 'Delimiter',
				name: 'delimiter',
				type: 'options',
				options: DELIMITERS,
				default: 'auto',
				description: 'The sign between two cells of a delimited file',
			},
			{
				displayName: 'Encoding',
				name: 'encoding',
				type: 'string',
				default: '',
				placeholder: 'e.g. windows-1252',
				description: 'Encoding of the text, by any name of the WHATWG standard. Empty: detect.',
			},
			{
				displayName: 'Header Row',
				name: 'headerRow',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 1,
				description:
					'The row that holds the column names, counted from 1. 0: the file has none. Without this option it is detected.',
			},
			itemLimitOption,
			{
				displayName: 'Largest Record (MB)',
				name: 'maxRecordMb',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 4,
				description:
					'A longer record is taken for a quote that was never closed, or for an attack. Raise it for files with very long texts.',
			},
			{
				displayName: 'Largest Unpacked Size (MB)',
				name: 'maxUnpackedMb',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 4096,
				description: 'The most that a workbook may unpack to. More is refused as a zip bomb.',
			},
			previewRowsOption,
			{
				displayName: 'Record Path',
				name: 'recordPath',
				type: 'string',
				default: '',
				placeholder: 'e.g. data.items or export/student',
				description:
					'The keys that lead to the records in a JSON document, or the path of the element that is a record in XML. Empty: detect.',
			},
			{
				displayName: 'Row Limit',
				name: 'rowLimit',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 100,
				description: 'Read at most so many rows, for instance to try an import out',
			},
		],
	},
];

interface ParseOptions extends OutputOptions {
	customDelimiter?: string;
	delimiter?: string;
	encoding?: string;
	headerRow?: number;
	maxRecordMb?: number;
	maxUnpackedMb?: number;
	recordPath?: string;
	rowLimit?: number;
}

/** The parameters as the engine takes them; what is left empty is detected. */
export function readParseOptions(
	context: IExecuteFunctions,
	itemIndex: number,
): { reading: ReadOptions; output: OutputOptions } {
	const format = context.getNodeParameter('format', itemIndex) as string;
	const sheet = `${context.getNodeParameter('sheet', itemIndex, '') as string | number}`;
	const options = context.getNodeParameter('options', itemIndex, {}) as ParseOptions;
	return {
		reading: {
			format: format === 'auto' ? undefined : format,
			sheet: readSheet(sheet.trim()),
			delimiter: readDelimiter(options),
			encoding: filled(options.encoding),
			recordPath: filled(options.recordPath),
			headerRow: options.headerRow,
			limit: options.rowLimit,
			maxRecordLength: megabytes(options.maxRecordMb),
			maxUnpackedBytes: megabytes(options.maxUnpackedMb),
		},
		output: { itemLimit: options.itemLimit, previewRows: options.previewRows },
	};
}

const megabytes = (count: number | undefined): number | undefined =>
	count === undefined ? undefined : count * 1024 * 1024;

const filled = (text: string | undefined): string | undefined =>
	text === undefined || text.trim() === '' ? undefined : text.trim();

function readSheet(text: string): string | number | undefined {
	if (text === '') return undefined;
	return /^\d+$/.test(text) ? Number(text) : text;
}

function readDelimiter({ delimiter, customDelimiter }: ParseOptions): string | undefined {
	if (delimiter === 'other') return customDelimiter === '' ? undefined : customDelimiter;
	if (delimiter === 'tab') return '\t';
	return delimiter === 'auto' ? undefined : delimiter;
}
