import { sql, type RawBuilder } from 'kysely';
import { isExact, type MatchRule } from '../../matching';
import type {
	AbsentRecord,
	ColumnDescription,
	StagedValue,
	Synchronisation,
	TableDescription,
} from '../target';
import type { SqlDialect } from './dialect';
import { placesOfRules, type RulePlaces } from './key-places';
import type { LoadConnection } from './load-connection';
import type { RowRange } from './load-statements';
import {
	ABSENT,
	and,
	cell,
	CHOICES,
	key,
	KEYS,
	or,
	PRESENT,
	SCOPE,
	STAGE,
	type CollectedTable,
} from './plan-tables';
import { fulfils } from './record-condition';

type Sql = RawBuilder<unknown>;

/**
 * The records of a scope that no row of the file is for, and what becomes of them. A record is present when any row finds it
 * by any rule, whatever becomes of the row.
 */
export class Absence {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #columns: readonly ColumnDescription[];

	readonly #identity: readonly ColumnDescription[];

	readonly #match: readonly MatchRule[];

	readonly #places: readonly RulePlaces[];

	readonly #synchronisation: Synchronisation;

	/** Whether a person has named records for rows. */
	readonly #hasChoices: boolean;

	/**
	 * @param columns those that are written
	 * @param identity what tells a record from every other
	 * @param hasChoices whether a person has named records for rows: they are present
	 */
	constructor(
		dialect: SqlDialect,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		identity: readonly ColumnDescription[],
		match: readonly MatchRule[],
		synchronisation: Synchronisation,
		hasChoices: boolean,
	) {
		this.#hasChoices = hasChoices;
		this.#dialect = dialect;
		this.#table = table;
		this.#columns = columns;
		this.#identity = identity;
		this.#match = match;
		this.#places = placesOfRules(match).places;
		this.#synchronisation = synchronisation;
	}

	get action(): AbsentRecord['action'] {
		return this.#synchronisation.set === undefined ? 'delete' : 'retire';
	}

	/** Finds the absent records, when rows are staged and keys collected. @returns how many, and how many the scope has */
	async collect(connection: LoadConnection): Promise<{ absent: number; scope: number }> {
		const rules = this.#match.map((_, index) => this.#present(index));
		const present = this.#hasChoices ? [...rules, this.#chosen] : rules;
		const names = present.map(({ name }) => name);
		await connection.collect([...present, ...this.#valuesOfFile, this.#absent(names)]);
		const absent = await connection.run(sql`select count(*) as n from ${this.#from(ABSENT)}`);
		const scope = await connection.run(
			sql`select count(*) as n from ${this.#target} t where ${this.#isInScope}`,
		);
		return { absent: Number(absent.rows[0]?.n), scope: Number(scope.rows[0]?.n) };
	}

	/** The records that rows find by one rule. */
	#present(index: number): CollectedTable {
		const rule = this.#match[index];
		const { key: place, applies } = this.#places[index] ?? {};
		const stage = this.#from(STAGE);
		const source =
			rule === undefined || isExact(rule)
				? sql`${stage} s join ${this.#target} t on ${and([
						...(rule?.fields ?? []).map(
							({ column }) => sql`t.${sql.id(column)} = s.${cell(this.#placeOf(column))}`,
						),
						...(applies === undefined ? [] : [sql`s.${key(applies)} is not null`]),
						...(rule?.records === undefined ? [] : [fulfils(rule.records)]),
					])}`
				: sql`${stage} s join ${this.#from(`${KEYS}_${place}`)} r on r.${key(0)} = s.${key(place ?? 0)}`;
		const ids = this.#identity.map(({ name }, i) =>
			rule === undefined || isExact(rule)
				? sql`t.${sql.id(name)} as ${cell(i)}`
				: sql`r.${cell(i)} as ${cell(i)}`,
		);
		const name = `${PRESENT}_${index}`;
		return {
			name,
			joinedBy: this.#identity.map((_, i) => `c${i}`),
			create: this.#dialect.createTemporary(
				name,
				sql`select distinct ${sql.join(ids)} from ${source}`,
			),
		};
	}

	/** The records that a person has named for rows. */
	get #chosen(): CollectedTable {
		const ids = this.#identity.map((_, i) => cell(i));
		const name = `${PRESENT}_chosen`;
		return {
			name,
			joinedBy: this.#identity.map((_, i) => `c${i}`),
			create: this.#dialect.createTemporary(
				name,
				sql`select distinct ${sql.join(ids)} from ${this.#from(CHOICES)} where ${and(ids.map((id) => sql`${id} is not null`))}`,
			),
		};
	}

	/** The values that the file has in the column of the scope. */
	get #valuesOfFile(): CollectedTable[] {
		const { scope } = this.#synchronisation;
		if (scope === undefined || scope.values !== undefined) return [];
		const value = cell(this.#placeOf(scope.column));
		return [
			{
				name: SCOPE,
				joinedBy: ['c0'],
				create: this.#dialect.createTemporary(
					SCOPE,
					sql`select distinct s.${value} as ${cell(0)} from ${this.#from(STAGE)} s where s.${value} is not null`,
				),
			},
		];
	}

	get #isInScope(): Sql {
		const { scope } = this.#synchronisation;
		if (scope === undefined) return sql`1 = 1`;
		if (scope.values !== undefined) return fulfils({ column: scope.column, values: scope.values });
		return sql`t.${sql.id(scope.column)} in (select ${cell(0)} from ${this.#from(SCOPE)})`;
	}

	/** @param present the tables of records that are not absent */
	#absent(present: readonly string[]): CollectedTable {
		const ids = this.#identity.map(({ name }) => sql`t.${sql.id(name)}`);
		const named = ids.map((id, i) => sql`${id} as ${cell(i)}`);
		const joins = present.map((name, index) => {
			const other = sql.id(`p${index}`);
			return sql`left join ${this.#from(name)} ${other} on ${and(ids.map((id, i) => sql`${other}.${cell(i)} = ${id}`))}`;
		});
		const unmatched = present.map((_, index) => sql`${sql.id(`p${index}`)}.${cell(0)} is null`);
		return {
			name: ABSENT,
			joinedBy: ['absent_no'],
			create: this.#dialect.createTemporary(
				ABSENT,
				sql`select row_number() over (order by ${sql.join(ids)}) as absent_no, ${sql.join(named)} from ${this.#target} t ${sql.join(joins, sql` `)} where ${and([this.#isInScope, this.#wouldChange, ...unmatched])}`,
			),
		};
	}

	/** What has the values already needs none. */
	get #wouldChange(): Sql {
		if (this.#synchronisation.set === undefined) return sql`1 = 1`;
		return or(
			this.#values.map(([column, value]) =>
				this.#dialect.differs(sql`t.${sql.id(column.name)}`, sql.lit(value), column),
			),
		);
	}

	get #values(): Array<[ColumnDescription, StagedValue]> {
		return Object.entries(this.#synchronisation.set ?? {}).flatMap(([name, value]) => {
			const column = this.#table.columns.find((candidate) => candidate.name === name);
			return column === undefined ? [] : [[column, value]];
		});
	}

	/** Absent records behind one of them, with all their values: `absent_no`, `v0`, ... */
	list(after: number, limit: number): Sql {
		const values = this.#table.columns.map(
			({ name }, i) => sql`t.${sql.id(name)} as ${sql.id(`v${i}`)}`,
		);
		const page = sql`select * from ${this.#from(ABSENT)} where absent_no > ${sql.lit(after)} order by absent_no limit ${sql.lit(limit)}`;
		return sql`select a.absent_no as absent_no, ${sql.join(values)} from (${page}) a join ${this.#target} t on ${this.#isRecord} order by a.absent_no`;
	}

	/** Deletes the absent records of a range, or sets their values. */
	apply(range: RowRange): Sql {
		const absent = sql`${this.#from(ABSENT)} a`;
		const isMeant = sql`a.absent_no between ${sql.lit(range.first)} and ${sql.lit(range.last)}`;
		if (this.#synchronisation.set !== undefined) {
			return this.#dialect.updateJoined({
				table: this.#target,
				assignments: this.#values.map(([column, value]) => ({
					column: column.name,
					value: sql.lit(value),
				})),
				from: absent,
				where: sql`${this.#isRecord} and ${isMeant}`,
			});
		}
		return this.#dialect.deleteJoined({
			table: this.#target,
			from: absent,
			ids: this.#identity.map(({ name }, i) => ({ column: name, value: sql`a.${cell(i)}` })),
			where: isMeant,
		});
	}

	/** How many records of a range are there. */
	countThere(range: RowRange): Sql {
		return sql`select count(*) as n from ${this.#from(ABSENT)} a join ${this.#target} t on ${this.#isRecord} where a.absent_no between ${sql.lit(range.first)} and ${sql.lit(range.last)}`;
	}

	recordOf(row: Record<string, unknown>): AbsentRecord {
		const { set } = this.#synchronisation;
		const values = this.#table.columns.map(({ name }, i) => [name, row[`v${i}`]] as const);
		const known = Object.fromEntries(values);
		return {
			action: this.action,
			values: { ...known, ...set },
			...(set && {
				before: Object.fromEntries(Object.keys(set).map((name) => [name, known[name]])),
			}),
		};
	}

	get #isRecord(): Sql {
		return and(this.#identity.map(({ name }, i) => sql`t.${sql.id(name)} = a.${cell(i)}`));
	}

	get #target(): Sql {
		return this.#dialect.table(this.#table.table);
	}

	#placeOf(column: string): number {
		return this.#columns.findIndex(({ name }) => name === column);
	}

	#from(name: string): Sql {
		return this.#dialect.temporary(name);
	}
}
