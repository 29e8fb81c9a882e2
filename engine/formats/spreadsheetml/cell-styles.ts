import { NumberFormats, type CellMode, type NumberFormat } from '../workbook';
import type { DocumentHead } from './document-head';
import { namedFormat } from './number-format-names';

/** The number formats of the styles of a workbook, for cells in one mode. */
export class CellStyles {
	readonly isShown: boolean;

	readonly #head: DocumentHead;

	readonly #formats: NumberFormats;

	readonly #byStyle = new Map<string, NumberFormat>();

	constructor(head: DocumentHead, mode: CellMode) {
		this.#head = head;
		this.#formats = new NumberFormats(head.date1904, mode);
		this.isShown = mode === 'shown';
	}

	get date1904(): boolean {
		return this.#head.date1904;
	}

	get general(): NumberFormat {
		return this.#formats.builtIn(0);
	}

	/** @param style name of a style; undefined for cells without one */
	format(style = 'Default'): NumberFormat {
		const known = this.#byStyle.get(style);
		if (known !== undefined) return known;
		const format = namedFormat(this.#formats, this.#head.formatOf(style));
		this.#byStyle.set(style, format);
		return format;
	}

	boolean(value: boolean): ReturnType<NumberFormats['boolean']> {
		return this.#formats.boolean(value);
	}
}
