import { ImportError } from '../../../issues';
import type { BiffVersion } from '../bof';
import type { RecordDecryption } from '../record-cursor';
import { RecordType } from '../record-types';
import { cryptoApiRc4, officeRc4, Rc4Decryption, type BlockKey } from './rc4-decryption';
import { XorDecryption } from './xor-decryption';

/** Excel encrypts with this password what is protected against changes only, and opens it without asking. */
const DEFAULT_PASSWORD = 'VelvetSweatshop';

/** Records that are never encrypted ([MS-XLS] 2.2.10). */
const PLAIN_RECORDS: ReadonlySet<number> = new Set([
	RecordType.bof,
	RecordType.bofBiff4,
	RecordType.bofBiff3,
	RecordType.bofBiff2,
	RecordType.filePass,
	0x00e1, // InterfaceHdr
	0x0138, // RRDHead
	0x0194, // UsrExcl
	0x0195, // FileLock
	0x0196, // RRDInfo
]);

const POSITION_BYTES = 4;

/**
 * Opens an encrypted workbook, as far as that needs no password.
 *
 * @param filePass content of the record ([MS-XLS] 2.4.117)
 * @throws ImportError FILE_ENCRYPTED
 */
export function openEncryption(filePass: Buffer, version: BiffVersion): RecordDecryption {
	const decryption = decryptionOf(filePass, version, DEFAULT_PASSWORD);
	if (decryption === undefined) throw passwordProtected();
	return {
		decrypt(type, content, position) {
			if (PLAIN_RECORDS.has(type)) return;
			// the position of a sheet stays readable
			const plain = type === RecordType.boundSheet ? POSITION_BYTES : 0;
			const encrypted = Buffer.from(content.subarray(0, plain));
			decryption.decrypt(type, content, position);
			content.set(encrypted);
		},
	};
}

export function passwordProtected(): ImportError {
	return new ImportError(
		'FILE_ENCRYPTED',
		'The workbook is password-protected: its cells cannot be read without the password.',
	);
}

/** @returns undefined when it needs another password, or is encrypted in a way that is not known */
function decryptionOf(
	filePass: Buffer,
	version: BiffVersion,
	password: string,
): RecordDecryption | undefined {
	if (version < 8) return XorDecryption.open(filePass, password);
	if (filePass.length < 6) return undefined;
	if (filePass.readUInt16LE(0) === 0) return XorDecryption.open(filePass.subarray(2), password);
	const open = filePass.readUInt16LE(2) === 1 ? officeRc4 : cryptoApiRc4;
	const blockKey: BlockKey | undefined = open(filePass.subarray(6), password);
	return blockKey && new Rc4Decryption(blockKey);
}
