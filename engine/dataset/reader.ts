import type { Issue } from '../issues';
import type { ByteSource } from './byte-source';
import type { FileSource, RejectedRow, Row } from './dataset';

/** What a person may set about a file; everything left out is detected. */
export interface ReadOptions {
	format?: string;
	encoding?: string;
	delimiter?: string;
	/** The sign around cells of a delimited file; empty when there is none. */
	quote?: string;
	/** The sign before a quote that is part of a cell; the quote itself where it is doubled. */
	escape?: string;
	/** How comment lines of a delimited file begin; empty when there are none. */
	comment?: string;
	/** Cells of a delimited file such as `="01067"`: as the text between the quotes, or as they stand. Default: unwrap. */
	textFormulas?: 'unwrap' | 'keep';
	/** Row that holds the column names, 1-based; 0 when there is none. The first of them where they fill several rows. */
	headerRow?: number;
	/** How many rows the column names fill. */
	headerRows?: number;
	/** Which table of the file or sheet, 1-based, where there are several. Default: the first. */
	table?: number;
	/** What becomes of notes and totals below the table. Default: skip. */
	footer?: 'skip' | 'keep';
	/** What becomes of rows with fewer cells than the header. Default: pad. */
	shortRows?: 'pad' | 'reject' | 'stop';
	/** What becomes of rows with values behind the last column. Default: reject. Kept, they get columns of their own. */
	longRows?: 'reject' | 'keep' | 'stop';
	/** Name of the sheet, its 1-based position, or a pattern such as `20*`; `*` takes all visible sheets. */
	sheet?: string | number;
	/** Name of a column that is added and holds the name of the sheet. */
	sheetColumn?: string;
	/** Cells of a workbook as typed values, or as the text that the spreadsheet program shows. Default: typed. */
	cells?: 'typed' | 'shown';
	/** Rows that a workbook hides. Default: read. */
	hiddenRows?: 'read' | 'skip';
	/** The value of merged cells: in the first of them only, or in each. Default: first. */
	mergedCells?: 'first' | 'fill';
	/** Objects inside JSON records: as columns of their own (`address.city`), or as one JSON value. Default: flatten. */
	nested?: 'keep' | 'flatten';
	/** Columns behind the last one that has a name or a value, where the lines of a text have some. Default: drop. */
	emptyColumns?: 'drop' | 'keep';
	/** Which file of a zip archive: its path there, or the last part of it. Needed where it holds several tables. */
	entry?: string;
	/**
	 * Where the records lie in a JSON document, such as `data.items` or `data[0].items`, or in XML, such as
	 * `export/student`.
	 */
	recordPath?: string;
	/** At most so many data rows are read. */
	limit?: number;
	/** Largest record, in characters. */
	maxRecordLength?: number;
	/** Largest unpacked size of all parts of an archive, in bytes. */
	maxUnpackedBytes?: number;
}

/** Rows as the reader found them: every row has exactly as many cells as the source has columns. */
export interface RawBatch {
	rows: Row[];
	rejected: RejectedRow[];
	issues: Issue[];
	/** Where a row of the batch stands in the file, and how it is written there. Asked for rows that a step rejects. */
	originOf?: (row: number) => Pick<RejectedRow, 'line' | 'raw'>;
}

/** Reads one format. A reader knows no target, no step and no other reader. */
export interface Reader {
	readonly format: string;

	/**
	 * Looks at the head of the file and decides how to read it.
	 *
	 * @returns the source without column types; they are inferred over the first rows by the caller
	 * @throws ImportError FILE_*, HEADER_*
	 */
	open(bytes: ByteSource, options: ReadOptions): Promise<FileSource>;

	/**
	 * Reads all rows in order, in batches of about `batchSize`. The bytes are read anew at each call.
	 *
	 * @throws ImportError FILE_* when the file turns out to be damaged half-way
	 */
	read(bytes: ByteSource, source: FileSource, batchSize: number): AsyncIterable<RawBatch>;
}
