import { sql, type RawBuilder } from 'kysely';
import { ImportError, issue, quoteValue } from '../../issues';
import { isExact, nameOfRule, type MatchRule } from '../../matching';
import type {
	ColumnDescription,
	LoadSession,
	LoadSpecification,
	PlannedAction,
	PlannedCount,
	PlannedRow,
	RefusedRow,
	RefusedWrite,
	StagedRow,
	StagedValue,
} from '../target';
import { Cancellation } from './cancellation';
import type { QueryResult, SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import { FileLedger } from './file-ledger';
import { LoadStatements, policyOf, type RowRange } from './load-statements';
import { lettersOf, planCodes, type PlanLetter } from './plan-codes';
import { GROUPS, KEYS, MERGED, PLAN, STAGE, type CollectedTable } from './plan-tables';
import { keyReader, type KeyReader } from './record-keys';

/** Rows that are staged under one savepoint: what has to be sent again when one of them is refused. */
const SEGMENT_ROWS = 5000;

/** Rows that are written by one statement once the statement for all of them was refused. */
const RETRY_ROWS = 1000;

const STAGE_POINT = 'data_import_staging';
const WRITE_POINT = 'data_import_writing';

/**
 * A load by set statements: rows go to a staging table, are matched and classified by one statement each, and are
 * written by one statement each. Where the database refuses a statement, its rows are halved until the bad row stands alone.
 */
export class SqlLoadSession implements LoadSession {
	readonly #connection: SqlConnection;

	readonly #dialect: SqlDialect;

	readonly #specification: LoadSpecification;

	readonly #columns: readonly ColumnDescription[];

	/** The columns that tell a record from every other, where there are such. */
	readonly #identity: readonly ColumnDescription[] | undefined;

	/** The rules whose keys are not the columns themselves. */
	readonly #keyRules: readonly KeyRule[];

	/** Columns whose values the database wants in a spelling of its own. */
	readonly #spellings: ReadonlyArray<{ place: number; spell: (value: StagedValue) => StagedValue }>;

	readonly #statements: LoadStatements;

	readonly #ledger: FileLedger;

	readonly #cancellation: Cancellation;

	#segment: StagedRow[] = [];

	/** Rows in the staging table. */
	#staged = 0;

	#counts = new Map<PlanLetter, number>();

	#committed = false;

	/** Set once the commit is asked for: from then on it is not known what a lost connection means. */
	#committing = false;

	#closed = false;

	private constructor(
		connection: SqlConnection,
		dialect: SqlDialect,
		specification: LoadSpecification,
		cancellation: Cancellation,
	) {
		this.#connection = connection;
		this.#cancellation = cancellation;
		this.#dialect = dialect;
		this.#specification = specification;
		this.#columns = specification.columns.map((name) => describedColumn(specification, name));
		this.#identity = identityOf(specification.table, dialect);
		this.#statements = new LoadStatements(
			dialect,
			specification.table,
			this.#columns,
			specification.rules,
			this.#identity ?? [],
		);
		if (this.#identity === undefined && needsIdentity(specification.rules.match)) {
			const { name } = specification.table.table;
			throw new ImportError('RUN_CONFIG', `No record of "${name}" can be told from another`, {
				hint: 'Several match rules, or rules that make values alike, need a primary key or a unique column that is never empty; a view and a foreign table have none. Match on one rule that compares its columns as they are, or choose the table itself.',
			});
		}
		this.#spellings = this.#columns.flatMap((column, place) => {
			const spell = dialect.spelling?.(column);
			return spell === undefined ? [] : [{ place, spell }];
		});
		this.#keyRules = specification.rules.match
			.filter((rule) => !isExact(rule))
			.map((rule) => {
				const columns = rule.fields.map(({ column }) => describedColumn(specification, column));
				const places = columns.map((column) => this.#columns.indexOf(column));
				return { columns, places, keyOf: keyReader(rule, columns) };
			});
		this.#ledger = new FileLedger(connection, dialect, specification.table.table);
	}

	/** Begins the transaction and makes the staging table. @throws ImportError WRITE_DENIED, RUN_CONNECTION */
	static async start(
		connection: SqlConnection,
		dialect: SqlDialect,
		specification: LoadSpecification,
	): Promise<SqlLoadSession> {
		let session: SqlLoadSession | undefined;
		const cancellation = new Cancellation(connection, specification.signal);
		try {
			session = new SqlLoadSession(connection, dialect, specification, cancellation);
			for (const statement of dialect.begin()) await session.#run(statement);
			if (specification.exclusive === true) await session.#lock();
			if (specification.remember !== undefined) await session.#ledger.prepare();
			await session.#createStage();
			return session;
		} catch (error) {
			await cancellation.end();
			await connection.close();
			throw cancellation.error ?? asImportError(error, dialect);
		}
	}

	async #createStage(): Promise<void> {
		try {
			await this.#run(this.#statements.createStage(this.#keyRules.length));
		} catch (error) {
			const { code, message } = this.#dialect.explain(error);
			if (code !== 'WRITE_DENIED') throw error;
			throw new ImportError(
				code,
				`The user of the credential may not create temporary tables, in which rows are staged (${message})`,
				{
					hint: 'Grant the right to create temporary tables to the user, or use another credential.',
				},
				{ cause: error },
			);
		}
	}

	async #lock(): Promise<void> {
		const { schema, name } = this.#specification.table.table;
		const statement = this.#dialect.lock(`data import: ${schema ?? ''}.${name}`);
		if (statement === undefined) return;
		const { rows } = await this.#run(statement);
		if (Number(rows[0]?.locked) === 1) return;
		throw new ImportError('RUN_LOCKED', `Another import writes into "${name}" at the moment`, {
			hint: 'Start this one again when the other has ended.',
		});
	}

	async alreadyImported(): Promise<boolean> {
		const { remember } = this.#specification;
		if (remember === undefined) return false;
		return await this.#explained(() => this.#ledger.knows(remember.fingerprint));
	}

	async stage(rows: StagedRow[]): Promise<RefusedRow[]> {
		return await this.#explained(() => this.#stageRows(rows));
	}

	async #stageRows(rows: StagedRow[]): Promise<RefusedRow[]> {
		if (rows.length === 0) return [];
		for (const { values } of rows) {
			for (const { place, spell } of this.#spellings) values[place] = spell(values[place] ?? null);
			this.#addKeys(values);
		}
		if (this.#segment.length === 0) await this.#run(sql`savepoint ${sql.id(STAGE_POINT)}`);
		this.#segment = this.#segment.length === 0 ? rows : this.#segment.concat(rows);
		try {
			await this.#connection.append(STAGE, rows);
		} catch (error) {
			return await this.#stageAgain(error);
		}
		return this.#segment.length >= SEGMENT_ROWS ? await this.#endSegment() : [];
	}

	async decide(): Promise<{ refused: RefusedRow[]; counts: PlannedCount[] }> {
		const refused = await this.#endSegment();
		try {
			await this.#alignKeys();
			await this.#analyze(STAGE);
			await this.#collectKeys();
			await this.#collect(this.#statements.collectRecords());
			await this.#collect(this.#statements.collectRepeated());
			await this.#merge();
			await this.#makePlan();
			const planned = [...this.#counts.values()].reduce((sum, rows) => sum + rows, 0);
			if (planned !== this.#staged) {
				// a row met more than one record although the table says that this cannot be
				this.#statements.distrustUniqueKeys();
				await this.#run(this.#statements.dropPlan);
				await this.#collect(this.#statements.collectRecords());
				await this.#makePlan();
			}
		} catch (error) {
			throw this.#asImportError(error);
		}
		const counts = [...this.#counts].map(([letter, rows]) => ({ ...planCodes[letter], rows }));
		return { refused, counts };
	}

	async #alignKeys(): Promise<void> {
		const { table, rules } = this.#specification;
		const names = rules.match
			.filter(isExact)
			.flatMap(({ fields }) => fields.map(({ column }) => column));
		const keys = this.#columns.flatMap(({ name }, place) => (names.includes(name) ? [place] : []));
		const statements = this.#dialect.alignKeys?.(STAGE, table, this.#columns, keys) ?? [];
		for (const statement of statements) await this.#run(statement);
	}

	/** Rows with the same key become one: of each column the last value that is there. */
	async #merge(): Promise<void> {
		const followers = this.#statements.collectFollowers;
		if (followers === undefined) return;
		await this.#collect([followers]);
		await this.#run(this.#statements.createGroups);
		await this.#groupFollowers();
		await this.#run(this.#statements.createMerged);
		let open: { group: string; row: StagedRow } | undefined;
		for (let after = { group: '', row: 0 }; ;) {
			const { rows } = await this.#run(this.#statements.groupedRows(after, RECORDS_AT_ONCE));
			const merged: StagedRow[] = [];
			for (const row of rows) {
				const group = String(row.group_key);
				if (open?.group !== group) {
					if (open !== undefined) merged.push(open.row);
					open = { group, row: { number: Number(group), values: this.#columns.map(() => null) } };
				}
				takeValues(open.row, row);
				after = { group, row: Number(row.row_no) };
			}
			const isEnd = rows.length < RECORDS_AT_ONCE;
			if (isEnd && open !== undefined) merged.push(open.row);
			await this.#appendAll(MERGED, merged);
			if (isEnd) break;
		}
		await this.#index(MERGED, ['row_no']);
		await this.#analyze(MERGED);
		await this.#run(this.#statements.takeMerged);
	}

	/** A row may follow one that follows another: all of them belong to the first. */
	async #groupFollowers(): Promise<void> {
		const firsts = new Map<number, number>();
		const known = new Set<number>();
		for (let after = 0; ;) {
			const { rows } = await this.#run(this.#statements.followers(after, RECORDS_AT_ONCE));
			const grouped: StagedRow[] = [];
			for (const row of rows) {
				after = Number(row.row_no);
				const first = firsts.get(Number(row.follows)) ?? Number(row.follows);
				firsts.set(after, first);
				if (!known.has(first)) grouped.push({ number: first, values: [String(first)] });
				known.add(first);
				grouped.push({ number: after, values: [String(first)] });
			}
			await this.#appendAll(GROUPS, grouped);
			if (rows.length < RECORDS_AT_ONCE) break;
		}
		await this.#index(GROUPS, ['row_no']);
		await this.#analyze(GROUPS);
	}

	/** A statement behind it would break off what is under way: it is ended here. */
	async #appendAll(table: string, rows: StagedRow[]): Promise<void> {
		if (rows.length > 0) await this.#connection.append(table, rows);
		await this.#connection.append(table, []);
	}

	async #makePlan(): Promise<void> {
		await this.#collect([{ name: PLAN, create: this.#statements.decide, joinedBy: ['row_no'] }]);
		await this.#index(PLAN, ['letter', 'row_no']);
		const { rows } = await this.#run(this.#statements.count);
		this.#counts = new Map(rows.map((row) => [row.letter as PlanLetter, Number(row.rows_counted)]));
	}

	async planned(
		actions: readonly PlannedAction[],
		limit: number,
		after = 0,
	): Promise<PlannedRow[]> {
		const letters = lettersOf(actions);
		if (limit <= 0 || !letters.some((letter) => (this.#counts.get(letter) ?? 0) > 0)) return [];
		const { rows } = await this.#explained(() =>
			this.#run(this.#statements.list(letters, limit, after)),
		);
		return rows.map((row) => this.#plannedRow(row));
	}

	async apply(): Promise<RefusedWrite[]> {
		return await this.#explained(() => this.#writeAll());
	}

	async #writeAll(): Promise<RefusedWrite[]> {
		return [...(await this.#writeLetter('U')), ...(await this.#writeLetter('I'))];
	}

	/** The updates alone, for a target that is only mirrored here. */
	async applyUpdates(): Promise<RefusedWrite[]> {
		return await this.#explained(() => this.#writeLetter('U'));
	}

	async #writeLetter(letter: 'I' | 'U'): Promise<RefusedWrite[]> {
		const planned = this.#counts.get(letter) ?? 0;
		if (planned === 0) return [];
		const { action } = planCodes[letter];
		return (await this.#write(letter, planned)).map((row) => ({ ...row, action }));
	}

	async commit(remember: boolean): Promise<void> {
		const { remember: file } = this.#specification;
		try {
			if (remember && file !== undefined) {
				await this.#ledger.remember(file.fingerprint, file.fileName);
			}
			// the answer to a commit that is broken off would not tell whether it was done
			await this.#cancellation.end();
			await this.#commit();
		} catch (error) {
			throw this.#asImportError(error);
		}
	}

	async #commit(): Promise<void> {
		if (this.#cancellation.error !== undefined) throw this.#cancellation.error;
		this.#committing = true;
		try {
			await this.#send(sql`commit`);
			this.#committed = true;
		} catch (error) {
			const { code, message } = this.#dialect.explain(error);
			if (code !== 'RUN_CONNECTION') throw error;
			throw new ImportError(
				'RUN_OUTCOME_UNKNOWN',
				`The connection was lost before the database confirmed the import: all of it is written, or nothing (${message})`,
				{
					hint: 'Look whether the rows are in the table. A second run with Match On leaves records that are there as they are.',
				},
				{ cause: error },
			);
		}
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		try {
			await this.#cancellation.end();
			if (!this.#committed) await this.#send(sql`rollback`);
		} catch {
			// the connection may be gone already, and with it the transaction
		} finally {
			await this.#connection.close();
		}
	}

	/** Makes sure that all rows of the segment have arrived. */
	async #endSegment(): Promise<RefusedRow[]> {
		if (this.#segment.length === 0) return [];
		try {
			await this.#connection.append(STAGE, []);
			await this.#run(sql`release savepoint ${sql.id(STAGE_POINT)}`);
			this.#staged += this.#segment.length;
			this.#segment = [];
			return [];
		} catch (error) {
			return await this.#stageAgain(error);
		}
	}

	/** A row of the segment was refused: takes the segment back and sends it again without the rows at fault. */
	async #stageAgain(cause: unknown): Promise<RefusedRow[]> {
		const rows = this.#segment;
		this.#segment = [];
		await this.#backTo(STAGE_POINT, cause);
		const refused = await this.#stageHalves(rows, cause);
		this.#staged += rows.length - refused.length;
		await this.#run(sql`release savepoint ${sql.id(STAGE_POINT)}`);
		return refused;
	}

	async #stageHalves(rows: StagedRow[], cause: unknown): Promise<RefusedRow[]> {
		const [only] = rows;
		if (only === undefined) return [];
		if (rows.length === 1) return [this.#refusedStaged(only, cause)];
		const middle = rows.length >> 1;
		const refused: RefusedRow[] = [];
		for (const half of [rows.slice(0, middle), rows.slice(middle)]) {
			await this.#run(sql`savepoint ${sql.id(WRITE_POINT)}`);
			const failure = await this.#failureOf(async () => {
				await this.#connection.append(STAGE, half);
				await this.#connection.append(STAGE, []);
			});
			if (failure !== undefined) await this.#backTo(WRITE_POINT, failure.error);
			// before the halves are halved: not every database lets savepoints of one name stand in each other
			await this.#run(sql`release savepoint ${sql.id(WRITE_POINT)}`);
			if (failure !== undefined) refused.push(...(await this.#stageHalves(half, failure.error)));
		}
		return refused;
	}

	async #failureOf(work: () => Promise<void>): Promise<{ error: unknown } | undefined> {
		try {
			await work();
			return undefined;
		} catch (error) {
			return { error };
		}
	}

	async #write(letter: 'I' | 'U', planned: number): Promise<RefusedRow[]> {
		const failure = await this.#tryWrite(letter, planned);
		if (failure === undefined) return [];
		// where tables are joined by indexes it has one already; making one now could commit what is written so far
		if (!this.#dialect.joinsByIndex) {
			await this.#run(this.#statements.indexPlan).catch(() => undefined);
		}
		await this.#analyze(PLAN);
		const { rows } = await this.#run(this.#statements.countRange(letter, EVERY_ROW));
		const range = { first: Number(rows[0]?.first_row), last: Number(rows[0]?.last_row) };
		return await this.#writeParts(letter, range, planned, failure.error);
	}

	/** Writes a range that was refused as a whole, part by part. */
	async #writeParts(
		letter: 'I' | 'U',
		range: RowRange,
		planned: number,
		cause: unknown,
	): Promise<RefusedRow[]> {
		if (planned === 1) return [await this.#refusedPlanned(letter, range, cause)];
		const refused: RefusedRow[] = [];
		const size = planned > RETRY_ROWS ? RETRY_ROWS : Math.ceil(planned / 2);
		let first = range.first;
		for (let done = 0; done < planned; done += size) {
			const count = Math.min(size, planned - done);
			const last = await this.#rowAt(letter, { first, last: range.last }, count - 1);
			const failure = await this.#tryWrite(letter, count, { first, last });
			if (failure !== undefined) {
				refused.push(...(await this.#writeParts(letter, { first, last }, count, failure.error)));
			}
			first = last + 1;
		}
		return refused;
	}

	/** Writes the planned rows of a range by one statement. @returns the error when the database refuses it */
	async #tryWrite(
		letter: 'I' | 'U',
		planned: number,
		range?: RowRange,
	): Promise<{ error: unknown } | undefined> {
		await this.#run(sql`savepoint ${sql.id(WRITE_POINT)}`);
		const failure = await this.#failureOf(async () => {
			const everyRow = this.#counts.size === 1 && range === undefined;
			const statement =
				letter === 'I' ? this.#statements.insert(range, everyRow) : this.#statements.update(range);
			const { changes } = await this.#run(statement);
			if (changes !== planned) throw new RowsWithheld(planned - changes);
		});
		if (failure !== undefined) await this.#backTo(WRITE_POINT, failure.error);
		await this.#run(sql`release savepoint ${sql.id(WRITE_POINT)}`);
		return failure;
	}

	async #rowAt(letter: PlanLetter, range: RowRange, skipped: number): Promise<number> {
		const { rows } = await this.#run(this.#statements.rowAt(letter, range, skipped));
		return Number(rows[0]?.row_no ?? range.last);
	}

	async #refusedPlanned(letter: 'I' | 'U', range: RowRange, cause: unknown): Promise<RefusedRow> {
		const row = await this.#rowAt(letter, range, 0);
		const { rows } = await this.#run(this.#statements.stagedRow(row));
		const values = this.#columns.map((_, i) => rows[0]?.[`c${i}`] as StagedRow['values'][number]);
		return this.#refusedRow(row, cause, { number: row, values });
	}

	/** The database names a column of the staging table; a person knows it by the name that it has in the table. */
	#refusedStaged(staged: StagedRow, cause: unknown): RefusedRow {
		const refused = this.#refusedRow(staged.number, cause, staged);
		const place = /^c(\d+)$/.exec(refused.issue.field ?? '')?.[1];
		if (place === undefined) return refused;
		const value = staged.values[Number(place)];
		refused.issue.field = this.#columns[Number(place)]?.name;
		if (value !== undefined && value !== null) refused.issue.value = quoteValue(value);
		return refused;
	}

	#refusedRow(row: number, cause: unknown, staged: StagedRow): RefusedRow {
		const { code, message, field } =
			cause instanceof RowsWithheld
				? { code: 'WRITE_REFUSED' as const, message: cause.message, field: undefined }
				: this.#dialect.explain(cause, this.#specification.table);
		const index = this.#columns.findIndex((column) => column.name === field);
		const value = index === -1 ? undefined : staged.values[index];
		return {
			number: row,
			issue: issue(code, message, {
				severity: 'error',
				row,
				field,
				value: value === undefined || value === null ? undefined : quoteValue(value),
			}),
		};
	}

	#plannedRow(row: Record<string, unknown>): PlannedRow {
		const letter = row.letter as PlanLetter;
		const values = this.#columns.map((column, i) => [column.name, row[`n${i}`]] as const);
		const planned: PlannedRow = {
			number: Number(row.row_no),
			...planCodes[letter],
			values: Object.fromEntries(values),
		};
		const rule = this.#specification.rules.match[Number(row.rule_no ?? -1)];
		if (rule !== undefined && FOUND_BY_RULE.has(letter)) planned.rule = nameOfRule(rule);
		if (letter === 'U') {
			const { rules } = this.#specification;
			const changed = this.#columns.filter(({ name }, i) => {
				const [before, after] = [row[`o${i}`], row[`n${i}`]];
				const policy = policyOf(rules, name);
				if (policy === 'never' || (policy !== 'always' && after === null)) return false;
				if (policy === 'target-empty' && before !== null && before !== '') return false;
				return !sameValue(before, after);
			});
			planned.before = Object.fromEntries(
				changed.map((column) => [column.name, row[`o${this.#columns.indexOf(column)}`]]),
			);
			const ids = (this.#identity ?? []).map(({ name }, i) => [name, row[`i${i}`]] as const);
			if (ids.some(([, id]) => id !== undefined)) planned.record = Object.fromEntries(ids);
		}
		return planned;
	}

	/** Goes back to a savepoint; an error that is not a row's fault ends the load instead. */
	async #backTo(savepoint: string, cause: unknown): Promise<void> {
		if (!(cause instanceof RowsWithheld) && !this.#dialect.explain(cause).rowAtFault) {
			throw this.#asImportError(cause);
		}
		await this.#run(sql`rollback to savepoint ${sql.id(savepoint)}`);
	}

	async #collect(tables: readonly CollectedTable[]): Promise<void> {
		for (const { name, create, joinedBy } of tables) {
			await this.#run(create);
			await this.#index(name, joinedBy);
			await this.#analyze(name);
		}
	}

	/** Without an index the load is slower and no less right: a column may be of a type that has none. */
	async #index(name: string, columns: readonly string[]): Promise<void> {
		if (!this.#dialect.joinsByIndex) return;
		await this.#run(this.#dialect.createTemporaryIndex(name, columns)).catch(() => undefined);
	}

	#addKeys(values: StagedRow['values']): void {
		const keys = this.#keyRules.map(({ places, keyOf }) =>
			keyOf(places.map((place) => values[place] ?? null)),
		);
		values.push(...keys);
	}

	/** Reads the records of the table and keeps the key of each under every rule that has such, with its identity. */
	async #collectKeys(): Promise<void> {
		for (const [index, { columns, keyOf }] of this.#keyRules.entries()) {
			const name = `${KEYS}_${index}`;
			const identity = this.#identity ?? [];
			await this.#run(this.#dialect.createStage(name, this.#specification.table, identity, 1));
			let number = 0;
			for await (const records of this.#records(columns)) {
				const keys: StagedRow[] = [];
				for (const record of records) {
					const key = keyOf(columns.map((_, i) => record[`v${i}`] as StagedRow['values'][number]));
					if (key === null) continue;
					const id = identity.map((_, i) => record[`i${i}`] as StagedRow['values'][number]);
					keys.push({ number: ++number, values: [...id, key] });
				}
				await this.#appendAll(name, keys);
			}
			await this.#index(name, ['k0']);
			await this.#analyze(name);
		}
	}

	/** All records of the table, page by page in the order of their identity. */
	async *#records(columns: readonly ColumnDescription[]) {
		const identity = this.#identity ?? [];
		for (let last: unknown[] | undefined; ;) {
			const { rows } = await this.#run(
				this.#statements.records(columns, identity, last, RECORDS_AT_ONCE),
			);
			yield rows;
			const end = rows.at(-1);
			if (end === undefined || rows.length < RECORDS_AT_ONCE) return;
			last = identity.map((_, i) => end[`i${i}`]);
		}
	}

	async #analyze(name: string): Promise<void> {
		const statement = this.#dialect.analyze(name);
		if (statement !== undefined) await this.#run(statement);
	}

	async #run(statement: RawBuilder<unknown>): Promise<QueryResult> {
		if (this.#cancellation.error !== undefined) throw this.#cancellation.error;
		return await this.#send(statement);
	}

	#send(statement: RawBuilder<unknown>): Promise<QueryResult> {
		return this.#connection.run(this.#dialect.compile(statement));
	}

	/** Runs work on the database; its errors come out in a person's words. */
	async #explained<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			throw this.#asImportError(error);
		}
	}

	#asImportError(error: unknown): ImportError {
		const cancelled = this.#committing ? undefined : this.#cancellation.error;
		return cancelled ?? asImportError(error, this.#dialect);
	}
}

function asImportError(error: unknown, dialect: SqlDialect): ImportError {
	if (error instanceof ImportError) return error;
	const { code, message, field } = dialect.explain(error);
	return new ImportError(code, message, { field }, { cause: error });
}

function takeValues({ values }: StagedRow, row: Record<string, unknown>): void {
	for (let i = 0; i < values.length; i++) {
		const value = (row[`c${i}`] ?? null) as StagedRow['values'][number] | object;
		// what the driver took apart is staged as it came
		if (value !== null) values[i] = typeof value === 'object' ? JSON.stringify(value) : value;
	}
}

/** What the plan says of rows for which a record was found. */
const FOUND_BY_RULE: ReadonlySet<PlanLetter> = new Set(['U', 'E', 'S', 'm', 'M']);

/** One rule whose columns the database compares itself leads from row to record without one. */
const needsIdentity = (rules: readonly MatchRule[]): boolean =>
	rules.length > 1 || rules.some((rule) => !isExact(rule));

const RECORDS_AT_ONCE = 10_000;

interface KeyRule {
	/** The columns of the rule, and where they stand among the written ones. */
	columns: readonly ColumnDescription[];
	places: readonly number[];
	keyOf: KeyReader;
}

/** The first unique key whose columns are never empty, or what the database has instead. */
function identityOf(
	{ columns, uniqueKeys, hiddenIdentity: ofTable }: LoadSpecification['table'],
	{ hiddenIdentity }: SqlDialect,
): readonly ColumnDescription[] | undefined {
	for (const key of uniqueKeys) {
		const found = key.map((name) => columns.find((column) => column.name === name));
		const usable = found.filter((column) => column?.nullable === false);
		if (usable.length === key.length) return usable.filter((column) => column !== undefined);
	}
	if (ofTable !== undefined) return ofTable.length === 0 ? undefined : ofTable;
	return hiddenIdentity === undefined ? undefined : [hiddenIdentity];
}

const EVERY_ROW: RowRange = { first: 0, last: Number.MAX_SAFE_INTEGER };

/** The statement ran, but fewer records were written than it was given: a trigger or a rule kept them back. */
class RowsWithheld extends Error {
	constructor(rows: number) {
		super(
			rows === 1
				? 'The database kept the row from being written without giving a reason (a trigger or a rule)'
				: `The database kept ${rows} rows from being written without giving a reason`,
		);
	}
}

function describedColumn({ table }: LoadSpecification, name: string): ColumnDescription {
	const column = table.columns.find((candidate) => candidate.name === name);
	if (column === undefined) {
		throw new ImportError('RUN_NO_COLUMN', `The table has no column "${name}"`, { field: name });
	}
	return column;
}

function sameValue(before: unknown, after: unknown): boolean {
	return (
		before === after ||
		(before !== null && after !== null && JSON.stringify(before) === JSON.stringify(after))
	);
}
