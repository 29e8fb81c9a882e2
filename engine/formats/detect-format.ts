import type { Decision } from '../dataset';
import { ImportError, issue, type Issue } from '../issues';
import { decideEncoding, decodeHead } from './encoding';
import { skipSpace } from './json/locate-records';
import { refuseHtml } from './xml';

const ENDINGS: Readonly<Record<string, string>> = {
	csv: 'csv',
	tsv: 'csv',
	tab: 'csv',
	txt: 'csv',
	xlsx: 'xlsx',
	xlsm: 'xlsx',
	json: 'json',
	ndjson: 'ndjson',
	jsonl: 'ndjson',
	xml: 'xml',
};

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/**
 * Decides the format of a file by its content. The file name only decides between formats that look alike, and is
 * answered with a warning where it says another format.
 *
 * @param head first bytes of the file
 * @throws ImportError FILE_EMPTY, FILE_FORMAT (HTML too)
 */
export function detectFormat(
	head: Uint8Array,
	fileName?: string,
	chosen?: string,
): { decision: Decision; issues: Issue[] } {
	if (chosen !== undefined) {
		return {
			decision: format(chosen, 1, 'set by hand', 'setting'),
			issues: [],
		};
	}
	if (head.length === 0) throw new ImportError('FILE_EMPTY', 'The file is empty: it has no bytes');
	const decision = fromContent(head);
	const ending = fileName?.split('.').at(-1)?.toLowerCase() ?? '';
	const named = ENDINGS[ending];
	const issues: Issue[] = [];
	if (named !== undefined && named !== decision.value) {
		issues.push(
			issue(
				'FILE_FORMAT_MISMATCH',
				`The file is called .${ending}, but it holds ${String(decision.value).toUpperCase()}`,
				{ value: fileName },
			),
		);
	}
	return { decision, issues };
}

function fromContent(head: Uint8Array): Decision {
	if (startsWith(head, ZIP)) return format('xlsx', 0.95, 'a zip archive');
	// an encrypted workbook is a compound file too: the workbook reader knows them apart and says so
	if (startsWith(head, COMPOUND_FILE)) return format('xlsx', 0.5, 'a compound file');
	const text = decodeHead(head, String(decideEncoding(head).value));
	return jsonFromText(text) ?? xmlFromText(text) ?? textTable(text);
}

function xmlFromText(text: string): Decision | undefined {
	const start = skipSpace(text, 0);
	if (text[start] !== '<') return undefined;
	refuseHtml(text);
	if (text.startsWith('<?xml', start)) return format('xml', 0.99, 'an XML declaration');
	const isMarkup = /^<(?:!--|!DOCTYPE\s|[\p{L}_:][^\s<>,;]*(?:\s[^<>]*)?\/?>)/u;
	if (!isMarkup.test(text.slice(start, start + 4096)) || !/<\/|\/>/.test(text)) return undefined;
	return format('xml', 0.9, 'starts with an XML element');
}

function jsonFromText(text: string): Decision | undefined {
	if (text.startsWith('\x1e')) return format('ndjson', 0.98, 'a JSON text sequence');
	const start = skipSpace(text, 0);
	const first = text[start];
	if (first !== '{' && first !== '[') return undefined;
	const end = text.indexOf('\n', start);
	const line = (end === -1 ? text.slice(start) : text.slice(start, end)).trim();
	if (first === '{' && parses(line)) {
		const next = text[skipSpace(text, end === -1 ? text.length : end)];
		if (next === '{') return format('ndjson', 0.98, 'every line is a JSON object');
	}
	const inside = text[skipSpace(text, start + 1)];
	if (first === '{' && (inside === '"' || inside === '}')) {
		return format('json', 0.95, 'starts with a JSON object');
	}
	if (first === '[' && inside !== undefined && '{["]-0123456789tfn'.includes(inside)) {
		return format('json', 0.95, 'starts with a JSON array');
	}
	return undefined;
}

function parses(line: string): boolean {
	try {
		JSON.parse(line);
		return true;
	} catch {
		return false;
	}
}

function textTable(text: string): Decision {
	const zeros = text.slice(0, 4096).split('\0').length - 1;
	if (zeros > 4) {
		throw new ImportError('FILE_FORMAT', 'The file is not a table: it holds binary data');
	}
	return format('csv', 0.9, 'text');
}

function format(
	value: string,
	confidence: number,
	evidence: string,
	chosenBy: Decision['chosenBy'] = 'detection',
): Decision {
	return { subject: 'format', value, confidence, evidence, chosenBy };
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
	return bytes.every((byte, i) => head[i] === byte);
}
