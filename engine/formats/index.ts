import type { ByteSource, FileSource, Reader, ReadOptions } from '../dataset';
import { ImportError } from '../issues';
import { checkReadOptions } from './check-options';
import { openContainers, type OpenedContainers } from './container';
import { delimitedReader } from './delimited';
import { detectFormat } from './detect-format';
import { jsonReader, ndjsonReader } from './json';
import { odsFormat } from './ods';
import { spreadsheetmlFormat } from './spreadsheetml';
import { sylkFormat } from './sylk';
import { unusedSettings } from './unused-settings';
import {
	workbookReader,
	type Sheet,
	type Workbook as SheetWorkbook,
	type WorkbookFormat,
	type WorkbookLimits,
} from './workbook';
import { xlsFormat } from './xls';
import { xlsbFormat } from './xlsb';
import { xlsxFormat } from './xlsx';
import { xmlReader } from './xml';

export type { RowsWanted, Sheet, SheetRow, WorkbookLimits } from './workbook';

/** A workbook as it is, whatever its headers. */
export interface Workbook extends Omit<SheetWorkbook, 'merges'> {
	/** The ranges of merged cells of a sheet, such as `A1:C1`, in the order of the file. May read the whole sheet. */
	merges(sheet: Sheet): Promise<string[]>;
}

/** Every format that keeps its cells in sheets. */
const workbookFormats: readonly WorkbookFormat[] = [
	xlsxFormat,
	xlsFormat,
	xlsbFormat,
	odsFormat,
	spreadsheetmlFormat,
	sylkFormat,
];
export { unwrap } from './container';
export { decodeText, openEncoder, type DecodedText } from './encoding';

/** Every format that can be read. A new format is one folder and one line here. */
export const readers: ReadonlyMap<string, Reader> = new Map(
	[
		delimitedReader,
		...workbookFormats.map(workbookReader),
		jsonReader,
		ndjsonReader,
		xmlReader,
	].map((reader) => [reader.format, reader]),
);

/**
 * Decides the format by the content of the file, inside of what it is packed in, and lets its reader decide the rest.
 *
 * @throws ImportError FILE_*, HEADER_*; RUN_CONFIG for settings that no file can be read with
 */
export async function openSource(
	bytes: ByteSource,
	fileName: string | undefined,
	options: ReadOptions,
): Promise<FileSource> {
	checkReadOptions(options);
	const inside = await openContainers(bytes, fileName, options);
	try {
		const { containers, decisions, issues } = inside;
		const source = await openInside(inside, options);
		const archives = containers.map(({ kind }) => kind);
		return {
			...source,
			fileName,
			...(containers.length > 0 && { containers }),
			decisions: [...decisions, ...source.decisions],
			issues: [...issues, ...unusedSettings(options, source.format, archives), ...source.issues],
		};
	} finally {
		await inside.bytes.close();
	}
}

async function openInside(
	{ bytes, fileName }: OpenedContainers,
	options: ReadOptions,
): Promise<FileSource> {
	const { decision, issues } = await detectFormat(bytes, fileName, options.format);
	const reader = readers.get(String(decision.value));
	if (reader === undefined) {
		const known = [...readers.keys()].join(', ');
		throw new ImportError(
			'FILE_FORMAT',
			`"${String(decision.value)}" is not a format that can be read`,
			{
				hint: `The formats are: ${known}.`,
			},
		);
	}
	const source = await reader.open(bytes, options);
	return {
		...source,
		decisions: [decision, ...source.decisions.filter(({ subject }) => subject !== 'format')],
		issues: [...issues, ...source.issues],
	};
}

/**
 * Opens a workbook as it is: its sheets with all their rows, whatever their headers.
 *
 * @throws ImportError FILE_*; FILE_FORMAT when the file is no workbook
 */
export async function openWorkbook(
	bytes: ByteSource,
	fileName: string | undefined,
	limits: WorkbookLimits = {},
): Promise<Workbook> {
	checkReadOptions(limits);
	const inside = await openContainers(bytes, fileName, limits);
	try {
		const { decision } = await detectFormat(inside.bytes, inside.fileName);
		const name = String(decision.value);
		const found = workbookFormats.find(({ format }) => format === name);
		if (found === undefined) {
			throw new ImportError(
				'FILE_FORMAT',
				`The file is no workbook: it holds ${name.toUpperCase()}.`,
			);
		}
		const workbook = await found.open(inside.bytes, limits);
		return {
			sheets: workbook.sheets,
			decisions: workbook.decisions,
			rows: (sheet, wanted) => workbook.rows(sheet, wanted),
			merges: async (sheet) => (await workbook.merges(sheet)).texts(),
			close: async () => {
				await workbook.close();
				await inside.bytes.close();
			},
		};
	} catch (error) {
		await inside.bytes.close();
		throw error;
	}
}
