import { sql, type RawBuilder } from 'kysely';
import { RowsWithheld, type LoadConnection } from './load-connection';
import { REFERENCE, said, STAGE } from './plan-tables';
import type { PlacedReference } from './placed-reference';

type Sql = RawBuilder<unknown>;

const CREATE_POINT = 'data_import_creating';

export interface CreatedRecords {
	created: number;
	/** Why a value got no record, by the first row that has it. */
	refused: ReadonlyMap<number, string>;
	/** Why no value at all got one. */
	refusedAll?: string;
}

interface ValueRange {
	first: number;
	last: number;
	values: number;
}

/**
 * Creates the records that rows refer to and that are not there: one for each value, with nothing but that value. Where the
 * table refuses them, they are divided until the bad value stands alone.
 */
export class MissingRecords {
	readonly #connection: LoadConnection;

	readonly #reference: PlacedReference;

	readonly #isMissing: Sql;

	/** @param isMissing condition for staged rows `s` that need a record */
	constructor(connection: LoadConnection, reference: PlacedReference, isMissing: Sql) {
		this.#connection = connection;
		this.#reference = reference;
		this.#isMissing = isMissing;
	}

	async create(): Promise<CreatedRecords> {
		const { index, table, by } = this.#reference;
		const needed = table.columns.filter(
			({ name, nullable, hasDefault, generated }) =>
				name !== by.name && !nullable && !hasDefault && !generated,
		);
		const value = sql`s.${said(index)}`;
		await this.#connection.collect([
			{
				name: this.#name,
				joinedBy: ['row_no'],
				create: this.#connection.dialect.createTemporary(
					this.#name,
					sql`select min(s.row_no) as row_no, ${value} as value from ${this.#stage} s where ${this.#isMissing} group by ${value}`,
				),
			},
		]);
		const { rows } = await this.#connection.run(
			sql`select count(*) as counted, min(row_no) as first_row, max(row_no) as last_row from ${this.#values}`,
		);
		const values = Number(rows[0]?.counted);
		if (values === 0) return { created: 0, refused: new Map() };
		const range = { first: Number(rows[0]?.first_row), last: Number(rows[0]?.last_row), values };
		if (needed.length === 0) return await this.#createRange(range);
		const names = needed.map(({ name }) => `"${name}"`).join(', ');
		const why = `it cannot be created, since the table needs a value for ${names} too`;
		return { created: 0, refused: new Map(), refusedAll: why };
	}

	/** Query for the rows that still refer to no record, with the value and the first row that has it. */
	get rows(): Sql {
		const value = sql`s.${said(this.#reference.index)}`;
		return sql`select s.row_no as row_no, ${value} as value, n.row_no as first_row from ${this.#stage} s left join ${this.#values} n on n.value = ${value} where ${this.#isMissing}`;
	}

	async #createRange({ first, last, values }: ValueRange): Promise<CreatedRecords> {
		const connection = this.#connection;
		const { table, by } = this.#reference;
		const failure = await connection.attempt(CREATE_POINT, async () => {
			const { changes } = await connection.run(
				sql`${connection.dialect.insertInto} ${connection.dialect.table(table.table)} (${sql.id(by.name)}) select n.value from ${this.#values} n where n.row_no between ${sql.lit(first)} and ${sql.lit(last)} order by n.row_no`,
			);
			if (changes !== values) throw new RowsWithheld(values - changes);
		});
		if (failure === undefined) {
			connection.hasWritten = true;
			return { created: values, refused: new Map() };
		}
		if (values === 1) {
			return { created: 0, refused: new Map([[first, this.#explain(failure.error)]]) };
		}
		const half = values >> 1;
		const middle = await this.#rowAt(first, half - 1);
		const below = await this.#createRange({ first, last: middle, values: half });
		const next = await this.#rowAt(middle + 1, 0);
		const above = await this.#createRange({ first: next, last, values: values - half });
		return {
			created: below.created + above.created,
			refused: new Map([...below.refused, ...above.refused]),
		};
	}

	#explain(cause: unknown): string {
		const { dialect } = this.#connection;
		const { message } =
			cause instanceof RowsWithheld ? cause : dialect.explain(cause, this.#reference.table);
		return `it could not be created: ${message}`;
	}

	async #rowAt(first: number, skipped: number): Promise<number> {
		const { rows } = await this.#connection.run(
			sql`select row_no from ${this.#values} where row_no >= ${sql.lit(first)} order by row_no limit 1 offset ${sql.lit(skipped)}`,
		);
		return Number(rows[0]?.row_no);
	}

	get #name(): string {
		return `${REFERENCE}_new_${this.#reference.index}`;
	}

	get #values(): Sql {
		return this.#connection.dialect.temporary(this.#name);
	}

	get #stage(): Sql {
		return this.#connection.dialect.temporary(STAGE);
	}
}
