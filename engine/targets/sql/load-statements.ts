import { sql, type RawBuilder } from 'kysely';
import type { MatchRule, RecordCondition } from '../../matching';
import type { ColumnDescription, LoadRules, TableDescription, WritePolicy } from '../target';
import type { SqlDialect } from './dialect';
import { DirectFinder, isDirect } from './direct-finder';
import type { Finder } from './finder';
import { ListPolicies } from './list-policies';
import type { LoadConnection } from './load-connection';
import type { PlacedReference } from './placed-reference';
import {
	letterOfBlankKey,
	letterOfMatch,
	letterOfNoMatch,
	letterWithheld,
	planCodes,
	type PlanLetter,
} from './plan-codes';
import {
	and,
	cell,
	CHANGED,
	FOLLOWERS,
	GROUPS,
	key,
	LAST,
	LISTS,
	LOCKED,
	MATCH,
	MERGED,
	or,
	parent,
	PLAN,
	RECORDS,
	REKEYED,
	said,
	SAME,
	STAGE,
	WITHHELD,
	type CollectedTable,
	FOUND,
} from './plan-tables';
import type { RowChoices } from './row-choices';
import type { ExtraPlaces } from './row-extras';
import { fulfils } from './record-condition';
import { RuleFinder } from './rule-finder';
import { isMatchOf, likenessColumns, similarTableName } from './similar-records';

type Sql = RawBuilder<unknown>;

/** Rows of the file from `first` to `last`, both included. */
export interface RowRange {
	first: number;
	last: number;
}

/** The statements of one load, the same for every database that speaks SQL but for what its dialect says. */
export class LoadStatements {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #columns: readonly ColumnDescription[];

	readonly #rules: LoadRules;

	readonly #identity: readonly ColumnDescription[];

	readonly #references: readonly PlacedReference[];

	/** The table that says what is written. */
	#plan = PLAN;

	/** Undefined where every row counts as unmatched. */
	readonly #finder: Finder | undefined;

	#trustsKeysOfFile = false;

	readonly #choices: RowChoices | undefined;

	readonly #extras: ExtraPlaces;

	readonly #lists: ListPolicies;

	/**
	 * @param identity the columns that tell a record from every other; needed where rules do not compare columns directly
	 * @param extras what stands behind the cells of a staged row
	 * @param choices what a person has decided about rows, where there is such
	 */
	constructor(
		dialect: SqlDialect,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		rules: LoadRules,
		identity: readonly ColumnDescription[],
		extras: ExtraPlaces,
		references: readonly PlacedReference[] = [],
		choices?: RowChoices,
	) {
		this.#references = references;
		this.#choices = choices;
		this.#dialect = dialect;
		this.#table = table;
		this.#columns = columns;
		this.#rules = rules;
		this.#identity = identity;
		this.#extras = extras;
		const takesAll =
			rules.onMatch === 'update' && rules.match.some(({ several }) => several === 'all');
		this.#lists = new ListPolicies(dialect, table, columns, rules, takesAll ? identity : []);
		const [first] = rules.match;
		if (first === undefined) return;
		this.#finder =
			choices === undefined && isDirect(rules.match, table)
				? new DirectFinder(
						dialect,
						table,
						columns,
						first.fields.map((field) => columns.findIndex(({ name }) => name === field.column)),
					)
				: new RuleFinder(dialect, table, columns, identity, rulesOf(rules), choices);
	}

	/** The statements that write what another table says, which is like the plan. */
	ofPlan(name: string): LoadStatements {
		const statements = new LoadStatements(
			this.#dialect,
			this.#table,
			this.#columns,
			this.#rules,
			this.#identity,
			this.#extras,
			this.#references,
			this.#choices,
		);
		statements.#plan = name;
		return statements;
	}

	/** The table that says what is to become of rows. */
	get plan(): Sql {
		return this.#from(this.#plan);
	}

	createStage(): Sql {
		const { count } = this.#extras;
		return this.#dialect.createStage(STAGE, this.#table, this.#columns, count, this.#references);
	}

	/** Adds entries to the lists of records, and takes others out, before the plan is made. */
	async changeLists(connection: LoadConnection): Promise<void> {
		if (this.#finder !== undefined) await this.#lists.collect(connection, this.#finder);
	}

	/** How rows of the file may have the same key. */
	get repetition(): { isMerged: boolean; mayRepeat: boolean } {
		const { duplicates } = this.#rules;
		return {
			isMerged: this.collectFollowers !== undefined,
			mayRepeat: duplicates === 'all' && !this.#trustsKeysOfFile,
		};
	}

	/** Keys that several rows of the file have, with the row that is kept. */
	collectRepeated(): CollectedTable[] {
		return this.#repeated.flatMap(({ table, of }) => (of === undefined ? [table] : [of, table]));
	}

	/** No two rows of the file have the same key: none are looked for. */
	trustKeysOfFile(): void {
		this.#trustsKeysOfFile = true;
	}

	get #repeated() {
		const { duplicates } = this.#rules;
		if (this.#finder === undefined || duplicates === 'all' || this.#trustsKeysOfFile) return [];
		return this.#finder.repeated(duplicates === 'last' ? sql`max(s.row_no)` : sql`min(s.row_no)`);
	}

	/** The rows that are the same as an earlier one, with the first of those by each way to be the same: `f0`, ... */
	get collectFollowers(): CollectedTable | undefined {
		if (this.#rules.duplicates !== 'merge' || this.#trustsKeysOfFile) return undefined;
		const ways = this.#repeated;
		if (ways.length === 0) return undefined;
		const earlier = ways.map((_, index) => {
			const kept = sql`${sql.id(`r${index}`)}.kept`;
			return sql`case when ${kept} <> s.row_no then ${kept} end`;
		});
		const repeated = ways.map(
			({ table, isSame }, index) =>
				sql`left join ${this.#from(table.name)} ${sql.id(`r${index}`)} on ${isSame(`r${index}`)}`,
		);
		const joins = [...(this.#finder?.joins() ?? []), ...repeated];
		const named = earlier.map((value, index) => sql`${value} as ${sql.id(`f${index}`)}`);
		return {
			name: FOLLOWERS,
			joinedBy: ['row_no'],
			create: this.#dialect.createTemporary(
				FOLLOWERS,
				sql`select s.row_no as row_no, ${sql.join(named)} from ${this.#from(STAGE)} s ${sql.join(joins, sql` `)} where ${or(earlier.map((value) => sql`${value} is not null`))}`,
			),
		};
	}

	followers(after: number, limit: number): Sql {
		return sql`select * from ${this.#from(FOLLOWERS)} where row_no > ${sql.lit(after)} order by row_no limit ${sql.lit(limit)}`;
	}

	/** The rows that are merged, each with the row that it is merged into as the key `k0`. */
	get createGroups(): Sql {
		return this.#dialect.createStage(GROUPS, this.#table, [], 1);
	}

	/** The merged rows, and of each group and column the last row that has a value. */
	get collectMerged(): CollectedTable[] {
		const rows = sql`from ${this.#from(GROUPS)} g join ${this.#from(STAGE)} s on s.row_no = g.row_no`;
		const values = this.#columns.map((_, i) => sql`s.${cell(i)} as ${cell(i)}`);
		for (const { index } of this.#references) {
			values.push(
				sql`s.${said(index)} as ${said(index)}`,
				sql`s.${parent(index)} as ${parent(index)}`,
			);
		}
		const last = this.#columns.map(
			(_, i) => sql`max(case when not ${this.#isEmpty(i)} then s.row_no end) as ${cell(i)}`,
		);
		return [
			{
				name: MERGED,
				joinedBy: ['row_no'],
				create: this.#dialect.createTemporary(
					MERGED,
					sql`select s.row_no as row_no, ${sql.join(values)} ${rows}`,
				),
			},
			{
				name: LAST,
				joinedBy: ['row_no'],
				create: this.#dialect.createTemporary(
					LAST,
					sql`select min(s.row_no) as row_no, ${sql.join(last)} ${rows} group by g.${key(0)}`,
				),
			},
		];
	}

	/** Brings the merged values into the rows that are kept, column by column. */
	get takeMerged(): Sql[] {
		return this.#columns.map((_, i) =>
			this.#dialect.updateJoined({
				table: this.#from(STAGE),
				assignments: [
					{ column: `c${i}`, value: sql`s.${cell(i)}` },
					...this.#references
						.filter(({ place }) => place === i)
						.flatMap(({ index }) => [
							{ column: `r${index}`, value: sql`s.${said(index)}` },
							{ column: `p${index}`, value: sql`s.${parent(index)}` },
						]),
				],
				from: sql`${this.#from(LAST)} l join ${this.#from(MERGED)} s on s.row_no = l.${cell(i)}`,
				where: sql`t.row_no = l.row_no`,
			}),
		);
	}

	/** Rows that others were merged into, with their values. */
	mergedRows(after: number, limit: number): Sql {
		const values = this.#columns.map((_, i) => sql`s.${cell(i)} as ${cell(i)}`);
		return sql`select s.row_no as row_no, ${sql.join(values)} from ${this.#from(STAGE)} s join ${this.#from(LAST)} l on l.row_no = s.row_no where s.row_no > ${sql.lit(after)} order by s.row_no limit ${sql.lit(limit)}`;
	}

	/** The keys of rows that others were merged into. */
	createRekeyed(keys: number): Sql {
		return this.#dialect.createStage(REKEYED, this.#table, [], keys);
	}

	takeRekeyed(keys: number): Sql {
		return this.#dialect.updateJoined({
			table: this.#from(STAGE),
			assignments: Array.from({ length: keys }, (_, i) => ({
				column: `k${i}`,
				value: sql`s.${key(i)}`,
			})),
			from: sql`${this.#from(REKEYED)} s`,
			where: sql`t.row_no = s.row_no`,
		});
	}

	/** What is looked up before the plan is made. */
	collectRecords(): CollectedTable[] {
		return this.#finder?.collect() ?? [];
	}

	/** The records that rows would change, where a row may be for several. */
	get collectChanges(): CollectedTable | undefined {
		return this.#finder?.changes(this.#changed, this.#lists.isRefused, this.#lists.joins);
	}

	/** How many records the planned updates of a range change. Undefined where each row changes one. */
	countRecords(range?: RowRange): Sql | undefined {
		if (this.#finder?.isChanged === undefined) return undefined;
		return sql`select count(*) as records from ${this.#from(CHANGED)} s join ${this.#from(this.#plan)} p on p.row_no = s.row_no where ${this.#planned('U', range)}`;
	}

	/** The records that rows change, behind one of them. */
	changedRecords(
		rows: readonly number[],
		after: { row: number; place: number },
		limit: number,
	): Sql {
		return sql`select row_no, place, c0 from ${this.#from(CHANGED)} where row_no in (${sql.join(rows.map((row) => sql.lit(row)))}) and (row_no, place) > (${sql.lit(after.row)}, ${sql.lit(after.place)}) order by row_no, place limit ${sql.lit(limit)}`;
	}

	/** What is to become of each row: the plan table. */
	get decide(): Sql {
		const { onMatch, onNoMatch, blankKey, duplicates } = this.#rules;
		const inserted = this.#unlessIncomplete(letterOfNoMatch[onNoMatch]);
		const finder = this.#finder;
		if (finder === undefined) {
			return this.#dialect.createTemporary(
				PLAN,
				sql`select s.row_no as row_no, ${inserted} as letter from ${this.#from(STAGE)} s`,
			);
		}
		const withoutKey = this.#unlessIncomplete(letterOfBlankKey[blankKey]);
		const isRefused = finder.isRefused ?? this.#lists.isRefused;
		const isChanged = finder.isChanged ?? this.#changed;
		const update = sql`case when ${isRefused} then ${letter('L')} when ${isChanged} then ${this.#unlessEmptied} else ${letter('E')} end`;
		const cases: Sql[] = [
			...this.#chosenCases(update),
			sql`when not ${finder.hasKey} then ${withoutKey}`,
		];
		const joins: Sql[] = [...finder.joins(), ...(finder.isChanged ? [] : this.#lists.joins)];
		if (this.#choices !== undefined) joins.push(this.#choices.join);
		if (this.collectFollowers !== undefined) {
			joins.push(sql`left join ${this.#from(GROUPS)} g on g.row_no = s.row_no`);
			const isMerged = sql`g.row_no is not null and s.row_no not in (select row_no from ${this.#from(LAST)})`;
			cases.push(sql`when ${isMerged} then ${letter('d')}`);
		}
		const repeated = duplicates === 'merge' ? [] : this.#repeated;
		for (const [index, { table, isSame }] of repeated.entries()) {
			const other = `r${index}`;
			joins.push(sql`left join ${this.#from(table.name)} ${sql.id(other)} on ${isSame(other)}`);
			const kept = sql`${sql.id(other)}.kept`;
			cases.push(sql`when ${kept} <> s.row_no then ${letter(duplicates === 'fail' ? 'D' : 'd')}`);
			// with "fail" the row that would be kept is as doubtful as the others
			if (duplicates === 'fail') cases.push(sql`when ${kept} is not null then ${letter('D')}`);
		}
		if (this.#extras.hashes !== undefined) {
			joins.push(sql`left join ${this.#from(SAME)} e on e.row_no = s.row_no`);
			cases.push(sql`when e.row_no is not null then ${letter('s')}`);
		}
		if (finder.isProposed !== undefined) {
			cases.push(sql`when ${finder.isProposed} then ${letter('P')}`);
		}
		if (finder.isAmbiguous !== undefined) {
			const severalHits = onMatch === 'insert' ? 'I' : onMatch === 'skip' ? 'm' : 'S';
			cases.push(sql`when ${finder.isAmbiguous} then ${this.#unlessIncomplete(severalHits)}`);
		}
		cases.push(sql`when ${finder.isUnmatched} then ${inserted}`);
		const otherwise =
			onMatch === 'update' ? update : this.#unlessIncomplete(letterOfMatch[onMatch]);
		return this.#dialect.createTemporary(
			PLAN,
			sql`select s.row_no as row_no, case ${sql.join(cases, sql` `)} else ${otherwise} end as letter from ${this.#from(STAGE)} s ${sql.join(joins, sql` `)}`,
		);
	}

	/** A person's choices come before all rules. */
	#chosenCases(update: Sql): Sql[] {
		const choices = this.#choices;
		if (choices === undefined) return [];
		return [
			sql`when ${choices.isSkip} then ${letter('k')}`,
			sql`when ${choices.isInsert} then ${this.#unlessIncomplete('I')}`,
			sql`when ${choices.isLost} then ${letter('X')}`,
			sql`when ${choices.isRecord} then ${update}`,
		];
	}

	get count(): Sql {
		return sql`select letter, count(*) as rows_counted from ${this.#from(PLAN)} group by letter`;
	}

	/** Rows for which a rule found a record, by the number of the rule. Undefined where there is one rule alone. */
	countByRule(letters: readonly PlanLetter[]): Sql | undefined {
		const foundBy = this.#finder?.foundBy;
		if (foundBy === undefined) return undefined;
		return sql`select f.rule_no as rule_no, count(*) as rows_counted from ${this.#from(PLAN)} p join ${this.#from(foundBy)} f on f.row_no = p.row_no where p.letter in (${sql.join(letters.map(letter))}) group by f.rule_no`;
	}

	/** The rows, as `s`, that no rule before one decides, as the end of a select with a condition. */
	undecided(rule: number): Sql {
		return this.#finder?.undecided?.(rule) ?? sql`from ${this.#from(STAGE)} s where 1 = 1`;
	}

	get fromTable(): Sql {
		return sql`from ${this.#target} t`;
	}

	/** The records that the ambiguous rows of a range match by one rule: `i0`, ... and the values `v0`, ... */
	candidates(
		rule: number,
		shown: readonly ColumnDescription[],
		{ first, last }: RowRange,
		limit: number,
	): Sql {
		const joins = this.#finder?.candidates()[rule] ?? [];
		const order = this.#identity.map(({ name }) => sql`t.${sql.id(name)}`);
		const ids = this.named;
		const place = sql.join(order.length > 0 ? order : [sql`s.row_no`]);
		const matches = sql`select ${sql.join([
			sql`s.row_no as row_no`,
			sql`count(*) over (partition by s.row_no) as hits`,
			sql`row_number() over (partition by s.row_no order by ${place}) as place`,
			...ids.map(({ name }, i) => sql`t.${sql.id(name)} as ${sql.id(`i${i}`)}`),
			...shown.map(({ name }, i) => sql`t.${sql.id(name)} as ${sql.id(`v${i}`)}`),
		])} from ${this.#from(PLAN)} p join ${this.#from(STAGE)} s on s.row_no = p.row_no ${sql.join(joins, sql` `)} where p.letter = ${letter('S')} and p.row_no between ${sql.lit(first)} and ${sql.lit(last)}`;
		return sql`select * from (${matches}) q where place <= ${sql.lit(limit)} order by row_no, place`;
	}

	/** The records that the rows of a range are like by one rule: `i0`, ... and the values `v0`, ..., the best first. */
	similarCandidates(rule: number, shown: readonly ColumnDescription[], range: RowRange): Sql {
		const isRecord = and(
			this.#identity.map(({ name }, i) => sql`t.${sql.id(name)} = r.${cell(i)}`),
		);
		const values = [
			...this.named.map(({ name }, i) => sql`t.${sql.id(name)} as ${sql.id(`i${i}`)}`),
			...shown.map(({ name }, i) => sql`t.${sql.id(name)} as ${sql.id(`v${i}`)}`),
		];
		return sql`select ${sql.join([...values, ...likenessColumns])} from ${this.#from(similarTableName(rule))} r join ${this.#target} t on ${isRecord} where ${isMatchOf(range)} order by r.row_no`;
	}

	/** The rows of a range that are proposed by one rule. */
	proposedRows(rule: number, { first, last }: RowRange): Sql {
		return sql`select p.row_no as row_no from ${this.#from(PLAN)} p join ${this.#from(FOUND)} f on f.row_no = p.row_no where p.letter = ${letter('P')} and f.rule_no = ${sql.lit(rule)} and p.row_no between ${sql.lit(first)} and ${sql.lit(last)}`;
	}

	/** The columns that a person names a record by; empty where there are none. */
	get named(): readonly ColumnDescription[] {
		const isKey = this.#identity.every((column) => this.#table.columns.includes(column));
		return isKey ? this.#identity : [];
	}

	/** Names of the columns that are the same in row and record because of how it was found. */
	get matched(): ReadonlySet<string> {
		return new Set(this.#finder?.sameColumns.map((index) => this.#columns[index]?.name ?? ''));
	}

	/** Keeps others from changing the records that are to be updated. Undefined where they cannot. */
	get lockRecords(): Sql | undefined {
		if (this.#finder === undefined || this.#dialect.locking === undefined) return undefined;
		const records = sql`select s.row_no as row_no from ${this.#from(STAGE)} s join ${this.#from(PLAN)} p on p.row_no = s.row_no ${sql.join([...this.#finder.updateJoins], sql` `)} join ${this.#target} t on ${this.#finder.isRecord} where ${this.#planned('U', undefined)}`;
		return this.#dialect.createTemporary(LOCKED, this.#dialect.locking(records));
	}

	/** Rows that are taken out of the plan, in the key `k0` nothing. */
	get createWithheld(): Sql {
		return this.#dialect.createStage(WITHHELD, this.#table, [], 1);
	}

	get withhold(): Sql {
		const failing = (Object.keys(planCodes) as PlanLetter[]).filter(
			(known) => planCodes[known].action === 'fail',
		);
		const letters = (Object.keys(planCodes) as PlanLetter[]).flatMap((known) => {
			const { action } = planCodes[known];
			return action === 'fail'
				? []
				: [sql`when t.letter = ${letter(known)} then ${letter(letterWithheld[action])}`];
		});
		return this.#dialect.updateJoined({
			table: this.#from(PLAN),
			assignments: [
				{ column: 'letter', value: sql`case ${sql.join(letters, sql` `)} else t.letter end` },
			],
			from: sql`${this.#from(WITHHELD)} w`,
			where: sql`t.row_no = w.row_no and t.letter not in (${sql.join(failing.map(letter))})`,
		});
	}

	/** Tables that a page of planned rows is joined with, by row. */
	get paged(): string[] {
		const byRow = (this.#finder?.collect() ?? []).filter(
			({ name, joinedBy }) => joinedBy.includes('row_no') && !name.startsWith(MATCH),
		);
		const changed = this.#finder?.isChanged === undefined ? [] : [CHANGED];
		const lists = this.#finder !== undefined && this.#lists.isUsed ? [LISTS] : [];
		return [PLAN, STAGE, ...byRow.map(({ name }) => name), ...changed, ...lists];
	}

	indexByRow(table: string): Sql {
		return this.#dialect.createTemporaryIndex(table, ['row_no']);
	}

	/** Lets single rows be found quickly. */
	get indexRows(): Sql[] {
		const plan = this.#dialect.createTemporaryIndex(this.#plan, ['letter', 'row_no']);
		// rows that are written in levels are found quickly already
		if (this.#plan !== PLAN) return [plan];
		return [plan, this.#dialect.createTemporaryIndex(STAGE, ['row_no'])];
	}

	/** The planned row that stands behind so many others of a range. */
	rowAt(planLetter: PlanLetter, { first, last }: RowRange, skipped: number): Sql {
		return sql`select row_no from ${this.#from(this.#plan)} where letter = ${letter(planLetter)} and row_no between ${sql.lit(first)} and ${sql.lit(last)} order by row_no limit 1 offset ${sql.lit(skipped)}`;
	}

	/** True for a staged row without a value, and without another row that gives it one. */
	#isEmpty(index: number): Sql {
		const reference = this.#references.find(
			({ place, byPlace }) => place === index && byPlace !== -1,
		);
		const isNull = sql`${this.#staged(index)} is null`;
		if (reference === undefined) return sql`(${isNull})`;
		return sql`(${isNull} and s.${parent(reference.index)} is null)`;
	}

	/** True where the row gets its value only when another row is written. Undefined where that cannot be. */
	#isAwaited(index: number): Sql | undefined {
		const reference = this.#references.find(
			({ place, byPlace }) => place === index && byPlace !== -1,
		);
		if (reference === undefined) return undefined;
		return sql`(${this.#staged(index)} is null and s.${parent(reference.index)} is not null)`;
	}

	/** What is awaited is a new record, so that no record can hold it yet. */
	#awaitedChanges(): Sql[] {
		return this.#updated.flatMap(({ column, index }) => {
			const isAwaited = this.#isAwaited(index);
			if (isAwaited === undefined) return [];
			const policy = policyOf(this.#rules, column.name);
			if (policy === 'newer') return [sql`(${isAwaited} and ${this.#isNewer})`];
			return policy === 'target-empty'
				? [sql`(${isAwaited} and t.${sql.id(column.name)} is null)`]
				: [isAwaited];
		});
	}

	/** The first planned rows of a range. */
	rowNumbers(planLetter: PlanLetter, { first, last }: RowRange, limit: number): Sql {
		return sql`select row_no from ${this.#from(this.#plan)} where letter = ${letter(planLetter)} and row_no between ${sql.lit(first)} and ${sql.lit(last)} order by row_no limit ${sql.lit(limit)}`;
	}

	/** How many of the next rows of a letter there are, at most `limit`, and which is the last of them. */
	nextRows(planLetter: PlanLetter, after: number, limit: number): Sql {
		const page = sql`select row_no from ${this.#from(PLAN)} where letter = ${letter(planLetter)} and row_no > ${sql.lit(after)} order by row_no limit ${sql.lit(limit)}`;
		return sql`select count(*) as rows_counted, max(row_no) as last_row from (${page}) n`;
	}

	countRange(planLetter: PlanLetter, { first, last }: RowRange): Sql {
		return sql`select count(*) as rows_counted, min(row_no) as first_row, max(row_no) as last_row from ${this.#from(this.#plan)} where letter = ${letter(planLetter)} and row_no between ${sql.lit(first)} and ${sql.lit(last)}`;
	}

	/** Planned rows behind a row of the file, with their values and those of the matched record. */
	list(letters: readonly PlanLetter[], limit: number, after: number): Sql {
		const finder = this.#finder;
		const values = this.#columns.map(({ name }, i) =>
			this.#rules.policies?.[name] === 'remove'
				? sql`case when p.letter = ${letter('I')} then null else s.${cell(i)} end as ${sql.id(`n${i}`)}`
				: sql`s.${cell(i)} as ${sql.id(`n${i}`)}`,
		);
		const updated = finder === undefined ? [] : this.#updated;
		const written = updated.map(({ index, value }) => sql`${value} as ${sql.id(`u${index}`)}`);
		const records = this.#columns.map((column, i) =>
			finder === undefined
				? sql`null as ${sql.id(`o${i}`)}`
				: sql`t.${sql.id(column.name)} as ${sql.id(`o${i}`)}`,
		);
		const awaited = this.#references.flatMap(({ index, place }) => {
			const isAwaited = this.#isAwaited(place);
			if (isAwaited === undefined) return [];
			return [sql`case when ${isAwaited} then s.${said(index)} end as ${sql.id(`a${place}`)}`];
		});
		const ids = finder === undefined || !this.#identityIsKey ? [] : this.#identity;
		const identity = ids.map(({ name }, i) => sql`t.${sql.id(name)} as ${sql.id(`i${i}`)}`);
		const joins = finder?.joins(sql`p.letter in ('U', 'E', 'u', 'e')`) ?? [];
		const lists = finder?.isChanged ? this.#lists.joinsOfFirst : this.#lists.joins;
		const rule = finder?.rule ?? sql`0`;
		const score = finder?.score ?? sql`null`;
		const newer = finder === undefined ? sql`0` : sql`case when ${this.#isNewer} then 1 else 0 end`;
		const changed = finder?.changedRecords ?? sql`null`;
		// the rows are chosen before they are joined: a page of a million rows costs a page
		const page = sql`select row_no, letter from ${this.#from(PLAN)} where letter in (${sql.join(letters.map(letter))}) and row_no > ${sql.lit(after)} order by row_no limit ${sql.lit(limit)}`;
		const listed = sql`select p.row_no as row_no, p.letter as letter, ${rule} as rule_no, ${score} as score, ${newer} as newer, ${changed} as records, ${sql.join([...values, ...records, ...written, ...awaited, ...identity])} from (${page}) p join ${this.#from(STAGE)} s on s.row_no = p.row_no ${sql.join([...joins, ...lists], sql` `)}`;
		// limited before they are ordered, so that the search for the rows of the page ends with the last of them
		return sql`select * from (${listed} limit ${sql.lit(limit)}) l order by row_no`;
	}

	/** Records behind the last one, in the order of their identity: `i0`, ... and the values `v0`, ... */
	records(
		columns: readonly ColumnDescription[],
		identity: readonly ColumnDescription[],
		last: readonly unknown[] | undefined,
		limit: number,
		condition?: RecordCondition,
	): Sql {
		const ids = identity.map(({ name }) => sql`t.${sql.id(name)}`);
		const conditions = [
			...(last === undefined ? [] : [sql`(${sql.join(ids)}) > (${sql.join([...last])})`]),
			...(condition === undefined ? [] : [fulfils(condition)]),
		];
		const behind = conditions.length === 0 ? sql`` : sql`where ${and(conditions)}`;
		return sql`select ${sql.join([
			...ids.map((id, i) => sql`${id} as ${sql.id(`i${i}`)}`),
			...columns.map(({ name }, i) => sql`t.${sql.id(name)} as ${sql.id(`v${i}`)}`),
		])} from ${this.#target} t ${behind} order by ${sql.join(ids)} limit ${sql.lit(limit)}`;
	}

	stagedRows(rows: readonly number[]): Sql {
		return sql`select * from ${this.#from(STAGE)} s where s.row_no in (${sql.join(rows.map((row) => sql.lit(row)))})`;
	}

	/** @param everyRow every staged row is to be inserted, so that the plan need not be looked at */
	insert(range?: RowRange, everyRow = false): Sql {
		const names = this.#columns.map((column) => sql.id(column.name));
		const values = this.#columns.map((column, i) => this.#insertedValue(column, i));
		const chosen = everyRow
			? sql``
			: sql`join ${this.#from(this.#plan)} p on p.row_no = s.row_no where ${this.#planned('I', range)}`;
		return sql`${this.#dialect.insertInto} ${this.#target} (${sql.join(names)}) select ${sql.join(values)} from ${this.#from(STAGE)} s ${chosen}`;
	}

	/**
	 * Inserts planned rows with the keys that the tracked records (`n`) have.
	 *
	 * @param which condition on them
	 */
	insertUnderKeys(
		identity: readonly ColumnDescription[],
		range: RowRange | undefined,
		which?: Sql,
	): Sql {
		const isKey = ({ name }: ColumnDescription) => identity.some((column) => column.name === name);
		const others = this.#columns.flatMap((column, i) =>
			isKey(column) ? [] : [{ column, value: this.#insertedValue(column, i) }],
		);
		const keys = identity.map((column, i) => ({ column, value: sql`n.${cell(i)}` }));
		const inserted = [...keys, ...others];
		const numbers = identity.some(({ numbering }) => numbering !== undefined)
			? this.#dialect.givesNumbers
			: sql``;
		const rows = range === undefined ? sql`` : sql`and ${rowIsIn('n', range)}`;
		const isCounted = identity.some(({ numbering }) => numbering === 'on-insert');
		return sql`${this.#dialect.insertInto} ${this.#target} (${sql.join(
			inserted.map(({ column }) => sql.id(column.name)),
		)}) ${numbers} select ${sql.join(inserted.map(({ value }) => value))} from ${this.#from(STAGE)} s join ${this.plan} p on p.row_no = s.row_no join ${this.#from(RECORDS)} n on n.row_no = s.row_no where p.letter = ${letter('I')} and n.${key(0)} = ${letter('I')} and ${which ?? sql`1 = 1`} ${rows} ${isCounted ? sql`order by s.row_no` : sql``}`;
	}

	/**
	 * Values of the records (`t`) that rows (`s`, and `p` of the plan) have found, behind the number of the row. Undefined
	 * where no record is looked for.
	 */
	found(values: Sql, letters: readonly PlanLetter[]): Sql | undefined {
		const finder = this.#finder;
		if (finder === undefined) return undefined;
		const isListed = sql`p.letter in (${sql.join(letters.map(letter))})`;
		// a row that is skipped because of several records has found none of them
		const isAmbiguous =
			finder.isAmbiguous && letters.includes('m')
				? sql`and case when ${finder.isAmbiguous} then 1 else 0 end = 0`
				: sql``;
		return sql`select s.row_no as row_no, ${values} from ${this.plan} p join ${this.#from(STAGE)} s on s.row_no = p.row_no ${sql.join([...finder.joins(isListed), ...this.#lists.joins], sql` `)} where ${isListed} and not ${finder.isUnmatched} ${isAmbiguous}`;
	}

	/** The columns of a record as they are once the row that has found it is written. */
	writtenValues(columns: readonly ColumnDescription[]): Sql[] {
		return columns.map((column) => {
			const present = sql`t.${sql.id(column.name)}`;
			const written = this.#updated.find((updated) => updated.column.name === column.name)?.value;
			return written === undefined
				? present
				: sql`case when p.letter = ${letter('U')} then ${written} else ${present} end`;
		});
	}

	/** The columns that updates may write. */
	get updatedColumns(): ColumnDescription[] {
		return this.#updated.map(({ column }) => column);
	}

	/** The staged value of a column; undefined where it is not written. */
	stagedCell({ name }: ColumnDescription): Sql | undefined {
		const index = this.#columns.findIndex((column) => column.name === name);
		return index === -1 ? undefined : this.#staged(index);
	}

	update(range?: RowRange): Sql {
		return this.#dialect.updateJoined({
			table: this.#target,
			assignments: this.#updated.map(({ column, value }) => ({ column: column.name, value })),
			from: sql`${this.#from(STAGE)} s join ${this.#from(this.#plan)} p on p.row_no = s.row_no ${sql.join([...(this.#finder?.updateJoins ?? []), ...this.#lists.joins], sql` `)}`,
			where: sql`${this.#finder?.isRecord ?? sql`1 = 0`} and ${this.#planned('U', range)}`,
		});
	}

	#insertedValue(column: ColumnDescription, index: number): Sql {
		const fallback = this.#dialect.defaultValue(column);
		if (this.#rules.policies?.[column.name] === 'remove') return fallback ?? sql`null`;
		const staged = this.#staged(index);
		return fallback === undefined ? staged : sql`coalesce(${staged}, ${fallback})`;
	}

	/** The columns that an update may write, with the value that each gets. */
	get #updated(): Array<{ column: ColumnDescription; index: number; value: Sql }> {
		return this.#columns.flatMap((column, index) => {
			const value = this.#updatedValue(column, index);
			return value === undefined ? [] : [{ column, index, value }];
		});
	}

	#updatedValue(column: ColumnDescription, index: number): Sql | undefined {
		if (this.#finder?.sameColumns.includes(index) === true) return undefined;
		const value = this.#valueByPolicy(column, index);
		const isCleared = this.#isCleared(column, index);
		if (isCleared === undefined) return value;
		const kept = value ?? sql`t.${sql.id(column.name)}`;
		return sql`case when ${isCleared} then null else ${kept} end`;
	}

	/** True where the row empties the column, whatever its policy. Undefined where it cannot. */
	#isCleared({ generated, matchOnly }: ColumnDescription, index: number): Sql | undefined {
		const { cleared } = this.#extras;
		if (cleared === undefined || generated || matchOnly === true) return undefined;
		const text = sql`s.${key(cleared)}`;
		return sql`(${text} is not null and ${text} like ${sql.lit(`%,${index},%`)})`;
	}

	#valueByPolicy(column: ColumnDescription, index: number): Sql | undefined {
		const brought = this.#staged(index);
		const present = sql`t.${sql.id(column.name)}`;
		switch (policyOf(this.#rules, column.name)) {
			case 'never':
				return undefined;
			case 'append':
			case 'remove':
				return this.#lists.written(index);
			case 'always':
				return brought;
			case 'filled':
			case 'stamp':
				return sql`coalesce(${brought}, ${present})`;
			case 'newer':
				return sql`case when ${this.#isNewer} then coalesce(${brought}, ${present}) else ${present} end`;
			case 'target-empty': {
				const isEmpty =
					column.type === 'text' && column.options === undefined
						? sql`(${present} is null or ${present} = '')`
						: sql`${present} is null`;
				return sql`case when ${isEmpty} then coalesce(${brought}, ${present}) else ${present} end`;
			}
		}
	}

	/** A row that is to be inserted fails where it has no value for a column that needs one. */
	#unlessIncomplete(planLetter: PlanLetter): Sql {
		const needed = this.#missing(({ nullable, hasDefault }) => !nullable && !hasDefault);
		if (planLetter !== 'I' || needed === undefined) return letter(planLetter);
		return sql`case when ${needed} then ${letter('Z')} else ${letter('I')} end`;
	}

	/** A record without a time is older than any row that has one. */
	get #isNewer(): Sql {
		const index = this.#columns.findIndex(({ name }) => name === this.#rules.newerBy);
		const column = this.#columns[index];
		if (column === undefined) return sql`1 = 0`;
		const [row, record] = [this.#staged(index), sql`t.${sql.id(column.name)}`];
		return sql`(${row} > ${record} or (${record} is null and ${row} is not null))`;
	}

	/** A row that would empty a column that needs a value fails. */
	get #unlessEmptied(): Sql {
		const needed = this.#missing(
			({ nullable, name }) => !nullable && policyOf(this.#rules, name) === 'always',
		);
		const cleared = this.#columns.flatMap((column, index) =>
			column.nullable ? [] : (this.#isCleared(column, index) ?? []),
		);
		const emptied = [...(needed === undefined ? [] : [needed]), ...cleared];
		if (emptied.length === 0) return letter('U');
		return sql`case when ${or(emptied)} then ${letter('Z')} else ${letter('U')} end`;
	}

	/** True where the row has no value for one of the columns that need one. */
	#missing(isNeeded: (column: ColumnDescription) => boolean): Sql | undefined {
		const missing = this.#columns.flatMap((column, i) => {
			if (!isNeeded(column)) return [];
			// what is to be taken out of a list makes no new one
			const isNone = this.#rules.policies?.[column.name] === 'remove';
			return [isNone ? sql`1 = 1` : this.#isEmpty(i)];
		});
		return missing.length === 0 ? undefined : or(missing);
	}

	/** A view or a foreign table lacks what a database has where there is no key. */
	get #identityIsKey(): boolean {
		return this.#identity.every((column) => column !== this.#dialect.hiddenIdentity);
	}

	#planned(planLetter: PlanLetter, range: RowRange | undefined): Sql {
		if (range === undefined) return sql`p.letter = ${letter(planLetter)}`;
		const within = sql`between ${sql.lit(range.first)} and ${sql.lit(range.last)}`;
		// said of both tables: not every planner infers the one from the other, and would read all of it for each batch
		return sql`p.letter = ${letter(planLetter)} and p.row_no ${within} and s.row_no ${within}`;
	}

	get #target(): Sql {
		return this.#dialect.table(this.#table.table);
	}

	/** True where the row would change the record it matches. */
	get #changed(): Sql {
		const changes = this.#updated.flatMap(({ column, index, value }) => {
			if (policyOf(this.#rules, column.name) === 'stamp') return [];
			const present = sql`t.${sql.id(column.name)}`;
			// the plain comparison is the faster one
			const isCleared = this.#isCleared(column, index);
			if (policyOf(this.#rules, column.name) !== 'filled' || isCleared !== undefined) {
				return this.#dialect.differs(present, value, column);
			}
			const brought = this.#staged(index);
			return sql`(${brought} is not null and ${this.#dialect.differs(present, brought, column)})`;
		});
		changes.push(...this.#awaitedChanges());
		return changes.length === 0 ? sql`1 = 0` : or(changes);
	}

	/** For tables whose unique index does not hold for what is joined. */
	distrustUniqueKeys(): void {
		this.#finder?.distrustUniqueKeys();
	}

	get dropPlan(): Sql {
		return this.#dialect.dropTemporary(PLAN);
	}

	/** Forgets what was looked up, so that it can be looked up again. */
	dropRecords(): Sql[] {
		return this.collectRecords().map(({ name }) => this.#dialect.dropTemporary(name));
	}

	#staged(index: number): Sql {
		return sql`s.${cell(index)}`;
	}

	#from(name: string): Sql {
		return this.#dialect.temporary(name);
	}
}

const letter = (value: PlanLetter): Sql => sql.lit(value);

/** Rows that change no record are for one as well as for several. */
const rulesOf = ({ match, onMatch }: LoadRules): readonly MatchRule[] =>
	onMatch === 'update'
		? match
		: match.map((rule) => (rule.several === 'all' ? { ...rule, several: 'first' } : rule));

const rowIsIn = (alias: string, { first, last }: RowRange): Sql =>
	sql`${sql.id(alias, 'row_no')} between ${sql.lit(first)} and ${sql.lit(last)}`;

/** What an update does with a column. */
export const policyOf = ({ policies, emptyCells }: LoadRules, column: string): WritePolicy =>
	policies?.[column] ?? (emptyCells === 'clear' ? 'always' : 'filled');
