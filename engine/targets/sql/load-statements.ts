import { sql, type RawBuilder } from 'kysely';
import type { ColumnDescription, LoadRules, TableDescription } from '../target';
import type { SqlDialect } from './dialect';
import { letterOfBlankKey, letterOfMatch, letterOfNoMatch, type PlanLetter } from './plan-codes';

type Sql = RawBuilder<unknown>;

export const STAGE = 'data_import_stage';
export const REPEATED = 'data_import_repeated';
export const SEVERAL = 'data_import_several';
export const PLAN = 'data_import_plan';

/** Rows of the file from `first` to `last`, both included. */
export interface RowRange {
	first: number;
	last: number;
}

const and = (conditions: readonly Sql[]): Sql => sql`(${sql.join([...conditions], sql` and `)})`;
const or = (conditions: readonly Sql[]): Sql => sql`(${sql.join([...conditions], sql` or `)})`;

/** The statements of one load, the same for every database that speaks SQL but for what its dialect says. */
export class LoadStatements {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #columns: readonly ColumnDescription[];

	readonly #rules: LoadRules;

	#trustsUniqueKeys = true;

	/** Positions of the match columns among the written ones. */
	readonly #keys: readonly number[];

	constructor(
		dialect: SqlDialect,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		rules: LoadRules,
	) {
		this.#dialect = dialect;
		this.#table = table;
		this.#columns = columns;
		this.#rules = rules;
		this.#keys = rules.matchOn.map((name) => columns.findIndex((column) => column.name === name));
	}

	get createStage(): Sql {
		return this.#dialect.createStage(STAGE, this.#table, this.#columns);
	}

	/** Keys that several rows of the file have, with the row that is kept. */
	get collectRepeated(): Sql | undefined {
		const { duplicates } = this.#rules;
		if (this.#keys.length === 0 || duplicates === 'all') return undefined;
		const keys = this.#keys.map((key) => this.#staged(key));
		const kept = duplicates === 'last' ? sql`max(s.row_no)` : sql`min(s.row_no)`;
		return this.#dialect.createTemporary(
			REPEATED,
			sql`select ${sql.join(this.#keys.map((key) => sql`${this.#staged(key)} as ${this.#name(key)}`))}, ${kept} as kept from ${this.#from(STAGE)} s where ${this.#keyFilled} group by ${sql.join(keys)} having count(*) > 1`,
		);
	}

	/** Rows whose key several records of the table have. Not needed where the table keeps the key unique. */
	get collectSeveral(): Sql | undefined {
		if (this.#keys.length === 0 || this.#keyIsUnique) return undefined;
		return this.#dialect.createTemporary(
			SEVERAL,
			sql`select s.row_no as row_no from ${this.#from(STAGE)} s join ${this.#target} t on ${this.#sameKey} group by s.row_no having count(*) > 1`,
		);
	}

	/** What is to become of each row: the plan table. */
	get decide(): Sql {
		const { onMatch, onNoMatch, blankKey, duplicates } = this.#rules;
		const inserted = this.#unlessIncomplete(letterOfNoMatch[onNoMatch]);
		if (this.#keys.length === 0) {
			return this.#dialect.createTemporary(
				PLAN,
				sql`select s.row_no as row_no, ${inserted} as letter from ${this.#from(STAGE)} s`,
			);
		}
		const withoutKey = this.#unlessIncomplete(letterOfBlankKey[blankKey]);
		const cases: Sql[] = [sql`when not ${this.#keyFilled} then ${withoutKey}`];
		const joins: Sql[] = [];
		if (this.collectRepeated !== undefined) {
			const same = this.#keys.map((key) => sql`${this.#staged(key)} = r.${this.#name(key)}`);
			joins.push(sql`left join ${this.#from(REPEATED)} r on ${and(same)}`);
			cases.push(sql`when r.kept <> s.row_no then ${letter(duplicates === 'fail' ? 'D' : 'd')}`);
			// with "fail" the row that would be kept is as doubtful as the others
			if (duplicates === 'fail') cases.push(sql`when r.kept is not null then ${letter('D')}`);
		}
		const matches: Sql[] = [this.#sameKey];
		if (this.collectSeveral !== undefined) {
			joins.push(sql`left join ${this.#from(SEVERAL)} v on v.row_no = s.row_no`);
			matches.push(sql`v.row_no is null`);
			const severalHits = onMatch === 'insert' ? 'I' : onMatch === 'skip' ? 'm' : 'S';
			cases.push(sql`when v.row_no is not null then ${this.#unlessIncomplete(severalHits)}`);
		}
		joins.push(sql`left join ${this.#target} t on ${and(matches)}`);
		cases.push(sql`when ${this.#unmatched} then ${inserted}`);
		const otherwise =
			onMatch === 'update'
				? sql`case when ${this.#changed} then ${this.#unlessEmptied} else ${letter('E')} end`
				: this.#unlessIncomplete(letterOfMatch[onMatch]);
		return this.#dialect.createTemporary(
			PLAN,
			sql`select s.row_no as row_no, case ${sql.join(cases, sql` `)} else ${otherwise} end as letter from ${this.#from(STAGE)} s ${sql.join(joins, sql` `)}`,
		);
	}

	get count(): Sql {
		return sql`select letter, count(*) as rows_counted from ${this.#from(PLAN)} group by letter`;
	}

	get indexPlan(): Sql {
		return this.#dialect.createTemporaryIndex(PLAN, ['letter', 'row_no']);
	}

	/** The planned row that stands behind so many others of a range. */
	rowAt(planLetter: PlanLetter, { first, last }: RowRange, skipped: number): Sql {
		return sql`select row_no from ${this.#from(PLAN)} where letter = ${letter(planLetter)} and row_no between ${sql.lit(first)} and ${sql.lit(last)} order by row_no limit 1 offset ${sql.lit(skipped)}`;
	}

	countRange(planLetter: PlanLetter, { first, last }: RowRange): Sql {
		return sql`select count(*) as rows_counted, min(row_no) as first_row, max(row_no) as last_row from ${this.#from(PLAN)} where letter = ${letter(planLetter)} and row_no between ${sql.lit(first)} and ${sql.lit(last)}`;
	}

	/** Planned rows behind a row of the file, with their values and those of the matched record. */
	list(letters: readonly PlanLetter[], limit: number, after: number): Sql {
		const values = this.#columns.map((_, i) => sql`${this.#staged(i)} as ${sql.id(`n${i}`)}`);
		const records = this.#columns.map((column, i) =>
			this.#keys.length === 0
				? sql`null as ${sql.id(`o${i}`)}`
				: sql`t.${sql.id(column.name)} as ${sql.id(`o${i}`)}`,
		);
		const join =
			this.#keys.length === 0
				? sql``
				: sql`left join ${this.#target} t on p.letter in ('U', 'E') and ${this.#sameKey}`;
		// the rows are chosen before they are joined: a page of a million rows costs a page
		const page = sql`select row_no, letter from ${this.#from(PLAN)} where letter in (${sql.join(letters.map(letter))}) and row_no > ${sql.lit(after)} order by row_no limit ${sql.lit(limit)}`;
		return sql`select p.row_no as row_no, p.letter as letter, ${sql.join([...values, ...records])} from (${page}) p join ${this.#from(STAGE)} s on s.row_no = p.row_no ${join} order by p.row_no`;
	}

	stagedRow(row: number): Sql {
		return sql`select * from ${this.#from(STAGE)} s where s.row_no = ${sql.lit(row)}`;
	}

	/** @param everyRow every staged row is to be inserted, so that the plan need not be looked at */
	insert(range?: RowRange, everyRow = false): Sql {
		const names = this.#columns.map((column) => sql.id(column.name));
		const values = this.#columns.map((column, i) => {
			const fallback = this.#dialect.defaultValue(column);
			return fallback === undefined
				? this.#staged(i)
				: sql`coalesce(${this.#staged(i)}, ${fallback})`;
		});
		const chosen = everyRow
			? sql``
			: sql`join ${this.#from(PLAN)} p on p.row_no = s.row_no where ${this.#planned('I', range)}`;
		return sql`${this.#dialect.insertInto} ${this.#target} (${sql.join(names)}) select ${sql.join(values)} from ${this.#from(STAGE)} s ${chosen}`;
	}

	update(range?: RowRange): Sql {
		const assignments = this.#columns
			.map((column, i) => ({ column, i }))
			.filter(({ i }) => !this.#keys.includes(i))
			.map(({ column, i }) => {
				const value =
					this.#rules.emptyCells === 'keep'
						? sql`coalesce(${this.#staged(i)}, t.${sql.id(column.name)})`
						: this.#staged(i);
				return { column: column.name, value };
			});
		return this.#dialect.updateJoined({
			table: this.#target,
			assignments,
			from: sql`${this.#from(STAGE)} s join ${this.#from(PLAN)} p on p.row_no = s.row_no`,
			where: sql`${this.#sameKey} and ${this.#planned('U', range)}`,
		});
	}

	/** A row that is to be inserted fails where it has no value for a column that needs one. */
	#unlessIncomplete(planLetter: PlanLetter): Sql {
		const needed = this.#missing(({ nullable, hasDefault }) => !nullable && !hasDefault);
		if (planLetter !== 'I' || needed === undefined) return letter(planLetter);
		return sql`case when ${needed} then ${letter('Z')} else ${letter('I')} end`;
	}

	/** A row that would empty a column that needs a value fails. */
	get #unlessEmptied(): Sql {
		const needed = this.#missing(({ nullable }) => !nullable);
		if (this.#rules.emptyCells === 'keep' || needed === undefined) return letter('U');
		return sql`case when ${needed} then ${letter('Z')} else ${letter('U')} end`;
	}

	/** True where the row has no value for one of the columns that need one. */
	#missing(isNeeded: (column: ColumnDescription) => boolean): Sql | undefined {
		const missing = this.#columns.flatMap((column, i) =>
			isNeeded(column) ? [sql`${this.#staged(i)} is null`] : [],
		);
		return missing.length === 0 ? undefined : or(missing);
	}

	#planned(planLetter: PlanLetter, range: RowRange | undefined): Sql {
		if (range === undefined) return sql`p.letter = ${letter(planLetter)}`;
		return sql`p.letter = ${letter(planLetter)} and p.row_no between ${sql.lit(range.first)} and ${sql.lit(range.last)}`;
	}

	get #target(): Sql {
		return this.#dialect.table(this.#table.table);
	}

	get #sameKey(): Sql {
		return and(
			this.#keys.map(
				(key) => sql`t.${sql.id(this.#columns[key]?.name ?? '')} = ${this.#staged(key)}`,
			),
		);
	}

	get #keyFilled(): Sql {
		return and(this.#keys.map((key) => sql`${this.#staged(key)} is not null`));
	}

	/** A matched record has a value in each key column: rows are joined by equality. */
	get #unmatched(): Sql {
		return sql`t.${sql.id(this.#columns[this.#keys[0] ?? 0]?.name ?? '')} is null`;
	}

	/** True where the row would change the record it matches. */
	get #changed(): Sql {
		const changes = this.#columns
			.map((column, i) => ({ column, i }))
			.filter(({ i }) => !this.#keys.includes(i))
			.map(({ column, i }) => {
				const differs = this.#dialect.differs(
					sql`t.${sql.id(column.name)}`,
					this.#staged(i),
					column,
				);
				return this.#rules.emptyCells === 'keep'
					? sql`(${this.#staged(i)} is not null and ${differs})`
					: differs;
			});
		return changes.length === 0 ? sql`1 = 0` : or(changes);
	}

	/**
	 * For tables whose unique index does not hold for what is joined: another collation, tables that inherit from them.
	 */
	distrustUniqueKeys(): void {
		this.#trustsUniqueKeys = false;
	}

	get dropPlan(): Sql {
		return sql`drop table ${this.#from(PLAN)}`;
	}

	get #keyIsUnique(): boolean {
		if (!this.#trustsUniqueKeys) return false;
		return this.#table.uniqueKeys.some((unique) =>
			unique.every((name) => this.#rules.matchOn.includes(name)),
		);
	}

	#staged(index: number): Sql {
		return sql`s.${this.#name(index)}`;
	}

	#name(index: number): Sql {
		return sql.id(`c${index}`);
	}

	#from(name: string): Sql {
		return this.#dialect.temporary(name);
	}
}

const letter = (value: PlanLetter): Sql => sql.lit(value);
