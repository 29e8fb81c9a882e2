import { sql, type RawBuilder } from 'kysely';
import type { MatchRule } from '../../matching';
import type { ColumnDescription, TableDescription } from '../target';
import type { SqlDialect } from './dialect';
import type { Finder, RepeatedRows } from './finder';
import { CHOSEN, type RowChoices } from './row-choices';
import { placesOfRules } from './key-places';
import {
	and,
	cell,
	CHANGED,
	FOUND,
	key,
	KEYS,
	MATCH,
	or,
	PAIRS,
	REPEATED,
	SHARED,
	STAGE,
	type CollectedTable,
} from './plan-tables';
import { fulfils } from './record-condition';
import { bestMatches, similarTable } from './similar-records';

type Sql = RawBuilder<unknown>;

/** A rule, with where its values stand. */
interface PlacedRule {
	rule: MatchRule;
	/** Positions of its columns among the written ones. */
	columns: readonly number[];
	/** Position among the keys of the staging table; undefined where the database compares the columns themselves. */
	key: number | undefined;
	/** Position, among those keys, of what says that the rule is for the row. */
	applies: number | undefined;
}

/**
 * Finds records by several rules in their order, or by keys that are not the columns themselves. Each rule collects the
 * records that fit; of those the first rule that decides is taken.
 */
export class RuleFinder implements Finder {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #columns: readonly ColumnDescription[];

	/** The columns that tell a record from every other. */
	readonly #identity: readonly ColumnDescription[];

	readonly #rules: readonly PlacedRule[];

	readonly #choices: RowChoices | undefined;

	readonly sameColumns = [];

	constructor(
		dialect: SqlDialect,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		identity: readonly ColumnDescription[],
		rules: readonly MatchRule[],
		choices?: RowChoices,
	) {
		this.#choices = choices;
		this.#dialect = dialect;
		this.#table = table;
		this.#columns = columns;
		this.#identity = identity;
		const { places } = placesOfRules(rules);
		this.#rules = rules.map((rule, index) => ({
			rule,
			columns: rule.fields.map(({ column }) => columns.findIndex(({ name }) => name === column)),
			key: places[index]?.key,
			applies: places[index]?.applies,
		}));
	}

	collect(): CollectedTable[] {
		const byRule = this.#rules.flatMap((rule, index) =>
			rule.rule.similarity === undefined
				? [this.#collectMatches(rule, index)]
				: this.#collectSimilar(index),
		);
		return [...byRule, this.#found, ...(this.#takesAll ? [this.#pairs] : [])];
	}

	#collectSimilar(index: number): CollectedTable[] {
		const name = `${MATCH}_${index}`;
		const stage = this.#dialect.temporary(STAGE);
		const matches = bestMatches(this.#dialect, stage, this.#identity, index);
		return [
			similarTable(this.#dialect, this.#table, this.#identity, index),
			{ name, joinedBy: ['row_no'], create: this.#dialect.createTemporary(name, matches) },
		];
	}

	undecided(rule: number): Sql {
		const earlier = this.#rules.slice(0, rule);
		const joins = earlier.map((_, index) => this.#joinMatch(index));
		const conditions = earlier.map(({ rule: { several } }, index) =>
			several === 'next'
				? sql`(${alias(index)}.row_no is null or ${alias(index)}.hits > 1)`
				: sql`${alias(index)}.row_no is null`,
		);
		if (this.#choices !== undefined) {
			joins.push(this.#choices.join);
			conditions.push(this.#choices.isUnchosen);
		}
		const placed = this.#rules[rule];
		if (placed !== undefined) conditions.push(this.#hasValues(placed));
		return sql`from ${this.#dialect.temporary(STAGE)} s ${sql.join(joins, sql` `)} where ${and(conditions)}`;
	}

	#isSimilarity(rule: number): boolean {
		return this.#rules[rule]?.rule.similarity !== undefined;
	}

	/** Joins what a rule has found for the row, or the first of it. */
	#joinMatch(index: number): Sql {
		const takesAll = this.#rules[index]?.rule.several === 'all';
		const first = takesAll ? sql` and ${alias(index)}.place = 1` : sql``;
		return sql`left join ${this.#dialect.temporary(`${MATCH}_${index}`)} ${alias(index)} on ${alias(index)}.row_no = s.row_no${first}`;
	}

	/** Whether a row may be for several records. */
	get #takesAll(): boolean {
		return this.#rules.some(({ rule }) => rule.several === 'all');
	}

	/** The records that fit one rule: how many for each row, and the first of them, or all that are taken. */
	#collectMatches(placed: PlacedRule, index: number): CollectedTable {
		const target = this.#dialect.table(this.#table.table);
		const ids = this.#identity.map(({ name }) => sql`t.${sql.id(name)}`);
		const joined =
			placed.key === undefined
				? sql`join ${target} t on ${this.#isMatch(placed)}`
				: sql`join ${this.#dialect.temporary(`${KEYS}_${placed.key}`)} r on r.${key(0)} = s.${key(placed.key)}`;
		const values = placed.key === undefined ? ids : this.#identity.map((_, i) => sql`r.${cell(i)}`);
		const matches = sql`select s.row_no as row_no, ${sql.join(
			values.map((value, i) => sql`${value} as ${cell(i)}`),
		)}, count(*) over (partition by s.row_no) as hits, row_number() over (partition by s.row_no order by ${sql.join(values)}) as place from ${this.#dialect.temporary(STAGE)} s ${joined}`;
		return {
			name: `${MATCH}_${index}`,
			joinedBy: ['row_no'],
			create: this.#dialect.createTemporary(
				`${MATCH}_${index}`,
				sql`select row_no, hits, place, ${sql.join(values.map((_, i) => cell(i)))} from (${matches}) m ${placed.rule.several === 'all' ? sql`` : sql`where place = 1`}`,
			),
		};
	}

	/** The record of each row that has one, by the first rule that decides. */
	get #found(): CollectedTable {
		const decides = this.#rules.map(({ rule }, index) =>
			rule.several === 'next'
				? sql`${alias(index)}.hits = 1`
				: sql`${alias(index)}.row_no is not null`,
		);
		// rules that hand several hits on, and no other rule decided
		const undecided = this.#rules.flatMap(({ rule }, index) =>
			rule.several === 'next' ? [{ index, when: sql`${alias(index)}.hits > 1` }] : [],
		);
		const choices = this.#choices;
		const choose = (value: (index: number) => Sql, chosen: Sql) =>
			sql`case ${sql.join(
				[
					...(choices === undefined ? [] : [sql`when ${choices.isRecord} then ${chosen}`]),
					...decides.map((when, index) => sql`when ${when} then ${value(index)}`),
					...undecided.map(({ index, when }) => sql`when ${when} then ${value(index)}`),
				],
				sql` `,
			)} end`;
		const ambiguous = choose(
			(index) => {
				if (this.#isSimilarity(index)) {
					return sql`case when ${alias(index)}.proposed = 1 then 2 else 0 end`;
				}
				return ['first', 'all'].includes(this.#rules[index]?.rule.several ?? 'fail')
					? sql`0`
					: sql`case when ${alias(index)}.hits > 1 then 1 else 0 end`;
			},
			sql`0`,
		);
		const joins = this.#rules.map((_, index) => this.#joinMatch(index));
		const score = this.#comparesSimilar
			? sql`${choose((index) => (this.#isSimilarity(index) ? sql`${alias(index)}.score` : sql`null`), sql`null`)} as score, `
			: sql``;
		const ids = this.#identity.map(
			(_, i) =>
				sql`${choose((index) => sql`${alias(index)}.${cell(i)}`, sql`h.${cell(i)}`)} as ${cell(i)}`,
		);
		const isFound = or(this.#rules.map((_, index) => sql`${alias(index)}.row_no is not null`));
		if (choices !== undefined) joins.push(choices.join);
		return {
			name: FOUND,
			joinedBy: ['row_no'],
			create: this.#dialect.createTemporary(
				FOUND,
				sql`select s.row_no as row_no, ${choose((index) => sql.lit(index), sql.lit(CHOSEN))} as rule_no, ${ambiguous} as ambiguous, ${score}${sql.join(ids)} from ${this.#dialect.temporary(STAGE)} s ${sql.join(joins, sql` `)} where ${choices?.orRecord(isFound) ?? isFound}`,
			),
		};
	}

	/** The records of each row that has some: all of them, where the rule that decides takes all. */
	get #pairs(): CollectedTable {
		const all = this.#rules.flatMap(({ rule }, index) => (rule.several === 'all' ? [index] : []));
		const joins = all.map(
			(index) =>
				sql`left join ${this.#dialect.temporary(`${MATCH}_${index}`)} ${alias(index)} on f.rule_no = ${sql.lit(index)} and ${alias(index)}.row_no = f.row_no`,
		);
		const ids = this.#identity.map((_, i) => {
			const cases = all.map(
				(index) => sql`when f.rule_no = ${sql.lit(index)} then ${alias(index)}.${cell(i)}`,
			);
			return sql`case ${sql.join(cases, sql` `)} else f.${cell(i)} end as ${cell(i)}`;
		});
		return {
			name: PAIRS,
			joinedBy: ['row_no'],
			create: this.#dialect.createTemporary(
				PAIRS,
				sql`select f.row_no as row_no, ${sql.join(ids)} from ${this.#dialect.temporary(FOUND)} f ${sql.join(joins, sql` `)} where f.ambiguous = 0`,
			),
		};
	}

	get recordJoins(): Sql[] {
		const records = this.#takesAll ? PAIRS : FOUND;
		const known = this.#takesAll ? sql`` : sql` and f.ambiguous = 0`;
		return [
			sql`join ${this.#dialect.temporary(records)} f on f.row_no = s.row_no${known}`,
			sql`join ${this.#dialect.table(this.#table.table)} t on ${this.isRecord}`,
		];
	}

	get recordOrder(): Sql[] {
		return this.#identity.map((_, i) => sql`f.${cell(i)}`);
	}

	changes(changed: Sql, refused: Sql, joins: readonly Sql[]): CollectedTable | undefined {
		if (!this.#takesAll) return undefined;
		const ids = this.#identity.map((_, i) => sql`f.${cell(i)} as ${cell(i)}`);
		const ordered = sql.join(this.#identity.map((_, i) => sql`f.${cell(i)}`));
		const from = sql`${this.#dialect.temporary(STAGE)} s ${sql.join([...this.recordJoins, ...joins], sql` `)}`;
		return {
			name: CHANGED,
			joinedBy: ['row_no'],
			create: this.#dialect.createTemporary(
				CHANGED,
				sql`select s.row_no as row_no, ${sql.join(ids)}, count(*) over (partition by s.row_no) as hits, row_number() over (partition by s.row_no order by ${ordered}) as place, max(case when ${refused} then 1 else 0 end) over (partition by s.row_no) as refused from ${from} where ${changed} or ${refused}`,
			),
		};
	}

	get isChanged(): Sql | undefined {
		return this.#takesAll ? sql`w.row_no is not null` : undefined;
	}

	get isRefused(): Sql | undefined {
		return this.#takesAll ? sql`coalesce(w.refused, 0) = 1` : undefined;
	}

	get changedRecords(): Sql | undefined {
		return this.#takesAll ? sql`w.hits` : undefined;
	}

	/** Rows that are the same under any rule, and rows that found the same record. */
	repeated(keptOfAll: Sql): RepeatedRows[] {
		const stage = this.#dialect.temporary(STAGE);
		const choices = this.#choices;
		const kept = choices?.preferred(keptOfAll) ?? keptOfAll;
		const chosen = choices?.join ?? sql``;
		const isWanted = choices?.isNotSkipped ?? sql`1 = 1`;
		const byRule = this.#rules.map((placed, index): RepeatedRows => {
			const values = this.#valuesOf(placed);
			const name = `${REPEATED}_${index}`;
			return {
				table: {
					name,
					joinedBy:
						placed.key === undefined
							? placed.columns.map((column) => `c${column}`)
							: [`k${placed.key}`],
					create: this.#dialect.createTemporary(
						name,
						sql`select ${sql.join(values.map((value) => sql`s.${value} as ${value}`))}, ${kept} as kept from ${stage} s ${chosen} where ${this.#isFilled(placed)} and ${isWanted} group by ${sql.join(values.map((value) => sql`s.${value}`))} having count(*) > 1`,
					),
				},
				isSame: (other) => and(values.map((value) => sql`s.${value} = ${sql.id(other)}.${value}`)),
			};
		});
		const ids = this.#identity.map((_, i) => sql`s.${cell(i)}`);
		const name = `${REPEATED}_record`;
		if (this.#takesAll) return [...byRule, this.#sharing(name, kept)];
		const byRecord: RepeatedRows = {
			table: {
				name,
				joinedBy: this.#identity.map((_, i) => `c${i}`),
				create: this.#dialect.createTemporary(
					name,
					sql`select ${sql.join(this.#identity.map((_, i) => sql`s.${cell(i)} as ${cell(i)}`))}, ${kept} as kept from ${this.#dialect.temporary(FOUND)} s ${chosen} where s.ambiguous = 0 and ${isWanted} group by ${sql.join(ids)} having count(*) > 1`,
				),
			},
			isSame: (other) =>
				and([
					sql`f.ambiguous = 0`,
					...this.#identity.map((_, i) => sql`f.${cell(i)} = ${sql.id(other)}.${cell(i)}`),
				]),
		};
		return [...byRule, byRecord];
	}

	/** Rows that have a record in common with others, where a row may have several. */
	#sharing(name: string, kept: Sql): RepeatedRows {
		const ids = this.#identity.map((_, i) => sql`s.${cell(i)}`);
		const named = this.#identity.map((_, i) => sql`s.${cell(i)} as ${cell(i)}`);
		const pairs = this.#dialect.temporary(PAIRS);
		const chosen = this.#choices?.join ?? sql``;
		return {
			of: {
				name: SHARED,
				joinedBy: this.#identity.map((_, i) => `c${i}`),
				create: this.#dialect.createTemporary(
					SHARED,
					sql`select ${sql.join(named)}, ${kept} as row_no from ${pairs} s ${chosen} group by ${sql.join(ids)} having count(*) > 1`,
				),
			},
			table: {
				name,
				joinedBy: ['row_no'],
				create: this.#dialect.createTemporary(
					name,
					sql`select p.row_no as row_no, ${kept} as kept from ${this.#dialect.temporary(SHARED)} s ${chosen} join ${pairs} p on ${and(
						this.#identity.map((_, i) => sql`p.${cell(i)} = s.${cell(i)}`),
					)} group by p.row_no`,
				),
			},
			isSame: (other) => sql`s.row_no = ${sql.id(other)}.row_no`,
		};
	}

	joins(only?: Sql): Sql[] {
		const target = this.#dialect.table(this.#table.table);
		const conditions = only === undefined ? [this.isRecord] : [only, this.isRecord];
		if (this.#takesAll) {
			const ids = this.#identity.map(
				({ name }, i) => sql`t.${sql.id(name)} = coalesce(w.${cell(i)}, f.${cell(i)})`,
			);
			return [
				sql`left join ${this.#dialect.temporary(FOUND)} f on f.row_no = s.row_no`,
				sql`left join ${this.#dialect.temporary(CHANGED)} w on w.row_no = s.row_no and w.place = 1`,
				sql`left join ${target} t on f.ambiguous = 0 and ${and(only === undefined ? ids : [only, ...ids])}`,
			];
		}
		return [
			sql`left join ${this.#dialect.temporary(FOUND)} f on f.row_no = s.row_no`,
			sql`left join ${target} t on f.ambiguous = 0 and ${and(conditions)}`,
		];
	}

	get hasKey(): Sql {
		return or(this.#rules.map((placed) => this.#hasValues(placed)));
	}

	readonly isAmbiguous = sql`f.ambiguous = 1`;

	get isProposed(): Sql | undefined {
		return this.#comparesSimilar ? sql`f.ambiguous = 2` : undefined;
	}

	get score(): Sql | undefined {
		return this.#comparesSimilar ? sql`f.score` : undefined;
	}

	get #comparesSimilar(): boolean {
		return this.#rules.some((_, index) => this.#isSimilarity(index));
	}

	readonly isUnmatched = sql`f.row_no is null`;

	get updateJoins(): Sql[] {
		const records = this.#takesAll ? CHANGED : FOUND;
		return [sql`join ${this.#dialect.temporary(records)} f on f.row_no = s.row_no`];
	}

	get isRecord(): Sql {
		return and(this.#identity.map(({ name }, i) => sql`t.${sql.id(name)} = f.${cell(i)}`));
	}

	readonly rule = sql`f.rule_no`;

	candidates(): Sql[][] {
		const target = this.#dialect.table(this.#table.table);
		return this.#rules.map((placed, index) => {
			const found = sql`join ${this.#dialect.temporary(FOUND)} f on f.row_no = s.row_no and f.rule_no = ${sql.lit(index)}`;
			if (placed.key === undefined) {
				return [found, sql`join ${target} t on ${this.#isMatch(placed)}`];
			}
			const isKeyed = and(
				this.#identity.map(({ name }, i) => sql`t.${sql.id(name)} = r.${cell(i)}`),
			);
			return [
				found,
				sql`join ${this.#dialect.temporary(`${KEYS}_${placed.key}`)} r on r.${key(0)} = s.${key(placed.key)}`,
				sql`join ${target} t on ${isKeyed}`,
			];
		});
	}

	readonly foundBy = FOUND;

	distrustUniqueKeys(): void {
		// hits are counted for every rule
	}

	#valuesOf({ key: place, columns }: PlacedRule): Sql[] {
		return place === undefined ? columns.map((index) => cell(index)) : [key(place)];
	}

	/** Where records need only be alike, one value is enough to look for them. */
	#hasValues(placed: PlacedRule): Sql {
		if (placed.rule.similarity === undefined) return this.#isFilled(placed);
		return or(placed.columns.map((index) => sql`s.${cell(index)} is not null`));
	}

	/** True where the rule is for the row, and the row has what it compares. */
	#isFilled(placed: PlacedRule): Sql {
		const { applies } = placed;
		const values = [...this.#valuesOf(placed), ...(applies === undefined ? [] : [key(applies)])];
		return and(values.map((value) => sql`s.${value} is not null`));
	}

	/** True where the database finds record `t` for row `s` by the columns of the rule themselves. */
	#isMatch(placed: PlacedRule): Sql {
		const { rule, applies } = placed;
		return and([
			this.#equalColumns(placed),
			...(applies === undefined ? [] : [sql`s.${key(applies)} is not null`]),
			...(rule.records === undefined ? [] : [fulfils(rule.records)]),
		]);
	}

	#equalColumns({ columns }: PlacedRule): Sql {
		return and(
			columns.map((index) => sql`t.${sql.id(this.#columns[index]?.name ?? '')} = s.${cell(index)}`),
		);
	}
}

const alias = (index: number): Sql => sql.id(`m${index}`);
