import { ImportError } from '../../issues';
import type { SylkRecord } from './records';

/** What the records before the first cell say about the whole file. */
export interface DocumentHead {
	/** The program that wrote the file, as it names itself. */
	program: string;
	date1904: boolean;
	/** Codes of number formats, which cells name by their place in this list. */
	formats: string[];
}

/** The value of a field, by its letter; undefined where the record has none. */
export const fieldOf = ({ fields }: SylkRecord, letter: string): string | undefined =>
	fields.find((field) => field.startsWith(letter))?.slice(1);

/** @throws ImportError FILE_FORMAT when the text is no SYLK */
export async function readHead(batches: AsyncIterable<SylkRecord[]>): Promise<DocumentHead> {
	const head: DocumentHead = { program: '', date1904: false, formats: [] };
	let isFirst = true;
	for await (const records of batches) {
		for (const record of records) {
			if (isFirst && record.name !== 'ID') {
				throw new ImportError('FILE_FORMAT', 'The file is not a SYLK spreadsheet.');
			}
			isFirst = false;
			if (record.name === 'C') return head;
			if (record.name === 'ID') head.program = fieldOf(record, 'P') ?? '';
			if (record.name === 'O') head.date1904 = fieldOf(record, 'V') === '4';
			const code = record.name === 'P' ? fieldOf(record, 'P') : undefined;
			if (code !== undefined) head.formats.push(code);
		}
	}
	if (isFirst) throw new ImportError('FILE_EMPTY', 'The file holds no records.');
	return head;
}
