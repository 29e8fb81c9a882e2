import type { NumberFormat, NumberFormats } from '../workbook';

/** Number formats that have names instead of codes (XML Spreadsheet Reference, ss:NumberFormat), by their built-in number. */
const builtIn: Readonly<Record<string, number>> = {
	general: 0,
	'general number': 0,
	fixed: 2,
	standard: 4,
	percent: 10,
	scientific: 11,
	'short date': 14,
	'medium date': 15,
	'medium time': 18,
	'long time': 19,
	'short time': 20,
	'general date': 22,
};

const codes: Readonly<Record<string, string>> = {
	'long date': 'dddd, mmmm dd, yyyy',
	currency: '"$"#,##0.00_);[Red]\\("$"#,##0.00\\)',
	'euro currency': '[$€-2] #,##0.00_);[Red]\\([$€-2] #,##0.00\\)',
	'yes/no': '"Yes";"Yes";"No"',
	'true/false': '"True";"True";"False"',
	'on/off': '"On";"On";"Off"',
};

/** Excel for Mac writes the language of a date twice: `[ENG][$-409]d\\-mmm`. */
const LANGUAGE = /^\[[A-Z]{3}\](?=\[\$)/;

/** The format of a name or a code, as `ss:Format` gives it. */
export function namedFormat(formats: NumberFormats, format: string): NumberFormat {
	const name = format.toLowerCase();
	const id = format === '' ? 0 : builtIn[name];
	return id === undefined
		? formats.ofCode(codes[name] ?? format.replace(LANGUAGE, ''))
		: formats.builtIn(id);
}
