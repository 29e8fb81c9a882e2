import { sql, type RawBuilder } from 'kysely';
import { ImportError } from '../../issues';
import type { ColumnDescription, LoadSpecification, RowRecord } from '../target';
import { RowsWithheld, type LoadConnection } from './load-connection';
import type { LoadStatements, RowRange } from './load-statements';
import { planCodes, type PlanLetter } from './plan-codes';
import { and, cell, key, PLACES, RECORDS, SHAPE, STAGE } from './plan-tables';

type Sql = RawBuilder<unknown>;

/** Rows that have found a record: it is known before anything is written. */
const FOUND: readonly PlanLetter[] = ['U', 'E', 'm'];

/**
 * Which record each row becomes or finds, by a key of the table. New records are told apart by giving them keys before they
 * are inserted; where the server alone numbers them, by the numbers that it has given.
 */
export class TrackedRecords {
	readonly #connection: LoadConnection;

	/** Those of the plan whose rows are written. */
	#statements: LoadStatements;

	readonly #table: LoadSpecification['table'];

	/** The columns that tell a record from every other. */
	readonly identity: readonly ColumnDescription[];

	#isMade = false;

	/** Position in the identity of the column that the server numbers as it inserts. */
	readonly #counted: number;

	/** @throws ImportError RUN_CONFIG where new records of the table could not be told apart */
	constructor(
		connection: LoadConnection,
		statements: LoadStatements,
		specification: LoadSpecification,
	) {
		this.#connection = connection;
		this.#statements = statements;
		this.#table = specification.table;
		this.identity = this.#chooseIdentity(specification);
		this.#counted = this.identity.findIndex(({ numbering }) => numbering === 'on-insert');
	}

	#chooseIdentity({ table, columns, rules }: LoadSpecification): readonly ColumnDescription[] {
		const inserts = [rules.onMatch, rules.onNoMatch, rules.blankKey].includes('insert');
		const isKnown = (column: ColumnDescription) =>
			!inserts ||
			columns.includes(column.name) ||
			column.numbering === 'on-insert' ||
			this.#nextKey(column, undefined, sql``) !== undefined;
		const keys = table.uniqueKeys.map((names) =>
			names.flatMap((name) => table.columns.find((column) => column.name === name) ?? []),
		);
		const usable = [...keys, [...(table.hiddenIdentity ?? [])].filter(isNumbered)].find(
			(key) => key.length > 0 && key.every((column) => !column.nullable && isKnown(column)),
		);
		if (usable !== undefined) return usable;
		throw new ImportError(
			'RUN_CONFIG',
			`It cannot be told which records of "${table.table.name}" the rows become`,
			{
				hint: 'The table needs a primary key, or a unique column that is never empty, whose values the rows bring or the database gives by a default or a number.',
			},
		);
	}

	/**
	 * Before rows of a plan are written: keeps the records that were found, and gives keys to those that will be inserted.
	 *
	 * @param statements those of the plan
	 */
	async prepare(statements: LoadStatements): Promise<void> {
		if (!this.#isMade) await this.#make();
		this.#isMade = true;
		this.#statements = statements;
		const present = statements
			.writtenValues(this.identity)
			.map((value, i) => sql`${value} as ${cell(i)}`);
		const found = statements.found(sql`${sql.join(present)}, p.letter as letter`, FOUND);
		if (found !== undefined) await this.#fill(found);
		const keys = this.identity.map(
			(column, i) => sql`${this.#newKey(column, statements.plan)} as ${cell(i)}`,
		);
		await this.#fill(
			sql`select s.row_no as row_no, ${sql.join(keys)}, p.letter as letter from ${this.#connection.dialect.temporary(STAGE)} s join ${statements.plan} p on p.row_no = s.row_no where p.letter = 'I'`,
		);
		if (this.#counted !== -1) {
			await this.#connection.run(sql`delete from ${this.#places}`);
			await this.#connection.run(
				sql`insert into ${this.#places} select row_no, row_number() over (order by row_no) from ${this.#records} where ${cell(this.#counted)} is null`,
			);
		}
		await this.#connection.analyze(RECORDS);
	}

	async #make(): Promise<void> {
		const { dialect } = this.#connection;
		// a row may have found several records: the table has the types of one whose row numbers are unique
		await this.#connection.run(dialect.createStage(SHAPE, this.#table, this.identity, 1));
		await this.#connection.run(
			dialect.createTemporary(RECORDS, sql`select * from ${dialect.temporary(SHAPE)}`),
		);
		await this.#connection.index(RECORDS, ['row_no']);
		if (!dialect.joinsByIndex) {
			await this.#connection.run(dialect.createTemporaryIndex(RECORDS, ['row_no']));
		}
		if (this.#counted === -1) return;
		await this.#connection.run(
			sql`create temporary table ${sql.id(PLACES)} (row_no bigint not null primary key, place bigint not null)`,
		);
	}

	async #fill(query: Sql): Promise<void> {
		await this.#connection.run(sql`insert into ${this.#records} ${query}`);
	}

	#newKey(column: ColumnDescription, plan: Sql): Sql {
		const staged = this.#statements.stagedCell(column);
		const next = column.numbering === 'on-insert' ? undefined : this.#nextKey(column, staged, plan);
		if (staged === undefined) return next ?? sql`null`;
		return next === undefined ? staged : sql`coalesce(${staged}, ${next})`;
	}

	#nextKey(column: ColumnDescription, staged: Sql | undefined, plan: Sql): Sql | undefined {
		const { dialect } = this.#connection;
		const missing = staged === undefined ? sql`1` : sql`case when ${staged} is null then 1 end`;
		return dialect.nextKey(column, this.#table.table, {
			greatest:
				staged &&
				sql`(select max(${staged}) from ${dialect.temporary(STAGE)} s join ${plan} p on p.row_no = s.row_no where p.letter = 'I')`,
			place: sql`count(${missing}) over (order by s.row_no)`,
		});
	}

	/** Inserts the planned rows of a range under their keys. @returns how many records were written */
	async insert(range: RowRange | undefined, planned: number): Promise<number> {
		const counted = this.#counted === -1 ? undefined : cell(this.#counted);
		if (counted === undefined) return await this.#insert(range);
		const given = await this.#insert(range, sql`n.${counted} is not null`);
		if (given === planned) return given;
		await this.#connection.run(sql`select last_insert_id(0)`);
		const numbered = await this.#insert(range, sql`n.${counted} is null`);
		if (given + numbered === planned) await this.#takeNumbers(range, numbered, counted);
		return given + numbered;
	}

	async #insert(range: RowRange | undefined, which?: Sql): Promise<number> {
		const statement = this.#statements.insertUnderKeys(this.identity, range, which);
		return (await this.#connection.run(statement)).changes;
	}

	/**
	 * The server has numbered the records in the order of the rows, in equal steps from the first number, which it tells. With
	 * interleaved numbering (innodb_autoinc_lock_mode 2) others may have taken numbers in between. Then the last rows have
	 * higher numbers than without it: where no record does, there were no others.
	 * https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html
	 */
	async #takeNumbers(range: RowRange | undefined, rows: number, counted: Sql): Promise<void> {
		const within = range === undefined ? sql`1 = 1` : inRange(sql`row_no`, range);
		const { rows: places } = await this.#connection.run(
			sql`select min(place) as first_place, @@innodb_autoinc_lock_mode as mode from ${this.#places} where ${within}`,
		);
		const number = sql.id(this.identity[this.#counted]?.name ?? '');
		if (rows > 1 && Number(places[0]?.mode) > 1) {
			const last = sql`last_insert_id() + ${sql.lit(rows - 1)} * @@auto_increment_increment`;
			const { rows: others } = await this.#connection.run(
				sql`select 1 as beyond from ${this.#target} where ${number} > ${last} limit 1`,
			);
			if (others.length > 0) throw new NumbersUnsure(rows);
		}
		await this.#connection.run(
			this.#connection.dialect.updateJoined({
				table: this.#records,
				assignments: [
					{
						column: `c${this.#counted}`,
						value: sql`last_insert_id() + (q.place - ${sql.lit(Number(places[0]?.first_place))}) * @@auto_increment_increment`,
					},
				],
				from: sql`${this.#places} as q`,
				where: and([
					sql`q.row_no = t.row_no`,
					sql`t.${counted} is null`,
					...(range === undefined ? [] : [inRange(sql`t.row_no`, range)]),
				]),
			}),
		);
	}

	/** Rows that were refused have no records. */
	async drop(rows: readonly number[]): Promise<void> {
		await this.#connection.run(
			sql`delete from ${this.#records} where row_no in (${sql.join(rows.map((row) => sql.lit(row)))})`,
		);
	}

	/** @throws ImportError RUN_CONFIG where records are not there under the keys that they should have */
	async verify(): Promise<void> {
		const there = sql`exists (select 1 from ${this.#target} t where ${this.isRecord('t', 'r')})`;
		const { rows } = await this.#connection.run(
			sql`select count(*) as missing from ${this.#records} r where r.${key(0)} in ('I', 'U') and not ${there}`,
		);
		const missing = Number(rows[0]?.missing);
		if (missing === 0) return;
		throw new ImportError(
			'RUN_CONFIG',
			`${missing} records of "${this.#table.table.name}" do not have the keys that they were written with; nothing was written`,
			{
				hint: 'A trigger or a rule of the table gives other keys, or several rows give one record different keys. Such an import cannot tell which records its rows become.',
			},
		);
	}

	async page(limit: number, after: number): Promise<RowRecord[]> {
		const keys = this.identity.map((_, i) => cell(i));
		const { rows } = await this.#connection.run(
			sql`select row_no, ${sql.join(keys)}, ${key(0)} from ${this.#records} where row_no > ${sql.lit(after)} order by row_no limit ${sql.lit(limit)}`,
		);
		return rows.map((row) => ({
			number: Number(row.row_no),
			action: planCodes[String(row.k0) as PlanLetter].action as RowRecord['action'],
			record: Object.fromEntries(this.identity.map(({ name }, i) => [name, row[`c${i}`]])),
		}));
	}

	/** True where a record of the table, under an alias, is that of a row of this table, under another. */
	isRecord(record: string, row: string): Sql {
		return and(
			this.identity.map(({ name }, i) => sql`${sql.id(record, name)} = ${sql.id(row)}.${cell(i)}`),
		);
	}

	/** The rows that the server numbers next, from 1. */
	get #places(): Sql {
		return this.#connection.dialect.temporary(PLACES);
	}

	get #records(): Sql {
		return this.#connection.dialect.temporary(RECORDS);
	}

	get #target(): Sql {
		return this.#connection.dialect.table(this.#table.table);
	}
}

/** A row id that the database numbers can be given to a record; where a record lies on the disk cannot. */
const isNumbered = ({ numbering }: ColumnDescription): boolean => numbering !== undefined;

const inRange = (row: Sql, { first, last }: RowRange): Sql =>
	sql`${row} between ${sql.lit(first)} and ${sql.lit(last)}`;

/** The rows are to be inserted in smaller parts: of one row alone the number is certain. */
class NumbersUnsure extends RowsWithheld {}
