import type { ColumnDescription, RefusedRow, StagedRow, StagedValue } from '../target';
import type { SqlDialect } from './dialect';
import type { LoadConnection } from './load-connection';
import { STAGE } from './plan-tables';
import type { Refusals } from './refused-rows';

/** Rows that are staged under one savepoint: what has to be sent again when one of them is refused. */
const SEGMENT_ROWS = 5000;

const SEGMENT_POINT = 'data_import_staging';
const HALF_POINT = 'data_import_half';

/**
 * Brings rows into the staging table. Where the database refuses some, their segment is sent again, halved until the bad
 * row stands alone.
 */
export class Staging {
	readonly #connection: LoadConnection;

	readonly #refusals: Refusals;

	readonly #table: string;

	/** Columns whose values the database wants in a spelling of its own. */
	readonly #spellings: ReadonlyArray<{ place: number; spell: (value: StagedValue) => StagedValue }>;

	#segment: StagedRow[] = [];

	/** Rows in the staging table. */
	rows = 0;

	constructor(
		connection: LoadConnection,
		columns: readonly ColumnDescription[],
		refusals: Refusals,
		table = STAGE,
	) {
		this.#connection = connection;
		this.#table = table;
		this.#refusals = refusals;
		this.#spellings = spellingsOf(connection.dialect, columns);
	}

	/** @param complete adds what stands behind the cells of a row @returns rows whose values the database cannot take */
	async add(
		rows: StagedRow[],
		complete: ((row: StagedRow) => void) | undefined,
	): Promise<RefusedRow[]> {
		if (rows.length === 0) return [];
		if (this.#spellings.length > 0 || complete !== undefined) {
			for (const row of rows) {
				const { values } = row;
				for (const { place, spell } of this.#spellings)
					values[place] = spell(values[place] ?? null);
				complete?.(row);
			}
		}
		if (this.#segment.length === 0) await this.#connection.savepoint(SEGMENT_POINT);
		this.#segment = this.#segment.length === 0 ? rows : this.#segment.concat(rows);
		try {
			await this.#connection.append(this.#table, rows);
		} catch (error) {
			return await this.#again(error);
		}
		return this.#segment.length >= SEGMENT_ROWS ? await this.end() : [];
	}

	/** Makes sure that all rows of the segment have arrived. */
	async end(): Promise<RefusedRow[]> {
		if (this.#segment.length === 0) return [];
		try {
			await this.#connection.append(this.#table, []);
			await this.#connection.release(SEGMENT_POINT);
			this.rows += this.#segment.length;
			this.#segment = [];
			return [];
		} catch (error) {
			return await this.#again(error);
		}
	}

	/** A row of the segment was refused: takes the segment back and sends it again without the rows at fault. */
	async #again(cause: unknown): Promise<RefusedRow[]> {
		const rows = this.#segment;
		this.#segment = [];
		await this.#connection.backTo(SEGMENT_POINT, cause);
		const refused = await this.#halves(rows, cause);
		this.rows += rows.length - refused.length;
		await this.#connection.release(SEGMENT_POINT);
		return refused;
	}

	async #halves(rows: StagedRow[], cause: unknown): Promise<RefusedRow[]> {
		const [only] = rows;
		if (only === undefined) return [];
		if (rows.length === 1) return [this.#refusals.ofStage(only, cause)];
		const middle = rows.length >> 1;
		const refused: RefusedRow[] = [];
		for (const half of [rows.slice(0, middle), rows.slice(middle)]) {
			const failure = await this.#connection.attempt(HALF_POINT, () =>
				this.#connection.appendAll(this.#table, half),
			);
			if (failure !== undefined) refused.push(...(await this.#halves(half, failure.error)));
		}
		return refused;
	}
}

function spellingsOf(dialect: SqlDialect, columns: readonly ColumnDescription[]) {
	return columns.flatMap((column, place) => {
		const spell = dialect.spelling?.(column);
		return spell === undefined ? [] : [{ place, spell }];
	});
}
