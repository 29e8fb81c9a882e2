import { sql } from 'kysely';
import { ImportError } from '../../issues';
import { sqliteDialect, type SqliteConnection } from '../sqlite';
import type { ColumnDescription, LoadReference, StagedRow } from '../target';
import type { DataTableClient } from './data-table-client';
import { findDataTable, ID } from './data-table-introspection';
import { recordPages } from './record-pages';

/** A reference, as SQLite has it. */
interface MirroredReference {
	original: LoadReference;
	mirrored: LoadReference;
	/** The columns that are needed besides the id. */
	columns: readonly ColumnDescription[];
}

/** The Data Tables that rows refer to, in temporary tables of SQLite. */
export class DataTableReferences {
	readonly #references: readonly MirroredReference[];

	/**
	 * @param sqliteType how SQLite is to compare the values of a column
	 * @throws ImportError RUN_CONFIG for what cannot be done with Data Tables
	 */
	constructor(
		references: readonly LoadReference[],
		sqliteType: (column: ColumnDescription) => string,
	) {
		this.#references = references.map((original, index) => {
			refuse(original);
			const typed = (column: ColumnDescription) => ({
				...column,
				databaseType: sqliteType(column),
			});
			const [by, value] = [typed(original.by), typed(original.value)];
			const columns = [by, value].filter(
				({ name }, i, all) => name !== ID && all.findIndex((one) => one.name === name) === i,
			);
			const table = {
				table: { schema: 'temp', name: `data_import_referenced_${index}` },
				columns,
				uniqueKeys: [[ID]],
			};
			return { original, mirrored: { ...original, table, by, value }, columns };
		});
	}

	/** As the statements of SQLite need them. */
	get mirrored(): LoadReference[] {
		return this.#references.map(({ mirrored }) => mirrored);
	}

	/** Reads all records of the tables, page by page. @throws errors of the store */
	async fill(connection: SqliteConnection, client: DataTableClient): Promise<void> {
		for (const { original, mirrored, columns } of this.#references) {
			const { name } = mirrored.table.table;
			const definitions = [
				sql`${sql.id(ID)} integer primary key`,
				...columns.map((column) => sql`${sql.id(column.name)} ${sql.raw(column.databaseType)}`),
			];
			const create = sql`create temp table ${sql.id(name)} (${sql.join(definitions)})`;
			await connection.run(sqliteDialect.compile(create));
			const table = await findDataTable(client, original.table.table);
			for await (const records of recordPages(client, table)) {
				const rows = records.map(({ id, values }): StagedRow => ({
					number: id,
					values: columns.map((column) => values[column.name] ?? null),
				}));
				await connection.append(name, rows);
			}
			await connection.append(name, []);
		}
	}
}

function refuse({ column, label, isSelf, missing, by, value }: LoadReference): void {
	if (isSelf) {
		throw new ImportError(
			'RUN_CONFIG',
			`"${column}" refers to records of "${label}" itself, which cannot be done with Data Tables`,
			{
				field: column,
				hint: 'A Data Table gives no ids back while rows are added. Import the records first, and the references in a second run with the ids looked up by Transform.',
			},
		);
	}
	if (missing === 'create') {
		throw new ImportError(
			'RUN_CONFIG',
			`Records of the Data Table "${label}" that "${column}" refers to cannot be created`,
			{
				field: column,
				hint: 'Data Tables know no transaction that could take them back. Import the missing records first, or set If Missing to Fail or Leave Empty.',
			},
		);
	}
	const moment = [by, value].find(({ generated }) => generated);
	if (moment === undefined) return;
	throw new ImportError(
		'RUN_CONFIG',
		`"${column}" refers to the column "${moment.name}" of "${label}", which n8n fills itself`,
		{ field: column, hint: 'Choose another column, or id.' },
	);
}
