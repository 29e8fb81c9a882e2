import { ImportError } from '../../issues';
import { JsonScanner, type ScanFault } from './json-scanner';

/** Where JSON is broken, as a person finds the place in an editor. */
interface SyntaxFault {
	/** From 1. */
	line: number;
	/** In characters, from 1. */
	column: number;
	/** What is wrong there, as part of a sentence. */
	reason: string;
}

const LINE_FEED = 0x0a;

/** The first fault in the head of a document; a text that is cut off has none. */
export function findSyntaxFault(head: string): SyntaxFault | undefined {
	return new FaultFinder().add(Buffer.from(head));
}

/** The first fault in a text that is whole. */
export function findSyntaxFaultInWhole(text: string): SyntaxFault | undefined {
	const finder = new FaultFinder();
	return finder.add(Buffer.from(text)) ?? finder.end();
}

/**
 * Says where a document is broken, in the place of an error that only knows that it is. The document is read once more,
 * from its start.
 *
 * @param error what was thrown while it was read
 * @param chunks the document in UTF-8, without a byte order mark
 * @returns the error to throw: that with the place, or the one that was given where the grammar is not at fault
 */
export async function withPlace(
	error: unknown,
	chunks: () => AsyncIterable<Uint8Array>,
): Promise<unknown> {
	if (!(error instanceof ImportError) || error.code !== 'FILE_UNREADABLE') return error;
	const finder = new FaultFinder();
	let fault: SyntaxFault | undefined;
	try {
		for await (const chunk of chunks()) {
			fault = finder.add(chunk);
			if (fault !== undefined) break;
		}
		fault ??= finder.end();
	} catch (second) {
		if (second instanceof ImportError) return error;
		throw second;
	}
	if (fault === undefined) return error;
	const { row } = error.issue;
	return new ImportError(
		'FILE_UNREADABLE',
		`The JSON is broken at line ${fault.line}, column ${fault.column}: ${fault.reason}`,
		row === undefined ? {} : { row },
		{ cause: error },
	);
}

/** Holds text to the grammar and counts its lines. */
class FaultFinder {
	readonly #scanner = new JsonScanner();

	#position = 0;

	#line = 1;

	#column = 1;

	add(chunk: Uint8Array): SyntaxFault | undefined {
		const fault = this.#faultOf(() => this.#scanner.write(chunk));
		const place = fault && this.#placeOf(fault, chunk);
		if (place === undefined) this.#count(chunk);
		this.#position += chunk.length;
		return place;
	}

	end(): SyntaxFault | undefined {
		const fault = this.#faultOf(() => this.#scanner.end());
		return fault && this.#placeOf(fault, new Uint8Array());
	}

	#placeOf({ offset, reason }: ScanFault, chunk: Uint8Array): SyntaxFault {
		const inChunk = offset - this.#position;
		this.#count(chunk.subarray(0, Math.max(0, inChunk)));
		// a value that began in the chunk before stands in one line
		const column = Math.max(1, this.#column + Math.min(0, inChunk));
		return { line: this.#line, column, reason };
	}

	#faultOf(scan: () => void): ScanFault | undefined {
		try {
			scan();
			return undefined;
		} catch (error) {
			if (this.#scanner.fault === undefined) throw error;
			return this.#scanner.fault;
		}
	}

	/** Bytes that go on with a character of UTF-8 are no column of their own. */
	#count(bytes: Uint8Array): void {
		for (const byte of bytes) {
			if (byte === LINE_FEED) {
				this.#line++;
				this.#column = 1;
			} else if ((byte & 0xc0) !== 0x80) this.#column++;
		}
	}
}
