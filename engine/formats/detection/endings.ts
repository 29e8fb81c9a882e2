/** The format that an ending of a file name says. */
const ENDINGS: Readonly<Record<string, string>> = {
	csv: 'csv',
	tsv: 'csv',
	tab: 'csv',
	psv: 'csv',
	txt: 'csv',
	xlsx: 'xlsx',
	xlsm: 'xlsx',
	xltx: 'xlsx',
	xltm: 'xlsx',
	xlsb: 'xlsb',
	xls: 'xls',
	xlt: 'xls',
	ods: 'ods',
	ots: 'ods',
	fods: 'ods',
	json: 'json',
	geojson: 'json',
	ndjson: 'ndjson',
	jsonl: 'ndjson',
	xml: 'xml',
	slk: 'sylk',
	gz: 'gzip',
	gzip: 'gzip',
	zip: 'zip',
};

/** Formats that are XML as well. */
const XML_FORMATS = ['xml', 'spreadsheetml', 'ods'];

const LABELS: Readonly<Record<string, string>> = {
	gzip: 'a gzip file',
	zip: 'a zip archive',
	sylk: 'a SYLK spreadsheet',
	spreadsheetml: 'an XML workbook of Excel 2003',
};

/** The ending of a file name in small letters, without its dot; `''` when it has none. */
export function endingOf(fileName = ''): string {
	const dot = fileName.lastIndexOf('.');
	return dot < 0 ? '' : fileName.slice(dot + 1).toLowerCase();
}

/** The format that the ending of a file name says; undefined when it says none. */
export function formatOfEnding(fileName: string | undefined): string | undefined {
	const ending = endingOf(fileName);
	return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/** Whether a format may go by the ending of the file name; endings that say nothing fit all. */
export function fitsEnding(format: string, fileName: string | undefined): boolean {
	const named = formatOfEnding(fileName);
	if (named === undefined || named === format) return true;
	return named === 'xml' && XML_FORMATS.includes(format);
}

/** A format as a message names it. */
export function formatLabel(format: string): string {
	return LABELS[format] ?? format.toUpperCase();
}
