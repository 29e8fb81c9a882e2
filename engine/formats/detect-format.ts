import { setImmediate as turn } from 'node:timers/promises';
import type { ByteSource, Decision } from '../dataset';
import { ImportError, issue, type Issue } from '../issues';
import { compoundContent } from './detection/compound-content';
import { endingOf, fitsEnding, formatLabel, formatOfEnding } from './detection/endings';
import { beginsAs } from './detection/magic';
import { recogniseOther } from './detection/signatures';
import { binaryData, textFormat } from './detection/text-format';
import { zipContent } from './detection/zip-content';
import { decideEncoding, decodeHead, HEAD_BYTES, isBinaryData, prepareEncodings } from './encoding';

/** Formats that are text: bytes of anything else cannot be read as such, whatever a person has set. */
const TEXT_FORMATS: readonly string[] = ['csv', 'json', 'ndjson', 'xml', 'sylk'];

/**
 * Decides the format of a file by its content. The file name only decides between formats that look alike, and is
 * answered with a warning where it says another format.
 *
 * @param bytes the file itself, outside of any container
 * @param chosen format set by a person
 * @throws ImportError FILE_EMPTY; FILE_FORMAT when it is something else, such as a PDF document or a web page;
 * FILE_ENCRYPTED; FILE_UNREADABLE when it is a damaged archive
 */
export async function detectFormat(
	bytes: ByteSource,
	fileName?: string,
	chosen?: string,
): Promise<{ decision: Decision; issues: Issue[] }> {
	const head = await bytes.read(0, HEAD_BYTES);
	if (chosen !== undefined) {
		if (TEXT_FORMATS.includes(chosen)) {
			await refuseBinary(bytes, head, chosen);
			await prepareEncodings(head);
		}
		return { decision: format(chosen, 1, 'set by hand', 'setting'), issues: [] };
	}
	if (head.length === 0) throw new ImportError('FILE_EMPTY', 'The file is empty: it has no bytes');
	const decision =
		(await binaryFormat(bytes, head)) ??
		(await fromText(head, head.length === bytes.size, fileName));
	// the reader begins with as long a look at the head
	await turn();
	return { decision, issues: mismatch(String(decision.value), fileName) };
}

/** A warning where the ending of the file name says another format. */
function mismatch(value: string, fileName: string | undefined): Issue[] {
	if (fitsEnding(value, fileName)) return [];
	const message = `The file is called .${endingOf(fileName)}, but it holds ${formatLabel(value)}`;
	return [issue('FILE_FORMAT_MISMATCH', message, { value: fileName })];
}

async function binaryFormat(bytes: ByteSource, head: Uint8Array): Promise<Decision | undefined> {
	if (beginsAs('zip', head)) {
		const content = await zipContent(bytes);
		if (content.kind === 'workbook') return format(content.format, 0.95, content.evidence);
		throw new ImportError('FILE_FORMAT', 'The file is a zip archive of files, not a table');
	}
	if (beginsAs('compoundFile', head)) {
		const content = await compoundContent(bytes);
		const evidence = content ? 'a compound file with a workbook' : 'a compound file';
		return format('xls', content ? 0.98 : 0.5, evidence);
	}
	if (beginsAs('bareWorkbook', head)) return format('xls', 0.9, 'the records of an old workbook');
	const other = recogniseOther(head);
	if (other === undefined) return undefined;
	throw new ImportError('FILE_FORMAT', `The file is ${other.name}, not a table`, {
		...(other.hint !== undefined && { hint: other.hint }),
	});
}

async function fromText(
	head: Uint8Array,
	isWhole: boolean,
	fileName: string | undefined,
): Promise<Decision> {
	// to find the language of bytes that are no text would take long
	if (isBinaryData(head)) throw binaryData();
	await prepareEncodings(head);
	const text = decodeHead(head, String(decideEncoding(head).value));
	const { value, confidence, evidence } = textFormat(
		text,
		isWhole,
		formatOfEnding(fileName),
		fileName,
	);
	return format(String(value), confidence, evidence);
}

/** Only what is certain is held against a format that a person has chosen. */
async function refuseBinary(bytes: ByteSource, head: Uint8Array, chosen: string): Promise<void> {
	if (!head.subarray(0, 4096).includes(0)) return;
	const found = await binaryFormat(bytes, head);
	if (found === undefined) return;
	throw new ImportError(
		'FILE_FORMAT',
		`The file holds ${formatLabel(String(found.value))}, not ${formatLabel(chosen)}`,
		{ hint: 'Set Format to Detect by Content, or choose the format that the file has.' },
	);
}

function format(
	value: string,
	confidence: number,
	evidence: string,
	chosenBy: Decision['chosenBy'] = 'detection',
): Decision {
	return { subject: 'format', value, confidence, evidence, chosenBy };
}
