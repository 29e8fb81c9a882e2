import { ImportError, issue, type Issue } from '../../issues';
import { isExact, type RecordCondition } from '../../matching';
import { SqlLoadSession } from '../sql/load-session';
import { sqliteDialect } from '../sqlite';
import type {
	AbsenceCounts,
	AbsentRecord,
	ColumnDescription,
	Decided,
	LoadRules,
	LoadSession,
	LoadSpecification,
	PlannedAction,
	PlannedCount,
	PlannedRow,
	RefusedRow,
	RefusedWrite,
	RowCandidates,
	RowChoice,
	StagedRow,
	StagedValue,
	Synchronisation,
} from '../target';
import type {
	DataTable,
	DataTableClient,
	DataTableUpdate,
	DataTableUpdates,
	DataTableValues,
} from './data-table-client';
import { asDataTableImportError, explainDataTableError } from './data-table-errors';
import { ID } from './data-table-introspection';
import { DataTableHashes } from './data-table-hashes';
import { DataTableLedger } from './data-table-ledger';
import { DataTableMirror, sqliteTypeOf } from './data-table-mirror';
import { DataTableReferences } from './data-table-references';
import { lockTable } from './data-table-locks';
import { comparable, rowIssue, writable } from './data-table-values';

/** Rows that are written by one call. */
const ROWS_AT_ONCE = 1000;

const MEGABYTE = 1024 * 1024;

type Reason = Pick<Issue, 'code' | 'message'>;

/**
 * A load into a Data Table: its records are mirrored in SQLite, where rows are matched and settled as in any database. What
 * was settled is then written through the client in batches. A batch that is refused is halved until the bad row stands
 * alone. What is written stays, whatever follows.
 */
export class DataTableSession implements LoadSession {
	readonly #client: DataTableClient;

	readonly #table: DataTable;

	readonly #specification: LoadSpecification;

	readonly #columns: readonly ColumnDescription[];

	/** The columns as their values are staged: what refers to a record is a value of the column that it is found by. */
	readonly #staged: readonly ColumnDescription[];

	readonly #references: DataTableReferences;

	readonly #mirror: DataTableMirror;

	readonly #matching: SqlLoadSession;

	readonly #ledger: DataTableLedger;

	/** Set where rows that are the same as in the last run are left as they are. */
	readonly #hashes: DataTableHashes | undefined;

	/** What became of records that were to be updated: undefined where it was done, else why not. */
	readonly #updated = new Map<number, Reason | undefined>();

	/** Why nothing more can be written. */
	#stopped: Reason | undefined;

	#written = 0;

	/** Records that were updated, where a row may be for several. */
	#updatedRecords: number | undefined;

	#absence: AbsenceCounts | undefined;

	readonly #unlock: () => void;

	private constructor(
		client: DataTableClient,
		table: DataTable,
		specification: LoadSpecification,
		mirror: DataTableMirror,
		matching: SqlLoadSession,
		references: DataTableReferences,
		unlock: () => void,
	) {
		this.#references = references;
		this.#client = client;
		this.#table = table;
		this.#specification = specification;
		this.#mirror = mirror;
		this.#matching = matching;
		this.#unlock = unlock;
		this.#columns = specification.columns.flatMap((name) =>
			specification.table.columns.filter((column) => column.name === name),
		);
		this.#staged = this.#columns.map((column) => {
			const by = specification.references?.find(
				(reference) => reference.column === column.name,
			)?.by;
			return by === undefined ? column : { ...by, name: column.name };
		});
		this.#ledger = new DataTableLedger(client, table);
		if (specification.delta === true) {
			const { name } = mirror.description.table;
			this.#hashes = new DataTableHashes(client, table, mirror.connection, name);
		}
	}

	static async start(
		client: DataTableClient,
		table: DataTable,
		specification: LoadSpecification,
	): Promise<DataTableSession> {
		const { trackRecords, journal } = specification;
		if (trackRecords === true || journal !== undefined) {
			throw new ImportError('RUN_CONFIG', 'A Data Table does not tell which records rows become', {
				hint: 'Switch Keep for Undo off, or import into a table of PostgreSQL, MySQL, MariaDB or SQLite.',
			});
		}
		const unlock = specification.exclusive === true ? lockTable(table) : () => undefined;
		try {
			const references = new DataTableReferences(specification.references ?? [], sqliteTypeOf);
			const mirror = new DataTableMirror(specification);
			const matching = await SqlLoadSession.start(mirror.connection, sqliteDialect, {
				columns: specification.columns,
				table: mirror.description,
				rules: comparableRules(mirroredRules(specification), specification.table),
				references: references.mirrored,
				choices: specification.choices,
				synchronisation: comparableSynchronisation(specification),
				delta: specification.delta,
				clearingValue: specification.clearingValue,
			});
			return new DataTableSession(
				client,
				table,
				specification,
				mirror,
				matching,
				references,
				unlock,
			);
		} catch (error) {
			unlock();
			throw error;
		}
	}

	get writtenAtOnce(): number {
		return this.#written;
	}

	get updatedRecords(): number | undefined {
		return this.#updatedRecords ?? this.#matching.updatedRecords;
	}

	async alreadyImported(): Promise<boolean> {
		const { remember } = this.#specification;
		if (remember === undefined) return false;
		return await this.#explained(() => this.#ledger.knows(remember.fingerprint));
	}

	async stage(rows: StagedRow[]): Promise<RefusedRow[]> {
		const refused: RefusedRow[] = [];
		const staged = rows.filter((row) => {
			const misfit = this.#makeComparable(row);
			if (misfit !== undefined) refused.push(misfit);
			return misfit === undefined;
		});
		return [...refused, ...(await this.#matching.stage(staged))];
	}

	#makeComparable({ number, values }: StagedRow): RefusedRow | undefined {
		for (const [index, column] of this.#staged.entries()) {
			const value = values[index] ?? null;
			const compared = comparable(value, column);
			if (typeof compared === 'object' && compared !== null) {
				return { number, issue: rowIssue(number, compared, column.name, value) };
			}
			values[index] = compared;
		}
		return undefined;
	}

	async choose(choices: readonly RowChoice[]): Promise<void> {
		await this.#matching.choose(choices);
	}

	async decide(): Promise<Decided> {
		await this.#explained(async () => {
			await this.#mirror.fill(this.#client, this.#table);
			await this.#references.fill(this.#mirror.connection, this.#client);
			await this.#hashes?.fill();
		});
		const decided = await this.#matching.decide(this.#specification.signal);
		await this.#checkSpace();
		return decided;
	}

	/** @throws ImportError WRITE_NO_SPACE where the rows do not fit for certain */
	async #checkSpace(): Promise<void> {
		const { sizeLimit } = this.#client;
		if (sizeLimit === undefined) return;
		const planned = await this.#mirror.plannedBytes(this.#columns);
		if (planned === 0 || this.#mirror.bytes + planned <= sizeLimit) return;
		const [held, more, most] = [this.#mirror.bytes, planned, sizeLimit].map(inMegabytes);
		throw new ImportError(
			'WRITE_NO_SPACE',
			`The rows do not fit: "${this.#table.name}" holds about ${held} MB, ${more} MB are to be inserted, and all Data Tables together may take ${most} MB`,
		);
	}

	async planned(
		actions: readonly PlannedAction[],
		limit: number,
		after?: number,
	): Promise<PlannedRow[]> {
		const rows = await this.#matching.planned(actions, limit, after);
		return rows.map((row) => ({
			...row,
			values: this.#writable(row.values),
			...(row.before && { before: this.#writable(row.before) }),
			...(row.current && { current: this.#writable(row.current) }),
		}));
	}

	/** The values of those columns that are given, as the store has them. */
	#writable(values: Record<string, unknown>): DataTableValues {
		const given = this.#columns.filter(({ name }) => name in values);
		return Object.fromEntries(
			given.map((column) => [column.name, writable(values[column.name], column)]),
		);
	}

	async candidates(first: number, last: number): Promise<RowCandidates[]> {
		return await this.#matching.candidates(first, last);
	}

	async withhold(pages: AsyncIterable<readonly number[]>): Promise<PlannedCount[]> {
		return await this.#matching.withhold(pages);
	}

	async apply(report: (refused: RefusedWrite[]) => void): Promise<void> {
		await this.#mirror.keepOriginals();
		const kept = new Set<number>();
		const note = (refused: RefusedWrite[]) => {
			for (const { number } of refused) kept.add(number);
			report(refused);
		};
		await this.#matching.applyUpdates(note);
		for await (const rows of this.#pages('update')) {
			const refused = await this.#update(rows.filter(({ number }) => !kept.has(number)));
			note(refused.map((row) => ({ ...row, action: 'update' })));
		}
		for await (const rows of this.#pages('insert')) {
			const refused = await this.#insert(rows);
			note(refused.map((row) => ({ ...row, action: 'insert' })));
		}
		await this.#applyAbsence();
		await this.#matching.rememberRows([...kept]);
	}

	get absence(): AbsenceCounts | undefined {
		return this.#absence ?? this.#matching.absence;
	}

	async absent(limit: number): Promise<AbsentRecord[]> {
		return (await this.#matching.absent(limit)).map((record) => this.#shown(record));
	}

	async absentDigest(): Promise<string | undefined> {
		return await this.#matching.absentDigest();
	}

	#shown(record: AbsentRecord): AbsentRecord {
		const { columns } = this.#specification.table;
		const asStored = (values: Record<string, unknown>) =>
			Object.fromEntries(
				columns
					.filter(({ name }) => name in values)
					.map((column) => [column.name, writable(values[column.name], column)]),
			);
		const { action, values, before } = record;
		return { action, values: asStored(values), ...(before && { before: asStored(before) }) };
	}

	/** Absent records go last: nothing brings them back. */
	async #applyAbsence(): Promise<void> {
		const counts = this.#matching.absence;
		if (counts === undefined || counts.absent === 0) return;
		const outcome: AbsenceCounts = { ...counts, refused: 0, listed: [] };
		this.#absence = outcome;
		if (counts.action === 'retire') await this.#matching.applyAbsence();
		for (let after = 0; ;) {
			const page = await this.#matching.absentPage(after, ROWS_AT_ONCE);
			const last = page.at(-1);
			if (last === undefined) return;
			if (this.#specification.signal?.aborted) {
				throw new ImportError('RUN_CANCELLED', 'The run was cancelled');
			}
			after = last.place;
			const ids = page.map(({ record }) => Number(record.values[ID]));
			const reasons =
				counts.action === 'retire' ? await this.#retire(ids) : await this.#delete(ids);
			for (const [i, { record }] of page.entries()) {
				const reason = reasons.get(ids[i] ?? 0);
				if (reason === undefined) {
					this.#written++;
					continue;
				}
				outcome.refused++;
				if (outcome.listed.length >= ROWS_AT_ONCE) continue;
				const { code, message } = reason;
				outcome.listed.push({
					...this.#shown(record),
					issue: issue(code, message, { severity: 'error' }),
				});
			}
		}
	}

	async #retire(ids: readonly number[]): Promise<Map<number, Reason>> {
		await this.#bringUpToDate(ids);
		return new Map(
			ids.flatMap((id) => {
				const reason = this.#updated.get(id);
				return reason === undefined ? [] : [[id, reason] as const];
			}),
		);
	}

	/** @returns why records were not deleted */
	async #delete(ids: readonly number[]): Promise<Map<number, Reason>> {
		let outcome: DataTableUpdates = { written: new Set(), refused: new Map() };
		if (this.#stopped === undefined) {
			const moments = await this.#mirror.moments(ids);
			try {
				outcome = await this.#client.deleteRows(
					this.#table,
					ids.map((id) => ({ id, unchangedSince: justAfter(moments.get(id) ?? '') })),
				);
			} catch (error) {
				const { rowAtFault: _, ...reason } = explainDataTableError(error);
				this.#stopped = reason;
			}
		}
		const reasons = new Map<number, Reason>();
		for (const id of ids) {
			if (outcome.written.has(id)) continue;
			if (outcome.refused.has(id)) {
				const { rowAtFault: _, ...reason } = explainDataTableError(outcome.refused.get(id));
				reasons.set(id, reason);
			} else reasons.set(id, this.#stopped ?? CHANGED);
		}
		return reasons;
	}

	async *#pages(action: 'insert' | 'update'): AsyncGenerator<PlannedRow[]> {
		for (let after = 0; ;) {
			const rows = await this.planned([action], ROWS_AT_ONCE, after);
			const last = rows.at(-1);
			if (last === undefined) return;
			if (this.#specification.signal?.aborted) {
				throw new ImportError('RUN_CANCELLED', 'The run was cancelled');
			}
			yield rows;
			after = last.number;
		}
	}

	async #insert(rows: readonly PlannedRow[]): Promise<RefusedRow[]> {
		const numbered = rows.filter(({ values }) => (values[ID] ?? null) !== null);
		const refused = numbered.map(({ number, values }) => ({
			number,
			issue: rowIssue(number, FOREIGN_ID, ID, values[ID]),
		}));
		const others = rows.filter((row) => !numbered.includes(row));
		const kept = await this.#insertParts(others);
		const isStoreAtFault = kept.every(({ issue }) => issue.code === 'WRITE_REFUSED');
		if (kept.length > 1 && kept.length === others.length && isStoreAtFault) {
			this.#stopped ??= kept[0]?.issue;
		}
		return [...refused, ...kept];
	}

	/** Inserts rows by one call; when it is refused, by halves. */
	async #insertParts(rows: readonly PlannedRow[]): Promise<RefusedRow[]> {
		if (rows.length === 0) return [];
		if (this.#stopped !== undefined) return refuseAll(rows, this.#stopped);
		try {
			const records = rows.map(({ values: { [ID]: _id, ...values } }) => values as DataTableValues);
			await this.#client.insertRows(this.#table, records);
			this.#written += rows.length;
			return [];
		} catch (error) {
			const { rowAtFault, ...reason } = explainDataTableError(error);
			if (!rowAtFault) this.#stopped = reason;
			if (!rowAtFault || rows.length === 1) return refuseAll(rows, reason);
			const middle = rows.length >> 1;
			const first = await this.#insertParts(rows.slice(0, middle));
			return [...first, ...(await this.#insertParts(rows.slice(middle)))];
		}
	}

	/** Brings records into the state that they have in the mirror by now. Several rows may be for one record. */
	async #update(rows: readonly PlannedRow[]): Promise<RefusedRow[]> {
		if (this.#matching.updatedRecords !== undefined) return await this.#updateSeveral(rows);
		await this.#bringUpToDate(rows.map(recordId));
		return rows.flatMap((row) => {
			const reason = this.#updated.get(recordId(row));
			if (reason === undefined) this.#written++;
			return reason === undefined ? [] : refuseAll([row], reason);
		});
	}

	/** A row for several records fails where one of them is refused; the others stay as they are by then. */
	async #updateSeveral(rows: readonly PlannedRow[]): Promise<RefusedRow[]> {
		if (rows.length === 0) return [];
		const reasons = new Map<number, Reason>();
		this.#updatedRecords ??= 0;
		for await (const records of this.#matching.changedRecords(rows.map(({ number }) => number))) {
			await this.#bringUpToDate(records.map(({ id }) => Number(id)));
			for (const { row, id } of records) {
				const reason = this.#updated.get(Number(id));
				if (reason === undefined) this.#updatedRecords++;
				else reasons.set(row, reason);
			}
		}
		this.#written += rows.length - reasons.size;
		return rows.flatMap((row) => {
			const reason = reasons.get(row.number);
			return reason === undefined ? [] : refuseAll([row], reason);
		});
	}

	async #bringUpToDate(records: readonly number[]): Promise<void> {
		const ids = new Set(records.filter((id) => !this.#updated.has(id)));
		const changes = await this.#mirror.changes([...ids]);
		await this.#updateRecords(
			changes.map(({ id, updatedAt, values }) => ({
				id,
				unchangedSince: justAfter(updatedAt),
				values,
			})),
		);
	}

	async #updateRecords(updates: readonly DataTableUpdate[]): Promise<void> {
		// a row may have changed back what another had changed
		const changing = updates.filter(({ values }) => Object.keys(values).length > 0);
		for (const { id } of updates) this.#updated.set(id, undefined);
		if (changing.length === 0) return;
		let outcome: DataTableUpdates = { written: new Set(), refused: new Map() };
		if (this.#stopped === undefined) {
			try {
				outcome = await this.#client.updateRows(this.#table, changing);
			} catch (error) {
				const { rowAtFault: _, ...reason } = explainDataTableError(error);
				this.#stopped = reason;
			}
		}
		for (const [id, error] of outcome.refused) {
			const { rowAtFault, ...reason } = explainDataTableError(error);
			if (!rowAtFault) this.#stopped ??= reason;
			this.#updated.set(id, reason);
		}
		for (const { id } of changing) {
			if (outcome.written.has(id) || outcome.refused.has(id)) continue;
			this.#updated.set(id, this.#stopped ?? CHANGED);
		}
	}

	async commit(remember: boolean): Promise<void> {
		const { remember: file } = this.#specification;
		await this.#rememberRows();
		// rows that were given up are to come again
		if (!remember || file === undefined || this.#stopped !== undefined) return;
		try {
			await this.#ledger.remember(file.fingerprint, file.fileName);
		} catch (error) {
			const { code, message } = asDataTableImportError(error);
			const text = `The file could not be remembered as imported (${message})`;
			throw new ImportError(code, text, {}, { cause: error });
		}
	}

	async #rememberRows(): Promise<void> {
		try {
			await this.#hashes?.save();
		} catch (error) {
			const { code, message } = asDataTableImportError(error);
			const text = `The rows are written, but could not be remembered for the next run (${message})`;
			throw new ImportError(code, text, {}, { cause: error });
		}
	}

	async close(): Promise<void> {
		this.#unlock();
		await this.#matching.close();
	}

	async #explained<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			throw asDataTableImportError(error);
		}
	}
}

/** The store may count smaller parts of a second than it shows. */
const justAfter = (moment: string): string => new Date(Date.parse(moment) + 1).toISOString();

const CHANGED: Reason = {
	code: 'WRITE_CHANGED',
	message: 'The record was changed or deleted while the import ran; it was left as it is',
};

const FOREIGN_ID: Reason = {
	code: 'WRITE_REFUSED',
	message: 'No record has this id, and a new record cannot be given one',
};

const inMegabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);

const recordId = ({ record }: PlannedRow): number => Number(record?.[ID]);

const refuseAll = (rows: readonly PlannedRow[], reason: Reason): RefusedRow[] =>
	rows.map(({ number }) => ({ number, issue: rowIssue(number, reason) }));

/** The values of conditions as the mirror has those of the records. */
function comparableRules(rules: LoadRules, { columns }: LoadSpecification['table']): LoadRules {
	const asMirrored = ({ column, values }: RecordCondition): RecordCondition => {
		const described = columns.find(({ name }) => name === column);
		if (described === undefined) return { column, values };
		return { column, values: values.map((value) => comparableSetting(value, described)) };
	};
	return {
		...rules,
		match: rules.match.map((rule) => ({
			...rule,
			...(rule.records && { records: asMirrored(rule.records) }),
		})),
	};
}

function comparableSynchronisation({
	table,
	synchronisation,
}: LoadSpecification): Synchronisation | undefined {
	if (synchronisation === undefined) return undefined;
	const asMirrored = (name: string, value: StagedValue) => {
		const column = table.columns.find((candidate) => candidate.name === name);
		return column === undefined ? value : comparableSetting(value, column);
	};
	const { set, scope } = synchronisation;
	return {
		...(set && {
			set: Object.fromEntries(
				Object.entries(set).map(([name, value]) => [name, asMirrored(name, value)]),
			),
		}),
		...(scope && {
			scope: {
				column: scope.column,
				...(scope.values && {
					values: scope.values.map((value) => asMirrored(scope.column, value)),
				}),
			},
		}),
	};
}

/** @throws ImportError RUN_CONFIG */
function comparableSetting(value: StagedValue, column: ColumnDescription): StagedValue {
	const compared = comparable(value, column);
	if (typeof compared !== 'object' || compared === null) return compared;
	throw new ImportError('RUN_CONFIG', `A setting does not fit: ${compared.message}`, {
		field: column.name,
	});
}

/** The rules for the mirror: an id leads to a record and is never written. */
function mirroredRules({ rules, columns }: LoadSpecification): LoadRules {
	if (!columns.includes(ID)) return rules;
	const [first, ...others] = rules.match;
	const onlyById =
		first !== undefined &&
		others.length === 0 &&
		isExact(first) &&
		first.fields.every(({ column }) => column === ID);
	return {
		...rules,
		policies: { ...rules.policies, [ID]: 'never' },
		// a record that is inserted gets an id of its own, so that the row would be inserted again the next time
		...(onlyById && rules.onNoMatch === 'insert' && { onNoMatch: 'fail' }),
	};
}
