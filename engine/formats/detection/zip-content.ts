import type { ByteSource } from '../../dataset';
import { ImportError } from '../../issues';
import { readCentralDirectory, unpack, UnpackBudget, type ZipEntry } from '../zip';

/** What a zip archive is: a workbook that has become one, or an archive of files. */
type ZipContent =
	| { kind: 'workbook'; format: 'xlsx' | 'xlsb' | 'ods'; evidence: string }
	| { kind: 'files'; entries: ZipEntry[] };

interface Document {
	/** A part that only such a document has. */
	part: RegExp;
	name: string;
	hint?: string;
}

const AS_WORKBOOK = 'Export the table as XLSX or CSV from the program that made it.';

const DOCUMENTS: readonly Document[] = [
	{ part: /^word\/document\.xml$/i, name: 'a Word document' },
	{ part: /^ppt\/presentation\.xml$/i, name: 'a PowerPoint presentation' },
	{ part: /^visio\/document\.xml$/i, name: 'a Visio drawing' },
	{
		part: /^Index\/(?:Document|Tables\/.*)\.iwa$|^Index\.zip$/,
		name: 'an Apple Numbers or iWork document',
	},
	{ part: /^META-INF\/container\.xml$/, name: 'an e-book (EPUB)' },
	{ part: /^AndroidManifest\.xml$/, name: 'an Android app' },
	{ part: /^META-INF\/MANIFEST\.MF$/, name: 'a Java archive' },
];

const SPREADSHEET = /^application\/vnd\.oasis\.opendocument\.spreadsheet(?:-template)?$/;

/** A type is one short line. */
const LONGEST_TYPE = 200;

/**
 * Looks into a zip archive.
 *
 * @throws ImportError FILE_UNREADABLE when its list of parts is damaged; FILE_FORMAT when it is a document of another kind
 */
export async function zipContent(bytes: ByteSource): Promise<ZipContent> {
	const entries = await readCentralDirectory(bytes);
	const names = entries.map(({ name }) => name.replace(/^\/+/, ''));
	const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
	const isPackage = has(/^\[Content_Types\]\.xml$/i) || has(/^_rels\/\.rels$/i);
	if (has(/^xl\/workbook\d*\.bin$/i)) return workbook('xlsb', 'a package with a binary workbook');
	if (has(/^xl\/workbook\d*\.xml$/i)) return workbook('xlsx', 'a package with a workbook');
	const type = await mimeType(bytes, entries);
	if (SPREADSHEET.test(type)) return workbook('ods', `an archive of type ${type}`);
	if (type.startsWith('application/vnd.oasis.opendocument.'))
		throw refused(kindOfOpenDocument(type));
	const document = DOCUMENTS.find(({ part }) => has(part));
	if (document !== undefined) throw refused(document.name);
	// what kind of package or document it is, its reader finds out
	if (isPackage) return workbook('xlsx', 'a package of Office');
	if (has(/^content\.xml$/) && has(/^META-INF\/manifest\.xml$/)) {
		return workbook('ods', 'an archive with the parts of OpenDocument');
	}
	return { kind: 'files', entries };
}

function workbook(format: 'xlsx' | 'xlsb' | 'ods', evidence: string): ZipContent {
	return { kind: 'workbook', format, evidence };
}

/** OpenDocument 1.3 part 2, 3.3: the part `mimetype` holds nothing but the type. */
async function mimeType(bytes: ByteSource, entries: readonly ZipEntry[]): Promise<string> {
	const entry = entries.find(({ name }) => name === 'mimetype');
	if (entry === undefined) return '';
	let type = '';
	try {
		for await (const chunk of unpack(bytes, entry, new UnpackBudget())) {
			type += Buffer.from(chunk.subarray(0, LONGEST_TYPE)).toString('latin1');
			if (type.length >= LONGEST_TYPE) break;
		}
	} catch (error) {
		if (!(error instanceof ImportError)) throw error;
	}
	return type.trim();
}

function kindOfOpenDocument(type: string): string {
	const kind = /opendocument\.([a-z]+)/.exec(type)?.[1] ?? '';
	return `an OpenDocument file, but no spreadsheet (${kind})`;
}

function refused(name: string): ImportError {
	return new ImportError('FILE_FORMAT', `The file is ${name}, not a table`, { hint: AS_WORKBOOK });
}
