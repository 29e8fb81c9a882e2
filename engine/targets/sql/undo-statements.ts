import { sql, type RawBuilder } from 'kysely';
import type { ColumnDescription, TableDescription } from '../target';
import type { SqlDialect } from './dialect';
import { imageOf, journalOf } from './journal';
import type { RowRange } from './load-statements';
import {
	and,
	cell,
	or,
	UNDO_ENTRIES,
	UNDO_KEYS,
	UNDO_PLAN,
	type CollectedTable,
} from './plan-tables';
import type { UndoLetter } from './undo-codes';

type Sql = RawBuilder<unknown>;

/** How texts of the journal are compared. */
const TEXT: ColumnDescription = {
	name: '',
	type: 'text',
	databaseType: 'text',
	nullable: true,
	hasDefault: false,
	generated: false,
};

/** Names of columns in the journal, of the first entry of each kind. */
export interface JournaledColumns {
	key: readonly string[];
	inserted: readonly string[];
	updated: readonly string[];
}

/** The statements of one undo. */
export class UndoStatements {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #run: string;

	readonly #columns: JournaledColumns;

	readonly identity: readonly ColumnDescription[];

	constructor(
		dialect: SqlDialect,
		table: TableDescription,
		run: string,
		columns: JournaledColumns,
		identity: readonly ColumnDescription[],
	) {
		this.#dialect = dialect;
		this.#table = table;
		this.#run = run;
		this.#columns = columns;
		this.identity = identity;
	}

	/** `row_no`, `action`, `undone`, then the texts of the key, and those of the updated fields before and after. */
	get createEntries(): Sql {
		const { longText } = this.#dialect.journal;
		const texts = [
			...this.#columns.key.map((_, i) => cell(i)),
			...this.#columns.updated.map((_, i) => before(i)),
			...this.#columns.updated.map((_, i) => after(i)),
		];
		return sql`create temporary table ${sql.id(UNDO_ENTRIES)} (row_no bigint not null primary key, action varchar(10), undone varchar(1), ${sql.join(texts.map((text) => sql`${text} ${longText}`))})`;
	}

	get createKeys(): Sql {
		return this.#dialect.createStage(UNDO_KEYS, this.#table, this.identity, 0);
	}

	/** The keys as the columns of the table have them, so that records are found by their indexes. */
	get fillKeys(): Sql {
		const values = this.identity.map((column, i) =>
			this.#dialect.journal.fromText(sql`u.${cell(i)}`, column),
		);
		return sql`insert into ${this.#from(UNDO_KEYS)} select u.row_no, ${sql.join(values)} from ${this.#from(UNDO_ENTRIES)} u`;
	}

	/** What is to become of each entry: the plan. */
	get decide(): CollectedTable {
		const { journal } = this.#dialect;
		const inserted = this.#inserted();
		const fields = this.#columns.updated.map((name, i) => {
			const column = this.#column(name);
			const now = column === undefined ? sql`null` : journal.toText(sql.id('t', name), column);
			const changes = this.#differs(sql`u.${before(i)}`, sql`u.${after(i)}`);
			return {
				isChanged: sql`(${changes} and ${this.#differs(now, sql`u.${after(i)}`)})`,
				isToRestore: sql`(${changes} and ${this.#differs(now, sql`u.${before(i)}`)})`,
			};
		});
		const [first] = this.identity;
		const any = (conditions: Sql[]) => (conditions.length === 0 ? sql`1 = 0` : or(conditions));
		return {
			name: UNDO_PLAN,
			joinedBy: ['row_no'],
			create: this.#dialect.createTemporary(
				UNDO_PLAN,
				sql`select u.row_no as row_no, case when u.undone = '1' then 'X' when ${sql.id('t', first?.name ?? '')} is null then 'G' when u.action = 'insert' then case when ${this.#differs(inserted, sql`j.after_image`)} then 'C' else 'D' end when not ${any(fields.map(({ isToRestore }) => isToRestore))} then 'E' when ${any(fields.map(({ isChanged }) => isChanged))} then 'C' else 'R' end as letter from ${this.#entries} left join ${this.#target} t on ${this.#isRecord}`,
			),
		};
	}

	get count(): Sql {
		return sql`select letter, count(*) as entries from ${this.#from(UNDO_PLAN)} group by letter`;
	}

	list(letters: readonly UndoLetter[], limit: number, after: number): Sql {
		const page = sql`select row_no, letter from ${this.#from(UNDO_PLAN)} where letter in (${sql.join(letters.map((letter) => sql.lit(letter)))}) and row_no > ${sql.lit(after)} order by row_no limit ${sql.lit(limit)}`;
		const updated = this.#imageOfPresent(this.#columns.updated);
		return sql`select p.row_no as row_no, j.file_row as file_row, p.letter as letter, j.action as action, j.record_key as record_key, j.before_image as before_image, j.after_image as after_image, case when j.action = 'insert' then ${this.#inserted()} else ${updated} end as present from (${page}) p join ${this.#from(UNDO_KEYS)} k on k.row_no = p.row_no join ${this.#journal} j on ${this.#isEntry(sql`p.row_no`)} left join ${this.#target} t on ${this.#isRecord} order by p.row_no`;
	}

	rowAt(letter: UndoLetter, { first, last }: RowRange, skipped: number): Sql {
		return sql`select row_no from ${this.#from(UNDO_PLAN)} where letter = ${sql.lit(letter)} and row_no between ${sql.lit(first)} and ${sql.lit(last)} order by row_no limit 1 offset ${sql.lit(skipped)}`;
	}

	countRange(letter: UndoLetter): Sql {
		return sql`select count(*) as entries, min(row_no) as first_row, max(row_no) as last_row from ${this.#from(UNDO_PLAN)} where letter = ${sql.lit(letter)}`;
	}

	/** Deletes the records of a range that were inserted. */
	delete(letter: 'D' | 'T', range?: RowRange): Sql {
		return this.#dialect.journal.deleteJoined({
			table: this.#target,
			identity: this.identity,
			from: sql`${this.#from(UNDO_KEYS)} k join ${this.#from(UNDO_PLAN)} p on p.row_no = k.row_no`,
			where: and([this.#isRecord, planned(letter, range)]),
		});
	}

	/** Brings back the fields of a range of updated records. */
	restore(range?: RowRange): Sql {
		const { journal } = this.#dialect;
		const assignments = this.#columns.updated.flatMap((name, i) => {
			const column = this.#column(name);
			if (column === undefined) return [];
			const present = journal.toText(sql.id('t', name), column);
			const changes = this.#differs(sql`u.${before(i)}`, sql`u.${after(i)}`);
			const text = sql`case when ${changes} then u.${before(i)} else ${present} end`;
			return [{ column: name, value: journal.fromText(text, column) }];
		});
		return this.#dialect.updateJoined({
			table: this.#target,
			assignments,
			from: sql`${this.#from(UNDO_KEYS)} k join ${this.#from(UNDO_PLAN)} p on p.row_no = k.row_no join ${this.#from(UNDO_ENTRIES)} u on u.row_no = k.row_no`,
			where: and([this.#isRecord, planned('R', range)]),
		});
	}

	/** An entry that was refused is not undone. */
	refuse(row: number): Sql {
		return sql`update ${this.#from(UNDO_PLAN)} set letter = 'F' where row_no = ${sql.lit(row)}`;
	}

	/** Ends a turn: what was tried again and is deleted now is like the others. */
	get endTurn(): Sql {
		return sql`update ${this.#from(UNDO_PLAN)} set letter = 'D' where letter = 'T'`;
	}

	/** What was refused is tried again in the next turn. */
	retry(row: number): Sql {
		return sql`update ${this.#from(UNDO_PLAN)} set letter = 'T' where row_no = ${sql.lit(row)}`;
	}

	/** Notes what is undone. */
	get mark(): Sql {
		return this.#dialect.updateJoined({
			table: this.#journal,
			assignments: [{ column: 'undone_at', value: sql`${new Date().toISOString()}` }],
			from: sql`${this.#from(UNDO_PLAN)} p`,
			where: and([
				sql`t.run = ${this.#run}`,
				sql`t.table_name = ${this.#table.table.name}`,
				sql`t.entry = p.row_no`,
				sql`p.letter in ('D', 'R', 'E')`,
			]),
		});
	}

	/** The record as a whole, as its insert was journaled. */
	#inserted(): Sql {
		return this.#imageOfPresent(this.#columns.inserted);
	}

	/** A column that is no longer there is empty now. */
	#imageOfPresent(names: readonly string[]): Sql {
		const { journal } = this.#dialect;
		const columns = names.map((name) => this.#column(name));
		if (columns.every((column) => column !== undefined)) return imageOf(journal, columns);
		return journal.object(
			names.map((name, i) => {
				const column = columns[i];
				const text = column && journal.toText(sql.id('t', name), column);
				return { name, text: text ?? sql`null` };
			}),
		);
	}

	get #entries(): Sql {
		return sql`${this.#from(UNDO_ENTRIES)} u join ${this.#from(UNDO_KEYS)} k on k.row_no = u.row_no join ${this.#journal} j on ${this.#isEntry(sql`u.row_no`)}`;
	}

	#isEntry(row: Sql): Sql {
		return sql`j.run = ${this.#run} and j.table_name = ${this.#table.table.name} and j.entry = ${row}`;
	}

	get #isRecord(): Sql {
		return and(this.identity.map(({ name }, i) => sql`${sql.id('t', name)} = k.${cell(i)}`));
	}

	#differs(left: Sql, right: Sql): Sql {
		return this.#dialect.differs(left, right, TEXT);
	}

	#column(name: string): ColumnDescription | undefined {
		return this.#table.columns.find((column) => column.name === name);
	}

	get #journal(): Sql {
		return this.#dialect.table(journalOf(this.#table.table));
	}

	get #target(): Sql {
		return this.#dialect.table(this.#table.table);
	}

	#from(name: string): Sql {
		return this.#dialect.temporary(name);
	}
}

/** The texts of a field before and after the run. */
const before = (index: number): Sql => sql.id(`b${index}`);
const after = (index: number): Sql => sql.id(`a${index}`);

const planned = (letter: UndoLetter, range: RowRange | undefined): Sql =>
	range === undefined
		? sql`p.letter = ${sql.lit(letter)}`
		: sql`p.letter = ${sql.lit(letter)} and p.row_no between ${sql.lit(range.first)} and ${sql.lit(range.last)}`;
