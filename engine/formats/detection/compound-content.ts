import type { ByteSource } from '../../dataset';
import { ImportError } from '../../issues';
import { compoundFileEntries } from '../compound-file';

/** What else is kept in compound files, by a stream that only such a file has. */
const DOCUMENTS: ReadonlyArray<readonly [stream: RegExp, name: string]> = [
	[/^WordDocument$/i, 'a Word document (DOC)'],
	[/^PowerPoint Document$/i, 'a PowerPoint presentation (PPT)'],
	[/^VisioDocument$/i, 'a Visio drawing'],
	[/^__(?:substg1\.0|properties_version1\.0|nameid_version1\.0)/i, 'an Outlook message (MSG)'],
	[/^Props\d*$|^Project$/i, 'a Microsoft Project file'],
	[/^HwpSummaryInformation$/i, 'a Hangul document (HWP)'],
	// the names of the tables of Windows Installer are packed into ideographs, all behind one sign
	[/^\u4840/, 'an installer of Windows (MSI)'],
	[/^Quill$|^Contents$/i, 'a Publisher or Works document'],
];

/**
 * Decides what a compound file ([MS-CFB]) is by the names of its streams.
 *
 * @returns whether it is an XLS workbook; undefined when its names cannot be read, which its reader will say
 * @throws ImportError FILE_ENCRYPTED for an encrypted workbook ([MS-OFFCRYPTO] 2.3.4), FILE_FORMAT for other documents
 */
export async function compoundContent(bytes: ByteSource): Promise<'xls' | undefined> {
	const names = await compoundFileEntries(bytes);
	if (names.some((name) => /^(?:workbook|book)$/i.test(name))) return 'xls';
	if (names.some((name) => /^(?:EncryptedPackage|EncryptionInfo)$/i.test(name))) {
		throw new ImportError('FILE_ENCRYPTED', 'The workbook is password-protected.');
	}
	const document = DOCUMENTS.find(([stream]) => names.some((name) => stream.test(name)));
	if (document === undefined && names.length === 0) return undefined;
	throw new ImportError(
		'FILE_FORMAT',
		`The file is ${document?.[1] ?? 'an OLE compound file without a workbook'}, not a table`,
		{ hint: 'Save the table as XLSX or CSV in the program that made the file.' },
	);
}
