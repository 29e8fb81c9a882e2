import type { ReadOptions } from '../../dataset';
import type { HeaderChoice } from './find-header';
import type { TableEnd } from './head-end';
import type { ColumnRange } from './layout';
import type { NamedTable } from './name-table';
import type { RowProfile } from './row-profile';

/** What a person may set about the table. */
export type TableOptions = Pick<
	ReadOptions,
	'headerRow' | 'headerRows' | 'table' | 'footer' | 'shortRows' | 'longRows' | 'emptyColumns'
>;

/** A table that was found in the head. */
export interface FoundTable {
	choice: HeaderChoice;
	/** The profiles of the rows from the beginning of its search on. */
	rows: readonly RowProfile[];
	named: NamedTable;
	end: TableEnd;
	/** The columns in which it was looked for, where other tables stand beside it. */
	within?: ColumnRange;
}
