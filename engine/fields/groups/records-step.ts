import type { Batch, Cell, Column, CompiledStep, Row, Step, StepCompiler } from '../../dataset';
import { ImportError, issue } from '../../issues';
import { columnFinder } from '../joined-text';
import { compileExpansion, type Expansion } from './expansion';
import type { Repeat } from './repeat';
import { partOf, temporaryId } from './temporary-ids';

/** Which records a row holds for a group. */
export interface GroupShape {
	group: string;
	/** Why a row holds several records; without it, it holds one. */
	repeat?: Repeat;
	/** A record in which all of these columns are empty is skipped. Without any, no record is. */
	skipWhenEmpty?: string[];
}

/** The options of a `records` step. */
export interface RecordsOptions extends GroupShape {
	/** Columns that are added for the temporary ids of the records themselves, or of other groups in the same row. */
	ids?: IdColumn[];
}

export interface IdColumn extends GroupShape {
	column: string;
}

const VERSION = 1;

/** Makes the step that takes rows apart into the records of a group. */
export function recordsStep(options: RecordsOptions): Step {
	return { kind: 'records', version: VERSION, options: { ...options } };
}

/**
 * Makes rows of the records that a row holds for one group: one, or as many as `repeat` says, numbered by `part`. A record
 * with nothing in it is skipped, with ROW_NO_RECORD.
 *
 * At compile: RUN_NO_COLUMN for a pattern or a column that is not there, RUN_CONFIG for options that are wrong.
 */
export const recordsCompiler: StepCompiler = {
	kind: 'records',
	compile({ version, options }, columnsIn) {
		if (version !== VERSION) {
			throw new ImportError('RUN_CONFIG', `Version ${version} of the records step is not known`);
		}
		const shape = readShape(options);
		const { expansion, isThere } = compileShape(shape, columnsIn);
		const ids = readIds(options.ids).map((id) => compileId(id, shape, columnsIn));
		const columnsOut: Column[] = [
			...expansion.columns,
			...ids.map(({ column, group }) => ({
				name: column,
				type: 'text' as const,
				temporaryIdOf: group,
			})),
		];
		const isRepeated = expansion.repeated.size > 0;
		const skipMessage = skipMessages(shape, expansion);
		const columnInFile = (column: string, row: Row) =>
			nameInFile(column, expansion, row instanceof RecordRow ? row.place : 0);
		return {
			columnsOut,
			reorders: isRepeated,
			apply(batch) {
				const rows: Row[] = [];
				for (const row of batch.rows) {
					const { cells } = row;
					const count = expansion.count(cells);
					for (let place = 0; place < count; place++) {
						if (!isThere(cells, place)) {
							skip(batch, row, skipMessage(place));
							continue;
						}
						if (!isRepeated && ids.length === 0) {
							rows.push(row);
							continue;
						}
						const record = new RecordRow(row, expansion.cells(cells, place), place, isRepeated);
						for (const id of ids) record.cells.push(id.of(row, place));
						rows.push(record);
					}
				}
				batch.rows = rows;
				batch.columns = columnsOut;
				batch.columnInFile = columnInFile;
			},
		} satisfies CompiledStep;
	},
};

/** A class for the reason that `ReadRow` gives. */
class RecordRow implements Row {
	number: number;

	cells: Cell[];

	source: Cell[];

	part: number | undefined;

	place: number;

	constructor(row: Row, cells: Cell[], place: number, isRepeated: boolean) {
		this.number = row.number;
		this.cells = cells;
		this.source = row.source ?? row.cells;
		this.part = isRepeated ? partOf(row.part, place + 1) : row.part;
		this.place = place;
	}
}

interface CompiledShape {
	expansion: Expansion;
	/** Whether the row holds a record at the place. */
	isThere: (cells: readonly Cell[], place: number) => boolean;
}

function compileShape(
	{ group, repeat, skipWhenEmpty = [] }: GroupShape,
	columnsIn: readonly Column[],
): CompiledShape {
	const expansion = compileExpansion(repeat, columnsIn, group);
	const find = columnFinder(expansion.columns, group);
	const judged = skipWhenEmpty.map(find);
	const isThere: CompiledShape['isThere'] = (cells, place) =>
		judged.length === 0 ? place < expansion.count(cells) : expansion.isFilled(cells, place, judged);
	return { expansion, isThere };
}

interface CompiledId {
	column: string;
	group: string;
	of: (row: Row, place: number) => string | null;
}

/** An id is empty where the other group has no record in the row. */
function compileId(id: IdColumn, own: GroupShape, columnsIn: readonly Column[]): CompiledId {
	const { column, group } = id;
	const { expansion, isThere } = compileShape(group === own.group ? own : id, columnsIn);
	const isRepeated = expansion.repeated.size > 0;
	return {
		column,
		group,
		of(row, place) {
			const there = isRepeated ? place : 0;
			if (!isThere(row.cells, there)) return null;
			const part = isRepeated ? partOf(row.part, there + 1) : row.part;
			return temporaryId(group, { number: row.number, part });
		},
	};
}

function skip(batch: Batch, row: Row, { message, column }: SkipMessage): void {
	batch.rejected.push({
		number: row.number,
		source: row.source ?? row.cells,
		outcome: 'skipped',
		issues: [issue('ROW_NO_RECORD', message, { row: row.number, ...(column && { column }) })],
	});
}

interface SkipMessage {
	message: string;
	column?: string | undefined;
}

function skipMessages(
	{ group, skipWhenEmpty = [] }: GroupShape,
	expansion: Expansion,
): (place: number) => SkipMessage {
	const made = new Map<string | undefined, SkipMessage>();
	return (place) => {
		const label = expansion.label(place);
		const known = made.get(label);
		if (known !== undefined) return known;
		const whose = label === undefined ? '' : `"${label}" of `;
		const columns = skipWhenEmpty.flatMap((name) => expansion.inFile(name, place));
		const message = {
			message: `The row has nothing for ${whose}the record group "${group}"`,
			column: columns[0],
		};
		made.set(label, message);
		return message;
	};
}

/** Several columns, as a field that joins them names them, stand with commas between. */
function nameInFile(column: string, expansion: Expansion, place: number): string {
	const isKnown = expansion.columns.some(({ name }) => name === column);
	const names = isKnown ? [column] : column.split(', ');
	return names.map((name) => expansion.inFile(name, place)[0] ?? name).join(', ');
}

function readShape(options: Record<string, unknown>): GroupShape {
	const { group, repeat, skipWhenEmpty = [] } = options;
	if (typeof group !== 'string' || group === '') {
		throw new ImportError('RUN_CONFIG', 'A record group has no name');
	}
	if (!Array.isArray(skipWhenEmpty)) {
		throw new ImportError('RUN_CONFIG', '"skipWhenEmpty" must be a list of columns');
	}
	// what a repeat holds is checked where it is compiled
	return { group, repeat: repeat as Repeat | undefined, skipWhenEmpty: skipWhenEmpty.map(String) };
}

function readIds(ids: unknown = []): IdColumn[] {
	if (!Array.isArray(ids)) throw new ImportError('RUN_CONFIG', '"ids" must be a list of columns');
	return ids.map((id: Record<string, unknown>) => ({
		...readShape(id),
		column: String(id.column),
	}));
}
