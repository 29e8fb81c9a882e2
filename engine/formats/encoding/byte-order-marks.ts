const MARK = '\uFEFF';

/**
 * Takes out the byte order marks at which lines begin: they stand inside of a file where files were put together one
 * behind the other. The text is passed piece by piece; marks at other places are part of it.
 */
export class ByteOrderMarks {
	/** Length of the text that was given out. */
	#length = 0;

	#isLineStart = true;

	#found: number[] = [];

	/** The piece without marks. */
	drop(piece: string): string {
		const text = piece.includes(MARK) ? this.#withoutMarks(piece) : piece;
		this.#length += text.length;
		if (text !== '') this.#isLineStart = text.endsWith('\n') || text.endsWith('\r');
		return text;
	}

	/** The positions of marks before a position in the text that was given out. They are told once. */
	takeBefore(position: number): number[] {
		if (this.#found.length === 0) return [];
		const taken = this.#found.filter((at) => at < position);
		this.#found = this.#found.filter((at) => at >= position);
		return taken;
	}

	#withoutMarks(piece: string): string {
		let dropped = 0;
		return piece.replace(/\uFEFF/g, (mark, at: number) => {
			const before = piece[at - 1];
			const isLineStart = at === dropped ? this.#isLineStart : before === '\n' || before === '\r';
			if (!isLineStart) return mark;
			const position = this.#length + at - dropped;
			if (this.#found.at(-1) !== position) this.#found.push(position);
			dropped++;
			return '';
		});
	}
}

/** Drops the byte order marks of a text that comes in pieces. */
export async function* withoutMarks(
	texts: AsyncIterable<string>,
	marks: ByteOrderMarks,
): AsyncGenerator<string> {
	for await (const text of texts) {
		const piece = marks.drop(text);
		if (piece !== '') yield piece;
	}
}
