import { sql } from 'kysely';
import { ImportError } from '../../issues';
import type { ColumnDescription, StagedRow, StagedValue } from '../target';
import type {
	ChangedField,
	RefusedUndo,
	UndoAction,
	UndoCount,
	UndoneEntry,
	UndoSession,
	UndoSpecification,
} from '../undo';
import { Cancellation } from './cancellation';
import type { SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import { journalOf, settled } from './journal';
import { asImportError, LoadConnection } from './load-connection';
import { UNDO_ENTRIES, UNDO_KEYS } from './plan-tables';
import { undoCodes, undoLettersOf, type UndoLetter } from './undo-codes';
import { UndoStatements, type JournaledColumns } from './undo-statements';
import { UndoWriting } from './undo-writing';

/** Entries of the journal that are in memory at once. */
const ENTRIES_AT_ONCE = 2000;

type Texts = Record<string, string | null>;

/**
 * An undo by set statements: the entries of the run go to a temporary table, are compared with the records by one statement,
 * and are undone by one statement for each action.
 */
export class SqlUndoSession implements UndoSession {
	readonly #connection: LoadConnection;

	readonly #specification: UndoSpecification;

	#statements: UndoStatements | undefined;

	private constructor(
		connection: SqlConnection,
		dialect: SqlDialect,
		specification: UndoSpecification,
		cancellation: Cancellation,
	) {
		this.#connection = new LoadConnection(connection, dialect, cancellation);
		this.#specification = specification;
	}

	/** Begins the transaction. @throws ImportError RUN_CONNECTION, RUN_LOCKED */
	static async start(
		connection: SqlConnection,
		dialect: SqlDialect,
		specification: UndoSpecification,
	): Promise<SqlUndoSession> {
		const cancellation = new Cancellation(connection, specification.signal);
		try {
			const session = new SqlUndoSession(connection, dialect, specification, cancellation);
			await session.#connection.begin();
			if (specification.exclusive === true) {
				await session.#connection.lockTable(specification.table.table);
			}
			return session;
		} catch (error) {
			await cancellation.end();
			await connection.close();
			throw cancellation.error ?? asImportError(error, dialect.explain);
		}
	}

	async decide(): Promise<UndoCount[]> {
		return await this.#connection.explained(async () => {
			const connection = this.#connection;
			const { dialect } = connection;
			const { table, run } = this.#specification;
			const columns = await this.#journaledColumns();
			const identity = this.#identity(columns.key);
			const statements = new UndoStatements(dialect, table, run, columns, identity);
			this.#statements = statements;
			await connection.run(statements.createEntries);
			await this.#stageEntries(columns);
			await connection.run(statements.createKeys);
			await settled(connection, async () => {
				await connection.run(statements.fillKeys);
				await connection.index(UNDO_KEYS, ['row_no']);
				for (const name of [UNDO_ENTRIES, UNDO_KEYS]) await connection.analyze(name);
				await connection.collect([statements.decide]);
			});
			const { rows } = await connection.run(statements.count);
			return rows.map(({ letter, entries }) => ({
				...undoCodes[letter as UndoLetter],
				entries: Number(entries),
			}));
		});
	}

	/** @throws ImportError UNDO_UNKNOWN */
	async #journaledColumns(): Promise<JournaledColumns> {
		const { run, table } = this.#specification;
		const journal = this.#connection.dialect.table(journalOf(table.table));
		const first = async (action: string) => {
			const { rows } = await this.#connection.run(
				sql`select record_key, after_image from ${journal} where run = ${run} and table_name = ${table.table.name} and action = ${action} order by entry limit 1`,
			);
			return rows[0];
		};
		const [inserted, updated] = await this.#ofJournal(async () => [
			await first('insert'),
			await first('update'),
		]);
		const any = inserted ?? updated;
		if (any === undefined) throw await this.#unknownRun();
		return {
			key: namesIn(any.record_key),
			inserted: inserted === undefined ? [] : namesIn(inserted.after_image),
			updated: updated === undefined ? [] : namesIn(updated.after_image),
		};
	}

	async #ofJournal<T>(read: () => Promise<T>): Promise<T> {
		try {
			return await read();
		} catch (error) {
			if (this.#connection.dialect.explain(error).code !== 'RUN_NO_TABLE') throw error;
			throw new ImportError(
				'UNDO_UNKNOWN',
				`Nothing is known of the run "${this.#specification.run}": no import beside this table has kept what it wrote`,
				{ value: this.#specification.run, hint: HINT },
			);
		}
	}

	async #unknownRun(): Promise<ImportError> {
		const { run, table } = this.#specification;
		const journal = this.#connection.dialect.table(journalOf(table.table));
		const { rows } = await this.#connection.run(
			sql`select distinct table_name from ${journal} where run = ${run} order by table_name limit 10`,
		);
		const others = rows.map(({ table_name }) => `"${String(table_name)}"`).join(', ');
		return new ImportError(
			'UNDO_UNKNOWN',
			`The journal knows of nothing that the run "${run}" has written to "${table.table.name}"`,
			{ value: run, hint: others === '' ? HINT : `The run wrote to ${others}.` },
		);
	}

	/** @throws ImportError RUN_NO_COLUMN where the table no longer has the key */
	#identity(key: readonly string[]): ColumnDescription[] {
		const { table } = this.#specification;
		const known = [...table.columns, ...(table.hiddenIdentity ?? [])];
		return key.map((name) => {
			const column = known.find((candidate) => candidate.name === name);
			if (column !== undefined) return column;
			throw new ImportError(
				'RUN_NO_COLUMN',
				`The table no longer has the column "${name}", by which the journal knows its records`,
				{ field: name },
			);
		});
	}

	async #stageEntries({ key, updated }: JournaledColumns): Promise<void> {
		const { run, table } = this.#specification;
		const journal = this.#connection.dialect.table(journalOf(table.table));
		for (let after: unknown = -1; ;) {
			const { rows } = await this.#connection.run(
				sql`select entry, action, record_key, undone_at, case when action = 'update' then before_image end as before_image, case when action = 'update' then after_image end as after_image from ${journal} where run = ${run} and table_name = ${table.table.name} and entry > ${sql.lit(Number(after))} order by entry limit ${sql.lit(ENTRIES_AT_ONCE)}`,
			);
			await this.#connection.appendAll(
				UNDO_ENTRIES,
				rows.map((row) => stagedEntry(row, key, updated)),
			);
			if (rows.length < ENTRIES_AT_ONCE) return;
			after = rows.at(-1)?.entry;
		}
	}

	async planned(actions: readonly UndoAction[], limit: number, after = 0): Promise<UndoneEntry[]> {
		const statements = this.#decided;
		if (limit <= 0) return [];
		const entries: UndoneEntry[] = [];
		await this.#connection.explained(() =>
			settled(this.#connection, async () => {
				const list = statements.list(undoLettersOf(actions), limit, after);
				const { rows } = await this.#connection.run(list);
				for (const row of rows) entries.push(this.#entry(row));
			}),
		);
		return entries;
	}

	#entry(row: Record<string, unknown>): UndoneEntry {
		const letter = row.letter as UndoLetter;
		const isInsert = row.action === 'insert';
		const before = textsIn(row.before_image);
		const after = textsIn(row.after_image);
		const names = Object.keys(after).filter((name) => isInsert || before[name] !== after[name]);
		const changed = letter === 'C' ? this.#changed(names, after, textsIn(row.present)) : undefined;
		return {
			entry: Number(row.row_no),
			number: Number(row.file_row),
			...undoCodes[letter],
			wrote: isInsert ? 'insert' : 'update',
			record: this.#shown(textsIn(row.record_key)),
			before: this.#shown(after, names),
			values: isInsert ? {} : this.#shown(before, names),
			...(changed && { changed }),
		};
	}

	#changed(names: readonly string[], left: Texts, now: Texts): ChangedField | undefined {
		const field = names.find((name) => (left[name] ?? null) !== (now[name] ?? null));
		if (field === undefined) return undefined;
		return { field, left: this.#shown(left)[field], now: this.#shown(now)[field] };
	}

	#shown(texts: Texts, names = Object.keys(texts)): Record<string, unknown> {
		const { shown } = this.#connection.dialect.journal;
		return Object.fromEntries(
			names.map((name) => {
				const text = texts[name] ?? null;
				return [name, text === null || shown === undefined ? text : shown(text)];
			}),
		);
	}

	async apply(): Promise<RefusedUndo[]> {
		const statements = this.#decided;
		const refused: RefusedUndo[] = [];
		await this.#connection.explained(() =>
			settled(this.#connection, async () => {
				const writing = new UndoWriting(this.#connection, statements, this.#specification.table);
				// the reverse of an import, which updates before it inserts
				refused.push(...(await writing.delete()), ...(await writing.restore()));
				await this.#connection.run(statements.mark);
			}),
		);
		return refused;
	}

	get #decided(): UndoStatements {
		if (this.#statements === undefined) throw new Error('nothing is decided yet');
		return this.#statements;
	}

	async commit(): Promise<void> {
		await this.#connection.explained(() => this.#connection.commit());
	}

	async close(): Promise<void> {
		await this.#connection.close();
	}
}

const HINT =
	'The id of a run stands in the Summary of the import as "run", where Keep for Undo was on. Choose the table that it wrote to.';

function stagedEntry(
	row: Record<string, unknown>,
	key: readonly string[],
	updated: readonly string[],
): StagedRow {
	const [keys, before, after] = [row.record_key, row.before_image, row.after_image].map(textsIn);
	const texts = (from: Texts | undefined, names: readonly string[]): StagedValue[] =>
		names.map((name) => from?.[name] ?? null);
	return {
		number: Number(row.entry),
		values: [
			String(row.action),
			row.undone_at === null ? '0' : '1',
			...texts(keys, key),
			...texts(before, updated),
			...texts(after, updated),
		],
	};
}

/** An image of the journal: JSON, of texts alone. */
const textsIn = (image: unknown): Texts =>
	typeof image === 'string' ? (JSON.parse(image) as Texts) : {};

const namesIn = (image: unknown): string[] => Object.keys(textsIn(image));
