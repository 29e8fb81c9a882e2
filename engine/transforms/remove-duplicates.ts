import type { Batch, Cell, Row } from '../dataset';
import { trimBlanks } from '../dataset/values';
import { quoteValue } from '../issues';
import { emptyBatch, skippedRow } from './definition/batches';
import { cellText, foldText } from './definition/cell-text';
import { indexesOfColumns } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, columns, flag } from './definition/parameters';
import { KeyedRows } from '../dataset/spill';
import { reject } from './definition/cell-changes';
import { issue } from '../issues';

type Keep = 'first' | 'last' | 'none';

export const removeDuplicates = defineOperation({
	kind: 'remove-duplicates',
	title: 'Remove Duplicates',
	summary: 'Keep one of the rows that are the same in some columns',
	parameters: {
		fields: columns({
			title: 'Columns',
			summary: 'Columns in which duplicates are the same; all when none is chosen',
			emptyMeansAll: true,
		}),
		keep: choice<Keep>({
			title: 'Keep',
			summary: 'Which of the rows that are the same goes on',
			choices: { first: 'The First', last: 'The Last', none: 'None: Fail the Later Ones' },
		}),
		ignoreCase: flag({
			title: 'Ignore Case',
			summary: 'Whether upper and lower case, accents and blanks around are the same',
			default: true,
		}),
		ignoreEmpty: flag({
			title: 'Leave Empty Keys Alone',
			summary: 'Whether rows without any value in the columns are no duplicates of each other',
			default: true,
		}),
	},
	example: {
		options: { fields: ['Mail'] },
		columns: [{ name: 'Mail' }, { name: 'City' }],
		before: [
			['ada@example.org', 'London'],
			['Ada@Example.org', 'Paris'],
			['bo@example.org', 'Oslo'],
		],
		after: [
			['ada@example.org', 'London'],
			['bo@example.org', 'Oslo'],
		],
	},
	compile({ fields, keep, ignoreCase, ignoreEmpty }, columnsIn) {
		const indexes = indexesOfColumns(fields, columnsIn);
		const names = indexes.map((index) => columnsIn[index]?.name ?? '');
		const fold = ignoreCase ? (text: string) => foldText(trimBlanks(text)) : (text: string) => text;
		const seen = new KeyedRows(keep === 'last');
		const textOf = ({ cells }: Row, index: number) => fold(cellText(cells[index] ?? null));
		const keyOf = (row: Row): string | undefined => {
			const parts = indexes.map((index) => textOf(row, index));
			const isEmpty = ignoreEmpty && parts.every((part) => part === '');
			return isEmpty ? undefined : JSON.stringify(parts);
		};
		const place = (row: Row) => ({
			column: names[0],
			value: quoteValue(firstCell(row, indexes)),
		});
		const list = names.slice(0, 3).join(', ');
		return {
			columnsOut: columnsIn,
			reorders: keep === 'last',
			apply(batch) {
				const kept: Row[] = [];
				for (const row of batch.rows) {
					const key = keyOf(row);
					const other = seen.put(key, row);
					if (other === undefined) {
						if (keep !== 'last') kept.push(row);
						continue;
					}
					const message = `Row ${other.dropped.number} has the same ${list} as row ${other.stays}`;
					if (keep === 'none') {
						reject(batch, row, [
							issue('ROW_DUPLICATE', message, {
								severity: 'error',
								row: row.number,
								...place(row),
							}),
						]);
					} else {
						batch.rejected.push(
							skippedRow(other.dropped, 'ROW_DUPLICATE', message, place(other.dropped)),
						);
					}
				}
				batch.rows = kept;
			},
			*finish(): Generator<Batch> {
				if (keep !== 'last') return;
				for (const rows of seen.rows()) yield { ...emptyBatch(columnsIn), rows };
			},
			close: () => seen.close(),
		};
	},
});

const firstCell = ({ cells }: Row, [index = 0]: readonly number[]): Cell => cells[index] ?? null;
