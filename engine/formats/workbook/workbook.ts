import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import type { CellRanges } from './cell-ranges';
import type { SheetRow } from './sheet-row';

/** A worksheet, as its tab shows it. Chart sheets hold no cells and are not among them. */
export interface Sheet {
	name: string;
	hidden: boolean;
}

/** Limits on what is unpacked from a workbook; see ReadOptions. */
export interface WorkbookLimits {
	maxUnpackedBytes?: number;
	maxRecordLength?: number;
}

/** How cells are given: as typed values (numbers, ISO 8601 dates), or as the text that the spreadsheet program shows. */
export type CellMode = 'typed' | 'shown';

/** How the rows of a sheet are wanted. */
export interface RowsWanted {
	/** How many cells each row has at least; those that the sheet leaves out are null. Default 0. */
	width?: number;
	/** Default: typed. */
	cells?: CellMode;
}

/** A workbook of any format: its sheets in the order of the tabs, and their rows. */
export interface Workbook {
	readonly sheets: readonly Sheet[];
	/** What was found out about the workbook as a whole, such as its date system. */
	readonly decisions: readonly Decision[];
	/**
	 * The rows of a sheet that hold a value, in order, in lists of as many as come at a time.
	 *
	 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
	 */
	rows(sheet: Sheet, wanted?: RowsWanted): AsyncGenerator<SheetRow[], void, undefined>;
	/** The ranges of merged cells of a sheet, in the order of the file. May read the whole sheet. */
	merges(sheet: Sheet): Promise<CellRanges>;
	/** Lets go of what is being read. The bytes stay open. */
	close(): Promise<void>;
}

/** A format that keeps its cells in sheets. */
export interface WorkbookFormat {
	/** Name of the format, such as `xlsx`. */
	readonly format: string;
	/** @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE */
	readonly open: (bytes: ByteSource, limits: WorkbookLimits) => Promise<Workbook>;
}

/** The decision about the day that dates are counted from, which spreadsheet formats state themselves. */
export function dateSystemDecision(date1904: boolean): Decision {
	return {
		subject: 'date system',
		value: date1904 ? '1904' : '1900',
		confidence: 1,
		evidence: date1904
			? 'The workbook says that it counts days from 1904-01-01.'
			: 'The workbook counts days from 1900-01-01, as is usual.',
		chosenBy: 'detection',
	};
}
