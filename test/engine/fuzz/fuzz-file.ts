import type { OpenOptions } from '../../../engine';
import type { Table } from './tables';

/** A file that was made up, and what is known of it. */
export interface FuzzFile {
	/** What it was made as, for messages: `csv utf-16le`, `xlsx, mutated`. */
	kind: string;
	bytes: Uint8Array;
	/** How it is to be opened. */
	options: OpenOptions;
	/** What has to come out, where the file is well-formed and says it plainly. */
	truth?: Table;
}
