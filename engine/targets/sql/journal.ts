import { sql, type RawBuilder } from 'kysely';
import { ImportError } from '../../issues';
import type { ColumnDescription, LoadSpecification, TableName } from '../target';
import type { SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import type { JournalDialect } from './journal-dialect';
import type { LoadConnection } from './load-connection';
import type { LoadStatements } from './load-statements';
import { cell, key, ORIGINALS, RECORDS } from './plan-tables';
import type { TrackedRecords } from './tracked-records';

type Sql = RawBuilder<unknown>;

export const JOURNAL = 'data_import_journal';

/** The journal stands beside the table. */
export const journalOf = ({ schema }: TableName): TableName => ({ schema, name: JOURNAL });

/**
 * Makes the journal unless it is there, and for good: who may write into it need not have the right to make it, and no
 * other import is to wait until this one has ended.
 *
 * @throws ImportError WRITE_DENIED
 */
export async function prepareJournal(
	connection: Pick<SqlConnection, 'run'>,
	dialect: SqlDialect,
	table: TableName,
): Promise<void> {
	const name = journalOf(table);
	const exists = async () =>
		await connection
			.run(dialect.compile(sql`select run from ${dialect.table(name)} where 1 = 0`))
			.then(
				() => true,
				() => false,
			);
	if (await exists()) return;
	const create = dialect.compile(dialect.journal.createTable(name));
	try {
		await connection.run(create);
	} catch (error) {
		// another may have made it at the same moment
		if (await exists()) return;
		const { code, message } = dialect.explain(error);
		if (code !== 'WRITE_DENIED') throw error;
		throw new ImportError(
			code,
			`The table ${JOURNAL}, in which writes are kept for Undo Run, cannot be made or read (${message})`,
			{
				hint: `Let someone who may make tables create it, with select, insert and update for the user of the credential: ${create.sql}. Or switch Keep for Undo off.`,
			},
			{ cause: error },
		);
	}
}

/**
 * An import that is not one transaction is another run where it goes on; records that no row is for have no entry, and a
 * row has one.
 *
 * @throws ImportError RUN_CONFIG where not everything that is written could be kept
 */
export function requireUndoable(specification: LoadSpecification): void {
	const { commitInBatches, journal, trackRecords, synchronisation, rules } = specification;
	if (journal === undefined && trackRecords !== true) return;
	if (commitInBatches !== undefined) {
		throw new ImportError('RUN_CONFIG', 'What is committed in batches cannot be kept for undo', {
			hint: 'Switch Keep for Undo off, or set Commit to Everything at Once.',
		});
	}
	if (synchronisation !== undefined) {
		throw new ImportError(
			'RUN_CONFIG',
			'What becomes of records that are absent from the file cannot be kept for undo',
			{ hint: 'Switch Keep for Undo off, or leave absent records as they are.' },
		);
	}
	if (rules.onMatch === 'update' && rules.match.some(({ several }) => several === 'all')) {
		throw new ImportError(
			'RUN_CONFIG',
			'What a row writes to all records that fit cannot be kept for undo',
			{ hint: 'Switch Keep for Undo off, or set If Several Records Fit to another choice.' },
		);
	}
}

/** Keeps every write of a load, in its transaction: which record, and its fields before and after. */
export class Journal {
	readonly #connection: LoadConnection;

	readonly #statements: LoadStatements;

	readonly #specification: LoadSpecification;

	readonly #records: TrackedRecords;

	readonly #run: string;

	#hasOriginals = false;

	constructor(
		connection: LoadConnection,
		statements: LoadStatements,
		specification: LoadSpecification,
		records: TrackedRecords,
		run: string,
	) {
		this.#connection = connection;
		this.#statements = statements;
		this.#specification = specification;
		this.#records = records;
		this.#run = run;
	}

	get #dialect(): JournalDialect {
		return this.#connection.dialect.journal;
	}

	/**
	 * Before rows of a plan are written: the fields that updates may change, as they are.
	 *
	 * @param statements those of the plan
	 */
	async keepOriginals(statements: LoadStatements): Promise<void> {
		const { identity } = this.#records;
		const keys = [
			...identity.map(({ name }, i) => sql`${sql.id('t', name)} as ${cell(i)}`),
			...statements.writtenValues(identity).map((value, i) => sql`${value} as ${written(i)}`),
		];
		const image = imageOf(this.#dialect, statements.updatedColumns);
		const query = statements.found(sql`${sql.join(keys)}, ${image} as image`, ['U']);
		if (query === undefined) return;
		await settled(this.#connection, async () => {
			const { dialect } = this.#connection;
			if (this.#hasOriginals) {
				await this.#connection.run(sql`insert into ${dialect.temporary(ORIGINALS)} ${query}`);
				return;
			}
			this.#hasOriginals = true;
			await this.#connection.collect([
				{
					name: ORIGINALS,
					create: dialect.createTemporary(ORIGINALS, query),
					joinedBy: ['row_no'],
				},
			]);
		});
	}

	/** After the write: an entry for each record that was inserted or updated, with its fields as they are now. */
	async write(): Promise<void> {
		await settled(this.#connection, async () => {
			let entries = 0;
			if (this.#hasOriginals) {
				entries = (await this.#connection.run(this.#changes)).changes;
			}
			await this.#connection.run(this.#insertions(entries));
		});
	}

	/** Several rows may have written to one record: what the last of them left counts. */
	get #changes(): Sql {
		const originals = this.#connection.dialect.temporary(ORIGINALS);
		const places = this.#records.identity.map((_, i) => i);
		const keys = sql.join(places.map((i) => sql`o.${written(i)} as ${cell(i)}`));
		const same = sql.join(places.map((i) => sql`o.${cell(i)}`));
		const isWritten = sql.join(
			places.map((i) => sql`r.${cell(i)} = o.${written(i)}`),
			sql` and `,
		);
		const last = sql`select o.row_no as row_no, ${keys}, o.image as image, row_number() over (partition by ${same} order by o.row_no desc) as place from ${this.#tracked} r join ${originals} o on o.row_no = r.row_no and ${isWritten} where r.${key(0)} = 'U'`;
		return this.#entries(
			'update',
			sql`r.image`,
			this.#statements.updatedColumns,
			sql`(${last}) r join ${this.#target} t on ${this.#records.isRecord('t', 'r')} where r.place = 1`,
		);
	}

	/** @param before how many entries there are already */
	#insertions(before: number): Sql {
		return this.#entries(
			'insert',
			sql`null`,
			imageColumns(this.#specification.table.columns),
			sql`${this.#tracked} r join ${this.#target} t on ${this.#records.isRecord('t', 'r')} where r.${key(0)} = 'I'`,
			before,
		);
	}

	#entries(
		action: 'insert' | 'update',
		image: Sql,
		columns: readonly ColumnDescription[],
		from: Sql,
		before = 0,
	): Sql {
		const { table } = this.#specification.table;
		const journal = this.#connection.dialect.table(journalOf(table));
		const entry = sql`${sql.lit(before)} + row_number() over (order by r.row_no)`;
		return sql`insert into ${journal} (run, table_name, entry, file_row, action, record_key, before_image, after_image, written_at) select ${this.#run}, ${table.name}, ${entry}, r.row_no, ${action}, ${imageOf(this.#dialect, this.#records.identity)}, ${image}, ${imageOf(this.#dialect, columns)}, ${new Date().toISOString()} from ${from}`;
	}

	get #tracked(): Sql {
		return this.#connection.dialect.temporary(RECORDS);
	}

	get #target(): Sql {
		return this.#connection.dialect.table(this.#specification.table.table);
	}
}

/** A key as it is once the record is written. */
const written = (index: number): Sql => sql.id(`w${index}`);

/** What the database computes from other columns follows them. */
export const imageColumns = (columns: readonly ColumnDescription[]): ColumnDescription[] =>
	columns.filter(({ generated, numbering }) => !generated || numbering !== undefined);

/** Columns of the record `t` as a JSON object of texts. */
export const imageOf = (dialect: JournalDialect, columns: readonly ColumnDescription[]): Sql =>
	dialect.object(
		columns.map((column) => ({
			name: column.name,
			text: dialect.toText(sql.id('t', column.name), column),
		})),
	);

/** Does work in a session in which texts of values mean the same everywhere. */
export async function settled(
	connection: LoadConnection,
	work: () => Promise<unknown>,
): Promise<void> {
	const { settle, unsettle } = connection.dialect.journal;
	for (const statement of settle) await connection.run(statement);
	await work();
	for (const statement of unsettle) await connection.run(statement);
}
