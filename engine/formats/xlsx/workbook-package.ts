import type { ByteSource } from '../../dataset/byte-source';
import { ImportError } from '../../issues';
import { damaged } from '../zip';
import type { Sheet } from '../workbook';
import { OpcPackage, type Relationship } from './opc-package';

/** A sheet of a package. */
export interface PackagedSheet extends Sheet {
	/** Name of the part that holds its cells; there is none where the workbook is damaged. */
	part: string | undefined;
}

/** The package of a workbook: XLSX and XLSB find their parts in the same way, and differ in what these hold. */
export class WorkbookPackage {
	/** Name of the part that the others are found from. */
	readonly workbookPart: string;

	readonly #package: OpcPackage;

	readonly #relationships: readonly Relationship[];

	readonly #byId: ReadonlyMap<string, Relationship>;

	private constructor(
		opcPackage: OpcPackage,
		workbookPart: string,
		relationships: readonly Relationship[],
	) {
		this.#package = opcPackage;
		this.workbookPart = workbookPart;
		this.#relationships = relationships;
		this.#byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
	}

	/**
	 * @param usualPart name of the workbook's part where the package does not say it
	 * @param check throws where the part is not there, or its name is not that of such a workbook
	 * @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE
	 */
	static async open(
		bytes: ByteSource,
		maxUnpackedBytes: number | undefined,
		usualPart: string,
		check: (part: string, isThere: boolean) => void,
	): Promise<WorkbookPackage> {
		const opcPackage = await OpcPackage.open(bytes, maxUnpackedBytes);
		const inPackage = await opcPackage.relationships('');
		const part = inPackage.find(({ type }) => type === 'officeDocument')?.target ?? usualPart;
		check(part, opcPackage.has(part));
		return new WorkbookPackage(opcPackage, part, await opcPackage.relationships(part));
	}

	/** The bytes of a part. @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE while it is read */
	read(part: string): AsyncGenerator<Uint8Array, void, undefined> {
		return this.#package.read(part);
	}

	/** The bytes of a sheet. @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE */
	readSheet(sheet: Sheet): AsyncGenerator<Uint8Array, void, undefined> {
		const { part } = sheet as PackagedSheet;
		if (part === undefined || !this.#package.has(part)) {
			throw damaged(`the sheet “${sheet.name}” is missing from it`);
		}
		return this.read(part);
	}

	/** Name of the part of a type, such as `styles`, of which a workbook has one at the most. */
	partOfType(type: string): string | undefined {
		const part = this.#relationships.find((relationship) => relationship.type === type)?.target;
		return part !== undefined && this.#package.has(part) ? part : undefined;
	}

	/** The bytes of the part of a type; none where there is no such part. */
	readPartOfType(type: string): AsyncGenerator<Uint8Array, void, undefined> | undefined {
		const part = this.partOfType(type);
		return part === undefined ? undefined : this.read(part);
	}

	/**
	 * The sheet that an entry of the workbook's list stands for.
	 *
	 * @returns none for charts, dialogs and macros, which have tabs too; macro modules may have no part at all
	 */
	worksheet(name: string, hidden: boolean, relationshipId: string): PackagedSheet | undefined {
		const relationship = this.#byId.get(relationshipId);
		if (relationship !== undefined && relationship.type !== 'worksheet') return undefined;
		return { name, hidden, part: relationship?.target };
	}
}

/** The error for an Office document of another kind. */
export function notWorkbook(): ImportError {
	return new ImportError('FILE_FORMAT', 'The file is an Office document, but not a workbook.');
}
