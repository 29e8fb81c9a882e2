import type { Cell, Column, Step, StepCompiler } from '../dataset';
import { ImportError } from '../issues';

/** What is written beside the values of a row: the run, the name of the file, the row of the file, the time of the import. */
export type Stamp = 'run' | 'file' | 'row' | 'time';

export interface StampedColumn {
	name: string;
	/** The same value for every row; undefined for the number of the row. */
	value?: string | null;
}

const KIND = 'stamp';
const VERSION = 1;

/** Makes the step that adds columns with stamps behind those of the rows. */
export const stampStep = (columns: readonly StampedColumn[]): Step => ({
	kind: KIND,
	version: VERSION,
	options: { columns },
});

export const stampCompiler: StepCompiler = {
	kind: KIND,
	compile({ version, options }, columnsIn) {
		if (version !== VERSION) {
			throw new ImportError('RUN_CONFIG', `Version ${version} of the stamp step is not known`);
		}
		const stamps = options.columns as StampedColumn[];
		const columnsOut: readonly Column[] = [
			...columnsIn,
			...stamps.map(({ name, value }): Column => ({
				name,
				type: value === undefined ? 'integer' : 'text',
			})),
		];
		return {
			columnsOut,
			apply(batch) {
				for (const row of batch.rows) {
					row.source ??= row.cells;
					const added = stamps.map(({ value }): Cell => (value === undefined ? row.number : value));
					row.cells = row.cells.concat(added);
				}
				batch.columns = columnsOut;
			},
		};
	},
};
