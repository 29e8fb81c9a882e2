import { sql, type RawBuilder } from 'kysely';
import type { TableName } from '../target';
import type { SqlDialect } from './dialect';
import { prepareLedger } from './ledger-table';
import type { LoadConnection } from './load-connection';
import { and, GROUPS, key, or, PLAN, SAME, STAGE } from './plan-tables';
import { HASH_LENGTH } from './row-hashes';

type Sql = RawBuilder<unknown>;

export const HASHES = 'data_import_hashes';

const REPEATED_HASHES = 'data_import_repeated_hashes';

const REMEMBERED = 'data_import_remembered';

/** Stands in the plan for a row that the database refused. */
const REFUSED = 'Y';

const ROWS_AT_ONCE = 1000;

/** Where the hashes of a row stand behind its cells. */
export interface HashPlaces {
	/** Those of the keys, one for each rule. */
	keys: readonly number[];
	row: number;
}

/**
 * Remembers the rows that were applied by hashes of their keys and values, in the table's own database and in the same
 * transaction as the rows. A row is the same as in the last run where it was applied, when every key of it was last seen
 * with the same values.
 */
export class RowLedger {
	readonly #dialect: SqlDialect;

	readonly #table: TableName;

	readonly #places: HashPlaces;

	constructor(dialect: SqlDialect, table: TableName, places: HashPlaces) {
		this.#dialect = dialect;
		this.#table = table;
		this.#places = places;
	}

	async prepare(connection: LoadConnection): Promise<void> {
		const type = `${this.#dialect.hashType(HASH_LENGTH)} not null`;
		await prepareLedger(connection, this.#table, {
			name: HASHES,
			columns: `(table_name varchar(255) not null, key_hash ${type}, row_hash ${type}, primary key (table_name, key_hash))`,
			purpose: 'which remembers the rows of the last run',
			rights: 'select, insert and delete',
		});
	}

	/** Finds the rows that are the same as in the last run. @param isMerged whether some were merged */
	async find(
		connection: LoadConnection,
		{ isMerged, mayRepeat }: { isMerged: boolean; mayRepeat: boolean },
	): Promise<void> {
		const stage = this.#dialect.temporary(STAGE);
		const row = key(this.#places.row);
		// what such a row writes does not come from it alone
		if (isMerged) {
			const groups = this.#dialect.temporary(GROUPS);
			await connection.run(
				sql`update ${stage} set ${row} = null where row_no in (select row_no from ${groups})`,
			);
		}
		if (mayRepeat) {
			for (const [index, place] of this.#places.keys.entries()) {
				const name = `${REPEATED_HASHES}_${index}`;
				const repeated = sql`select s.${key(place)} as key_hash from ${stage} s where s.${key(place)} is not null group by s.${key(place)} having count(*) > 1`;
				await connection.collect([
					{ name, joinedBy: ['key_hash'], create: this.#dialect.createTemporary(name, repeated) },
				]);
				await connection.run(
					sql`update ${stage} set ${row} = null where ${key(place)} in (select key_hash from ${this.#dialect.temporary(name)})`,
				);
			}
		}
		await connection.collect([
			{ name: SAME, joinedBy: ['row_no'], create: this.#dialect.createTemporary(SAME, this.#same) },
		]);
	}

	get #same(): Sql {
		const row = sql`s.${key(this.#places.row)}`;
		const alias = (index: number) => sql.id(`h${index}`);
		const joins = this.#places.keys.map(
			(place, index) =>
				sql`left join ${this.#hashes} ${alias(index)} on ${alias(index)}.table_name = ${sql.lit(this.#table.name)} and ${alias(index)}.key_hash = s.${key(place)}`,
		);
		const same = this.#places.keys.map(
			(place, index) => sql`(s.${key(place)} is null or ${alias(index)}.row_hash = ${row})`,
		);
		const hasKey = or(this.#places.keys.map((place) => sql`s.${key(place)} is not null`));
		return sql`select s.row_no as row_no from ${this.#dialect.temporary(STAGE)} s ${sql.join(joins, sql` `)} where ${and([sql`${row} is not null`, hasKey, ...same])}`;
	}

	/** Remembers the rows that were written or would have changed nothing. @param refused rows that were not */
	async remember(connection: LoadConnection, refused: readonly number[]): Promise<void> {
		const plan = this.#dialect.temporary(PLAN);
		for (let first = 0; first < refused.length; first += ROWS_AT_ONCE) {
			const rows = refused.slice(first, first + ROWS_AT_ONCE).map((row) => sql.lit(row));
			await connection.run(
				sql`update ${plan} set letter = ${sql.lit(REFUSED)} where row_no in (${sql.join(rows)})`,
			);
		}
		for (const [index, place] of this.#places.keys.entries()) {
			const name = `${REMEMBERED}_${index}`;
			const remembered = this.#dialect.temporary(name);
			const rows = sql`select s.${key(place)} as key_hash, max(s.${key(this.#places.row)}) as row_hash from ${this.#dialect.temporary(STAGE)} s join ${plan} p on p.row_no = s.row_no where p.letter in ('I', 'U', 'E') and s.${key(place)} is not null group by s.${key(place)}`;
			await connection.collect([
				{ name, joinedBy: ['key_hash'], create: this.#dialect.createTemporary(name, rows) },
			]);
			await connection.run(
				sql`delete from ${this.#hashes} where table_name = ${sql.lit(this.#table.name)} and key_hash in (select key_hash from ${remembered})`,
			);
			await connection.run(
				sql`insert into ${this.#hashes} (table_name, key_hash, row_hash) select ${sql.lit(this.#table.name)}, key_hash, row_hash from ${remembered} where row_hash is not null`,
			);
		}
	}

	get #hashes(): Sql {
		return this.#dialect.table({ schema: this.#table.schema, name: HASHES });
	}
}
