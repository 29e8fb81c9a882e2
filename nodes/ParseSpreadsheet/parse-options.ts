import type { INodeProperties } from 'n8n-workflow';
import { itemLimitOption, previewOption, previewRowsOption } from '../shared/dataset-output';

const delimiters = [
	{ name: 'Detect', value: 'auto' },
	{ name: 'Comma', value: ',' },
	{ name: 'Semicolon', value: ';' },
	{ name: 'Tab', value: 'tab' },
	{ name: 'Pipe', value: '|' },
	{ name: 'Other', value: 'other' },
];

const quotes = [
	{ name: 'Detect', value: 'auto' },
	{ name: 'Double Quote', value: '"' },
	{ name: 'Single Quote', value: "'" },
	{ name: 'None', value: 'none' },
	{ name: 'Other', value: 'other' },
];

/** What can be set by hand about a file, in the order of the names that people see. */
export const parseOptions: INodeProperties[] = [
	{
		displayName: 'Cell Values',
		name: 'cells',
		type: 'options',
		options: [
			{
				name: 'As Shown',
				value: 'shown',
				description: 'The text that the spreadsheet program shows, such as 12.5 % or 3-Mar-26',
			},
			{
				name: 'Typed',
				value: 'typed',
				description: 'Numbers as numbers, dates as 2026-03-03',
			},
		],
		default: 'typed',
		description: 'What the cells of a workbook are read as',
	},
	{
		displayName: 'Comment Prefix',
		name: 'comment',
		type: 'string',
		default: '#',
		placeholder: 'e.g. #',
		description:
			'How comment lines of a delimited file begin. Empty: there are none. Without this option it is detected.',
	},
	{
		displayName: 'Custom Delimiter',
		name: 'customDelimiter',
		type: 'string',
		default: '',
		placeholder: 'e.g. ||',
		description: 'The delimiter, where Delimiter is Other. It may have several characters.',
	},
	{
		displayName: 'Custom Quote',
		name: 'customQuote',
		type: 'string',
		default: '',
		placeholder: 'e.g. ~',
		description: 'The quote, where Quote is Other',
	},
	{
		displayName: 'Delimiter',
		name: 'delimiter',
		type: 'options',
		options: delimiters,
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
		displayName: 'Escape',
		name: 'escape',
		type: 'options',
		options: [
			{ name: 'Detect', value: 'auto' },
			{ name: 'Backslash Before the Quote', value: '\\' },
			{ name: 'Doubled Quote', value: 'doubled' },
		],
		default: 'auto',
		description: 'How a quote inside a quoted cell of a delimited file is written',
	},
	{
		displayName: 'Failed Rows',
		name: 'failedRows',
		type: 'options',
		options: [
			{ name: 'Keep Their Columns', value: 'keep', description: 'Read the file as any other' },
			{
				name: 'Recognise',
				value: 'retry',
				description: 'Leave out the columns that say why rows failed',
			},
		],
		default: 'retry',
		description: 'What becomes of a file of failed rows from Match & Upsert that comes back',
	},
	{
		displayName: 'File in Archive',
		name: 'entry',
		type: 'string',
		default: '',
		placeholder: 'e.g. export/members.csv',
		description: 'Which file to read where a ZIP archive holds several. Empty: the only one.',
	},
	{
		displayName: 'Footer and Totals',
		name: 'footer',
		type: 'options',
		options: [
			{ name: 'Keep', value: 'keep', description: 'Read them as rows like any other' },
			{ name: 'Skip', value: 'skip', description: 'Leave them out and count them as skipped' },
		],
		default: 'skip',
		description: 'What becomes of notes and of a row of totals below the table',
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
	{
		displayName: 'Header Rows',
		name: 'headerRows',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10 },
		default: 1,
		description:
			'How many rows the column names fill; they are joined. Without this option it is detected.',
	},
	{
		displayName: 'Hidden Rows',
		name: 'hiddenRows',
		type: 'options',
		options: [
			{ name: 'Read', value: 'read' },
			{ name: 'Skip', value: 'skip', description: 'Leave them out and count them as skipped' },
		],
		default: 'read',
		description: 'What becomes of rows that the workbook hides, for instance by a filter',
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
		description:
			'The most that a workbook or a packed file may unpack to. More is refused as a zip bomb.',
	},
	{
		displayName: 'Long Rows',
		name: 'longRows',
		type: 'options',
		options: [
			{
				name: 'Keep',
				value: 'keep',
				description:
					'Give the extra values columns of their own; the file is read once more for that',
			},
			{
				name: 'Reject',
				value: 'reject',
				description: 'Their values may stand in the wrong columns',
			},
			{ name: 'Stop', value: 'stop', description: 'End with an error' },
		],
		default: 'reject',
		description:
			'What becomes of rows with values behind the last column, and of JSON and XML records with names that the first 1,000 do not have',
	},
	{
		displayName: 'Merged Cells',
		name: 'mergedCells',
		type: 'options',
		options: [
			{ name: 'Fill', value: 'fill', description: 'Each of the cells gets the value' },
			{
				name: 'First Only',
				value: 'first',
				description: 'The value stands in the first cell, the others are empty',
			},
		],
		default: 'first',
		description: 'Where the value of merged cells of a workbook stands',
	},
	{
		displayName: 'Nested Objects',
		name: 'nested',
		type: 'options',
		options: [
			{
				name: 'Flatten',
				value: 'flatten',
				description: 'Each value gets a column of its own, such as address.city',
			},
			{ name: 'Keep', value: 'keep', description: 'A column holds the object as JSON' },
		],
		default: 'flatten',
		description: 'What becomes of objects inside JSON records',
	},
	previewOption,
	previewRowsOption,
	{
		displayName: 'Profile the Whole File',
		name: 'profile',
		type: 'boolean',
		default: false,
		description:
			'Whether to read all rows at once and say of each column how many cells are empty, how many values differ, and which are the shortest, longest, smallest and largest',
	},
	{
		displayName: 'Quote',
		name: 'quote',
		type: 'options',
		options: quotes,
		default: 'auto',
		description: 'The sign around cells of a delimited file that hold a delimiter or a line break',
	},
	{
		displayName: 'Record Path',
		name: 'recordPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. data.items, data[0].items or export/student',
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
	{
		displayName: 'Sheet Name Column',
		name: 'sheetColumn',
		type: 'string',
		default: '',
		placeholder: 'e.g. Year',
		description: 'Name of a column that is added and holds the name of the sheet',
	},
	{
		displayName: 'Short Rows',
		name: 'shortRows',
		type: 'options',
		options: [
			{ name: 'Fill Up', value: 'pad', description: 'Read the missing cells as empty, and warn' },
			{ name: 'Reject', value: 'reject' },
			{ name: 'Stop', value: 'stop', description: 'End with an error' },
		],
		default: 'pad',
		description: 'What becomes of rows with fewer cells than the header',
	},
	{
		displayName: 'Table',
		name: 'table',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'Which table to read where a file or sheet holds several, counted from 1',
	},
	{
		displayName: 'Text Formulas',
		name: 'textFormulas',
		type: 'options',
		options: [
			{ name: 'Keep', value: 'keep', description: 'Read them as they stand in the file' },
			{ name: 'Unwrap', value: 'unwrap', description: 'Read the text between the quotes' },
		],
		default: 'unwrap',
		description:
			'What becomes of cells of a delimited file such as ="01067", which keep Excel from dropping the zero',
	},
];
