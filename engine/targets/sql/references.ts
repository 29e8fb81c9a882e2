import { sql, type RawBuilder } from 'kysely';
import { issue, quoteValue } from '../../issues';
import type {
	ColumnDescription,
	LoadReference,
	RefusedRow,
	ReferenceOutcome,
	StagedValue,
} from '../target';
import type { LoadConnection } from './load-connection';
import { cell, parent, REFERENCE, said, STAGE } from './plan-tables';
import { MissingRecords } from './missing-records';
import type { PlacedReference } from './placed-reference';

type Sql = RawBuilder<unknown>;

const ROWS_AT_ONCE = 10_000;

/** Cells that are emptied are listed by column and value, the most frequent ones. */
const LISTED_VALUES = 100;

export interface ResolvedReferences extends ReferenceOutcome {
	refused: RefusedRow[];
}

/**
 * Values that say which record of another table is meant: they are staged beside the columns, looked up by joins once all
 * rows are there, and what is found is written into the cells.
 */
export class References {
	readonly #connection: LoadConnection;

	readonly #placed: readonly PlacedReference[];

	constructor(connection: LoadConnection, placed: readonly PlacedReference[]) {
		this.#connection = connection;
		this.#placed = placed;
	}

	/** The columns as their values are staged: those that refer to a record hold values of the column that it is found by. */
	staged(columns: readonly ColumnDescription[]): ColumnDescription[] {
		return columns.map((column, place) => {
			const reference = this.#placed.find((candidate) => candidate.place === place);
			return reference === undefined ? column : { ...reference.by, name: column.name };
		});
	}

	/** Moves what a row says of records behind its values and keys, with room for the number of another row each. */
	moveBehind(values: StagedValue[]): void {
		for (const { place } of this.#placed) {
			const value = values[place] ?? null;
			values[place] = null;
			// an empty text says nothing of a record
			values.push(value === '' ? null : value, null);
		}
	}

	/** Looks all of them up. Rows that are refused leave the staging table. */
	async resolve(): Promise<ResolvedReferences> {
		const outcome: ResolvedReferences = { refused: [], created: 0, emptied: [] };
		for (const reference of this.#placed) {
			outcome.refused.push(...(await this.#refuseSeveral(reference)));
			await this.#connection.run(this.#takeFound(reference));
			await this.#findInFile(reference);
			if (reference.missing === 'create') await this.#create(reference, outcome);
			else if (reference.missing === 'empty')
				outcome.emptied.push(...(await this.#empty(reference)));
			else outcome.refused.push(...(await this.#refuseMissing(reference)));
		}
		return outcome;
	}

	/** Rows that several records fit. Not asked where the table keeps the column unique. */
	async #refuseSeveral(reference: PlacedReference): Promise<RefusedRow[]> {
		const { index, by, table, column, label } = reference;
		if (table.uniqueKeys.some((key) => key.length === 1 && key[0] === by.name)) return [];
		const found = sql`select s.row_no as row_no, s.${said(index)} as value from ${this.#stage} s join ${this.#tableOf(reference)} r on r.${sql.id(by.name)} = s.${said(index)} group by s.row_no, s.${said(index)} having count(*) > 1`;
		return await this.#refuse(`${REFERENCE}_several_${index}`, found, (number, value) =>
			issue(
				'REFERENCE_SEVERAL',
				`Row ${number} refers to ${quoteValue(value)} in ${column}, which several records of "${label}" have as their ${by.name}`,
				{ severity: 'error', row: number, field: column, value: quoteValue(value) },
			),
		);
	}

	#takeFound(reference: PlacedReference): Sql {
		const { index, place, by, value } = reference;
		return this.#connection.dialect.updateJoined({
			table: this.#stage,
			assignments: [{ column: `c${place}`, value: sql`r.${sql.id(value.name)}` }],
			from: sql`${this.#tableOf(reference)} r`,
			where: sql`r.${sql.id(by.name)} = t.${said(index)} and t.${cell(place)} is null`,
		});
	}

	/** What no record has may be what another row of the file brings. */
	async #findInFile({ index, place, byPlace, valuePlace }: PlacedReference): Promise<void> {
		if (byPlace === -1) return;
		const connection = this.#connection;
		const { dialect } = connection;
		const [first, rows] = [`${REFERENCE}_first_${index}`, `${REFERENCE}_rows_${index}`];
		await connection.collect([
			{
				name: first,
				joinedBy: ['row_no'],
				create: dialect.createTemporary(
					first,
					sql`select s.${cell(byPlace)} as value, min(s.row_no) as row_no from ${this.#stage} s where s.${cell(byPlace)} is not null group by s.${cell(byPlace)}`,
				),
			},
		]);
		const brought = valuePlace === -1 ? sql`` : sql`, s.${cell(valuePlace)} as brought`;
		await connection.collect([
			{
				name: rows,
				joinedBy: ['value'],
				create: dialect.createTemporary(
					rows,
					sql`select f.value as value, f.row_no as row_no${brought} from ${dialect.temporary(first)} f join ${this.#stage} s on s.row_no = f.row_no`,
				),
			},
		]);
		await connection.run(
			dialect.updateJoined({
				table: this.#stage,
				assignments: [
					{ column: `p${index}`, value: sql`r.row_no` },
					...(valuePlace === -1 ? [] : [{ column: `c${place}`, value: sql`r.brought` }]),
				],
				from: sql`${dialect.temporary(rows)} r`,
				where: sql`r.value = t.${said(index)} and t.${cell(place)} is null`,
			}),
		);
	}

	/** True for a staged row of which neither a record nor another row was found. */
	#isMissing({ index, place }: PlacedReference): Sql {
		return sql`s.${said(index)} is not null and s.${cell(place)} is null and s.${parent(index)} is null`;
	}

	async #refuseMissing(reference: PlacedReference): Promise<RefusedRow[]> {
		const { index, by, column, label } = reference;
		const missing = sql`select s.row_no as row_no, s.${said(index)} as value from ${this.#stage} s where ${this.#isMissing(reference)}`;
		return await this.#refuse(`${REFERENCE}_missing_${index}`, missing, (number, value) =>
			issue(
				'REFERENCE_MISSING',
				`Row ${number} refers to ${quoteValue(value)} in ${column}, and no record of "${label}" has it as its ${by.name}`,
				{ severity: 'error', row: number, field: column, value: quoteValue(value) },
			),
		);
	}

	/** The cells stay empty. */
	async #empty(reference: PlacedReference): Promise<ReferenceOutcome['emptied']> {
		const { index, by, column, label } = reference;
		const { rows } = await this.#connection.run(
			sql`select s.${said(index)} as value, count(*) as rows_counted, min(s.row_no) as row_no from ${this.#stage} s where ${this.#isMissing(reference)} group by s.${said(index)} order by 2 desc, 3 limit ${sql.lit(LISTED_VALUES)}`,
		);
		const listed = rows.map(({ value, rows_counted, row_no }) => ({
			rows: Number(rows_counted),
			issue: issue(
				'REFERENCE_MISSING',
				`No record of "${label}" has ${quoteValue(value)} as its ${by.name}; ${column} is left empty`,
				{ severity: 'warning', row: Number(row_no), field: column, value: quoteValue(value) },
			),
		}));
		if (listed.length < LISTED_VALUES) return listed;
		const all = await this.#connection.run(
			sql`select count(*) as rows_counted from ${this.#stage} s where ${this.#isMissing(reference)}`,
		);
		const others = listed.reduce(
			(left, { rows: n }) => left - n,
			Number(all.rows[0]?.rows_counted),
		);
		if (others === 0) return listed;
		const message = `No record of "${label}" has other values of the file as its ${by.name}; ${column} is left empty`;
		const rest = issue('REFERENCE_MISSING', message, { severity: 'warning', field: column });
		return [...listed, { rows: others, issue: rest }];
	}

	async #create(reference: PlacedReference, outcome: ResolvedReferences): Promise<void> {
		const { index, column, label } = reference;
		const missing = new MissingRecords(this.#connection, reference, this.#isMissing(reference));
		const { created, refused, refusedAll } = await missing.create();
		outcome.created += created;
		if (created > 0) await this.#connection.run(this.#takeFound(reference));
		const unmade = await this.#refuse(
			`${REFERENCE}_unmade_${index}`,
			missing.rows,
			(number, value, first) =>
				issue(
					'REFERENCE_MISSING',
					`Row ${number} refers to ${quoteValue(value)} in ${column}, which "${label}" does not have; ${refusedAll ?? refused.get(first) ?? 'the database keeps it in another way'}`,
					{ severity: 'error', row: number, field: column, value: quoteValue(value) },
				),
		);
		outcome.refused.push(...unmade);
	}

	/** Takes rows out of the staging table. @param chosen query for `row_no` and `value`, and perhaps `first_row` */
	async #refuse(
		name: string,
		chosen: Sql,
		issueOf: (number: number, value: unknown, first: number) => RefusedRow['issue'],
	): Promise<RefusedRow[]> {
		const connection = this.#connection;
		const table = connection.dialect.temporary(name);
		await connection.collect([
			{
				name,
				joinedBy: ['row_no'],
				create: connection.dialect.createTemporary(name, chosen),
			},
		]);
		const refused: RefusedRow[] = [];
		for (let after = 0; ;) {
			const { rows } = await connection.run(
				sql`select * from ${table} where row_no > ${sql.lit(after)} order by row_no limit ${sql.lit(ROWS_AT_ONCE)}`,
			);
			for (const row of rows) {
				const number = Number(row.row_no);
				refused.push({ number, issue: issueOf(number, row.value, Number(row.first_row)) });
				after = number;
			}
			if (rows.length < ROWS_AT_ONCE) break;
		}
		if (refused.length > 0) {
			await connection.run(
				sql`delete from ${this.#stage} where row_no in (select row_no from ${table})`,
			);
		}
		return refused;
	}

	#tableOf({ table }: LoadReference): Sql {
		return this.#connection.dialect.table(table.table);
	}

	get #stage(): Sql {
		return this.#connection.dialect.temporary(STAGE);
	}
}
