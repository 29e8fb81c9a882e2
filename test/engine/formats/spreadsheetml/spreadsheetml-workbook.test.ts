import { spreadsheetmlFormat } from '../../../../engine/formats/spreadsheetml';
import { ImportError } from '../../../../engine/issues';
import { readSheets } from '../read-sheets';

const ROOT =
	'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">';

const DECLARATION = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n';

const document = (content: string) => `${DECLARATION}${ROOT}${content}</Workbook>`;

const worksheet = (table: string, name = 'Sheet1', options = '') =>
	`<Worksheet ss:Name="${name}"><Table>${table}</Table><x:WorksheetOptions>${options}</x:WorksheetOptions></Worksheet>`;

const style = (format: string, id = 's1', more = '') =>
	`<Style ss:ID="${id}"${more}><NumberFormat ss:Format="${format}"/></Style>`;

const data = (type: string, value: string) => `<Data ss:Type="${type}">${value}</Data>`;

async function read(table: string, head = '', cells?: 'typed' | 'shown') {
	const sheets = await readSheets(spreadsheetmlFormat, document(head + worksheet(table)), {
		cells,
	});
	return sheets[0]!;
}

describe('values', () => {
	test.each<[type: string, value: string, format: string, typed: unknown, shown: unknown]>([
		['Number', '1234.5', 'General', 1234.5, '1234.5'],
		['Number', '1.5E3', 'Standard', 1500, '1,500.00'],
		['Number', '0.125', 'Percent', 0.125, '12.50%'],
		['Number', '2', 'Fixed', 2, '2.00'],
		['Number', '-2', 'Currency', -2, '($2.00)'],
		['Number', '1', 'Yes/No', 1, 'Yes'],
		['Number', '7', '00000', '00007', '00007'],
		['Number', '46082', 'Short Date', '2026-03-01', '3/1/26'],
		['Number', '12345678901234567890', 'General', '12345678901234567890', '12345678901234567890'],
		['DateTime', '2026-03-01T00:00:00.000', 'yyyy\\-mm\\-dd', '2026-03-01', '2026-03-01'],
		[
			'DateTime',
			'2026-03-01T09:30:00.000',
			'dd.mm.yyyy hh:mm',
			'2026-03-01T09:30:00',
			'01.03.2026 09:30',
		],
		['DateTime', '2026-03-01T00:00:00.000', '[ENG][$-409]d\\-mmm;@', '2026-03-01', '1-Mar'],
		['DateTime', '1899-12-31T09:30:00.000', 'Short Time', '09:30:00', '9:30'],
		['DateTime', '1900-01-01T02:30:00.000', '[h]:mm', '26:30:00', '26:30'],
		['DateTime', '2026-03-01T00:00:00.000', 'General', '2026-03-01', '46082'],
		['DateTime', '1899-12-31T09:30:00.000', 'General', '09:30:00', '0.395833333'],
		['Boolean', '1', 'General', true, 'TRUE'],
		['Boolean', '0', 'General', false, 'FALSE'],
		['String', ' a&#10;b &amp; c ', 'General', ' a\nb & c ', ' a\nb & c '],
		['String', '007', 'General', '007', '007'],
		[
			'String',
			'<B>bold</B><Font html:Color="#f00"> and <I>red</I></Font>',
			'@',
			'bold and red',
			'bold and red',
		],
	])('%s %s as %s', async (type, value, format, typed, shown) => {
		const table = `<Row><Cell ss:StyleID="s1">${data(type, value)}</Cell></Row>`;
		const styles = `<Styles>${style(format)}</Styles>`;
		expect((await read(table, styles)).rows).toEqual([[typed]]);
		expect((await read(table, styles, 'shown')).rows).toEqual([[shown]]);
	});

	test('formula errors are faults; formulas count by their results', async () => {
		const table = `<Row><Cell ss:Formula="=1+1">${data('Number', '2')}</Cell><Cell ss:Formula="=1/0">${data('Error', '#DIV/0!')}</Cell></Row>`;
		const { rows, faults } = await read(table);
		expect(rows).toEqual([[2, '#DIV/0!']]);
		expect(faults).toEqual([{ row: 1, column: 1, kind: 'formula-error', value: '#DIV/0!' }]);
	});

	test('comments are no part of the text', async () => {
		const comment = `<Comment><ss:Data><B>Author:</B> note</ss:Data></Comment>`;
		expect((await read(`<Row><Cell>${data('String', 'a')}${comment}</Cell></Row>`)).rows).toEqual([
			['a'],
		]);
	});

	test('formats come from the cell, else the row, the column, the table, and from parents', async () => {
		const styles = `<Styles>${style('0.0', 'Default')}${style('0.00', 'row')}${style('0.000', 'column')}<Style ss:ID="child" ss:Parent="column"/><Style ss:ID="plain"/></Styles>`;
		const cell = (attributes: string) => `<Cell ${attributes}>${data('Number', '1')}</Cell>`;
		const table =
			`<Column/><Column ss:Span="1" ss:StyleID="column"/>` +
			`<Row>${cell('')}${cell('')}${cell('')}${cell('ss:StyleID="child"')}${cell('ss:StyleID="plain"')}</Row>` +
			`<Row ss:StyleID="row">${cell('')}${cell('')}</Row>`;
		expect((await read(table, styles, 'shown')).rows).toEqual([
			['1.0', '1.000', '1.000', '1.000', '1.0'],
			['1.00', '1.00'],
		]);
	});

	test('dates mean the same in the 1904 date system; numbers do not', async () => {
		const head = `<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook><Styles>${style('yyyy-mm-dd')}</Styles>`;
		const cells =
			`<Cell ss:StyleID="s1">${data('DateTime', '2026-03-01T00:00:00.000')}</Cell>` +
			`<Cell ss:StyleID="s1">${data('Number', '0')}</Cell>`;
		expect((await read(`<Row>${cells}</Row>`, head)).rows).toEqual([['2026-03-01', '1904-01-01']]);
	});
});

describe('rows', () => {
	test('positions, spans and merged cells move what follows', async () => {
		const table =
			`<Row><Cell ss:MergeAcross="1" ss:MergeDown="1">${data('String', 'a')}</Cell><Cell>${data('String', 'c')}</Cell></Row>` +
			`<Row ss:Index="3" ss:Span="1"/>` +
			`<Row><Cell ss:Index="2">${data('String', 'b')}</Cell></Row>`;
		const { rows, merges } = await read(table);
		expect(rows).toEqual([['a', null, 'c'], [], [], [], [null, 'b']]);
		expect(merges).toEqual(['A1:B2']);
	});

	test('hidden rows are marked', async () => {
		const cell = `<Cell>${data('String', 'a')}</Cell>`;
		const { hiddenRows } = await read(`<Row>${cell}</Row><Row ss:Hidden="1">${cell}</Row>`);
		expect(hiddenRows).toEqual([2]);
	});
});

test('sheets have names, hidden or not', async () => {
	const row = `<Row><Cell>${data('String', 'a')}</Cell></Row>`;
	const sheets = await readSheets(
		spreadsheetmlFormat,
		document(
			worksheet(row, 'One &amp; all') +
				worksheet(row, 'Two', '<Visible>SheetHidden</Visible>') +
				worksheet('', 'Three', '<x:Visible>SheetVeryHidden</x:Visible>') +
				'<Worksheet ss:Name="Last"/>',
		),
	);
	expect(sheets.map(({ name, hidden, rows }) => [name, hidden, rows.length])).toEqual([
		['One & all', false, 1],
		['Two', true, 1],
		['Three', true, 0],
		['Last', false, 0],
	]);
});

test.each<[what: string, content: Buffer]>([
	[
		'Windows-1252',
		Buffer.from(
			document(worksheet(`<Row><Cell>${data('String', 'Köln')}</Cell></Row>`)).replace(
				'?>',
				' encoding="windows-1252"?>',
			),
			'latin1',
		),
	],
	[
		'UTF-16',
		Buffer.from(
			`\ufeff${document(worksheet(`<Row><Cell>${data('String', 'Köln')}</Cell></Row>`))}`,
			'utf16le',
		),
	],
	[
		'UTF-8 behind blanks',
		Buffer.from(`\n\t ${document(worksheet(`<Row><Cell>${data('String', 'Köln')}</Cell></Row>`))}`),
	],
	[
		'other prefixes',
		Buffer.from(
			document(worksheet(`<Row><Cell>${data('String', 'Köln')}</Cell></Row>`))
				.replace(/<(\/?)([A-Z])/g, '<$1s:$2')
				.replaceAll('ss:', 's:'),
		),
	],
])('a file with %s', async (_, content) => {
	const [sheet] = await readSheets(spreadsheetmlFormat, content);
	expect([sheet?.name, sheet?.rows]).toEqual(['Sheet1', [['Köln']]]);
});

describe('files that are refused', () => {
	const good = worksheet(`<Row><Cell>${data('String', 'a')}</Cell></Row>`);

	test.each<[what: string, content: string, code: string, message: RegExp]>([
		['no bytes', '', 'FILE_EMPTY', /no bytes/],
		['other XML', '<a><b/></a>', 'FILE_FORMAT', /not an XML spreadsheet/],
		[
			'a file that is cut off',
			document(good).slice(0, -60),
			'FILE_UNREADABLE',
			/ends before its end/,
		],
		[
			'an unknown entity',
			document(`\n${good.replace('>a<', '>\n&x;<')}`),
			'FILE_UNREADABLE',
			/line 5, column 4/,
		],
		[
			'a cell too far to the right',
			document(good.replace('<Cell>', '<Cell ss:Index="20000">')),
			'FILE_UNREADABLE',
			/beyond column/,
		],
		[
			'a row too far down',
			document(good.replace('<Row>', '<Row ss:Index="2000000">')),
			'FILE_UNREADABLE',
			/beyond 1048576/,
		],
		[
			'definitions',
			document(good).replace('<Workbook', '<!DOCTYPE a [<!ENTITY x "y">]><Workbook'),
			'FILE_UNREADABLE',
			/document type/,
		],
	])('%s', async (_, content, code, message) => {
		const error: unknown = await readSheets(spreadsheetmlFormat, content).catch(
			(caught: unknown) => caught,
		);
		expect(error).toBeInstanceOf(ImportError);
		expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
	});
});

test('a cell larger than the limit is refused, in however many pieces it comes', async () => {
	const table = `<Row><Cell><Data ss:Type="String">${'<B>abcdefgh</B>'.repeat(200)}</Data></Cell></Row>`;
	const reading = readSheets(spreadsheetmlFormat, document(worksheet(table)), {
		maxRecordLength: 1000,
	});
	await expect(reading).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
});
