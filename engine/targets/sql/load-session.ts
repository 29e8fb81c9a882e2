import { createHash } from 'node:crypto';
import { ImportError } from '../../issues';
import { isExact, nameOfRule, type MatchRule } from '../../matching';
import type {
	AbsenceCounts,
	AbsentRecord,
	BatchedLoad,
	ColumnDescription,
	Decided,
	LoadSession,
	LoadSpecification,
	PlannedAction,
	PlannedCount,
	PlannedRow,
	RefusedRow,
	RefusedWrite,
	RowRecord,
	RowCandidates,
	RowChoice,
	StagedRow,
} from '../target';
import { Absence } from './absence';
import { AbsenceWriting } from './absence-writing';
import { BatchLedger } from './batch-ledger';
import { requireBatches } from './batch-limits';
import { BatchWriting } from './batch-writing';
import { Cancellation } from './cancellation';
import { candidatesOf } from './candidates';
import type { SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import { isDirect } from './direct-finder';
import { fieldReasons, type ComparedColumn } from './field-reasons';
import { FileLedger } from './file-ledger';
import { Journal } from './journal';
import { KeyOrder } from './key-order';
import { asImportError, LoadConnection } from './load-connection';
import { LoadStatements } from './load-statements';
import { mergeDuplicates } from './merged-duplicates';
import { lettersOf, planCodes, type PlanLetter } from './plan-codes';
import { placeReferences } from './placed-reference';
import { LEVEL, PLAN, STAGE } from './plan-tables';
import { References, type ResolvedReferences } from './references';
import { Refusals } from './refused-rows';
import { CHOSEN, CHOSEN_BY_A_PERSON, RowChoices } from './row-choices';
import { extraPlaces, rowCompletion } from './row-extras';
import { RowHashes } from './row-hashes';
import { RowLedger } from './row-ledger';
import { RuleKeys } from './rule-keys';
import { SelfReferences } from './self-references';
import { requireComparable } from './similar-limits';
import { SimilarRecords } from './similar-records';
import { Staging } from './staging';
import { TrackedRecords } from './tracked-records';
import { withholdRows } from './withheld-rows';
import { Writing } from './writing';

/**
 * A load by set statements: rows go to a staging table, are matched and classified by one statement each, and are
 * written by one statement each.
 */
export class SqlLoadSession implements LoadSession {
	readonly #connection: LoadConnection;

	readonly #specification: LoadSpecification;

	readonly #columns: readonly ColumnDescription[];

	/** The columns that tell a record from every other, where there are such. */
	readonly #identity: readonly ColumnDescription[] | undefined;

	readonly #keys: RuleKeys;

	/** Undefined where the database may take different keys for the same. */
	readonly #keyOrder: KeyOrder | undefined;

	readonly #completeRow: ((row: StagedRow) => void) | undefined;

	readonly #statements: LoadStatements;

	readonly #similar: SimilarRecords;

	readonly #refusals: Refusals;

	readonly #staging: Staging;

	readonly #ledger: FileLedger;

	readonly #rowLedger: RowLedger | undefined;

	readonly #absence: Absence | undefined;

	#absenceCounts: AbsenceCounts | undefined;

	#updatedRecords: number | undefined;

	readonly #records: TrackedRecords | undefined;

	readonly #journal: Journal | undefined;

	readonly #references: References;

	readonly #selfReferences: SelfReferences;

	/** Positions of the columns that refer to records. */
	readonly #referring: ReadonlySet<number>;

	/** Undefined where no person has decided about a row. */
	readonly #choices: RowChoices | undefined;

	#chosen: readonly RowChoice[] = [];
	/** Undefined where everything is committed at once. */
	readonly #batches: { ledger: BatchLedger; writing: BatchWriting } | undefined;

	#counts = new Map<PlanLetter, number>();

	#isPaged = false;

	private constructor(
		connection: SqlConnection,
		ownDialect: SqlDialect,
		specification: LoadSpecification,
		cancellation: Cancellation,
	) {
		const { table, rules, columns, commitInBatches } = specification;
		const dialect = commitInBatches === undefined ? ownDialect : ownDialect.acrossCommits();
		this.#connection = new LoadConnection(connection, dialect, cancellation);
		this.#specification = specification;
		this.#columns = columns.map((name) => describedColumn(specification, name));
		this.#identity = identityOf(table, dialect);
		const references = placeReferences(specification.references ?? [], this.#columns);
		this.#references = new References(this.#connection, references);
		this.#selfReferences = new SelfReferences(this.#connection, references);
		this.#referring = new Set(references.map(({ place }) => place));
		if (specification.choices !== undefined) {
			this.#choices = new RowChoices(dialect, specification, this.#identity);
		}
		const extras = extraPlaces(specification);
		this.#statements = new LoadStatements(
			dialect,
			table,
			this.#columns,
			rules,
			this.#identity ?? [],
			extras,
			references,
			this.#choices,
		);
		const { synchronisation } = specification;
		const isDirectly = rules.match.length === 0 || isDirect(rules.match, table);
		if (this.#identity === undefined && (!isDirectly || synchronisation !== undefined)) {
			throw new ImportError(
				'RUN_CONFIG',
				`No record of "${table.table.name}" can be told from another`,
				{
					hint: 'Several match rules, rules that make values alike or have conditions, the first or all of several records, and absent records need a primary key or a unique column that is never empty; a view and a foreign table have none. Match on one rule that compares its columns as they are, or choose the table itself.',
				},
			);
		}
		for (const { fields, rows, records } of rules.match) {
			for (const { column } of [...fields, ...(rows ? [rows] : []), ...(records ? [records] : [])])
				describedColumn(specification, column);
		}
		requireComparable(specification);
		this.#similar = new SimilarRecords(
			this.#connection,
			this.#statements,
			rules.match,
			this.#columns,
			this.#identity ?? [],
		);
		this.#keys = new RuleKeys(rules.match, this.#columns);
		this.#absence =
			synchronisation &&
			new Absence(
				dialect,
				table,
				this.#columns,
				this.#identity ?? [],
				rules.match,
				synchronisation,
				this.#choices !== undefined,
			);
		const keys = rules.match.flatMap(({ fields }) => fields.map(({ column }) => column));
		const isReferring = references.some(({ column }) => keys.includes(column));
		// what such a key is stands fixed only when all rows are there
		this.#keyOrder = isReferring ? undefined : keyOrderOf(rules.match, this.#columns, dialect);
		const hashes =
			extras.hashes === undefined ? undefined : new RowHashes(specification, this.#columns);
		this.#rowLedger = extras.hashes && new RowLedger(dialect, table.table, extras.hashes);
		this.#completeRow = this.#completion(rowCompletion(this.#keys, extras, hashes));
		this.#refusals = new Refusals(dialect, table, this.#columns, [...this.#referring]);
		const staged = this.#references.staged(this.#columns);
		this.#staging = new Staging(this.#connection, staged, this.#refusals);
		this.#ledger = new FileLedger(this.#connection, table.table);
		const { trackRecords, journal } = specification;
		if (trackRecords === true || journal !== undefined) {
			this.#records = new TrackedRecords(this.#connection, this.#statements, specification);
		}
		if (this.#records !== undefined && journal !== undefined) {
			const parts = [this.#connection, this.#statements, specification, this.#records] as const;
			this.#journal = new Journal(...parts, journal.run);
		}
		if (commitInBatches === undefined) return;
		requireBatches(specification);
		if (!isDirectly) requireLastingIdentity(table, this.#identity ?? [], dialect);
		const ledger = new BatchLedger(this.#connection, table.table, commitInBatches);
		const { rows } = commitInBatches;
		const writing = new BatchWriting(this.#connection, this.#statements, ledger, rows);
		this.#batches = { ledger, writing };
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
			await session.#begin();
			return session;
		} catch (error) {
			await cancellation.end();
			await connection.close();
			throw cancellation.error ?? asImportError(error, dialect.explain);
		}
	}

	async #begin(): Promise<void> {
		const { exclusive, remember, table, commitInBatches } = this.#specification;
		const isLasting = commitInBatches !== undefined;
		await this.#connection.begin();
		if (exclusive === true) await this.#connection.lockTable(table.table, isLasting);
		if (remember !== undefined) await this.#ledger.prepare();
		await this.#rowLedger?.prepare(this.#connection);
		await this.#batches?.ledger.open();
		await this.#createStage();
	}

	async #createStage(): Promise<void> {
		try {
			await this.#connection.run(this.#statements.createStage());
		} catch (error) {
			const { code, message } = this.#connection.dialect.explain(error);
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

	async alreadyImported(): Promise<boolean> {
		const { remember } = this.#specification;
		if (remember === undefined) return false;
		return await this.#connection.explained(() => this.#ledger.knows(remember.fingerprint));
	}

	async stage(rows: StagedRow[]): Promise<RefusedRow[]> {
		return await this.#connection.explained(() => {
			for (const { values } of rows) this.#keyOrder?.add(values);
			return this.#staging.add(rows, this.#completeRow);
		});
	}

	/** Adds what stands behind the values of a row. @param complete adds all but what it says of other records */
	#completion(complete: ReturnType<typeof rowCompletion>): ReturnType<typeof rowCompletion> {
		if (this.#referring.size === 0) return complete;
		return (row) => {
			complete?.(row);
			this.#references.moveBehind(row.values);
		};
	}

	choose(choices: readonly RowChoice[]): Promise<void> {
		this.#chosen = choices;
		return Promise.resolve();
	}

	/** @param signal ends the search for similar records, which takes long */
	async decide(signal = this.#specification.signal): Promise<Decided> {
		this.#similar.fillTables(signal);
		return await this.#connection.explained(async () => {
			const refused = await this.#staging.end();
			const { refused: lost, ...references } = await this.#resolve();
			await this.#choices?.take(this.#connection, this.#refusals, this.#chosen);
			await this.#decide();
			const unreachable = await this.#selfReferences.order();
			if (unreachable.length > 0) await this.#count();
			const restored: RefusedRow[] = [];
			if (this.#batches?.ledger.isKnown === true) {
				for (const row of await this.#batches.ledger.restorePlan()) restored.push(row);
				await this.#count();
			}
			return {
				refused: [...refused, ...lost, ...unreachable, ...restored],
				counts: this.#plannedCounts,
				byRule: await this.#countByRule(),
				references,
				notes: this.#similar.notes,
			};
		});
	}

	async #resolve(): Promise<ResolvedReferences> {
		if (this.#referring.size === 0) return { refused: [], created: 0, emptied: [] };
		await this.#connection.analyze(STAGE);
		const resolved = await this.#references.resolve();
		this.#staging.rows -= resolved.refused.length;
		const { table } = this.#specification;
		await this.#keys.remake(this.#connection, table, this.#referring);
		return resolved;
	}

	get #plannedCounts(): PlannedCount[] {
		return [...this.#counts].map(([letter, rows]) => ({ ...planCodes[letter], rows }));
	}

	async #countByRule(): Promise<Record<string, number>> {
		const letters = [...this.#counts.keys()].filter((letter) => FOUND_BY_RULE.has(letter));
		if (letters.length === 0) return {};
		const statement = this.#statements.countByRule(letters);
		if (statement === undefined) {
			const rows = letters.reduce((sum, letter) => sum + (this.#counts.get(letter) ?? 0), 0);
			return { [this.#ruleName(0) ?? '']: rows };
		}
		const { rows } = await this.#connection.run(statement);
		const counted = rows.map((row) => [
			this.#ruleName(Number(row.rule_no)) ?? '',
			Number(row.rows_counted),
		]);
		return Object.fromEntries(counted) as Record<string, number>;
	}

	#ruleName(rule: number): string | undefined {
		if (rule === CHOSEN) return CHOSEN_BY_A_PERSON;
		const found = this.#specification.rules.match[rule];
		return found && nameOfRule(found);
	}

	async #decide(): Promise<void> {
		const connection = this.#connection;
		await this.#alignKeys();
		if (connection.dialect.stageNeedsIndex === true) await connection.index(STAGE, ['row_no']);
		await connection.analyze(STAGE);
		const { table } = this.#specification;
		await this.#keys.collect(connection, this.#statements, table, this.#identity ?? []);
		await this.#findAbsent();
		await connection.collect(this.#statements.collectRecords());
		// two rows with different keys may be for one record by choice
		if (this.#keyOrder?.isRising === true && this.#choices === undefined) {
			this.#statements.trustKeysOfFile();
		}
		await connection.collect(this.#statements.collectRepeated());
		await mergeDuplicates(connection, this.#statements, this.#keys);
		await this.#statements.changeLists(connection);
		await this.#rowLedger?.find(connection, this.#statements.repetition);
		await this.#makePlan();
		const planned = [...this.#counts.values()].reduce((sum, rows) => sum + rows, 0);
		if (planned !== this.#staging.rows) {
			// a row met more than one record although the table says that this cannot be
			this.#statements.distrustUniqueKeys();
			await connection.run(this.#statements.dropPlan);
			await connection.collect(this.#statements.collectRecords());
			await this.#makePlan();
		}
	}

	/** Before rows are merged: each of them has a record that is present. */
	async #findAbsent(): Promise<void> {
		if (this.#absence === undefined) return;
		const counts = await this.#absence.collect(this.#connection);
		this.#absenceCounts = { action: this.#absence.action, ...counts, refused: 0, listed: [] };
	}

	get absence(): AbsenceCounts | undefined {
		return this.#absenceCounts;
	}

	async absent(limit: number): Promise<AbsentRecord[]> {
		return (await this.absentPage(0, limit)).map(({ record }) => record);
	}

	async absentDigest(): Promise<string | undefined> {
		if (this.#absence === undefined) return undefined;
		const hash = createHash('sha256');
		for (let after = 0; ;) {
			const page = await this.absentPage(after, ABSENT_AT_ONCE);
			for (const { place, record } of page) {
				hash.update(`${JSON.stringify(record)}\n`);
				after = place;
			}
			if (page.length < ABSENT_AT_ONCE) return hash.digest('hex');
		}
	}

	/** Absent records behind one of them. */
	async absentPage(
		after: number,
		limit: number,
	): Promise<Array<{ place: number; record: AbsentRecord }>> {
		const absence = this.#absence;
		if (absence === undefined || limit <= 0 || this.#absenceCounts?.absent === 0) return [];
		const { rows } = await this.#connection.explained(() =>
			this.#connection.run(absence.list(after, limit)),
		);
		return rows.map((row) => ({ place: Number(row.absent_no), record: absence.recordOf(row) }));
	}

	/** Deletes the absent records or sets their values. */
	async applyAbsence(): Promise<void> {
		const [absence, counts] = [this.#absence, this.#absenceCounts];
		if (absence === undefined || counts === undefined) return;
		const { table } = this.#specification;
		const writing = new AbsenceWriting(this.#connection, absence, table);
		const { refused, listed } = await this.#connection.explained(() =>
			writing.write(counts.absent),
		);
		this.#absenceCounts = { ...counts, refused, listed };
	}

	async #alignKeys(): Promise<void> {
		const { table, rules } = this.#specification;
		const names = rules.match
			.filter(isExact)
			.flatMap(({ fields }) => fields.map(({ column }) => column));
		const keys = this.#columns.flatMap(({ name }, place) => (names.includes(name) ? [place] : []));
		const { dialect } = this.#connection;
		for (const statement of dialect.alignKeys?.(STAGE, table, this.#columns, keys) ?? []) {
			await this.#connection.run(statement);
		}
	}

	async #makePlan(): Promise<void> {
		const connection = this.#connection;
		const changes = this.#statements.collectChanges;
		if (changes !== undefined) await connection.collect([changes]);
		await connection.collect([
			{ name: PLAN, create: this.#statements.decide, joinedBy: ['row_no'] },
		]);
		await connection.index(PLAN, ['letter', 'row_no']);
		await this.#count();
	}

	async #count(): Promise<void> {
		const { rows } = await this.#connection.run(this.#statements.count);
		this.#counts = new Map(rows.map((row) => [row.letter as PlanLetter, Number(row.rows_counted)]));
		const records = this.#statements.countRecords();
		if (records !== undefined) {
			const counted = await this.#connection.run(records);
			this.#updatedRecords = Number(counted.rows[0]?.records);
		}
	}

	async planned(
		actions: readonly PlannedAction[],
		limit: number,
		after = 0,
	): Promise<PlannedRow[]> {
		const letters = lettersOf(actions);
		if (limit <= 0 || !letters.some((letter) => (this.#counts.get(letter) ?? 0) > 0)) return [];
		const { rows } = await this.#connection.explained(async () => {
			if (after > 0) await this.#preparePaging();
			return await this.#connection.run(this.#statements.list(letters, limit, after));
		});
		return rows.map((row) => this.#plannedRow(row));
	}

	async records(limit: number, after = 0): Promise<RowRecord[]> {
		return await this.#connection.explained(
			async () => (await this.#records?.page(limit, after)) ?? [],
		);
	}

	/** Whoever asks for a second page may ask for all: without indexes each would cost as much as all of them. */
	async #preparePaging(): Promise<void> {
		const { dialect } = this.#connection;
		if (this.#isPaged) return;
		this.#isPaged = true;
		if (dialect.joinsByIndex) return;
		for (const table of this.#statements.paged) {
			await this.#connection.run(this.#statements.indexByRow(table));
			await this.#connection.analyze(table);
		}
	}

	async candidates(first: number, last: number): Promise<RowCandidates[]> {
		if (!this.#counts.has('S') && !this.#counts.has('P')) return [];
		const { match } = this.#specification.rules;
		return await this.#connection.explained(() =>
			candidatesOf(
				this.#connection,
				this.#statements,
				match,
				this.#columns,
				this.#statements.named,
				{ first, last },
			),
		);
	}

	async withhold(pages: AsyncIterable<readonly number[]>): Promise<PlannedCount[]> {
		return await this.#connection.explained(async () => {
			await withholdRows(this.#connection, this.#statements, pages);
			await this.#count();
			return this.#plannedCounts;
		});
	}

	get inBatches(): BatchedLoad | undefined {
		return this.#batches?.writing;
	}

	async apply(report: (refused: RefusedWrite[]) => void): Promise<void> {
		if (this.#batches !== undefined) {
			await this.#batches.writing.writeAll(this.#writing(), this.#counts, report);
			return;
		}
		const kept: number[] = [];
		const note = (refused: RefusedWrite[]) => {
			if (this.#rowLedger !== undefined) for (const { number } of refused) kept.push(number);
			report(refused);
		};
		if (this.#selfReferences.isNeeded) {
			await this.#applyInLevels(note);
			// any of the levels may take away what refers to an absent record
			await this.applyAbsence();
		} else {
			await this.#connection.explained(() => this.#track(this.#statements));
			const records = await this.#write('U', note);
			// behind the updates, which may take away what refers to a record; before the inserts, which may need its keys
			await this.applyAbsence();
			await this.#write('I', note);
			this.#noteRecords(records);
			await this.#connection.explained(() => this.#keep());
		}
		await this.rememberRows(kept);
	}

	/** Before rows of a plan are written. */
	async #track(statements: LoadStatements): Promise<void> {
		await this.#records?.prepare(statements);
		await this.#journal?.keepOriginals(statements);
	}

	/** When all are written. */
	async #keep(): Promise<void> {
		await this.#records?.verify();
		await this.#journal?.write();
	}

	/** Rows that refer to other rows of the file are written after those. */
	async #applyInLevels(report: (refused: RefusedWrite[]) => void): Promise<void> {
		const references = this.#selfReferences;
		await this.#connection.explained(async () => {
			await references.holdBack();
			await this.#count();
			await this.#track(this.#statements);
			let records = await this.#write('U', report);
			await this.#write('I', report);
			const statements = this.#statements.ofPlan(LEVEL);
			const refused = await references.writeLevels(async (counts) => {
				const writing = new Writing(
					this.#connection,
					statements,
					this.#columns,
					this.#refusals,
					// rows of the level alone are written, never all that are staged
					new Map(counts).set('E', 0),
					LEVEL,
					this.#records,
				);
				await this.#track(statements);
				await writing.write('U', report);
				await writing.write('I', report);
				records += writing.records;
			});
			report(refused);
			await this.#count();
			this.#noteRecords(records);
			await this.#keep();
		});
	}

	#noteRecords(updated: number): void {
		if (this.#updatedRecords !== undefined) this.#updatedRecords = updated;
	}

	/** Remembers the rows that were applied, so that they are known again. */
	async rememberRows(refused: readonly number[]): Promise<void> {
		await this.#connection.explained(async () => {
			await this.#rowLedger?.remember(this.#connection, refused);
		});
	}

	/** The updates alone, for a target that is only mirrored here. */
	async applyUpdates(report: (refused: RefusedWrite[]) => void): Promise<void> {
		this.#noteRecords(await this.#write('U', report));
	}

	/** @returns how many records were updated */
	async #write(letter: 'I' | 'U', report: (refused: RefusedWrite[]) => void): Promise<number> {
		const writing = this.#writing();
		await this.#connection.explained(() => writing.write(letter, report));
		return writing.records;
	}

	#writing(): Writing {
		return new Writing(
			this.#connection,
			this.#statements,
			this.#columns,
			this.#refusals,
			this.#counts,
			PLAN,
			this.#records,
		);
	}

	/** @see LoadSession.updatedRecords */
	get updatedRecords(): number | undefined {
		return this.#updatedRecords;
	}

	/** The records that rows change, where a row may be for several, page by page, each with its row and its identity. */
	async *changedRecords(numbers: readonly number[]): AsyncGenerator<ChangedRecord[]> {
		for (let after = { row: 0, place: 0 }; ;) {
			const { rows } = await this.#connection.run(
				this.#statements.changedRecords(numbers, after, CHANGED_AT_ONCE),
			);
			yield rows.map((record) => ({ row: Number(record.row_no), id: record.c0 }));
			const last = rows.at(-1);
			if (last === undefined || rows.length < CHANGED_AT_ONCE) return;
			after = { row: Number(last.row_no), place: Number(last.place) };
		}
	}

	async commit(remember: boolean): Promise<void> {
		const { remember: file } = this.#specification;
		const rememberFile = async () => {
			if (!remember || file === undefined) return;
			await this.#ledger.remember(file.fingerprint, file.fileName);
		};
		await this.#connection.explained(async () => {
			if (this.#batches !== undefined) {
				await this.#batches.writing.end(rememberFile);
				return;
			}
			await rememberFile();
			await this.#connection.commit();
		});
	}

	async close(): Promise<void> {
		await this.#connection.close();
	}

	#plannedRow(row: Record<string, unknown>): PlannedRow {
		const letter = row.letter as PlanLetter;
		// of a record that another row brings is said what the row says of it
		const after = this.#columns.map((_, i) => row[`a${i}`] ?? row[`n${i}`]);
		const values = this.#columns.map((column, i) => [column.name, after[i]] as const);
		const planned: PlannedRow = {
			number: Number(row.row_no),
			...planCodes[letter],
			values: Object.fromEntries(values),
		};
		const rule = this.#ruleName(Number(row.rule_no ?? NaN));
		if (rule !== undefined && FOUND_BY_RULE.has(letter)) planned.rule = rule;
		if (planned.rule !== undefined && row.score !== null) planned.score = Number(row.score);
		if (letter === 'U' || letter === 'u') this.#compare(planned, row);
		return planned;
	}

	/** Adds to an update what is known of its record. */
	#compare(planned: PlannedRow, row: Record<string, unknown>): void {
		const { rules } = this.#specification;
		const compared = this.#columns.map((column, i): ComparedColumn => ({
			column,
			before: row[`o${i}`],
			brought: row[`a${i}`] ?? row[`n${i}`],
			after: row[`u${i}`],
			isAwaited: (row[`a${i}`] ?? null) !== null,
		}));
		const isNewer = rules.newerBy === undefined ? undefined : Number(row.newer) === 1;
		const why = fieldReasons(compared, { rules, matched: this.#statements.matched, isNewer });
		planned.why = why;
		planned.current = {};
		planned.before = {};
		for (const { column, before, after, isAwaited } of compared) {
			const { name } = column;
			planned.current[name] = before;
			if (why[name]?.written !== true) continue;
			planned.before[name] = before;
			if (!isAwaited) planned.values[name] = after;
		}
		if (row.records !== null && row.records !== undefined) planned.records = Number(row.records);
		const ids = (this.#identity ?? []).map(({ name }, i) => [name, row[`i${i}`]] as const);
		if (ids.some(([, id]) => id !== undefined)) planned.record = Object.fromEntries(ids);
	}
}

const CHANGED_AT_ONCE = 1000;
const ABSENT_AT_ONCE = 1000;

interface ChangedRecord {
	row: number;
	/** The first column of the identity. */
	id: unknown;
}

/** What the plan says of rows for which a record was found. */
const FOUND_BY_RULE: ReadonlySet<PlanLetter> = new Set(['U', 'E', 'S', 'P', 'm', 'M', 'u', 'e']);

/** For one rule whose columns the database compares as JavaScript does. */
function keyOrderOf(
	[rule, ...others]: readonly MatchRule[],
	columns: readonly ColumnDescription[],
	dialect: SqlDialect,
): KeyOrder | undefined {
	if (rule === undefined || others.length > 0 || !isExact(rule)) return undefined;
	const places = rule.fields.map(({ column }) => columns.findIndex(({ name }) => name === column));
	const kinds = places.flatMap((place) => {
		const column = columns[place];
		return (column && dialect.exactKind(column)) ?? [];
	});
	return kinds.length === places.length ? new KeyOrder(places, kinds) : undefined;
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

/** Between two batches another program may move records, and what only says where a record is stored leads astray. */
function requireLastingIdentity(
	{ table }: LoadSpecification['table'],
	identity: readonly ColumnDescription[],
	{ hiddenIdentity }: SqlDialect,
): void {
	if (hiddenIdentity === undefined || !identity.includes(hiddenIdentity)) return;
	throw new ImportError('RUN_CONFIG', `No record of "${table.name}" can be told from another`, {
		hint: 'To commit in batches, several match rules, or rules that make values alike, need a primary key or a unique column that is never empty. Set Commit to Everything at Once, match on one rule that compares its columns as they are, or give the table a key.',
	});
}

function describedColumn({ table }: LoadSpecification, name: string): ColumnDescription {
	const column = table.columns.find((candidate) => candidate.name === name);
	if (column === undefined) {
		throw new ImportError('RUN_NO_COLUMN', `The table has no column "${name}"`, { field: name });
	}
	return column;
}
