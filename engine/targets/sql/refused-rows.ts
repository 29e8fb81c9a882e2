import { issue, quoteValue } from '../../issues';
import type { ColumnDescription, RefusedRow, StagedRow, TableDescription } from '../target';
import type { SqlDialect } from './dialect';
import { RowsWithheld } from './load-connection';

/** Says of rows that the database refuses why it does, by column and value. */
export class Refusals {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #columns: readonly ColumnDescription[];

	readonly #referring: readonly number[];

	/**
	 * @param columns those of the staged values, in their order
	 * @param referring positions of those that refer to records
	 */
	constructor(
		dialect: SqlDialect,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		referring: readonly number[] = [],
	) {
		this.#referring = referring;
		this.#dialect = dialect;
		this.#table = table;
		this.#columns = columns;
	}

	/** A row that the table does not take. */
	ofTable(staged: StagedRow, cause: unknown): RefusedRow {
		const { code, message, field } =
			cause instanceof RowsWithheld
				? { code: 'WRITE_REFUSED' as const, message: cause.message, field: undefined }
				: this.#dialect.explain(cause, this.#table);
		const index = this.#columns.findIndex((column) => column.name === field);
		const value = index === -1 ? undefined : staged.values[index];
		return {
			number: staged.number,
			issue: issue(code, message, {
				severity: 'error',
				row: staged.number,
				field,
				value: value === undefined || value === null ? undefined : quoteValue(value),
			}),
		};
	}

	/**
	 * A row that the staging table does not take: the database names a column of that table; a person knows it by the name
	 * that it has in their own.
	 */
	ofStage(staged: StagedRow, cause: unknown): RefusedRow {
		const refused = this.ofTable(staged, cause);
		const [, kind, found] = /^([cr])(\d+)$/.exec(refused.issue.field ?? '') ?? [];
		if (found === undefined) return refused;
		const place = kind === 'c' ? Number(found) : (this.#referring[Number(found)] ?? -1);
		// what is said of a record stands behind the values, with one other value for each
		const behind = staged.values.length - 2 * (this.#referring.length - Number(found));
		const value = staged.values[kind === 'c' ? place : behind];
		refused.issue.field = this.#columns[place]?.name;
		if (value !== undefined && value !== null) refused.issue.value = quoteValue(value);
		return refused;
	}
}
