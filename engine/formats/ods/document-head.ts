import type { XmlListener } from '../xml/xml-parser';

/** What stands before the tables of an OpenDocument file: its kind, and the styles that hide tables. */
export class DocumentHead implements XmlListener {
	/** Whether the body is a spreadsheet (OpenDocument 1.3 part 3, 3.7). */
	isSpreadsheet = false;

	/** Names of the table styles with `table:display="false"` (17.16). */
	readonly hidingStyles = new Set<string>();

	#tableStyle: string | undefined;

	onOpen(name: string, attributes: Readonly<Record<string, string>>): void {
		if (name === 'style:style') {
			const isTableStyle = attributes['style:family'] === 'table';
			this.#tableStyle = isTableStyle ? attributes['style:name'] : undefined;
		} else if (name === 'style:table-properties') {
			const isHiding = attributes['table:display'] === 'false';
			if (isHiding && this.#tableStyle !== undefined) this.hidingStyles.add(this.#tableStyle);
		} else if (name === 'office:spreadsheet') this.isSpreadsheet = true;
	}

	onText(): void {
		// nothing of the head is text
	}

	onClose(): void {
		// what is looked for stands in attributes
	}
}
