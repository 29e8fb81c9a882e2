import type { Issue } from '../issues';
import type { ByteSource } from './byte-source';
import type { FileSource, RejectedRow, Row } from './dataset';

/** What a person may set about a file; everything left out is detected. */
export interface ReadOptions {
	format?: string;
	encoding?: string;
	delimiter?: string;
	quote?: string;
	/** Row that holds the column names, 1-based; 0 when there is none. */
	headerRow?: number;
	/** Name of the sheet, or its 1-based position. */
	sheet?: string | number;
	/** Where the records lie in a JSON document, such as `data.items`, or in XML, such as `export/student`. */
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
