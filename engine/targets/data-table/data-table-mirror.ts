import { sql, type RawBuilder } from 'kysely';
import { cell, PLAN, STAGE } from '../sql/plan-tables';
import type { QueryResult } from '../sql/connection';
import { SqliteConnection, sqliteDialect } from '../sqlite';
import type { ColumnDescription, LoadSpecification, StagedRow, TableDescription } from '../target';
import type { DataTable, DataTableClient, DataTableRecord } from './data-table-client';
import { ID } from './data-table-introspection';
import { writable } from './data-table-values';
import { recordPages } from './record-pages';

const RECORDS = { schema: 'temp', name: 'data_import_records' };

const ORIGINALS = 'data_import_originals';

const UPDATED_AT = 'updatedAt';

const SQLITE_TYPES: Readonly<Record<string, string>> = {
	string: 'text',
	number: 'real',
	boolean: 'boolean',
	date: 'text',
};

/** How SQLite is to compare the values of a column. */
export const sqliteTypeOf = ({ name, databaseType }: ColumnDescription): string =>
	name === ID ? 'integer' : (SQLITE_TYPES[databaseType] ?? '');

/** What SQLite and the store need for a record beside its values, in bytes: at least the two moments and the id. */
const RECORD_BYTES = 24;

/** The values that have changed, and when the record had been changed before. */
type RecordChange = DataTableRecord;

/**
 * The records of a Data Table in a temporary table of SQLite, so that rows are matched with them by the same statements as
 * in a database. SQLite keeps temporary tables in a file without a name.
 */
export class DataTableMirror {
	readonly connection = new SqliteConnection(':memory:');

	/** The table as SQLite has it, for the columns that are written. */
	readonly description: TableDescription;

	/** What the values of the mirrored records take at least, in bytes. */
	bytes = 0;

	readonly #columns: readonly ColumnDescription[];

	constructor(specification: MirroredLoad) {
		const { table } = specification;
		const needed = new Set([ID, ...neededColumns(specification)]);
		const isMirrored = ({ name }: ColumnDescription) => needed.has(name);
		const mirrored = table.columns.filter(isMirrored).map((column) => ({
			...column,
			databaseType: sqliteTypeOf(column),
		}));
		this.#columns = mirrored.filter(({ name }) => name !== ID);
		this.description = { table: RECORDS, columns: mirrored, uniqueKeys: table.uniqueKeys };
	}

	/** Reads all records, page by page. @throws errors of the store */
	async fill(client: DataTableClient, table: DataTable): Promise<void> {
		const definitions = this.#columns.map(
			({ name, databaseType }) => sql`${sql.id(name)} ${sql.raw(databaseType)}`,
		);
		await this.#run(
			sql`create temp table ${sql.id(RECORDS.name)} (${sql.join([
				sql`${sql.id(ID)} integer primary key`,
				...definitions,
				sql`${sql.id(UPDATED_AT)} text`,
			])})`,
		);
		for await (const records of recordPages(client, table)) {
			const rows = records.map(({ id, updatedAt, values }): StagedRow => {
				const cells = this.#columns.map(({ name }) => values[name] ?? null);
				for (const value of Object.values(values)) this.bytes += sizeOf(value);
				this.bytes += RECORD_BYTES;
				return { number: id, values: [...cells, updatedAt] };
			});
			await this.connection.append(RECORDS.name, rows);
		}
		await this.connection.append(RECORDS.name, []);
	}

	/** Keeps the records as they are, so that it can be told later what has become of them. */
	async keepOriginals(): Promise<void> {
		const records = sql`select * from ${sqliteDialect.table(RECORDS)}`;
		await this.#run(sqliteDialect.createTemporary(ORIGINALS, records));
		await this.#run(sqliteDialect.createTemporaryIndex(ORIGINALS, [ID]));
	}

	/** What has changed in records since the originals were kept. */
	async changes(ids: readonly number[]): Promise<RecordChange[]> {
		const values = this.#columns.flatMap(({ name }, i) => [
			sql`t.${sql.id(name)} as ${sql.id(`n${i}`)}`,
			sql`t.${sql.id(name)} is not o.${sql.id(name)} as ${sql.id(`d${i}`)}`,
		]);
		const { rows } = await this.#run(
			sql`select ${sql.join([sql`t.${sql.id(ID)} as id`, sql`o.${sql.id(UPDATED_AT)} as moment`, ...values])} from ${sqliteDialect.table(RECORDS)} t join ${sqliteDialect.temporary(ORIGINALS)} o on o.${sql.id(ID)} = t.${sql.id(ID)} where t.${sql.id(ID)} in (${sql.join(ids.map((id) => sql.lit(id)))}) order by t.${sql.id(ID)}`,
		);
		return rows.map((row) => ({
			id: Number(row.id),
			updatedAt: String(row.moment),
			values: Object.fromEntries(
				this.#columns.flatMap((column, i) =>
					row[`d${i}`] === 1 ? [[column.name, writable(row[`n${i}`], column)]] : [],
				),
			),
		}));
	}

	/** When records were changed last, by their ids. */
	async moments(ids: readonly number[]): Promise<Map<number, string>> {
		const { rows } = await this.#run(
			sql`select ${sql.id(ID)} as id, ${sql.id(UPDATED_AT)} as moment from ${sqliteDialect.table(RECORDS)} where ${sql.id(ID)} in (${sql.join(ids.map((id) => sql.lit(id)))})`,
		);
		return new Map(rows.map(({ id, moment }) => [Number(id), String(moment)]));
	}

	/** What the rows that are to be inserted take at least, in bytes. @param columns those of the staging table */
	async plannedBytes(columns: readonly ColumnDescription[]): Promise<number> {
		const sizes = columns.map(({ databaseType }, i) =>
			databaseType === 'string'
				? sql`coalesce(length(cast(s.${cell(i)} as blob)), 0)`
				: sql`(s.${cell(i)} is not null)`,
		);
		const { rows } = await this.#run(
			sql`select count(*) * ${sql.lit(RECORD_BYTES)} + coalesce(sum(${sql.join(sizes, sql` + `)}), 0) as bytes from ${sqliteDialect.temporary(PLAN)} p join ${sqliteDialect.temporary(STAGE)} s on s.row_no = p.row_no where p.letter = 'I'`,
		);
		return Number(rows[0]?.bytes);
	}

	#run(statement: RawBuilder<unknown>): Promise<QueryResult> {
		return this.connection.run(sqliteDialect.compile(statement));
	}
}

/** The columns that are written, and those that rules look at besides. */
function neededColumns({
	table,
	columns,
	rules,
	synchronisation,
}: MirroredLoad): readonly string[] {
	// records that are to go are shown as they are
	if (synchronisation !== undefined) {
		return table.columns.filter(({ generated }) => !generated).map(({ name }) => name);
	}
	return [...columns, ...rules.match.flatMap(({ records }) => records?.column ?? [])];
}

type MirroredLoad = Pick<LoadSpecification, 'table' | 'columns' | 'rules' | 'synchronisation'>;

const sizeOf = (value: unknown): number =>
	typeof value === 'string' ? Buffer.byteLength(value) : value === null ? 0 : 1;
