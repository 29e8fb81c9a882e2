import { ImportError } from '../../issues';

/** A record: its name, such as `C`, and its fields, each a letter with its value behind it. */
export interface SylkRecord {
	name: string;
	fields: readonly string[];
}

/** Longer records are no cells. */
export const MAX_RECORD_LENGTH = 1024 * 1024;

/** What stands for a doubled semicolon, which is text, while a record is taken apart. */
const SEMICOLON = '\0';

/** A quote behind which the next field begins, or none. */
const CLOSING_QUOTE = /"(?:;(?!;)|$)/;

/** Records that are given at a time. */
const MOST_RECORDS = 500;

/**
 * Splits the text of a SYLK file into records, one a line. A quoted text that goes on in the next line, as some programs
 * write it, belongs to its record.
 *
 * @throws ImportError FILE_TOO_LARGE when a record is longer than the limit
 */
export async function* readRecords(
	texts: AsyncIterable<string>,
	maxLength: number,
): AsyncGenerator<SylkRecord[], void, undefined> {
	let rest = '';
	let open = '';
	for await (const text of texts) {
		// a carriage return at the end may be the first half of a line end
		const end = text.endsWith('\r') ? text.length - 1 : text.length;
		const lines = (rest + text.slice(0, end)).split(/\r\n?|\n/);
		rest = (lines.pop() ?? '') + text.slice(end);
		let records: SylkRecord[] = [];
		for (const line of lines) {
			const whole = open === '' ? line : `${open}\n${line}`;
			const goesOn = open === '' ? isOpen(line) : !CLOSING_QUOTE.test(line);
			open = goesOn ? whole : '';
			if (open.length > maxLength) throw tooLong(maxLength);
			if (open === '' && whole !== '') records.push(recordOf(whole));
			if (records.length < MOST_RECORDS) continue;
			yield records;
			records = [];
		}
		if (records.length > 0) yield records;
		if (rest.length > maxLength) throw tooLong(maxLength);
	}
	const last = [open, rest.replace(/\r$/, '')].filter((line) => line !== '').join('\n');
	if (last !== '') yield [recordOf(last)];
}

/** Whether the text of a cell begins with a quote and no quote ends it. */
function isOpen(line: string): boolean {
	const start = line.startsWith('C;') ? line.indexOf(';K"') : -1;
	return start !== -1 && !CLOSING_QUOTE.test(line.slice(start + ';K"'.length));
}

function recordOf(line: string): SylkRecord {
	const [name = '', ...fields] = line.replaceAll(';;', SEMICOLON).split(';');
	return { name, fields: fields.map((field) => field.replaceAll(SEMICOLON, ';')) };
}

const tooLong = (maxLength: number) =>
	new ImportError('FILE_TOO_LARGE', `The file has a record of more than ${maxLength} characters.`);
