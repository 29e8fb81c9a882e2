import type { Decision } from '../../dataset';
import { ImportError } from '../../issues';
import { skipSpace } from '../json';
import { jsonFormat } from './json-format';
import { looksLikeTable } from './looks-like-table';
import { markupFormat } from './markup-format';
import { isSylk } from './sylk';
import { refuseWebPage } from './web-page';

/** A format of text, and why it is taken for that. */
export type TextFormat = Pick<Decision, 'value' | 'confidence' | 'evidence'>;

const TABLE: TextFormat = { value: 'csv', confidence: 0.9, evidence: 'text' };

export const binaryData = (): ImportError =>
	new ImportError('FILE_FORMAT', 'The file is not a table: it holds binary data');

/** More zeros than this at the head are no stray characters. */
const MOST_ZEROS = 4;

/**
 * Decides between the formats that are text. The content decides; the name only between formats that look alike: a broken
 * JSON file is no table of one column.
 *
 * @param text text of the head
 * @param isWhole whether that is all of the file
 * @param named the format that the ending of the file name says
 * @throws ImportError FILE_FORMAT when it is a web page, or no text
 */
export function textFormat(
	text: string,
	isWhole: boolean,
	named: string | undefined,
	fileName?: string,
): TextFormat {
	if (text.startsWith('\x1e')) {
		return { value: 'ndjson', confidence: 0.98, evidence: 'a JSON text sequence' };
	}
	if (isSylk(text)) return { value: 'sylk', confidence: 0.97, evidence: 'the records of SYLK' };
	const first = text[skipSpace(text, 0)];
	if (first === '<') {
		refuseWebPage(text, fileName);
		const markup = markupFormat(text, isWhole, named === 'xml');
		if (markup !== undefined) return markup;
	}
	if (first === '{' || first === '[') {
		const json = jsonFormat(text, isWhole, named);
		if (json !== undefined) return json;
	}
	const isSyntax = named === 'json' || named === 'ndjson' || named === 'xml';
	if (isSyntax && !looksLikeTable(text, isWhole)) {
		return { value: named, confidence: 0.5, evidence: 'the file is named so' };
	}
	if (text.slice(0, 4096).split('\0').length - 1 > MOST_ZEROS) {
		throw binaryData();
	}
	return TABLE;
}
