import type { TextSource, TextStore } from '../workbook';
import { damaged } from '../zip';
import { RecordType } from './record-types';
import { RecordWindow } from './record-window';

/** What stands before the text of a rich text: its flags ([MS-XLSB] 2.5.121). */
const FLAGS_BYTES = 1;

/** The texts that the cells of a workbook share (BrtSSTItem, [MS-XLSB] 2.4.818). */
export class BinaryTexts implements TextSource {
	readonly #records: RecordWindow;

	readonly #chunks: AsyncGenerator<Uint8Array, void, undefined>;

	/** @param chunks bytes of the part */
	constructor(chunks: AsyncGenerator<Uint8Array, void, undefined>, largestRecord?: number) {
		this.#chunks = chunks;
		this.#records = new RecordWindow(largestRecord);
	}

	async read(texts: TextStore): Promise<boolean> {
		const chunk = await this.#chunks.next();
		if (chunk.done === true) throw damaged('its list of texts ends before its end');
		const records = this.#records;
		records.add(chunk.value);
		while (records.next()) {
			if (records.type === RecordType.endSharedTexts) return false;
			if (records.type !== RecordType.sharedText) continue;
			const text = Buffer.from(records.text(FLAGS_BYTES));
			texts.add(text, 0, text.length, 'utf8');
		}
		return true;
	}

	async close(): Promise<void> {
		await this.#chunks.return();
	}
}
