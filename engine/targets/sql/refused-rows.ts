import { issue, quoteValue } from '../../issues';
import type { ColumnDescription, RefusedRow, StagedRow, TableDescription } from '../target';
import type { SqlDialect } from './dialect';
import { RowsWithheld } from './load-connection';

/** Says of rows that the database refuses why it does, by column and value. */
export class Refusals {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #columns: readonly ColumnDescription[];

	/** @param columns those of the staged values, in their order */
	constructor(dialect: SqlDialect, table: TableDescription, columns: readonly ColumnDescription[]) {
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
		const place = /^c(\d+)$/.exec(refused.issue.field ?? '')?.[1];
		if (place === undefined) return refused;
		const value = staged.values[Number(place)];
		refused.issue.field = this.#columns[Number(place)]?.name;
		if (value !== undefined && value !== null) refused.issue.value = quoteValue(value);
		return refused;
	}
}
