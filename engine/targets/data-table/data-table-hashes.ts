import { sql, type RawBuilder } from 'kysely';
import type { QueryResult } from '../sql/connection';
import { HASHES } from '../sql/row-ledger';
import { sqliteDialect, type SqliteConnection } from '../sqlite';
import type { StagedRow } from '../target';
import type { DataTable, DataTableClient, DataTableColumn } from './data-table-client';
import { recordPages } from './record-pages';

const COLUMNS: readonly DataTableColumn[] = [
	{ name: 'table_id', type: 'string' },
	{ name: 'key_hash', type: 'string' },
	{ name: 'row_hash', type: 'string' },
];

/** The hashes as the Data Table has them, with the ids of its records. */
const KEPT = 'data_import_kept_hashes';

const HASHES_AT_ONCE = 1000;

/** Keeps what the row ledger of the mirror remembers in a Data Table of its own. */
export class DataTableHashes {
	readonly #client: DataTableClient;

	readonly #table: DataTable;

	readonly #connection: SqliteConnection;

	/** The name under which the mirror's ledger keeps hashes. */
	readonly #mirrored: string;

	constructor(
		client: DataTableClient,
		table: DataTable,
		connection: SqliteConnection,
		mirrored: string,
	) {
		this.#client = client;
		this.#table = table;
		this.#connection = connection;
		this.#mirrored = mirrored;
	}

	/** Brings the hashes of the table into the mirror. @throws errors of the store */
	async fill(): Promise<void> {
		await this.#run(
			sql`create temp table ${sql.id(KEPT)} (id integer primary key, moment text, key_hash text, row_hash text)`,
		);
		const kept = await this.#find();
		if (kept === undefined) return;
		for await (const records of recordPages(this.#client, kept)) {
			const own = records.filter(({ values }) => values.table_id === this.#table.id);
			const rows = own.map(({ id, updatedAt, values }): StagedRow => ({
				number: id,
				values: [updatedAt, values.key_hash ?? null, values.row_hash ?? null],
			}));
			await this.#connection.append(KEPT, rows);
		}
		await this.#connection.append(KEPT, []);
		await this.#run(
			sql`insert or replace into ${this.#hashes} (table_name, key_hash, row_hash) select ${sql.lit(this.#mirrored)}, key_hash, row_hash from ${this.#kept} where key_hash is not null and row_hash is not null`,
		);
	}

	/** Brings what the mirror remembers by now into the Data Table. @throws errors of the store */
	async save(): Promise<void> {
		const table = (await this.#find()) ?? (await this.#client.createTable(HASHES, COLUMNS));
		await this.#run(sqliteDialect.createTemporaryIndex(KEPT, ['key_hash']));
		await this.#pages(
			sql`select k.id as place, k.moment as moment, k.key_hash as key_hash, h.row_hash as row_hash from ${this.#kept} k left join ${this.#hashes} h on h.key_hash = k.key_hash where h.row_hash is not k.row_hash`,
			async (rows) => {
				const gone = rows.filter(({ row_hash: hash }) => hash === null);
				const changed = rows.filter(({ row_hash: hash }) => hash !== null);
				if (gone.length > 0) await this.#client.deleteRows(table, gone.map(recordOf));
				if (changed.length === 0) return;
				await this.#client.updateRows(
					table,
					changed.map((row) => ({
						...recordOf(row),
						values: { row_hash: String(row.row_hash) },
					})),
				);
			},
		);
		await this.#pages(
			sql`select h.rowid as place, h.key_hash as key_hash, h.row_hash as row_hash from ${this.#hashes} h left join ${this.#kept} k on k.key_hash = h.key_hash where k.id is null`,
			async (rows) => {
				await this.#client.insertRows(
					table,
					rows.map((row) => ({
						table_id: this.#table.id,
						key_hash: String(row.key_hash),
						row_hash: String(row.row_hash),
					})),
				);
			},
		);
	}

	async #pages(
		query: RawBuilder<unknown>,
		work: (rows: QueryResult['rows']) => Promise<void>,
	): Promise<void> {
		for (let after = 0; ;) {
			const { rows } = await this.#run(
				sql`select * from (${query}) q where place > ${sql.lit(after)} order by place limit ${sql.lit(HASHES_AT_ONCE)}`,
			);
			const last = rows.at(-1);
			if (last === undefined) return;
			await work(rows);
			after = Number(last.place);
		}
	}

	async #find(): Promise<DataTable | undefined> {
		return (await this.#client.listTables()).find(({ name }) => name === HASHES);
	}

	get #hashes() {
		return sqliteDialect.temporary(HASHES);
	}

	get #kept() {
		return sqliteDialect.temporary(KEPT);
	}

	#run(statement: RawBuilder<unknown>): Promise<QueryResult> {
		return this.#connection.run(sqliteDialect.compile(statement));
	}
}

const recordOf = ({ place, moment }: Record<string, unknown>) => ({
	id: Number(place),
	// nobody else writes here: whatever stands there is replaced
	unchangedSince: new Date(Math.max(Date.parse(String(moment)) + 1, Date.now() + 1)).toISOString(),
});
