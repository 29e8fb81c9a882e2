import type { Issue } from '../issues';
import type { ByteSource } from './byte-source';
import type { FileIdentity } from './file-identity';

/**
 * One value of a row. Dates, times and numbers that JavaScript cannot hold exactly travel as ISO 8601 or decimal text,
 * free of any time zone; `null` is a cell that is not there, `''` a cell that is there and empty.
 */
export type Cell = string | number | boolean | null | Cell[] | { [key: string]: Cell };

export const columnTypes = [
	'text',
	'integer',
	'decimal',
	'boolean',
	'date',
	'date-time',
	'time',
	'email',
	'phone',
	'url',
	'json',
] as const;

export type ColumnType = (typeof columnTypes)[number];

/** How the values of a column are written, decided over the column and never per cell. */
export interface ColumnFormat {
	/** The order of the parts of a date. */
	dateOrder?: 'ymd' | 'dmy' | 'mdy';
	/** The sign before the decimals of a number. */
	decimalSign?: '.' | ',';
	/** Set when both readings of the column fit, with what cannot be told. Such a column stays text. */
	ambiguous?: 'date-order' | 'decimal-sign';
}

export interface Column {
	name: string;
	/** The text of the header as it stands in the file, where the name differs from it. */
	header?: string;
	type?: ColumnType;
	format?: ColumnFormat;
	/** The record group whose temporary ids the column holds. */
	temporaryIdOf?: string;
	/** When an update writes the column, in the words of the targets. */
	writePolicy?: string;
	/** The values say which record of another table is meant; what is written is another column of that record. */
	reference?: ColumnReference;
}

export const missingReferences = ['create', 'empty', 'fail'] as const;

/** What becomes of a value for which there is no record: one is created, the cell is emptied, or the row fails. */
export type MissingReference = (typeof missingReferences)[number];

/** How the record is found that a value refers to. */
export interface ColumnReference {
	/** Without a schema it is looked up where the table is that is written. */
	table: { schema?: string; name: string };
	/** Column of that table that holds the values. */
	by: string;
	/** Column of that table whose value is written. Default: the primary key. */
	value?: string;
	/** Default: fail. */
	missing?: MissingReference;
}

export interface Row {
	/** 1-based row in the file, as a person counts it: the header is row 1 where it stands first. */
	number: number;
	/** One value a column, in the order of the batch's columns. */
	cells: Cell[];
	/** The cells as they were read, once a step has replaced `cells`. */
	source?: Cell[];
	/** 1-based place among the rows that a step made of one row of the file. */
	part?: number;
}

/** A row that goes no further, with the reason. `outcome` says how it counts: failed, or skipped on purpose. */
export interface RejectedRow {
	number: number;
	/** Line of the file on which the row begins, 1-based, where that is not its number. */
	line?: number;
	/** The cells as they were read; empty when the row could not be taken apart. */
	source: Cell[];
	/** The row as it is written in the file, where the format has such a text; all there is of one without cells. */
	raw?: string;
	outcome: 'failed' | 'skipped';
	issues: Issue[];
}

export interface Batch {
	columns: readonly Column[];
	rows: Row[];
	rejected: RejectedRow[];
	/** What is worth knowing about rows that go on, for instance cells that were filled up. */
	issues: Issue[];
	/** Where columns have other names than in the file, or stand for several: what a column is called there, for a row. */
	columnInFile?: ((column: string, row: Row) => string) | undefined;
}

/** A choice the reader made about the file, why, and how sure it is (0 to 1). A choice made by a person has confidence 1. */
export interface Decision {
	subject: string;
	value: string | number | boolean | null;
	confidence: number;
	evidence: string;
	chosenBy: 'detection' | 'setting';
}

/** A layer around a file: it is packed by gzip, or lies in a zip archive. Plain JSON. */
export interface Container {
	kind: 'gzip' | 'zip';
	/** Path of the file in a zip archive. */
	entry?: string;
	/** How much may be unpacked, in bytes. */
	maxUnpackedBytes?: number;
}

/** A file that one of the readers reads. Plain JSON: the bytes stand beside it in the Dataset. */
export interface FileSource {
	kind: 'file';
	format: string;
	fileName?: string;
	/** What the file is packed in, from the outermost: the bytes of the dataset are those of the file as it is. */
	containers?: Container[];
	/** Of the file as it is: a run is held to the file that was opened. */
	identity?: FileIdentity;
	/** What the reader found out or was told, in its own words: all it needs to read the file again. */
	options: Record<string, unknown>;
	columns: Column[];
	decisions: Decision[];
	issues: Issue[];
	/** At most so many data rows are read. */
	limit?: number;
}

/** Rows that are already in memory, such as the items of an n8n node. */
export interface RowsSource {
	kind: 'rows';
	columns: Column[];
	rows: Cell[][];
}

export type Source = FileSource | RowsSource;

/** One operation on the rows: what it does (`kind`), in which version of its options, and the options. Plain JSON. */
export interface Step {
	kind: string;
	version: number;
	options: Record<string, unknown>;
}

/** A file or rows, and what is to be done with them. Nothing is read until it is run. */
export interface Dataset {
	source: Source;
	steps: readonly Step[];
	/** The bytes of a file source. */
	bytes?: ByteSource;
	/** Datasets that steps look into, by the names that the options of the steps give. */
	attachments?: Readonly<Record<string, Dataset>>;
}
