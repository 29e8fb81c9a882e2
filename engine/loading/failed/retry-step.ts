import {
	countReasonColumns,
	REASON_COLUMNS,
	type Column,
	type Row,
	type Step,
	type StepCompiler,
} from '../../dataset';
import { ImportError, issue, quoteValue, type Issue } from '../../issues';
import { cellText } from './reported-row';

const KIND = 'retry';
const VERSION = 1;

/** Makes the step that a file of failed rows is read with when it comes back. */
export const retryStep = (): Step => ({ kind: KIND, version: VERSION, options: {} });

export const isRetryStep = ({ kind }: Step): boolean => kind === KIND;

/**
 * Drops the columns of a file of failed rows that say why rows failed. A row whose import_extra_cells still hold something
 * is rejected as ROW_LONG: it would lose what nobody has put in its place yet.
 *
 * At compile: RUN_CONFIG when the columns are not those of such a file.
 */
export const retryCompiler: StepCompiler = {
	kind: KIND,
	compile({ version }, columnsIn) {
		if (version !== VERSION) {
			throw new ImportError('RUN_CONFIG', `Version ${version} of the retry step is not known`);
		}
		const width = columnsIn.length - countReasonColumns(columnsIn);
		if (width === columnsIn.length) {
			throw new ImportError('RUN_CONFIG', 'The file does not have the columns of failed rows');
		}
		const columnsOut: readonly Column[] = columnsIn.slice(0, width);
		const extra = width + REASON_COLUMNS.indexOf('import_extra_cells');
		return {
			columnsOut,
			apply(batch) {
				const kept: Row[] = [];
				for (const row of batch.rows) {
					const { number, cells } = row;
					const unplaced = cellText(cells[extra]).trim();
					if (unplaced === '') {
						row.source ??= cells;
						row.cells = cells.slice(0, width);
						kept.push(row);
					} else {
						const source = row.source ?? cells;
						const issues = [stillUnplaced(number, unplaced)];
						batch.rejected.push({ number, source, outcome: 'failed', issues });
					}
				}
				batch.rows = kept;
				batch.columns = columnsOut;
			},
		};
	},
};

const stillUnplaced = (row: number, value: string): Issue =>
	issue('ROW_LONG', `Row ${row} still holds values in import_extra_cells`, {
		row,
		column: 'import_extra_cells',
		value: quoteValue(value),
		hint: 'Put the values into the columns that they belong to, and empty the cell import_extra_cells.',
	});
