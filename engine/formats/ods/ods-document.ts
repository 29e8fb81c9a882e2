import { TextDecoder } from 'node:util';
import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import { HEAD_BYTES } from '../encoding';
import { decideXmlEncoding } from '../xml/xml-encoding';
import { xmlText } from '../xml/xml-text';
import { asUtf8 } from '../xlsx/xml-encoding';
import { ZipArchive } from '../zip';

/** The XML of an OpenDocument file, to be read as often as needed. */
export interface OdsDocument {
	readonly decisions: readonly Decision[];
	/** @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE while it is read */
	text(): AsyncIterable<string>;
}

const CONTENT = 'content.xml';
const MANIFEST = 'META-INF/manifest.xml';
const ZIP_SIGNATURE = 0x504b;
const ENCRYPTION = /<(?:[\w.-]+:)?encryption-data[\s>/]/;

/** A manifest lists the parts of the package: it is short, and what is looked for stands near its start. */
const LARGEST_MANIFEST = 4 * 1024 * 1024;

/**
 * Opens an OpenDocument file: a package (OpenDocument 1.3 part 2), or a single XML file (part 3, 3.1.2).
 *
 * @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT, FILE_UNREADABLE
 */
export async function openDocument(
	bytes: ByteSource,
	maxUnpackedBytes: number | undefined,
): Promise<OdsDocument> {
	if (bytes.size === 0) throw new ImportError('FILE_EMPTY', 'The file has no bytes.');
	const head = Buffer.from(await bytes.read(0, HEAD_BYTES));
	if (head.length >= 2 && head.readUInt16BE(0) === ZIP_SIGNATURE) {
		return await openPackage(bytes, maxUnpackedBytes);
	}
	if (!head.includes('office:document') && !head.includes('<\0o\0f\0')) throw notOpenDocument();
	const { decision } = decideXmlEncoding(head);
	const encoding = String(decision.value);
	return { decisions: [decision], text: () => xmlText(bytes, encoding) };
}

async function openPackage(
	bytes: ByteSource,
	maxUnpackedBytes: number | undefined,
): Promise<OdsDocument> {
	const archive = await ZipArchive.open(bytes, maxUnpackedBytes);
	if (await isEncrypted(archive)) {
		throw new ImportError('FILE_ENCRYPTED', 'The workbook is protected with a password.');
	}
	if (!archive.has(CONTENT)) throw notOpenDocument();
	return {
		decisions: [],
		async *text() {
			// The limit is on what is unpacked at a time: each sheet is read from the start of the same part.
			const again = await ZipArchive.open(bytes, maxUnpackedBytes);
			yield* decoded(asUtf8(again.read(CONTENT)));
		},
	};
}

/** Each part that is encrypted says so in the manifest (part 2, 4.4). */
async function isEncrypted(archive: ZipArchive): Promise<boolean> {
	let text = '';
	for await (const piece of decoded(asUtf8(archive.read(MANIFEST)))) {
		text += piece;
		if (ENCRYPTION.test(text)) return true;
		if (text.length > LARGEST_MANIFEST) return false;
	}
	return false;
}

async function* decoded(
	chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
	const decoder = new TextDecoder();
	for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
	yield decoder.decode();
}

function notOpenDocument(): ImportError {
	return new ImportError('FILE_FORMAT', 'The file is not an OpenDocument spreadsheet.');
}
