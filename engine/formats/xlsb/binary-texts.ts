import { damaged } from '../zip';
import { TextStore } from '../xlsx/shared-strings';
import { RecordType } from './record-types';
import { RecordWindow } from './record-window';

/** What stands before the text of a rich text: its flags ([MS-XLSB] 2.5.121). */
const FLAGS_BYTES = 1;

/**
 * The texts that the cells of a workbook share (BrtSSTItem, [MS-XLSB] 2.4.818). The part is read only as far as texts were
 * asked for.
 */
export class BinaryTexts {
	readonly #texts = new TextStore();

	readonly #records: RecordWindow;

	readonly #chunks: AsyncGenerator<Uint8Array, void, undefined> | undefined;

	#isComplete: boolean;

	/** @param chunks bytes of the part; none when the workbook has no such part */
	constructor(
		chunks: AsyncGenerator<Uint8Array, void, undefined> | undefined,
		largestRecord?: number,
	) {
		this.#chunks = chunks;
		this.#isComplete = chunks === undefined;
		this.#records = new RecordWindow(largestRecord);
	}

	/** Whether all texts were read. */
	get isComplete(): boolean {
		return this.#isComplete;
	}

	/** The text at an index from 0; `undefined` when there is none, or when it was not read yet. */
	get(index: number): string | undefined {
		return this.#texts.get(index);
	}

	/** Reads on until there is a text at the index, or no more. @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE */
	async readUpTo(index: number): Promise<void> {
		while (!this.#isComplete && this.#texts.size <= index) {
			const chunk = await this.#chunks?.next();
			if (chunk === undefined || chunk.done === true) {
				throw damaged('its list of texts ends before its end');
			}
			this.#records.add(chunk.value);
			this.#read();
		}
	}

	/** Lets go of the part. */
	async close(): Promise<void> {
		await this.#chunks?.return();
	}

	#read(): void {
		const records = this.#records;
		while (!this.#isComplete && records.next()) {
			if (records.type === RecordType.sharedText) {
				const text = Buffer.from(records.text(FLAGS_BYTES));
				this.#texts.add(text, 0, text.length);
			} else if (records.type === RecordType.endSharedTexts) this.#isComplete = true;
		}
	}
}
