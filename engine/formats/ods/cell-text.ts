const ANY_SPACE = /[ \t\r\n]+/g;
const NOT_PLAIN = /[\t\r\n]| {2}/;
const LINE_END = /[\r\n]/;

/** The text of a cell as it is put together: paragraphs, with their white space as OpenDocument counts it. */
export class CellText {
	/** Undefined when the cell has no paragraph. */
	text: string | undefined;

	/** Whether the text ends in a space that further ones fall together with. */
	#endsInSpace = false;

	/** Whether that space stands for a line end in the file, which is layout at the end of a paragraph. */
	#endsInLayout = false;

	clear(): void {
		this.text = undefined;
	}

	beginParagraph(): void {
		this.text = this.text === undefined ? '' : `${this.text}\n`;
		this.#endsInSpace = true;
		this.#endsInLayout = false;
	}

	/**
	 * Any white space is one space, none at the start of a paragraph (OpenDocument 1.3 part 3, 6.1.2). One at the end of
	 * a paragraph stays, as LibreOffice writes it so, unless it comes from a line end.
	 */
	add(characters: string): void {
		const isPlain = !NOT_PLAIN.test(characters);
		let piece = isPlain ? characters : characters.replace(ANY_SPACE, ' ');
		if (this.#endsInSpace && piece.startsWith(' ')) piece = piece.slice(1);
		if (piece === '') return;
		this.text = (this.text ?? '') + piece;
		this.#endsInSpace = piece.endsWith(' ');
		this.#endsInLayout =
			this.#endsInSpace && !isPlain && LINE_END.test(/\s*$/.exec(characters)?.[0] ?? '');
	}

	/** Adds characters that count as they are: those of `text:s`, `text:tab` and `text:line-break`. */
	addExactly(characters: string): void {
		this.text = (this.text ?? '') + characters;
		this.#endsInSpace = false;
		this.#endsInLayout = false;
	}

	endParagraph(): void {
		if (this.#endsInLayout) this.text = this.text?.slice(0, -1);
		this.#endsInLayout = false;
	}
}
