import type { ByteSource, FileSource, Reader, ReadOptions } from '../dataset';
import { ImportError } from '../issues';
import { delimitedReader } from './delimited';
import { detectFormat } from './detect-format';
import { HEAD_BYTES } from './encoding';
import { jsonReader, ndjsonReader } from './json';
import { xlsxReader } from './xlsx';
import { xmlReader } from './xml';

/** Every format that can be read. A new format is one folder and one line here. */
export const readers: ReadonlyMap<string, Reader> = new Map(
	[delimitedReader, xlsxReader, jsonReader, ndjsonReader, xmlReader].map((reader) => [
		reader.format,
		reader,
	]),
);

/**
 * Decides the format by the content of the file and lets its reader decide the rest.
 *
 * @throws ImportError FILE_*, HEADER_*
 */
export async function openSource(
	bytes: ByteSource,
	fileName: string | undefined,
	options: ReadOptions,
): Promise<FileSource> {
	const head = await bytes.read(0, HEAD_BYTES);
	const { decision, issues } = detectFormat(head, fileName, options.format);
	const reader = readers.get(String(decision.value));
	if (reader === undefined) {
		const known = [...readers.keys()].join(', ');
		throw new ImportError(
			'FILE_FORMAT',
			`"${String(decision.value)}" is not a format that can be read`,
			{
				hint: `The formats are: ${known}.`,
			},
		);
	}
	const source = await reader.open(bytes, options);
	return {
		...source,
		fileName,
		decisions: [decision, ...source.decisions.filter(({ subject }) => subject !== 'format')],
		issues: [...issues, ...source.issues],
	};
}
