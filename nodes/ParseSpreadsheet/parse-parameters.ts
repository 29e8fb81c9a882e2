import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ImportError, type OpenOptions } from '../../engine';
import type { OutputOptions } from '../shared/dataset-output';
import { outputParameter } from '../shared/dataset-output';
import { checkedOptions } from './check-options';
import { parseOptions } from './parse-options';

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
			{ name: 'Excel 2003 XML', value: 'spreadsheetml' },
			{ name: 'Excel 97-2003 Workbook (XLS)', value: 'xls' },
			{ name: 'Excel Binary Workbook (XLSB)', value: 'xlsb' },
			{ name: 'Excel Workbook (XLSX)', value: 'xlsx' },
			{ name: 'JSON', value: 'json' },
			{ name: 'JSON Lines (NDJSON)', value: 'ndjson' },
			{ name: 'OpenDocument Spreadsheet (ODS)', value: 'ods' },
			{ name: 'SYLK Spreadsheet (SLK)', value: 'sylk' },
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
		placeholder: 'e.g. Members, 2, 20* or *',
		description:
			'Name or position of the sheet, or a pattern: * stands for any text, and * alone for all visible sheets, which are read one after the other. Leave empty for the first visible sheet that holds cells.',
		displayOptions: {
			show: { format: ['auto', 'xlsx', 'xls', 'xlsb', 'ods', 'spreadsheetml', 'sylk'] },
		},
	},
	outputParameter(false),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: parseOptions,
	},
];

interface ParseOptions extends OutputOptions {
	cells?: 'typed' | 'shown';
	comment?: string;
	customDelimiter?: string;
	customQuote?: string;
	/** A sign, or `auto`, `tab`, `other`. */
	delimiter?: string;
	encoding?: string;
	entry?: string;
	escape?: 'auto' | 'doubled' | '\\';
	failedRows?: 'retry' | 'keep';
	footer?: 'skip' | 'keep';
	headerRow?: number;
	headerRows?: number;
	hiddenRows?: 'read' | 'skip';
	longRows?: 'reject' | 'keep' | 'stop';
	maxRecordMb?: number;
	maxUnpackedMb?: number;
	mergedCells?: 'first' | 'fill';
	nested?: 'keep' | 'flatten';
	profile?: boolean;
	/** A sign, or `auto`, `none`, `other`. */
	quote?: string;
	recordPath?: string;
	rowLimit?: number;
	sheetColumn?: string;
	shortRows?: 'pad' | 'reject' | 'stop';
	table?: number;
	textFormulas?: 'unwrap' | 'keep';
}

interface ParseParameters {
	reading: OpenOptions;
	output: OutputOptions;
	/** Whether the whole file is to be read and described. */
	profile: boolean;
}

/**
 * The parameters as the engine takes them; what is left empty is detected.
 *
 * @throws ImportError RUN_CONFIG
 */
export function readParseOptions(context: IExecuteFunctions, itemIndex: number): ParseParameters {
	const format = context.getNodeParameter('format', itemIndex) as string;
	const sheet = context.getNodeParameter('sheet', itemIndex, '');
	const given = context.getNodeParameter('options', itemIndex, {});
	const options = checkedOptions(given) as ParseOptions;
	const quote = readQuote(options);
	return {
		reading: {
			format: format === 'auto' ? undefined : format,
			sheet: readSheet(sheet),
			sheetColumn: filled(options.sheetColumn),
			entry: filled(options.entry),
			failedRows: options.failedRows,
			delimiter: readDelimiter(options),
			quote,
			escape: readEscape(options, quote),
			comment: options.comment,
			encoding: filled(options.encoding),
			recordPath: filled(options.recordPath),
			nested: options.nested,
			cells: options.cells,
			hiddenRows: options.hiddenRows,
			mergedCells: options.mergedCells,
			headerRow: options.headerRow,
			headerRows: options.headerRows,
			table: options.table,
			textFormulas: options.textFormulas,
			footer: options.footer,
			shortRows: options.shortRows,
			longRows: options.longRows,
			limit: options.rowLimit,
			maxRecordLength: megabytes(options.maxRecordMb),
			maxUnpackedBytes: megabytes(options.maxUnpackedMb),
		},
		output: {
			itemLimit: options.itemLimit,
			preview: options.preview,
			previewRows: options.previewRows,
		},
		profile: options.profile === true,
	};
}

const megabytes = (count: number | undefined): number | undefined =>
	count === undefined ? undefined : count * 1024 * 1024;

const filled = (text: string | undefined): string | undefined =>
	text === undefined || text.trim() === '' ? undefined : text.trim();

/** What an expression gives may be nothing, or the position as a number. @throws ImportError RUN_CONFIG */
function readSheet(value: unknown): string | number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number' && value !== null) {
		throw new ImportError('RUN_CONFIG', 'Sheet is to be the name or the position of a sheet');
	}
	const text = String(value ?? '').trim();
	if (text === '') return undefined;
	return /^\d+$/.test(text) ? Number(text) : text;
}

/** What was written for a sign that is set to Other. @throws ImportError RUN_CONFIG where that is nothing */
function customSign(name: 'Delimiter' | 'Quote', sign: string | undefined): string {
	if (sign !== undefined && sign !== '') return sign;
	throw new ImportError('RUN_CONFIG', `${name} is Other, but Custom ${name} is empty`, {
		hint: `Add the option Custom ${name} and write the sign there, or set ${name} to Detect.`,
	});
}

function readDelimiter({ delimiter, customDelimiter }: ParseOptions): string | undefined {
	// blanks and tabs are delimiters too
	if (delimiter === 'other') return customSign('Delimiter', customDelimiter);
	if (delimiter === 'tab') return '\t';
	return delimiter === 'auto' ? undefined : delimiter;
}

function readQuote({ quote, customQuote }: ParseOptions): string | undefined {
	if (quote === 'none') return '';
	if (quote === 'other') return customSign('Quote', filled(customQuote));
	return quote === 'auto' ? undefined : quote;
}

function readEscape({ escape }: ParseOptions, quote: string | undefined): string | undefined {
	if (escape === 'doubled') return quote ?? '"';
	return escape === 'auto' ? undefined : escape;
}
