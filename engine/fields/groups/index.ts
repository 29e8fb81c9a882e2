import type { Column, Dataset } from '../../dataset';
import { compileExpansion, type Expansion } from './expansion';
import type { Repeat } from './repeat';

export { planGroups, type GroupOptions, type PlannedGroup } from './group-steps';
export {
	orderGroups,
	type GroupLinks,
	type GroupReference,
	type RecordGroup,
} from './record-group';
export { recordsCompiler, recordsStep, type RecordsOptions } from './records-step';
export type { ColumnSet, ColumnSets, DelimitedCell, Repeat } from './repeat';
export { temporaryId, temporaryIdColumns, type TemporaryIdColumn } from './temporary-ids';

/** The columns that a group has: those of its sets under the name that they have in common, then one for their label. */
export type GroupColumns = Pick<Expansion, 'columns' | 'issues' | 'inFile' | 'nameOf'>;

/**
 * The columns that the fields of a group choose from.
 *
 * @throws ImportError RUN_CONFIG, RUN_NO_COLUMN
 */
export function groupColumns(
	columns: readonly Column[],
	group: string,
	repeat?: Repeat,
): GroupColumns {
	return compileExpansion(repeat, columns, group);
}

/** The group whose records a dataset gives; undefined where its rows were not taken apart. */
export function groupOf({ steps }: Pick<Dataset, 'steps'>): string | undefined {
	const group = steps.findLast(({ kind }) => kind === 'records')?.options.group;
	return typeof group === 'string' ? group : undefined;
}
