import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import { canonicalEncoding } from '../encoding/labels';
import { openDecoder, type StreamDecoder } from '../encoding/stream-decoder';

const DEFAULT_ENCODING = 'windows-1252';

/** Code pages ([MS-XLS] 2.4.52) whose encoding does not go by their number; 0x8000 and 0x8001 are those of BIFF2 and BIFF3. */
const ENCODINGS: Readonly<Record<number, string>> = {
	367: 'us-ascii',
	1200: 'utf-16le',
	10_000: 'macintosh',
	10_007: 'x-mac-cyrillic',
	10_017: 'x-mac-cyrillic',
	10_029: 'x-mac-ce',
	20_127: 'us-ascii',
	20_866: 'koi8-r',
	21_866: 'koi8-u',
	28_591: 'iso-8859-1',
	28_592: 'iso-8859-2',
	32_768: 'macintosh',
	32_769: 'windows-1252',
	65_001: 'utf-8',
};

/** The code page that a workbook older than BIFF8 keeps its texts in. */
export class CodePage {
	/** The encoding, and how sure it is. */
	readonly decision: Decision;

	readonly #decoder: StreamDecoder;

	/** @param number as the workbook says it; undefined when it does not */
	constructor(number: number | undefined) {
		const encoding = number === undefined ? undefined : encodingOf(number);
		this.#decoder = openDecoder(encoding ?? DEFAULT_ENCODING);
		this.decision = {
			subject: 'encoding',
			value: encoding ?? DEFAULT_ENCODING,
			confidence: encoding === undefined ? 0.5 : 1,
			evidence: evidenceOf(number, encoding),
			chosenBy: 'detection',
		};
	}

	decode(bytes: Buffer): string {
		for (const byte of bytes) {
			if (byte > 0x7f) return this.#decoder.decode(bytes) + this.#decoder.end();
		}
		return bytes.toString('latin1');
	}
}

function evidenceOf(number: number | undefined, encoding: string | undefined): string {
	if (number === undefined) return 'The workbook does not name its code page.';
	if (encoding !== undefined) return `The workbook says that its texts are in code page ${number}.`;
	return `The workbook names code page ${number}, which is not known.`;
}

function encodingOf(number: number): string | undefined {
	try {
		const label = ENCODINGS[number] ?? labelOf(number);
		return canonicalEncoding(label);
	} catch (error) {
		if (error instanceof ImportError) return undefined;
		throw error;
	}
}

function labelOf(number: number): string {
	return number >= 1250 && number <= 1258 ? `windows-${number}` : `cp${number}`;
}
