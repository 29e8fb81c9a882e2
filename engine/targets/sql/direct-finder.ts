import { sql, type RawBuilder } from 'kysely';
import { isExact, type MatchRule } from '../../matching';
import type { ColumnDescription, TableDescription } from '../target';
import type { SqlDialect } from './dialect';
import type { Finder, RepeatedRows } from './finder';
import { and, cell, REPEATED, SEVERAL, STAGE, type CollectedTable } from './plan-tables';

type Sql = RawBuilder<unknown>;

/**
 * Whether rows are led to records by one rule whose columns the database compares itself. Which of several records is the
 * first takes more, unless the table keeps the key unique.
 */
export function isDirect(
	rules: readonly MatchRule[],
	{ uniqueKeys }: Pick<TableDescription, 'uniqueKeys'>,
): boolean {
	const [rule, ...others] = rules;
	if (rule === undefined || others.length > 0 || !isExact(rule)) return false;
	if (rule.rows !== undefined || rule.records !== undefined || rule.several === 'all') return false;
	if (rule.several !== 'first') return true;
	const names = rule.fields.map(({ column }) => column);
	return uniqueKeys.some((unique) => unique.every((name) => names.includes(name)));
}

/** Finds records by one rule whose columns the database compares itself, with the indexes that it has on them. */
export class DirectFinder implements Finder {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #columns: readonly ColumnDescription[];

	readonly sameColumns: readonly number[];

	readonly rule = sql`0`;

	readonly updateJoins = [];

	#trustsUniqueKeys = true;

	/** @param keys positions of the match columns among the written ones */
	constructor(
		dialect: SqlDialect,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		keys: readonly number[],
	) {
		this.#dialect = dialect;
		this.#table = table;
		this.#columns = columns;
		this.sameColumns = keys;
	}

	/** Rows whose key several records of the table have. Not needed where the table keeps the key unique. */
	collect(): CollectedTable[] {
		if (this.#keyIsUnique) return [];
		const { table } = this.#table;
		const create = this.#dialect.createTemporary(
			SEVERAL,
			sql`select s.row_no as row_no from ${this.#dialect.temporary(STAGE)} s join ${this.#dialect.table(table)} t on ${this.isRecord} group by s.row_no having count(*) > 1`,
		);
		return [{ name: SEVERAL, create, joinedBy: ['row_no'] }];
	}

	repeated(kept: Sql): RepeatedRows[] {
		const keys = this.sameColumns.map((index) => sql`s.${cell(index)}`);
		const named = this.sameColumns.map((index) => sql`s.${cell(index)} as ${cell(index)}`);
		const create = this.#dialect.createTemporary(
			REPEATED,
			sql`select ${sql.join(named)}, ${kept} as kept from ${this.#dialect.temporary(STAGE)} s where ${this.hasKey} group by ${sql.join(keys)} having count(*) > 1`,
		);
		const isSame = (alias: string) =>
			and(this.sameColumns.map((index) => sql`s.${cell(index)} = ${sql.id(alias)}.${cell(index)}`));
		return [
			{
				table: { name: REPEATED, create, joinedBy: this.sameColumns.map((index) => `c${index}`) },
				isSame,
			},
		];
	}

	/** A row has one record at most. */
	changes(): undefined {
		return undefined;
	}

	readonly isChanged = undefined;

	readonly isRefused = undefined;

	readonly changedRecords = undefined;

	get recordJoins(): Sql[] {
		const target = this.#dialect.table(this.#table.table);
		if (this.#keyIsUnique) return [sql`join ${target} t on ${this.isRecord}`];
		return [
			sql`left join ${this.#dialect.temporary(SEVERAL)} v on v.row_no = s.row_no`,
			sql`join ${target} t on ${this.isRecord} and v.row_no is null`,
		];
	}

	get recordOrder(): Sql[] {
		return this.sameColumns.map((index) => sql`t.${sql.id(this.#columns[index]?.name ?? '')}`);
	}

	joins(only?: Sql): Sql[] {
		const conditions = only === undefined ? [this.isRecord] : [only, this.isRecord];
		const target = this.#dialect.table(this.#table.table);
		if (this.#keyIsUnique) return [sql`left join ${target} t on ${and(conditions)}`];
		return [
			sql`left join ${this.#dialect.temporary(SEVERAL)} v on v.row_no = s.row_no`,
			sql`left join ${target} t on ${and(conditions)} and v.row_no is null`,
		];
	}

	get hasKey(): Sql {
		return and(this.sameColumns.map((index) => sql`s.${cell(index)} is not null`));
	}

	get isAmbiguous(): Sql | undefined {
		return this.#keyIsUnique ? undefined : sql`v.row_no is not null`;
	}

	/** A matched record has a value in each key column: rows are joined by equality. */
	get isUnmatched(): Sql {
		return sql`t.${sql.id(this.#columns[this.sameColumns[0] ?? 0]?.name ?? '')} is null`;
	}

	get isRecord(): Sql {
		return and(
			this.sameColumns.map(
				(index) => sql`t.${sql.id(this.#columns[index]?.name ?? '')} = s.${cell(index)}`,
			),
		);
	}

	candidates(): Sql[][] {
		return [[sql`join ${this.#dialect.table(this.#table.table)} t on ${this.isRecord}`]];
	}

	readonly foundBy = undefined;

	/** A unique index need not hold for what is joined: another collation, tables that inherit from this one. */
	distrustUniqueKeys(): void {
		this.#trustsUniqueKeys = false;
	}

	get #keyIsUnique(): boolean {
		if (!this.#trustsUniqueKeys) return false;
		const names = this.sameColumns.map((index) => this.#columns[index]?.name);
		return this.#table.uniqueKeys.some((unique) => unique.every((name) => names.includes(name)));
	}
}
