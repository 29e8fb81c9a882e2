import { cellTooLarge } from '../xml/document-outline';
import type { XmlListener } from '../xml/xml-parser';
import { CellText } from './cell-text';
import type { TableRows } from './table-rows';

type Attributes = Readonly<Record<string, string>>;

/** What an element that is open is. */
const Kind = { table: 1, hiddenGroup: 2, row: 3, cell: 4, insideCell: 5, paragraph: 6 } as const;

type Kind = (typeof Kind)[keyof typeof Kind];

/** What is no part of a cell's text: comments, notes, drawings, forms, readings of Asian characters. */
const NOT_TEXT =
	/^(?:office:annotation|text:note|text:ruby-text|text:tracked-changes|(?:draw|dr3d|form|svg|chart|math|script|presentation):)/;

/**
 * Takes the XML of a table apart into rows (`table:table`, OpenDocument 1.3 part 3, 9.1.2). Names have the prefixes that
 * all writers use.
 */
export class TableParser implements XmlListener {
	readonly #rows: TableRows;

	readonly #maxLength: number;

	readonly #text = new CellText();

	/** For each element that is open, what it is. */
	readonly #open: Kind[] = [];

	/** Elements within one another that are passed over. */
	#passed = 0;

	#hiddenGroups = 0;

	/** @param maxLength of the text of a cell, in characters */
	constructor(rows: TableRows, maxLength: number) {
		this.#rows = rows;
		this.#maxLength = maxLength;
	}

	onOpen(name: string, attributes: Attributes): void {
		if (this.#passed > 0) {
			this.#passed++;
			return;
		}
		const kind = this.#kindOf(name, attributes);
		if (kind === undefined) this.#passed = 1;
		else this.#open.push(kind);
	}

	onText(text: string): void {
		if (this.#passed === 0 && this.#open.at(-1) === Kind.paragraph) {
			this.#text.add(text);
			this.#checkLength();
		}
	}

	onClose(): void {
		if (this.#passed > 0) {
			this.#passed--;
			return;
		}
		const kind = this.#open.pop();
		if (kind === Kind.cell) this.#rows.endCell(this.#text.text);
		else if (kind === Kind.row) this.#rows.endRow();
		else if (kind === Kind.hiddenGroup) this.#hiddenGroups--;
		else if (kind === Kind.paragraph && this.#open.at(-1) !== Kind.paragraph) {
			this.#text.endParagraph();
		}
	}

	/** @returns undefined for what is passed over */
	#kindOf(name: string, attributes: Attributes): Kind | undefined {
		const parent = this.#open.at(-1);
		switch (parent) {
			case undefined:
				return Kind.table;
			case Kind.row:
				if (name !== 'table:table-cell' && name !== 'table:covered-table-cell') return undefined;
				return this.#startCell(attributes);
			case Kind.paragraph:
				return this.#inParagraph(name, attributes);
			case Kind.cell:
			case Kind.insideCell:
				return this.#inCell(name);
			default:
				return this.#inTable(name, attributes);
		}
	}

	#inTable(name: string, attributes: Attributes): Kind | undefined {
		switch (name) {
			case 'table:table-row':
				this.#startRow(attributes);
				return Kind.row;
			case 'table:table-row-group':
				if (attributes['table:display'] !== 'false') return Kind.table;
				this.#hiddenGroups++;
				return Kind.hiddenGroup;
			case 'table:table-header-rows':
			case 'table:table-rows':
				return Kind.table;
			default:
				return undefined;
		}
	}

	/** A table inside a cell gives its texts to the cell. */
	#inCell(name: string): Kind | undefined {
		if (name === 'text:p' || name === 'text:h') {
			this.#text.beginParagraph();
			return Kind.paragraph;
		}
		return NOT_TEXT.test(name) ? undefined : Kind.insideCell;
	}

	#inParagraph(name: string, attributes: Attributes): Kind | undefined {
		if (name === 'text:s') {
			const count = Number(attributes['text:c'] ?? 1);
			if (count > this.#maxLength) throw cellTooLarge(this.#maxLength);
			this.#text.addExactly(' '.repeat(count > 0 ? count : 0));
		} else if (name === 'text:tab') this.#text.addExactly('\t');
		else if (name === 'text:line-break') this.#text.addExactly('\n');
		else if (NOT_TEXT.test(name)) return undefined;
		this.#checkLength();
		return Kind.paragraph;
	}

	#startRow(attributes: Attributes): void {
		const visibility = attributes['table:visibility'];
		const isHidden = visibility === 'collapse' || visibility === 'filter';
		this.#rows.startRow(attributes, isHidden || this.#hiddenGroups > 0);
	}

	#startCell(attributes: Attributes): Kind {
		this.#text.clear();
		this.#rows.startCell(attributes);
		return Kind.cell;
	}

	#checkLength(): void {
		if ((this.#text.text?.length ?? 0) > this.#maxLength) throw cellTooLarge(this.#maxLength);
	}
}
