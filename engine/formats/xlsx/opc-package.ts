import type { ByteSource } from '../../dataset/byte-source';
import { ImportError } from '../../issues';
import { ZipArchive } from '../zip';
import { compoundFileEntries, isCompoundFile } from '../compound-file';
import { readXmlPart } from './xml-part';

/** How one part of a package refers to another. */
export interface Relationship {
	id: string;
	/** The last segment of the type's URI, such as `worksheet`: it is the same in the transitional and the strict kind. */
	type: string;
	/** Name of the part in the archive. */
	target: string;
}

const ZIP_SIGNATURE = 0x504b;

/** An Office file: a zip archive of parts that refer to each other (ECMA-376 part 2, Open Packaging Conventions). */
export class OpcPackage {
	readonly #archive: ZipArchive;

	private constructor(archive: ZipArchive) {
		this.#archive = archive;
	}

	/**
	 * @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT when it is no such file, FILE_UNREADABLE when it is damaged
	 */
	static async open(bytes: ByteSource, maxUnpackedBytes?: number): Promise<OpcPackage> {
		if (bytes.size === 0) throw new ImportError('FILE_EMPTY', 'The file has no bytes.');
		if (await isCompoundFile(bytes)) throw await compoundFileRefused(bytes);
		const head = Buffer.from(await bytes.read(0, 2));
		if (head.length < 2 || head.readUInt16BE(0) !== ZIP_SIGNATURE) {
			throw new ImportError('FILE_FORMAT', 'The file is not an XLSX workbook.');
		}
		return new OpcPackage(await ZipArchive.open(bytes, maxUnpackedBytes));
	}

	has(part: string): boolean {
		return this.#archive.has(part);
	}

	/** The bytes of a part. @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE while it is read */
	read(part: string): AsyncGenerator<Uint8Array, void, undefined> {
		return this.#archive.read(part);
	}

	/**
	 * What a part refers to inside the package.
	 *
	 * @param part name of a part; `''` for the package itself
	 * @throws ImportError FILE_UNREADABLE
	 */
	async relationships(part: string): Promise<Relationship[]> {
		const relationshipsPart = relationshipsPartOf(part);
		const found: Relationship[] = [];
		if (!this.has(relationshipsPart)) return found;
		await readXmlPart(relationshipsPart, this.read(relationshipsPart), ({ name, attributes }) => {
			const { Id: id, Type: type, Target: target, TargetMode: mode } = attributes;
			if (name !== 'Relationship' || id === undefined || target === undefined) return;
			if (mode === 'External') return;
			found.push({
				id,
				type: type?.slice(type.lastIndexOf('/') + 1) ?? '',
				target: resolvePart(part, target),
			});
		});
		return found;
	}
}

/** `xl/workbook.xml` has its relationships in `xl/_rels/workbook.xml.rels` (ECMA-376 part 2, 6.5.2). */
function relationshipsPartOf(part: string): string {
	const nameStart = part.lastIndexOf('/') + 1;
	return `${part.slice(0, nameStart)}_rels/${part.slice(nameStart)}.rels`;
}

/** A target is relative to the part that refers to it, unless it begins with a slash. */
function resolvePart(from: string, target: string): string {
	const path = decodePath(target.replaceAll('\\', '/'));
	const segments = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
	for (const segment of path.split('/')) {
		if (segment === '..') segments.pop();
		else if (segment !== '' && segment !== '.') segments.push(segment);
	}
	return segments.join('/');
}

function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** Office keeps an encrypted workbook as a stream of a compound file ([MS-OFFCRYPTO] 2.3.4). */
async function compoundFileRefused(bytes: ByteSource): Promise<ImportError> {
	const names = await compoundFileEntries(bytes);
	if (names.includes('EncryptedPackage') || names.includes('EncryptionInfo')) {
		return new ImportError('FILE_ENCRYPTED', 'The workbook is protected with a password.');
	}
	const isLegacyWorkbook = names.some((name) => /^(workbook|book)$/i.test(name));
	return new ImportError(
		'FILE_FORMAT',
		isLegacyWorkbook
			? 'The file is a workbook of Excel 97 to 2003 (XLS), not an XLSX workbook.'
			: 'The file is an OLE compound file, not an XLSX workbook.',
	);
}
