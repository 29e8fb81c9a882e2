import { isUtf8 } from 'node:buffer';
import type { ByteSource } from '../../dataset';
import { ImportError } from '../../issues';
import { decodeChunks } from '../encoding';
import { readAhead } from '../records';
import { wholeCharacters } from './utf8-chunks';

/** A line whose bytes are not UTF-8, as well as it can be shown. */
export class DamagedLine {
	constructor(readonly text: string) {}
}

/**
 * Whole lines, some at a time.
 *
 * @throws ImportError FILE_TOO_LARGE when a line exceeds the limit
 */
export async function* ndjsonLines(
	bytes: ByteSource,
	encoding: string,
	maxLength: number,
): AsyncGenerator<Array<string | DamagedLine>, void, undefined> {
	let rest: string[] = [];
	let restLength = 0;
	for await (const text of textChunks(bytes, encoding)) {
		const end = text.lastIndexOf('\n');
		if (end === -1) {
			rest.push(text);
			restLength += text.length;
			if (restLength > maxLength) {
				throw new ImportError(
					'FILE_TOO_LARGE',
					`A line of the file is longer than ${maxLength} characters`,
				);
			}
			continue;
		}
		yield marked((rest.join('') + text.slice(0, end)).split('\n'));
		rest = [text.slice(end + 1)];
		restLength = text.length - end - 1;
	}
	if (restLength > 0) yield marked([rest.join('')]);
}

/** Stands at the end of each line that is not UTF-8. Valid UTF-8 cannot hold it: it is half a pair. */
const DAMAGE = '\udfff';

function marked(lines: string[]): Array<string | DamagedLine> {
	if (!lines.some((line) => line.includes(DAMAGE))) return lines;
	return lines.map((line) =>
		line.includes(DAMAGE) ? new DamagedLine(line.replaceAll(DAMAGE, '')) : line,
	);
}

async function* textChunks(
	bytes: ByteSource,
	encoding: string,
): AsyncGenerator<string, void, undefined> {
	if (encoding !== 'utf-8') {
		yield* decodeChunks(readAhead(bytes.chunks()), encoding);
		return;
	}
	let first = true;
	for await (const chunk of wholeCharacters(bytes)) {
		const text = isUtf8(chunk) ? chunk.toString('utf8') : withDamage(chunk);
		yield first && text.startsWith('\ufeff') ? text.slice(1) : text;
		first = false;
	}
}

/** The text of a chunk that is not UTF-8; lines that are get through unharmed. */
function withDamage(chunk: Buffer): string {
	const lines: string[] = [];
	for (let start = 0; start <= chunk.length;) {
		const found = chunk.indexOf(0x0a, start);
		const end = found === -1 ? chunk.length : found;
		const line = chunk.subarray(start, end);
		lines.push(isUtf8(line) ? line.toString('utf8') : line.toString('utf8') + DAMAGE);
		start = end + 1;
	}
	return lines.join('\n');
}
