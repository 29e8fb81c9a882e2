import { encode } from '../formats/encoding/encode';
import type { FuzzFile } from './fuzz-file';
import type { Random } from '../random';
import { ordinaryTable, textTable, type Table } from './tables';

interface Dialect {
	delimiter: string;
	quote: string;
	newline: string;
	quoteAll: boolean;
	endsWithNewline: boolean;
}

const UNICODE = ['utf-8', 'utf-8', 'utf-8', 'utf-16le', 'utf-16be', 'utf-32le'];
const ONE_BYTE = ['windows-1252', 'iso-8859-15'];

/** CSV in some dialect and encoding, which are set when it is opened: every cell has to come out as it went in. */
export function delimitedFile(random: Random): FuzzFile {
	const unicode = random.chance(0.8);
	const encoding = random.of(unicode ? UNICODE : ONE_BYTE);
	const dialect: Dialect = {
		delimiter: random.of([',', ';', '\t', '|']),
		quote: random.of(['"', '"', '"', "'"]),
		newline: random.of(['\n', '\n', '\r\n', '\r']),
		quoteAll: random.chance(0.3),
		endsWithNewline: random.chance(0.8),
	};
	const table = textTable(random, unicode ? 'any' : 'latin');
	if (random.chance(0.3)) breakLines(random, table, dialect.newline === '\r' ? '\r' : '\n');
	const { delimiter, quote } = dialect;
	return {
		kind: `csv ${encoding}`,
		bytes: withMark(random, write(table, dialect), encoding),
		options: {
			format: 'csv',
			encoding,
			delimiter,
			quote,
			escape: quote,
			comment: '',
			headerRow: 1,
			headerRows: 1,
			footer: 'keep',
		},
		truth: table,
	};
}

/** CSV as most programs write it, opened without a word about it. */
export function ordinaryDelimitedFile(random: Random): FuzzFile {
	const dialect: Dialect = {
		delimiter: random.of([',', ';', '\t']),
		quote: '"',
		newline: random.of(['\n', '\r\n']),
		quoteAll: random.chance(0.2),
		endsWithNewline: random.chance(0.9),
	};
	const table = ordinaryTable(random, 'any');
	const encoding = random.of(['utf-8', 'utf-8', 'utf-8', 'utf-16le']);
	const bytes = withMark(random, write(table, dialect), encoding);
	return { kind: `csv as usual, ${encoding}`, bytes, options: {}, truth: table };
}

function breakLines(random: Random, { rows }: Table<string>, newline: string): void {
	for (const cells of rows) {
		const index = random.below(cells.length);
		if (random.chance(0.5)) cells[index] = `${cells[index]}${newline}second line`;
	}
}

function write({ columns, rows }: Table<string>, dialect: Dialect): string {
	const lines = [columns, ...rows].map((cells) =>
		cells.map((cell) => writeCell(cell, dialect)).join(dialect.delimiter),
	);
	return lines.join(dialect.newline) + (dialect.endsWithNewline ? dialect.newline : '');
}

function writeCell(text: string, { delimiter, quote, quoteAll }: Dialect): string {
	const needsQuotes = [delimiter, quote, '\n', '\r'].some((sign) => text.includes(sign));
	if (!quoteAll && !needsQuotes && text === text.trim()) return text;
	return quote + text.replaceAll(quote, quote + quote) + quote;
}

/** UTF-16 and UTF-32 always begin with a byte order mark here, UTF-8 sometimes. */
function withMark(random: Random, text: string, encoding: string): Buffer {
	const isUnicode = encoding.startsWith('utf-');
	const marked = isUnicode && (encoding !== 'utf-8' || random.chance(0.3));
	return encode((marked ? '\ufeff' : '') + text, encoding);
}
