import type { Decision } from '../../dataset';
import { ImportError, issue, type Issue } from '../../issues';
import { decideEncoding, decodeHead } from '../encoding';

const DECLARED = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/;

/**
 * The encoding of an XML file: that of its declaration (XML 1.0, 4.3.3) unless a person has set one, a byte order mark
 * says otherwise, or the bytes do not fit it.
 *
 * @param head first bytes of the file
 * @returns the decision, with a FILE_ENCODING warning when the declaration is wrong
 * @throws ImportError RUN_CONFIG when the chosen encoding is unknown
 */
export function decideXmlEncoding(
	head: Uint8Array,
	chosen?: string,
): { decision: Decision; issues: Issue[] } {
	const decision = decideEncoding(head, chosen);
	const start = Buffer.from(head.subarray(0, 256)).toString('latin1');
	const declared = DECLARED.exec(start)?.[1];
	if (chosen !== undefined || BYTE_ORDER_MARK.test(start) || declared === undefined) {
		return { decision, issues: [] };
	}
	const encoding = fittingEncoding(head, declared);
	if (encoding === undefined) {
		const message = `The file says that it is ${declared}, but its bytes are not; it is read as ${String(decision.value)}`;
		return { decision, issues: [issue('FILE_ENCODING', message, { value: declared })] };
	}
	const evidence = `the XML declaration says ${declared}`;
	return {
		decision: {
			subject: 'encoding',
			value: encoding,
			confidence: 0.98,
			evidence,
			chosenBy: 'detection',
		},
		issues: [],
	};
}

/** The encoding behind a label, if the bytes can be read in it; the declaration itself must come out again. */
function fittingEncoding(head: Uint8Array, label: string): string | undefined {
	try {
		const encoding = String(decideEncoding(head, label).value);
		const text = decodeHead(head, encoding);
		return text.startsWith('<?xml') && !text.includes('\ufffd') ? encoding : undefined;
	} catch (error) {
		if (error instanceof ImportError) return undefined;
		throw error;
	}
}
