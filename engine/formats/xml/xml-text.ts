import { TextDecoder } from 'node:util';
import type { ByteSource } from '../../dataset';
import { ImportError } from '../../issues';
import { decodeChunks } from '../encoding';
import { readAhead } from '../records';

/**
 * The text of an XML file, some at a time, without a byte order mark.
 *
 * @throws ImportError FILE_UNREADABLE when the bytes are not valid UTF-8 where they should be (XML 1.0, 4.3.3)
 */
export async function* xmlText(
	bytes: ByteSource,
	encoding: string,
): AsyncGenerator<string, void, undefined> {
	if (encoding !== 'utf-8') {
		yield* decodeChunks(readAhead(bytes.chunks()), encoding);
		return;
	}
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let position = 0;
	try {
		for await (const chunk of readAhead(bytes.chunks())) {
			yield decoder.decode(chunk, { stream: true });
			position += chunk.byteLength;
		}
		yield decoder.decode();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
		throw new ImportError(
			'FILE_UNREADABLE',
			`The XML file is not valid UTF-8, somewhere behind byte ${position}`,
			{ hint: 'Set Encoding by hand, to that of the program that made the file.' },
			{ cause: error },
		);
	}
}
