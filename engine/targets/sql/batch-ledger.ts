import { randomUUID } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { ImportError, type Issue } from '../../issues';
import type { BatchCommit, RefusedWrite, TableName } from '../target';
import { ledgerBeside, prepareLedger, type LedgerTable } from './ledger-table';
import type { LoadConnection } from './load-connection';
import type { RowRange } from './load-statements';
import type { PlanLetter } from './plan-codes';
import { PLAN } from './plan-tables';
import type { WrittenLetter } from './writing';

type Sql = RawBuilder<unknown>;

/** One row a run: how far it has come. */
const RUNS: LedgerTable = {
	name: 'data_import_batches',
	columns:
		'(run_id varchar(36) not null primary key, fingerprint varchar(64) not null, table_name varchar(255) not null, rules_hash varchar(64) not null, file_name varchar(255), state varchar(8) not null, batches bigint not null, updated_to bigint not null, inserted_to bigint not null, updated bigint not null, inserted bigint not null, failed bigint not null, started_at varchar(32) not null, changed_at varchar(32) not null)',
	purpose: 'which says how far an import in batches has come',
	rights: 'select, insert and update',
};

/** What was settled for each row of the runs that have not ended, and why the database refused one. */
const ROWS: LedgerTable = {
	name: 'data_import_batch_rows',
	columns:
		'(run_id varchar(36) not null, row_no bigint not null, letter varchar(1) not null, issue text, primary key (run_id, row_no))',
	purpose: 'which holds the plan of an import in batches',
	rights: 'select, insert, update and delete',
};

/** Where the ledger counts what was written of a letter, and up to which row. */
const BOOKS = {
	U: { count: 'updated', upTo: 'updated_to', done: '2' },
	I: { count: 'inserted', upTo: 'inserted_to', done: '1' },
} as const satisfies Record<WrittenLetter, { count: string; upTo: string; done: PlanLetter }>;

interface KnownRun {
	id: string;
	/** Goes up with each batch. */
	batches: number;
	upTo: Record<WrittenLetter, number>;
}

/**
 * The books of an import that commits in batches. A batch and its entry are one transaction: what the ledger says is
 * written is in the table, and nothing else is. The plan is kept with it, so that a later start does with each row what
 * was settled before the first one was written.
 */
export class BatchLedger {
	readonly #connection: LoadConnection;

	readonly #table: TableName;

	readonly #commit: BatchCommit;

	#run: KnownRun | undefined;

	constructor(connection: LoadConnection, table: TableName, commit: BatchCommit) {
		this.#connection = connection;
		this.#table = table;
		this.#commit = commit;
	}

	/** Whether an earlier start has left off in this run. */
	get isKnown(): boolean {
		return this.#run !== undefined;
	}

	/** Makes the tables and looks for a run of the same file, table and rules that has not ended. */
	async open(): Promise<void> {
		await prepareLedger(this.#connection, this.#table, RUNS);
		await prepareLedger(this.#connection, this.#table, ROWS);
		const { fingerprint, rulesHash } = this.#commit;
		const { rows } = await this.#connection.run(
			sql`select run_id, batches, updated_to, inserted_to from ${this.#runs} where fingerprint = ${fingerprint} and table_name = ${this.#table.name} and rules_hash = ${rulesHash} and state = 'open'`,
		);
		const [found] = rows;
		if (found === undefined) return;
		this.#run = {
			id: String(found.run_id),
			batches: Number(found.batches),
			upTo: { U: Number(found.updated_to), I: Number(found.inserted_to) },
		};
	}

	/**
	 * Brings the plan of the earlier start into the plan table. Rows that it wrote get letters of their own; those that the
	 * database refused then are taken out. What it had settled counts, but for the update of a record that is not found any
	 * more.
	 *
	 * @returns the rows that were refused
	 * @throws ImportError RUN_OTHER_ROWS
	 */
	async restorePlan(): Promise<RefusedWrite[]> {
		const run = this.#knownRun;
		const plan = this.#connection.dialect.temporary(PLAN);
		const ofRun = sql`s.run_id = ${sql.lit(run.id)}`;
		await this.#requireSameRows(plan, ofRun);
		const { rows } = await this.#connection.run(
			sql`select s.row_no as row_no, s.letter as letter, s.issue as issue from ${this.#rows} s where ${ofRun} and s.issue is not null order by s.row_no`,
		);
		const isDone = (letter: WrittenLetter) =>
			sql`s.letter = ${sql.lit(letter)} and s.row_no <= ${sql.lit(run.upTo[letter])}`;
		await this.#connection.run(
			this.#connection.dialect.updateJoined({
				table: plan,
				assignments: [
					{
						column: 'letter',
						value: sql`case when ${isDone('I')} then ${sql.lit(BOOKS.I.done)} when ${isDone('U')} then ${sql.lit(BOOKS.U.done)} else s.letter end`,
					},
				],
				from: sql`${this.#rows} s`,
				where: sql`${ofRun} and s.row_no = t.row_no and (s.letter <> 'U' or ${isDone('U')} or t.letter in ('U', 'E'))`,
			}),
		);
		if (rows.length > 0) {
			await this.#connection.run(
				sql`delete from ${plan} where row_no in (select s.row_no from ${this.#rows} s where ${ofRun} and s.issue is not null)`,
			);
		}
		return rows.map((row) => ({
			number: Number(row.row_no),
			issue: JSON.parse(String(row.issue)) as Issue,
			action: row.letter === 'I' ? 'insert' : 'update',
		}));
	}

	/** The rows that were planned are those that are staged now: the number of each tells. */
	async #requireSameRows(plan: Sql, ofRun: Sql): Promise<void> {
		const known = await this.#count(sql`from ${this.#rows} s where ${ofRun}`);
		const both = await this.#count(
			sql`from ${this.#rows} s join ${plan} p on p.row_no = s.row_no where ${ofRun}`,
		);
		const now = await this.#count(sql`from ${plan} p`);
		if (known === both && both === now) return;
		throw new ImportError(
			'RUN_OTHER_ROWS',
			`An earlier start of this import wrote a part of ${known} rows; this time the steps before give ${now}, of which ${both} are the same`,
			{
				value: this.#knownRun.id,
				hint: `Restore what the steps look things up in, and start again. To begin a new import instead, which leaves what is written as it is: update ${RUNS.name} set state = 'left' where run_id = '${this.#knownRun.id}'.`,
			},
		);
	}

	async #count(statement: Sql): Promise<number> {
		const { rows } = await this.#connection.run(sql`select count(*) as rows_counted ${statement}`);
		return Number(rows[0]?.rows_counted);
	}

	/** Writes down a new run with its plan. */
	async begin(): Promise<void> {
		const id = randomUUID();
		const now = new Date().toISOString();
		const { fingerprint, rulesHash, fileName } = this.#commit;
		await this.#connection.run(
			sql`insert into ${this.#runs} (run_id, fingerprint, table_name, rules_hash, file_name, state, batches, updated_to, inserted_to, updated, inserted, failed, started_at, changed_at) values (${id}, ${fingerprint}, ${this.#table.name}, ${rulesHash}, ${asciiOf(fileName).slice(0, 255)}, 'open', 0, 0, 0, 0, 0, 0, ${now}, ${now})`,
		);
		await this.#connection.run(
			sql`insert into ${this.#rows} (run_id, row_no, letter) select ${sql.lit(id)}, p.row_no, p.letter from ${this.#connection.dialect.temporary(PLAN)} p`,
		);
		this.#run = { id, batches: 0, upTo: { U: 0, I: 0 } };
	}

	/** Where the next batch of a letter begins: behind this row. */
	upTo(letter: WrittenLetter): number {
		return this.#knownRun.upTo[letter];
	}

	/**
	 * Enters a batch, in the transaction that writes it.
	 *
	 * @param written rows of the range that are written
	 * @returns takes the entry as made, once the transaction is committed
	 */
	async enter(
		letter: WrittenLetter,
		range: RowRange,
		written: number,
		refused: readonly RefusedWrite[],
	): Promise<() => void> {
		const run = this.#knownRun;
		const { count, upTo } = BOOKS[letter];
		for (const { number, issue } of refused) {
			await this.#connection.run(
				sql`update ${this.#rows} set issue = ${asciiOf(JSON.stringify(issue))} where run_id = ${run.id} and row_no = ${sql.lit(number)}`,
			);
		}
		const { changes } = await this.#connection.run(
			sql`update ${this.#runs} set ${sql.id(upTo)} = ${sql.lit(range.last)}, ${sql.id(count)} = ${sql.id(count)} + ${sql.lit(written)}, failed = failed + ${sql.lit(refused.length)}, batches = batches + 1, changed_at = ${new Date().toISOString()} where run_id = ${run.id} and batches = ${sql.lit(run.batches)} and state = 'open'`,
		);
		if (changes !== 1) {
			throw new ImportError('RUN_LOCKED', 'Another start has gone on with this import meanwhile', {
				value: run.id,
				hint: 'Wait until the other one has ended, and start this one again.',
			});
		}
		return () => {
			run.batches++;
			run.upTo[letter] = range.last;
		};
	}

	/** Closes the run: the same file may come again. */
	async end(): Promise<void> {
		const { id } = this.#knownRun;
		await this.#connection.run(sql`delete from ${this.#rows} where run_id = ${id}`);
		await this.#connection.run(
			sql`update ${this.#runs} set state = 'done', changed_at = ${new Date().toISOString()} where run_id = ${id}`,
		);
	}

	get #knownRun(): KnownRun {
		if (this.#run === undefined) throw new Error('The run is not in the ledger');
		return this.#run;
	}

	get #runs(): Sql {
		return ledgerBeside(this.#connection, this.#table, RUNS);
	}

	get #rows(): Sql {
		return ledgerBeside(this.#connection, this.#table, ROWS);
	}
}

/** The tables are made in the character set of the database, which may be a small one: JSON can do without it. */
const asciiOf = (text: string): string =>
	text.replace(
		/[^\x20-\x7e]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
