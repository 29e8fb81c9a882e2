import { TextStore, type TextStoreLimits } from './text-store';

/** The part of a workbook that holds the texts its cells share, in the order of their numbers. */
export interface TextSource {
	/**
	 * Reads on for a while.
	 *
	 * @param texts where what is read is added
	 * @returns whether there is more
	 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
	 */
	read(texts: TextStore): Promise<boolean>;
	/** Lets go of the part. */
	close?(): Promise<void>;
}

/**
 * The texts that the cells of a workbook share. They are read only as far as they were asked for: a preview of a large workbook
 * needs few of them.
 */
export class SharedTexts {
	readonly #texts: TextStore;

	readonly #source: TextSource | undefined;

	#isComplete: boolean;

	/** @param source none when the workbook has no such part */
	constructor(source: TextSource | undefined, limits?: TextStoreLimits) {
		this.#source = source;
		this.#isComplete = source === undefined;
		this.#texts = new TextStore(limits);
	}

	/** Whether all texts were read. */
	get isComplete(): boolean {
		return this.#isComplete;
	}

	/** The text at an index from 0; undefined when there is none, or when it was not read yet. */
	get(index: number): string | undefined {
		return this.#texts.get(index);
	}

	/** Reads on until there is a text at the index, or no more. @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE */
	async readUpTo(index: number): Promise<void> {
		while (this.#source !== undefined && !this.#isComplete && this.#texts.size <= index) {
			this.#isComplete = !(await this.#source.read(this.#texts));
			await this.#texts.flush();
		}
	}

	/** Lets go of the part, and of the texts. */
	async close(): Promise<void> {
		this.#texts.close();
		await this.#source?.close?.();
	}
}
