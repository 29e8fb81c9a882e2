import { ImportError } from '../../issues';
import { isExact, nameOfRule, type MatchRule } from '../../matching';
import type {
	AbsenceCounts,
	AbsentRecord,
	ColumnDescription,
	LoadSession,
	LoadSpecification,
	PlannedAction,
	PlannedCount,
	PlannedRow,
	RefusedRow,
	RefusedWrite,
	StagedRow,
} from '../target';
import { Absence } from './absence';
import { AbsenceWriting } from './absence-writing';
import { Cancellation } from './cancellation';
import type { SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import { isDirect } from './direct-finder';
import { FileLedger } from './file-ledger';
import { KeyOrder } from './key-order';
import { asImportError, LoadConnection } from './load-connection';
import { LoadStatements } from './load-statements';
import { mergeDuplicates } from './merged-duplicates';
import { lettersOf, planCodes, type PlanLetter } from './plan-codes';
import { PLAN, STAGE } from './plan-tables';
import { Refusals } from './refused-rows';
import { extraPlaces, rowCompletion } from './row-extras';
import { RowHashes } from './row-hashes';
import { RowLedger } from './row-ledger';
import { RuleKeys } from './rule-keys';
import { Staging } from './staging';
import { Writing } from './writing';

/**
 * A load by set statements: rows go to a staging table, are matched and classified by one statement each, and are
 * written by one statement each.
 */
export class SqlLoadSession implements LoadSession {
	readonly #connection: LoadConnection;

	readonly #ownConnection: SqlConnection;

	readonly #specification: LoadSpecification;

	readonly #columns: readonly ColumnDescription[];

	/** The columns that tell a record from every other, where there are such. */
	readonly #identity: readonly ColumnDescription[] | undefined;

	readonly #keys: RuleKeys;

	/** Undefined where the database may take different keys for the same. */
	readonly #keyOrder: KeyOrder | undefined;

	readonly #completeRow: ((row: StagedRow) => void) | undefined;

	readonly #statements: LoadStatements;

	readonly #refusals: Refusals;

	readonly #staging: Staging;

	readonly #ledger: FileLedger;

	readonly #rowLedger: RowLedger | undefined;

	#counts = new Map<PlanLetter, number>();

	readonly #absence: Absence | undefined;

	#absenceCounts: AbsenceCounts | undefined;

	#updatedRecords: number | undefined;

	private constructor(
		connection: SqlConnection,
		dialect: SqlDialect,
		specification: LoadSpecification,
		cancellation: Cancellation,
	) {
		const { table, rules, columns } = specification;
		this.#connection = new LoadConnection(connection, dialect, cancellation);
		this.#specification = specification;
		this.#ownConnection = connection;
		this.#columns = columns.map((name) => describedColumn(specification, name));
		this.#identity = identityOf(table, dialect);
		this.#statements = new LoadStatements(
			dialect,
			table,
			this.#columns,
			rules,
			this.#identity ?? [],
			extraPlaces(specification),
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
			);
		this.#keyOrder = keyOrderOf(rules.match, this.#columns, dialect);
		const extras = extraPlaces(specification);
		const hashes =
			extras.hashes === undefined ? undefined : new RowHashes(specification, this.#columns);
		this.#rowLedger = extras.hashes && new RowLedger(dialect, table.table, extras.hashes);
		this.#completeRow = rowCompletion(this.#keys, extras, hashes);
		this.#refusals = new Refusals(dialect, table, this.#columns);
		this.#staging = new Staging(this.#connection, this.#columns, this.#refusals);
		this.#ledger = new FileLedger(connection, dialect, table.table);
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
		const { exclusive, remember } = this.#specification;
		for (const statement of this.#connection.dialect.begin()) await this.#connection.run(statement);
		if (exclusive === true) await this.#lock();
		if (remember !== undefined) await this.#ledger.prepare();
		await this.#rowLedger?.prepare(this.#ownConnection);
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

	async #lock(): Promise<void> {
		const { schema, name } = this.#specification.table.table;
		const statement = this.#connection.dialect.lock(`data import: ${schema ?? ''}.${name}`);
		if (statement === undefined) return;
		const { rows } = await this.#connection.run(statement);
		if (Number(rows[0]?.locked) === 1) return;
		throw new ImportError('RUN_LOCKED', `Another import writes into "${name}" at the moment`, {
			hint: 'Start this one again when the other has ended.',
		});
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

	async decide(): Promise<{ refused: RefusedRow[]; counts: PlannedCount[] }> {
		return await this.#connection.explained(async () => {
			const refused = await this.#staging.end();
			await this.#decide();
			const counts = [...this.#counts].map(([letter, rows]) => ({ ...planCodes[letter], rows }));
			return { refused, counts };
		});
	}

	async #decide(): Promise<void> {
		const connection = this.#connection;
		await this.#alignKeys();
		await connection.analyze(STAGE);
		const { table } = this.#specification;
		await this.#keys.collect(connection, this.#statements, table, this.#identity ?? []);
		await this.#findAbsent();
		await connection.collect(this.#statements.collectRecords());
		if (this.#keyOrder?.isRising === true) this.#statements.trustKeysOfFile();
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
		const { rows } = await connection.run(this.#statements.count);
		this.#counts = new Map(rows.map((row) => [row.letter as PlanLetter, Number(row.rows_counted)]));
		const records = this.#statements.countRecords();
		if (records !== undefined) {
			const counted = await connection.run(records);
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
		const { rows } = await this.#connection.explained(() =>
			this.#connection.run(this.#statements.list(letters, limit, after)),
		);
		return rows.map((row) => this.#plannedRow(row));
	}

	async apply(): Promise<RefusedWrite[]> {
		const updates = await this.#write('U');
		// behind the updates, which may take away what refers to a record; before the inserts, which may need its keys
		await this.applyAbsence();
		const refused = [...updates, ...(await this.#write('I'))];
		await this.rememberRows(refused);
		return refused;
	}

	/** Remembers the rows that were applied, so that they are known again. */
	async rememberRows(refused: readonly RefusedWrite[]): Promise<void> {
		const numbers = refused.map(({ number }) => number);
		await this.#connection.explained(async () => {
			await this.#rowLedger?.remember(this.#connection, numbers);
		});
	}

	/** The updates alone, for a target that is only mirrored here. */
	async applyUpdates(): Promise<RefusedWrite[]> {
		return await this.#write('U');
	}

	async #write(letter: 'I' | 'U'): Promise<RefusedWrite[]> {
		const writing = new Writing(
			this.#connection,
			this.#statements,
			this.#columns,
			this.#refusals,
			this.#counts,
		);
		const refused = await this.#connection.explained(() => writing.write(letter));
		if (letter === 'U' && this.#updatedRecords !== undefined) {
			this.#updatedRecords = writing.records;
		}
		return refused;
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
		await this.#connection.explained(async () => {
			if (remember && file !== undefined) {
				await this.#ledger.remember(file.fingerprint, file.fileName);
			}
			await this.#connection.commit();
		});
	}

	async close(): Promise<void> {
		await this.#connection.close();
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
			planned.before = {};
			for (const [i, { name }] of this.#columns.entries()) {
				const [before, after] = [row[`o${i}`], row[`a${i}`]];
				if (after === undefined || sameValue(before, after)) continue;
				planned.before[name] = before;
				planned.values[name] = after;
			}
			const ids = (this.#identity ?? []).map(({ name }, i) => [name, row[`i${i}`]] as const);
			if (row.records !== null && row.records !== undefined) planned.records = Number(row.records);
			if (ids.some(([, id]) => id !== undefined)) planned.record = Object.fromEntries(ids);
		}
		return planned;
	}
}

const CHANGED_AT_ONCE = 1000;

interface ChangedRecord {
	row: number;
	/** The first column of the identity. */
	id: unknown;
}

/** What the plan says of rows for which a record was found. */
const FOUND_BY_RULE: ReadonlySet<PlanLetter> = new Set(['U', 'E', 'S', 'm', 'M']);

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
