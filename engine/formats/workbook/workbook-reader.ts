import type { ByteSource } from '../../dataset/byte-source';
import type { FileSource } from '../../dataset/dataset';
import type { RawBatch, Reader, ReadOptions } from '../../dataset/reader';
import { describeWorkbook } from './describe-workbook';
import { limitsOf, readPlan } from './read-plan';
import { findSheet } from './sheet-choice';
import { SheetReader } from './sheet-reader';
import type { WorkbookFormat } from './workbook';

/**
 * The reader of a format that keeps its cells in sheets. Several sheets are read one after the other as one table: their
 * rows are numbered on, while issues name the sheet and the row as a person sees it there.
 */
export const workbookReader = ({ format, open: openWorkbook }: WorkbookFormat): Reader => ({
	format,

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const workbook = await openWorkbook(bytes, limitsOf(options));
		try {
			return await describeWorkbook(format, workbook, options);
		} finally {
			await workbook.close();
		}
	},

	async *read(
		bytes: ByteSource,
		source: FileSource,
		batchSize: number,
	): AsyncGenerator<RawBatch, void, undefined> {
		const plan = readPlan(source);
		const workbook = await openWorkbook(bytes, plan.limits);
		try {
			let left = source.limit ?? Infinity;
			let offset = 0;
			for (const sheetPlan of plan.sheets) {
				if (left <= 0) break;
				const reader = new SheetReader(plan, sheetPlan, source.columns, batchSize);
				const sheet = findSheet(workbook.sheets, sheetPlan.name);
				yield* reader.read(workbook, sheet, offset, left);
				offset += reader.lastRow;
				left -= reader.count;
			}
		} finally {
			await workbook.close();
		}
	},
});
