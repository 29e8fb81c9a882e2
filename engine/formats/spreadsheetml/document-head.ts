import type { XmlListener } from '../xml/xml-parser';
import { attribute, localName, type Attributes } from './local-names';

/** A style of cells: its own number format, or that of its parent. */
interface StyleEntry {
	parent: string | undefined;
	format: string | undefined;
}

const DEFAULT_STYLE = 'Default';

/** Longer chains of styles are circles. */
const LONGEST_CHAIN = 32;

/** What stands before the worksheets: the root, the styles, and the date system. */
export class DocumentHead implements XmlListener {
	/** Whether the root is a workbook. */
	isWorkbook = false;

	date1904 = false;

	readonly #styles = new Map<string, StyleEntry>();

	#style: StyleEntry | undefined;

	onOpen(name: string, attributes: Attributes): void {
		switch (localName(name)) {
			case 'Workbook':
				this.isWorkbook = true;
				break;
			case 'Date1904':
				this.date1904 = true;
				break;
			case 'Style':
				this.#style = { parent: attribute(attributes, 'Parent'), format: undefined };
				this.#styles.set(attribute(attributes, 'ID') ?? '', this.#style);
				break;
			case 'NumberFormat':
				// An element without a format resets it, as Excel writes for the default style.
				if (this.#style !== undefined) this.#style.format = attribute(attributes, 'Format') ?? '';
		}
	}

	onText(): void {
		// nothing of the head is text
	}

	onClose(): void {
		// what is looked for stands in attributes
	}

	/** The number format of a style, as `ss:Format` gives it; '' for the general one. */
	formatOf(style: string): string {
		let entry = this.#styles.get(style);
		for (let step = 0; step < LONGEST_CHAIN && entry !== undefined; step++) {
			if (entry.format !== undefined) return entry.format;
			entry = this.#styles.get(entry.parent ?? DEFAULT_STYLE);
		}
		return '';
	}
}
