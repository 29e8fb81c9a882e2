import { sql, type RawBuilder } from 'kysely';
import type {
	ColumnDescription,
	LoadRules,
	StagedRow,
	StagedValue,
	TableDescription,
} from '../target';
import type { SqlDialect } from './dialect';
import type { Finder } from './finder';
import { holdsList, listChange, type ListChange } from './list-values';
import type { LoadConnection } from './load-connection';
import {
	cell,
	key,
	LISTED,
	LISTS,
	or,
	RECORD_LISTS,
	STAGE,
	type CollectedTable,
} from './plan-tables';

type Sql = RawBuilder<unknown>;

const PAIRS_AT_ONCE = 5000;

const PAGE_POINT = 'data_import_lists';

export const DEFAULT_SEPARATOR = ';';

interface ListColumn {
	column: ColumnDescription;
	/** Position among the written columns. */
	place: number;
	change: ListChange;
}

/**
 * Columns that hold lists to which rows add entries, or from which they take some. The lists are changed here, page by
 * page, and not by the databases, which do not compare alike; the changed ones go to a temporary table.
 */
export class ListPolicies {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #lists: readonly ListColumn[];

	/** How many columns tell a record from another where a row may be for several. */
	readonly #ids: number;

	/** @param identity what tells records apart, where a row may be for several of them; else nothing */
	constructor(
		dialect: SqlDialect,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		{ policies = {}, separators = {}, onMatch }: LoadRules,
		identity: readonly ColumnDescription[],
	) {
		this.#dialect = dialect;
		this.#table = table;
		this.#ids = identity.length;
		this.#lists = columns.flatMap((column, place) => {
			const policy = policies[column.name];
			if ((policy !== 'append' && policy !== 'remove') || onMatch !== 'update') return [];
			if (!holdsList(column)) return [];
			const separator = separators[column.name] ?? DEFAULT_SEPARATOR;
			return { column, place, change: listChange(policy, column, separator) };
		});
	}

	get isUsed(): boolean {
		return this.#lists.length > 0;
	}

	/** Joins the changed list of row `s` and its record. */
	get joins(): Sql[] {
		if (!this.isUsed) return [];
		const ids = Array.from({ length: this.#ids }, (_, i) => sql` and y.${id(i)} = f.${cell(i)}`);
		return [
			sql`left join ${this.#dialect.temporary(LISTS)} y on y.row_no = s.row_no${sql.join(ids, sql``)}`,
		];
	}

	/** The same for the first record that a row changes, where it may be for several. */
	get joinsOfFirst(): Sql[] {
		if (!this.isUsed) return [];
		const ids = Array.from({ length: this.#ids }, (_, i) => sql` and y.${id(i)} = w.${cell(i)}`);
		return [
			sql`left join ${this.#dialect.temporary(LISTS)} y on y.row_no = s.row_no${sql.join(ids, sql``)}`,
		];
	}

	/** The list that an update writes, behind the joins. @param place position of the column among the written ones */
	written(place: number): Sql {
		const index = this.#lists.findIndex((list) => list.place === place);
		const present = sql`t.${sql.id(this.#lists[index]?.column.name ?? '')}`;
		return sql`case when y.row_no is null then ${present} else y.${cell(index)} end`;
	}

	/** True, behind the joins, where the column cannot hold the changed list. */
	get isRefused(): Sql {
		return this.isUsed ? sql`y.${key(0)} is not null` : sql`1 = 0`;
	}

	/** Changes the lists of all rows that bring one and have a record. */
	async collect(connection: LoadConnection, finder: Finder): Promise<void> {
		if (!this.isUsed) return;
		await connection.collect([this.#pairs(finder)]);
		const columns = this.#lists.map(({ column }) => column);
		await connection.run(this.#dialect.createStage(LISTED, this.#table, columns, 1));
		await this.#changeAll(connection);
		await connection.index(LISTED, ['row_no']);
		await connection.analyze(LISTED);
		await connection.collect([this.#changed]);
	}

	/** Rows and records with their lists, those of one record one after the other. */
	#pairs(finder: Finder): CollectedTable {
		const order = finder.recordOrder;
		const lists = this.#lists.flatMap(({ column, place }, i) => [
			sql`${this.#dialect.listText(sql`t.${sql.id(column.name)}`, column)} as ${sql.id(`p${i}`)}`,
			sql`${this.#dialect.listText(sql`s.${cell(place)}`, column)} as ${sql.id(`b${i}`)}`,
		]);
		const ids = Array.from({ length: this.#ids }, (_, i) => sql`f.${cell(i)} as ${id(i)}`);
		const records = order.map((value, i) => sql`${value} as ${sql.id(`o${i}`)}`);
		const brought = this.#lists.map(({ place }) => sql`s.${cell(place)} is not null`);
		const from = sql`${this.#dialect.temporary(STAGE)} s ${sql.join(finder.recordJoins, sql` `)}`;
		return {
			name: RECORD_LISTS,
			joinedBy: ['pair_no'],
			create: this.#dialect.createTemporary(
				RECORD_LISTS,
				sql`select row_number() over (order by ${sql.join([...order, sql`s.row_no`])}) as pair_no, s.row_no as row_no, ${sql.join([...ids, ...records, ...lists])} from ${from} where ${or(brought)}`,
			),
		};
	}

	get #changed(): CollectedTable {
		const ids = Array.from({ length: this.#ids }, (_, i) => sql`p.${id(i)} as ${id(i)}`);
		const lists = this.#lists.map((_, i) => sql`l.${cell(i)} as ${cell(i)}`);
		const rows = sql`${this.#dialect.temporary(LISTED)} l join ${this.#dialect.temporary(RECORD_LISTS)} p on p.pair_no = l.row_no`;
		return {
			name: LISTS,
			joinedBy: ['row_no'],
			create: this.#dialect.createTemporary(
				LISTS,
				sql`select p.row_no as row_no, ${sql.join([...ids, ...lists])}, l.${key(0)} as ${key(0)} from ${rows}`,
			),
		};
	}

	async #changeAll(connection: LoadConnection): Promise<void> {
		const pairs = this.#dialect.temporary(RECORD_LISTS);
		let record = '';
		let lists: Array<string | null> = [];
		for (let after = 0; ;) {
			const { rows } = await connection.run(
				sql`select * from ${pairs} where pair_no > ${sql.lit(after)} order by pair_no limit ${sql.lit(PAIRS_AT_ONCE)}`,
			);
			const changed: StagedRow[] = [];
			for (const row of rows) {
				after = Number(row.pair_no);
				const own = recordOf(row);
				// several rows for one record: each adds to what those before it made
				if (own !== record) lists = this.#lists.map((_, i) => textOf(row[`p${i}`]));
				record = own;
				const next = this.#lists.map(({ change }, i) =>
					change(lists[i] ?? null, textOf(row[`b${i}`])),
				);
				lists = next;
				if (next.every((text, i) => text === textOf(row[`p${i}`]))) continue;
				changed.push({
					number: after,
					values: [...next.map((text, i) => this.#spelled(text, i)), null],
				});
			}
			await append(connection, changed);
			if (rows.length < PAIRS_AT_ONCE) return;
		}
	}

	#spelled(text: string | null, index: number): StagedValue {
		const column = this.#lists[index]?.column;
		const spell = column && this.#dialect.spelling?.(column);
		return spell === undefined ? text : spell(text);
	}
}

/** A list that its column cannot hold is left out, and marked. */
async function append(connection: LoadConnection, rows: StagedRow[]): Promise<void> {
	if (rows.length === 0) return;
	const failure = await connection.attempt(PAGE_POINT, () => connection.appendAll(LISTED, rows));
	if (failure === undefined) return;
	const [only] = rows;
	if (rows.length === 1 && only !== undefined) {
		const nothing = only.values.slice(0, -1).map(() => null);
		await connection.appendAll(LISTED, [{ number: only.number, values: [...nothing, 'x'] }]);
		return;
	}
	const middle = rows.length >> 1;
	await append(connection, rows.slice(0, middle));
	await append(connection, rows.slice(middle));
}

const id = (index: number): Sql => sql.id(`i${index}`);

const textOf = (value: unknown): string | null =>
	value === null || value === undefined ? null : (value as { toString(): string }).toString();

function recordOf(row: Record<string, unknown>): string {
	const values = Object.entries(row).filter(([name]) => /^o\d+$/.test(name));
	return JSON.stringify(values.map(([, value]) => textOf(value)));
}
