/**
 * The import engine: files in, rows out, records written. It knows nothing of n8n; the nodes, the tests and the
 * benchmarks use it through this module alone.
 */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import {
	columnsAfterSteps,
	countReasonColumns,
	FileBytes,
	identify,
	keepsFileOrder,
	MemoryBytes,
	OddRows,
	run as runSteps,
	spool,
	type Batch,
	type ByteSource,
	type Cell,
	type Column,
	type Dataset,
	type Decision,
	type OddRow,
	type ReadOptions,
	type Registry,
	type Row,
	type RunOptions,
	RUN_COLUMN,
	type RunState,
	type Source,
	type Step,
} from './dataset';
import {
	ColumnProfiler,
	compileCoercion,
	groupOf,
	inferColumns,
	letStepsPass,
	Misfit,
	stepCompilers as fieldCompilers,
	temporaryIdColumns,
	type ColumnProfile,
	type InferredColumn,
	type TemporaryIdColumn,
} from './fields';
import {
	openEncoder,
	openSource,
	openWorkbook as openSheets,
	readers,
	unwrap,
	type Workbook,
	type WorkbookLimits,
} from './formats';
import { ImportError, type Issue } from './issues';
import {
	batchCommitOf,
	cellText,
	describeReferences,
	failedFile as fileOfFailedRows,
	fingerprint,
	isRetryStep,
	load as loadRows,
	partsOf,
	PlanCheck,
	planOf,
	PlanReport,
	retryCompiler,
	retryStep,
	undo as undoRun,
	rowsToKeep,
	stampCompiler,
	stampStep,
	type FailedFile,
	type FailedRows,
	type AbsenceGuards,
	type Guards,
	type LoadResult,
	type UndoResult,
	type NamedReference,
	type PlanFileFormat,
	type RunStore,
	type Stamp,
	type StampedColumn,
} from './loading';
import type { MatchRule, RecordCondition } from './matching';
import {
	holdsList,
	writePolicies,
	type ColumnDescription,
	type LoadReference,
	type LoadRules,
	type LoadSession,
	type RowChoice,
	type StagedValue,
	type Synchronisation,
	type TableDescription,
	type TableName,
	type Target,
} from './targets';
import { stepCompilers as operationCompilers } from './transforms';

export * from './dataset';
export * from './fields';
export { decodeText, type DecodedText } from './formats';
export * from './issues';
export { FailedRows, fingerprint, reasonText, SqliteRunStore } from './loading';
export {
	exactRule,
	explainScore,
	fieldKinds,
	findSimilar,
	learnSimilarity,
	normalizers,
	Similarity,
	type FieldKind,
	type MatchField,
	type MatchRule,
	type Normalizer,
	type RecordCondition,
	type RowCondition,
	type RuleSimilarity,
	type SimilarityField,
	type SimilarityModel,
	type SimilarityOptions,
	type SimilarityRecord,
	type SimilarityScore,
	type SimilarPair,
	type SimilarRecords,
} from './matching';
export type {
	FailedFile,
	FailedRow,
	AbsenceGuards,
	Guards,
	IssueGroup,
	LoadResult,
	LoadSummary,
	NamedReference,
	OutcomeCounts,
	UndoCounts,
	UndoResult,
	UndoSummary,
	PlanFile,
	PlanFileFormat,
	RunStore,
	Stamp,
} from './loading';
export type { RowsWanted, Sheet, SheetRow, Workbook, WorkbookLimits } from './formats';
export * from './targets';
export {
	operations,
	type Operation,
	type OperationDescription,
	type ParameterDescription,
} from './transforms';

const registry: Registry = {
	readers,
	unwrap,
	compilers: new Map(
		[...fieldCompilers, ...operationCompilers, retryCompiler, stampCompiler].map((compiler) => [
			compiler.kind,
			compiler,
		]),
	),
};

/** Rows that the types of columns are inferred over. */
const INFERENCE_ROWS = 1000;

/** A small file may have very many columns: fewer of such rows are looked at. */
const INFERENCE_CELLS = 5_000_000;

/** What was inferred when a source was opened: it need not be read again to be described. */
const inferences = new WeakMap<Source, InferredColumn[]>();

/** What can be opened as a file. A stream is spooled to a temporary file, which is removed by `close`. */
export type FileInput = string | Uint8Array | Readable | ByteSource;

export interface OpenOptions extends ReadOptions {
	/** Name of the file, for messages and where the content alone does not decide. */
	fileName?: string;
	/**
	 * A file of failed rows that comes back: known by its columns, which are dropped, or read as any other. Default: known.
	 */
	failedRows?: 'retry' | 'keep';
}

/**
 * Opens a file: decides its format and how to read it, names its columns and infers their types over the first 1,000
 * rows. No row is read beyond those until the dataset is run.
 *
 * @throws ImportError FILE_*, HEADER_*, RUN_CONFIG
 */
export async function openFile(input: FileInput, options: OpenOptions = {}): Promise<Dataset> {
	const { fileName, failedRows = 'retry', ...readOptions } = options;
	const bytes = await asBytes(input);
	try {
		const identity = await identify(bytes);
		const source = await openSource(bytes, fileName ?? nameOf(input), readOptions);
		const dataset: Dataset = { source, steps: [], bytes };
		const inferred = await inferFromHead(dataset);
		source.columns = inferred.map(({ column }) => column);
		source.identity = identity;
		inferences.set(source, inferred);
		return failedRows === 'retry' ? await asRetry(dataset) : dataset;
	} catch (error) {
		await bytes.close();
		throw error;
	}
}

/** Rows at the head of a file of failed rows that are asked for the run in which they failed. */
const ROWS_ASKED_FOR_RUN = 100;

/** A file of failed rows that comes back, without the columns that say why; any other file as it is. */
async function asRetry(dataset: Dataset): Promise<Dataset> {
	const { source } = dataset;
	const own = countReasonColumns(source.columns);
	if (source.kind !== 'file' || own === 0) return dataset;
	const names = source.columns.slice(-own).map(({ name }) => name);
	const at = source.columns.findIndex(({ name }) => name === RUN_COLUMN);
	const runs = new Set<string>();
	for await (const { rows } of run({ ...dataset, steps: [] }, { limit: ROWS_ASKED_FOR_RUN })) {
		for (const { cells } of rows) runs.add(cellText(cells[at]));
	}
	runs.delete('');
	source.decisions.push({
		subject: 'retry',
		value: [...runs].join(', ') || 'failed rows',
		confidence: 1,
		evidence: `the last columns are ${names.join(', ')}; they are left out`,
		chosenBy: 'detection',
	});
	return { ...dataset, steps: [retryStep()] };
}

/**
 * Opens a workbook as it is: its sheets, hidden ones too, with all their rows as typed values or as shown, and their merged
 * cells. No header is looked for. Close it when done.
 *
 * @throws ImportError FILE_*; FILE_FORMAT when the file is no workbook
 */
export async function openWorkbook(
	input: FileInput,
	options: WorkbookLimits & { fileName?: string } = {},
): Promise<Workbook> {
	const { fileName, ...limits } = options;
	const bytes = await asBytes(input);
	try {
		const workbook = await openSheets(bytes, fileName ?? nameOf(input), limits);
		const { sheets, decisions } = workbook;
		return {
			sheets,
			decisions,
			rows: (sheet, wanted) => workbook.rows(sheet, wanted),
			merges: (sheet) => workbook.merges(sheet),
			close: async () => {
				await workbook.close();
				await bytes.close();
			},
		};
	} catch (error) {
		await bytes.close();
		throw error;
	}
}

/** Rows that are in memory already, as a dataset; column types are inferred over the first 1,000. */
export function openRows(columns: readonly Column[], rows: Cell[][]): Dataset {
	const inferred = inferColumns(columns, rows.slice(0, INFERENCE_ROWS));
	return {
		source: { kind: 'rows', columns: inferred.map(({ column }) => column), rows },
		steps: [],
	};
}

/** Lets go of the files behind a dataset and those attached to it. */
export async function close(dataset: Dataset): Promise<void> {
	await dataset.bytes?.close();
	for (const attached of Object.values(dataset.attachments ?? {})) await close(attached);
}

export interface Description {
	format: string;
	fileName?: string;
	decisions: Decision[];
	/** Warnings about the file as a whole. */
	issues: Issue[];
	/** The columns of the file, with the evidence for their types. */
	columns: InferredColumn[];
}

/** What was decided about the file, and why. Reads the first 1,000 rows. */
export async function describe(dataset: Dataset): Promise<Description> {
	const { source } = dataset;
	const inferred = inferences.get(source) ?? (await inferFromHead(dataset));
	const dropped = dataset.steps.some(isRetryStep) ? countReasonColumns(source.columns) : 0;
	const columns = inferred.slice(0, inferred.length - dropped);
	if (source.kind === 'rows') return { format: 'rows', decisions: [], issues: [], columns };
	const { format, fileName, decisions, issues } = source;
	return { format, fileName, decisions, issues, columns };
}

/** What a whole file holds. `rows` and `rejected` together are all rows of the file. */
export interface Profile {
	/** Rows that come out of the steps. */
	rows: number;
	/** Rows that are rejected on the way, because they cannot be read or by a step. */
	rejected: number;
	columns: ColumnProfile[];
}

/**
 * Reads the whole dataset once and says what its columns hold, in bounded memory: empty cells, distinct values, shortest
 * and longest, smallest and largest, and the cells that do not fit the type that was found over the head of the file.
 *
 * @throws ImportError FILE_*, RUN_*
 */
export async function profile(
	dataset: Dataset,
	{ signal }: Pick<RunOptions, 'signal'> = {},
): Promise<Profile> {
	const profilers = columnsOf(dataset).map((column) => new ColumnProfiler(column));
	const counts = { rows: 0, rejected: 0 };
	for await (const { rows, rejected } of run(dataset, { signal })) {
		for (const { cells } of rows) {
			for (let i = 0; i < profilers.length; i++) profilers[i]?.add(cells[i] ?? null);
		}
		counts.rows += rows.length;
		counts.rejected += rejected.length;
	}
	return { ...counts, columns: profilers.map((profiler) => profiler.profile) };
}

/** The dataset with one more step at its end. The step is checked when the dataset is run, or by `columnsOf`. */
export function addStep(dataset: Dataset, step: Step): Dataset {
	return { ...dataset, steps: [...dataset.steps, step] };
}

/** The dataset with another one that its steps may look into, under a name that they give. */
export function attach(dataset: Dataset, name: string, attached: Dataset): Dataset {
	return { ...dataset, attachments: { ...dataset.attachments, [name]: attached } };
}

/** The columns that a run gives. @throws ImportError RUN_* when a step does not fit the columns that reach it */
export function columnsOf(dataset: Dataset): readonly Column[] {
	return columnsAfterSteps(dataset, registry);
}

/** The record group that a dataset gives, and where the temporary ids of its records and of others stand. */
export interface RecordGroupIds {
	group: string;
	/** The column with the ids of the records themselves. */
	own?: string;
	/** Columns with ids of records of other groups: foreign keys that are to be filled with the real ids. */
	references: TemporaryIdColumn[];
}

/**
 * Which columns of the rows that a run gives hold temporary ids, and of which group. A record without a column for its own
 * id still has one: `temporaryId(group, row)`.
 *
 * @returns undefined where the rows were not taken apart into groups
 * @throws ImportError RUN_* when a step does not fit the columns that reach it
 */
export function recordGroupIds(dataset: Dataset): RecordGroupIds | undefined {
	const group = groupOf(dataset);
	if (group === undefined) return undefined;
	const ids = temporaryIdColumns(columnsOf(dataset));
	const own = ids.find((id) => id.group === group)?.column;
	return {
		group,
		...(own !== undefined && { own }),
		references: ids.filter((id) => id.group !== group),
	};
}

/** Reads the source and runs the steps, in batches: see `dataset/run.ts`. */
export function run(
	dataset: Dataset,
	options?: RunOptions,
): AsyncGenerator<Batch, void, undefined> {
	return runSteps(dataset, registry, options);
}

/** A filter may let hardly any row through: the search for the first ones ends here. */
const MOST_ROWS_FOR_HEAD = 10_000;

/**
 * The first rows as they come out of the steps, with the rows that were rejected on the way. No more than 10,000 rows of
 * the source are read for them.
 */
export async function head(
	dataset: Dataset,
	rows: number,
	options: RunOptions = {},
): Promise<Batch> {
	const result: Batch = { columns: columnsOf(dataset), rows: [], rejected: [], issues: [] };
	if (rows <= 0) return result;
	const reading = { batchSize: Math.max(rows, 50), limit: MOST_ROWS_FOR_HEAD, ...options };
	for await (const batch of run(dataset, reading)) {
		result.rows.push(...batch.rows.slice(0, rows - result.rows.length));
		result.rejected.push(...batch.rejected);
		result.issues.push(...batch.issues);
		if (result.rows.length >= rows) break;
	}
	return result;
}

/**
 * The rows that are worth a look, of the whole dataset, with why: see `OddRows`. Reads it once.
 *
 * @param most at most so many rows
 */
export async function oddRows(
	dataset: Dataset,
	most: number,
	options: RunOptions = {},
): Promise<OddRow[]> {
	const odd = new OddRows();
	for await (const batch of run(dataset, options)) odd.add(batch);
	return odd.pick(most);
}

export interface LoadOptions {
	table: TableName;
	rules: LoadRules;
	/** Columns that refer to records of other tables; what the columns of the dataset say of themselves counts less. */
	references?: readonly NamedReference[];
	/** Plan: everything but the write. */
	mode: 'plan' | 'apply';
	/** Columns of the dataset that the table does not have: an error, or left out. Default: an error. */
	extraColumns?: 'error' | 'ignore';
	/**
	 * A cell with this text, such as `#N/A`, empties its column in the record, whatever the policy of the column, and is
	 * empty in a new record. It is known before types are checked, also by the mappings of the dataset.
	 */
	clearingValue?: string;
	/** Columns of the table that get where a record comes from, whenever it is written. */
	stamps?: Readonly<Record<string, Stamp>>;
	/** The id of the run, for stamps. */
	runId?: string;
	/**
	 * Rows with the values with which they were applied last, in an earlier run with the same settings, cost no write and leave
	 * their records as they are, also those that were changed since.
	 */
	delta?: boolean;
	/** What becomes of records that no row of the file is for. Default: they stay as they are. */
	synchronisation?: Synchronisation & AbsenceGuards;
	/** Skip a file that was imported into this table before, and remember this one. */
	once?: boolean;
	/**
	 * Everything at once: all of it is written or nothing. In batches: what is committed stays, and a second start of the same
	 * file, table and rules goes on behind it. Default: everything at once.
	 */
	commit?: 'all' | 'batch';
	/** Rows that one batch writes, at most. Default 10,000. */
	batchRows?: number;
	/** What must hold before anything is written; else the run stops with status `stopped`. */
	guards?: Guards;
	/** Keep what is written, under this name of the run, beside the table: `undo` can take it back. No two runs share one. */
	journal?: { run: string };
	/** At most so many written rows are listed. Default 1,000. */
	listLimit?: number;
	/**
	 * What earlier runs left behind. An apply leaves behind what it counted when its rows are committed; a plan and a run that
	 * fails do not.
	 */
	state?: RunState;
	/** What a person has decided about single rows: it comes before all rules. Needs a table with a key. */
	choices?: readonly RowChoice[];
	/** Where plans and counts of runs are kept; without it a plan has no token. */
	runs?: RunStore;
	/** Names the database of the target among others in the store of runs. */
	place?: string;
	/** Names this import among others in the store of runs, for the guard that compares it with the last one. */
	importName?: string;
	/** Apply: the token of the plan that is applied. What has changed since is not written. */
	planToken?: string;
	/** Plan: gives what is to become of every row as a file. */
	planFile?: PlanFileFormat;
	signal?: AbortSignal;
}

/**
 * Imports a dataset into a table. What is wrong with the configuration is said before the first row is read.
 *
 * @throws ImportError RUN_*, FILE_*, WRITE_DENIED, WRITE_NO_SPACE, WRITE_REFUSED; nothing is written then, but for
 * RUN_OUTCOME_UNKNOWN, which leaves it open, and for the batches that are committed, which the message counts
 */
export async function load(
	original: Dataset,
	target: Target,
	options: LoadOptions,
): Promise<LoadResult> {
	const { mode, listLimit = 1000, state, signal, journal } = options;
	const table = await target.describeTable(options.table);
	const clearingValue = options.clearingValue?.trim() || undefined;
	const dataset = letPass(original, clearingValue);
	const incoming = columnsOf(dataset);
	const brought = columnsToWrite(incoming, table, options);
	const stamps = stampsOf(dataset, table, brought, options);
	const columns = [...brought, ...stamps];
	const given = withColumnPolicies(options.rules, incoming, brought);
	const rules = withStamps(rulesOfTable(given, columns, table), stamps);
	checkRules(rules, columns, table);
	checkDelta(options);
	const references = await describeReferences(
		target,
		table,
		brought.map(({ name, described }) => ({ column: columnNamed(incoming, name), described })),
		options.references ?? [],
	);
	const synchronisation = synchronisationInTable(dataset, options, table, columns, references);
	const selected = isTheSame(incoming, brought) ? dataset : addStep(dataset, selectStep(brought));
	const stamped = stamps.length === 0 ? selected : addStep(selected, stampStep(stamps));
	const fitted = addStep(stamped, fitStep(columns, references, clearingValue));
	const settings = settingsOf(options, clearingValue, synchronisation);
	columnsOf(fitted);
	const remembered = options.once === true ? await fingerprint(dataset) : undefined;
	const { source } = dataset;
	const names = columns.map(({ described }) => described.name);
	const isInBatches = options.commit === 'batch' && mode === 'apply';
	const decided = [
		table.table,
		names,
		columns.map(({ name }) => name),
		rules,
		...(references.length > 0 ? [references] : []),
		...(options.choices === undefined ? [] : [options.choices]),
		...settings,
	];
	return await loadRows(target, {
		table,
		columns: names,
		rules,
		...(references.length > 0 && { references }),
		...(await keptBefore({ dataset, table, columns: names, rules, settings }, options)),
		...(options.choices !== undefined && { choices: options.choices }),
		...(options.planFile !== undefined &&
			mode === 'plan' && {
				report: new PlanReport(options.planFile, names, [...new Set(keysOf(rules))]),
			}),
		...(isInBatches && {
			commitInBatches: await batchCommitOf(dataset, decided, options.batchRows),
		}),
		clearingValue,
		delta: options.delta,
		synchronisation,
		absenceGuards: options.synchronisation,
		mode,
		exclusive: mode === 'apply',
		guards: options.guards,
		listLimit,
		state,
		signal,
		batches: () => {
			state?.restart();
			return run(fitted, { state, signal });
		},
		inFileOrder: keepsFileOrder(fitted, registry),
		reread: (numbers) => rowsAgain(dataset, numbers),
		// a plan makes no journal; what could not be kept is refused all the same
		...(journal !== undefined && (mode === 'apply' ? { journal } : { trackRecords: true })),
		...(remembered !== undefined && {
			remember: {
				fingerprint: remembered,
				fileName: (source.kind === 'file' ? source.fileName : undefined) ?? '',
			},
		}),
	});
}

/** What besides columns, rules and choices says what becomes of rows and records; nothing where nothing is set. */
function settingsOf(
	{ stamps = {}, delta = false, synchronisation: wanted }: LoadOptions,
	clearingValue: string | undefined,
	synchronisation: Synchronisation | undefined,
): readonly unknown[] {
	const { maxRecords, maxPercent, allowUnreadRows } = wanted ?? {};
	const settings = {
		...(clearingValue !== undefined && { clearingValue }),
		...(Object.keys(stamps).length > 0 && { stamps }),
		...(delta && { delta }),
		...(synchronisation && {
			synchronisation,
			absenceGuards: { maxRecords, maxPercent, allowUnreadRows },
		}),
	};
	return Object.keys(settings).length === 0 ? [] : [settings];
}

export interface UndoOptions {
	/** The table that the run wrote to. */
	table: TableName;
	/** Id of the run, as its summary has it. */
	run: string;
	/** Plan: everything but the write. */
	mode: 'plan' | 'apply';
	/** What must hold before anything is written; else the undo stops with status `stopped`. Restored count as updated. */
	guards?: Guards;
	/** At most so many undone records are listed. Default 1,000. */
	listLimit?: number;
	signal?: AbortSignal;
}

/**
 * Takes back what a run has written to a table, where it was kept in a journal.
 *
 * @throws ImportError UNDO_UNKNOWN, RUN_*, WRITE_DENIED, WRITE_REFUSED; nothing is written then, but for
 * RUN_OUTCOME_UNKNOWN, which leaves it open
 */
export async function undo(target: Target, options: UndoOptions): Promise<UndoResult> {
	const { listLimit = 1000 } = options;
	const table = await target.describeTable(options.table);
	return await undoRun(target, { ...options, table, listLimit });
}

/**
 * What a load takes over from plans and runs before it, and leaves behind for those that come.
 *
 * @throws ImportError RUN_PLAN_UNKNOWN, RUN_PLAN_CHANGED, RUN_STATE
 */
async function keptBefore(
	parts: {
		dataset: Dataset;
		table: TableDescription;
		columns: string[];
		rules: LoadRules;
		settings: readonly unknown[];
	},
	{ mode, runs, planToken, guards, importName, place = '', choices = [] }: LoadOptions,
) {
	const partsNow = () => partsOf({ ...parts, place, choices });
	if (runs === undefined) {
		if (planToken === undefined) return {};
		throw new ImportError('RUN_PLAN_UNKNOWN', 'No plans are kept here', { value: planToken });
	}
	const plan =
		planToken === undefined || mode === 'plan'
			? undefined
			: await planOf(runs, planToken, partsNow);
	const { schema = '', name } = parts.table.table;
	const isCompared = guards?.minPercentOfLast !== undefined;
	const run = JSON.stringify([importName ?? '', place, schema, name]);
	return {
		...(plan && { check: new PlanCheck(runs, plan) }),
		...(isCompared && { lastRows: await runs.lastRows(run) }),
		...(mode === 'plan' && {
			keep: async (session: LoadSession) => {
				const token = randomBytes(TOKEN_BYTES).toString('base64url');
				const madeAt = new Date().toISOString();
				const { columns } = parts;
				const absent = await session.absentDigest?.();
				const kept = { token, madeAt, parts: { ...(await partsNow()), absent }, columns };
				await runs.keepPlan(kept, rowsToKeep(session, columns));
				return token;
			},
		}),
		written: async (rows: number) => {
			if (isCompared) await runs.keepLastRows(run, rows);
			if (plan !== undefined) await runs.removePlan(plan.token);
		},
	};
}

/** Nobody else's token is guessed. */
const TOKEN_BYTES = 16;

/**
 * All failed rows of a load as a file in the layout of the source, to be corrected and opened again with `openFile`.
 *
 * @param run id of the run, to stand in each row
 */
export async function failedFile(
	failed: FailedRows,
	{ source }: Dataset,
	run?: string,
): Promise<FailedFile> {
	return await fileOfFailedRows(failed, source, { run, encodingOf: openEncoder });
}

function nameOf(input: FileInput): string | undefined {
	return typeof input === 'string' ? input.split(/[\\/]/).at(-1) : undefined;
}

async function asBytes(input: FileInput): Promise<ByteSource> {
	if (input instanceof Uint8Array) return new MemoryBytes(input);
	if (input instanceof Readable) return await spool(input);
	if (typeof input !== 'string') return input;
	try {
		return await FileBytes.open(input);
	} catch (error) {
		if (error instanceof ImportError) throw error;
		const { code, message } = error as NodeJS.ErrnoException;
		const reason = code === 'ENOENT' ? 'there is no such file' : message;
		throw new ImportError('FILE_UNREADABLE', `The file cannot be opened: ${reason}`, {
			value: input,
		});
	}
}

async function inferFromHead(dataset: Dataset): Promise<InferredColumn[]> {
	const { source } = dataset;
	if (source.kind === 'rows') {
		return inferColumns(source.columns, source.rows.slice(0, INFERENCE_ROWS));
	}
	const sample: Cell[][] = [];
	const most = Math.ceil(INFERENCE_CELLS / Math.max(1, source.columns.length));
	const limit = Math.min(INFERENCE_ROWS, most);
	for await (const { rows } of run({ ...dataset, steps: [] }, { limit })) {
		// copies: V8 puts objects straight into the old generation where those made by the same code lived on before, and
		// a run that makes a million rows that way holds on to them until the next full collection
		for (const { cells } of rows) sample.push(cells.slice());
	}
	const columns = source.columns.map(({ name, header }) => ({ name, header }));
	return await inferInTurns(columns, sample);
}

/** So many columns, and no more cells in them, are looked at before the event loop has a turn. */
const COLUMNS_AT_ONCE = 5000;
const CELLS_AT_ONCE = 150_000;

async function inferInTurns(
	columns: readonly Column[],
	sample: readonly (readonly Cell[])[],
): Promise<InferredColumn[]> {
	const fitting = Math.ceil(CELLS_AT_ONCE / Math.max(1, sample.length));
	const atOnce = Math.min(COLUMNS_AT_ONCE, fitting);
	if (columns.length <= atOnce) return inferColumns(columns, sample);
	const inferred: InferredColumn[] = [];
	for (let first = 0; first < columns.length; first += atOnce) {
		const end = first + atOnce;
		const cells = sample.map((row) => row.slice(first, end));
		for (const column of inferColumns(columns.slice(first, end), cells)) inferred.push(column);
		await turn();
	}
	return inferred;
}

interface WrittenColumn {
	/** Name of the column in the dataset. */
	name: string;
	described: ColumnDescription;
}

const columnNamed = (columns: readonly Column[], name: string): Column =>
	columns.find((column) => column.name === name) ?? { name };

/** The rules with what the columns of the dataset say of themselves; what was set for the load counts more. */
function withColumnPolicies(
	rules: LoadRules,
	incoming: readonly Column[],
	columns: readonly WrittenColumn[],
): LoadRules {
	const set = new Set(Object.keys(rules.policies ?? {}).map((name) => name.toLowerCase()));
	const own = columns.flatMap(({ name, described }) => {
		const { writePolicy } = columnNamed(incoming, name);
		if (writePolicy === undefined || set.has(described.name.toLowerCase())) return [];
		const policy = writePolicies.find((known) => known === writePolicy);
		if (policy !== undefined) return [[described.name, policy] as const];
		throw new ImportError(
			'RUN_CONFIG',
			`The write policy "${writePolicy}" of the column "${name}" is not known`,
			{ column: name, hint: `It must be one of ${writePolicies.join(', ')}.` },
		);
	});
	return own.length === 0
		? rules
		: { ...rules, policies: { ...Object.fromEntries(own), ...rules.policies } };
}

/** Pairs the columns of the dataset with those of the table: by name, or by name in other case where that is unique. */
function columnsToWrite(
	columns: readonly Column[],
	table: TableDescription,
	{ extraColumns = 'error', rules }: LoadOptions,
): WrittenColumn[] {
	const matchedOn = new Set(keysOf(rules).map((key) => findColumn(table, key)?.name));
	const isFixed = ({ name, generated, matchOnly }: ColumnDescription) =>
		matchedOn.has(name) ? generated && !onlyUpdates(rules) : generated || matchOnly === true;
	const pairs: WrittenColumn[] = [];
	const extra: string[] = [];
	for (const { name } of columns) {
		const described = findColumn(table, name);
		if (described !== undefined && extraColumns === 'ignore' && isFixed(described)) continue;
		if (described === undefined) extra.push(name);
		else pairs.push({ name, described });
	}
	if (pairs.length === 0) {
		throw new ImportError('RUN_NO_MAPPING', `No column fits the table: ${list(extra)}`, {
			hint: `The table has the columns ${list(table.columns.map(({ name }) => name))}.`,
		});
	}
	if (extra.length > 0 && extraColumns === 'error') {
		throw new ImportError('RUN_NO_COLUMN', `The table has no column ${list(extra)}`, {
			column: extra[0],
			hint: `It has ${list(table.columns.map(({ name }) => name))}. Map the others, or set Columns Not in the Table to Ignore.`,
		});
	}
	const fixed = pairs.find(({ described }) => isFixed(described));
	if (fixed !== undefined) {
		const { name, matchOnly } = fixed.described;
		throw new ImportError(
			'RUN_CONFIG',
			matchOnly === true
				? `The column "${name}" cannot be written; rows can only be matched on it`
				: `The database computes the column "${name}"; it cannot be written`,
			{
				column: fixed.name,
				hint: 'Leave the column out, or set Columns Not in the Table to Ignore. To find records by it, match on it and insert nothing: rows without a match or without a key are skipped or fail.',
			},
		);
	}
	return pairs;
}

function findColumn(table: TableDescription, name: string): ColumnDescription | undefined {
	const exact = table.columns.find((column) => column.name === name);
	if (exact !== undefined) return exact;
	const alike = table.columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
	return alike.length === 1 ? alike[0] : undefined;
}

const keysOf = ({ match }: LoadRules): string[] =>
	match.flatMap(({ fields }) => fields.map(({ column }) => column));

/** Whether no row is inserted, whatever it finds. */
const onlyUpdates = ({ onMatch, onNoMatch, blankKey }: LoadRules): boolean =>
	onMatch !== 'insert' && onNoMatch !== 'insert' && blankKey !== 'insert';

/** The rules with columns under the names that they have in the table. What the database computes is never written. */
function rulesOfTable(
	rules: LoadRules,
	columns: readonly WrittenColumn[],
	table: TableDescription,
): LoadRules {
	const nameInTable = (name: string) => findColumn(table, name)?.name ?? name;
	const policies = Object.entries(rules.policies ?? {}).map(
		([name, policy]) => [nameInTable(name), policy] as const,
	);
	const computed = columns
		.filter(({ described }) => described.generated)
		.map(({ described }) => [described.name, 'never'] as const);
	return {
		...rules,
		match: rules.match.map((rule) => ({
			...rule,
			fields: rule.fields.map((field) => ({ ...field, column: nameInTable(field.column) })),
			...(rule.rows && { rows: { ...rule.rows, column: nameInTable(rule.rows.column) } }),
			...(rule.records && { records: conditionInTable(rule.records, table) }),
		})),
		...(rules.newerBy !== undefined && { newerBy: nameInTable(rules.newerBy) }),
		...(rules.separators && {
			separators: Object.fromEntries(
				Object.entries(rules.separators).map(([name, text]) => [nameInTable(name), text]),
			),
		}),
		...(policies.length + computed.length > 0 && {
			policies: Object.fromEntries([...policies, ...computed]),
		}),
	};
}

/** A condition on records with values as the column has them. @throws ImportError RUN_NO_COLUMN, RUN_CONFIG */
function conditionInTable(
	{ column, values }: RecordCondition,
	table: TableDescription,
): RecordCondition {
	const described = columnOfSetting(column, table);
	return { column: described.name, values: values.map((value) => valueInTable(value, described)) };
}

/** A value of a setting as the column holds it. @throws ImportError RUN_CONFIG */
function valueInTable(value: StagedValue, column: ColumnDescription): StagedValue {
	const fitted = compileCoercion(column, { name: column.name })(value);
	if (fitted instanceof Misfit) {
		throw new ImportError(
			'RUN_CONFIG',
			`The value ${JSON.stringify(value)} does not fit the column "${column.name}": ${fitted.message}`,
			{
				field: column.name,
				hint: 'Correct the value in the settings.',
			},
		);
	}
	return typeof fitted === 'object' && fitted !== null ? JSON.stringify(fitted) : fitted;
}

/** @throws ImportError RUN_CONFIG */
function checkDelta({ delta, rules }: LoadOptions): void {
	if (delta !== true || rules.match.length > 0) return;
	throw new ImportError(
		'RUN_CONFIG',
		'Without a match, rows of the last run cannot be known again',
		{
			hint: 'Choose at least one column under Match On, or turn Skip Rows Unchanged Since the Last Run off.',
		},
	);
}

/** @throws ImportError RUN_CONFIG, RUN_NO_COLUMN where it cannot be told what is absent, or what it is to become */
function synchronisationInTable(
	{ source }: Dataset,
	{ synchronisation, rules }: LoadOptions,
	table: TableDescription,
	columns: readonly WrittenColumn[],
	references: readonly LoadReference[],
): Synchronisation | undefined {
	if (synchronisation === undefined) return undefined;
	const creating = references.find(({ isSelf, missing }) => isSelf && missing === 'create');
	if (creating !== undefined) {
		throw new ImportError(
			'RUN_CONFIG',
			`Records that are created because rows refer to them in "${creating.column}" would be absent from the file`,
			{
				field: creating.column,
				hint: 'Set If Missing to another choice than Create, or leave absent records as they are.',
			},
		);
	}
	if (rules.match.length === 0) {
		throw new ImportError(
			'RUN_CONFIG',
			'Without a match, every record would be absent from the file',
			{
				hint: 'Choose at least one column under Match On, or leave absent records as they are.',
			},
		);
	}
	if (source.kind === 'file' && source.limit !== undefined) {
		throw new ImportError(
			'RUN_CONFIG',
			`Only the first ${source.limit} rows of the file are read, so that it is not known what is absent`,
			{
				hint: 'Read the whole file, or leave absent records as they are.',
			},
		);
	}
	const { set, scope } = synchronisation;
	return {
		...(set && { set: valuesInTable(set, table) }),
		...(scope && { scope: scopeInTable(scope, table, columns) }),
	};
}

function valuesInTable(
	set: Readonly<Record<string, StagedValue>>,
	table: TableDescription,
): Record<string, StagedValue> {
	const values = Object.entries(set).map(([name, value]) => {
		const described = columnOfSetting(name, table);
		const fitted = valueInTable(value, described);
		const isFixed = described.generated || described.matchOnly === true;
		if (!isFixed && (fitted !== null || described.nullable))
			return [described.name, fitted] as const;
		throw new ImportError(
			'RUN_CONFIG',
			`The column "${described.name}" cannot be set: ${isFixed ? 'it is computed' : 'it needs a value'}`,
			{
				field: described.name,
			},
		);
	});
	if (values.length === 0) {
		throw new ImportError('RUN_CONFIG', 'Absent records are to get values, and none is set', {
			hint: 'Add a column and its value, such as a status.',
		});
	}
	return Object.fromEntries(values);
}

function scopeInTable(
	{ column, values }: NonNullable<Synchronisation['scope']>,
	table: TableDescription,
	columns: readonly WrittenColumn[],
): Synchronisation['scope'] {
	if (values !== undefined) {
		const { column: name, values: fitted } = conditionInTable({ column, values }, table);
		return { column: name, values: fitted };
	}
	const described = columnOfSetting(column, table);
	if (columns.some((written) => written.described === described)) return { column: described.name };
	throw new ImportError(
		'RUN_NO_COLUMN',
		`Only records with values of the file in "${described.name}" are to be looked at, and it is not mapped`,
		{
			column: described.name,
			hint: `The columns that are written are ${list(columns.map(({ described: { name } }) => name))}.`,
		},
	);
}

function columnOfSetting(name: string, table: TableDescription): ColumnDescription {
	const described = findColumn(table, name);
	if (described !== undefined) return described;
	throw new ImportError(
		'RUN_NO_COLUMN',
		`A setting names "${name}"; the table has no such column`,
		{
			column: name,
			hint: `It has ${list(table.columns.map((column) => column.name))}.`,
		},
	);
}

/** A column that is stamped, with the value where it is the same for every row. */
type StampColumn = WrittenColumn & StampedColumn;

/** @throws ImportError RUN_NO_COLUMN, RUN_CONFIG where a column cannot be stamped */
function stampsOf(
	{ source }: Dataset,
	table: TableDescription,
	brought: readonly WrittenColumn[],
	{ stamps = {}, runId, rules }: LoadOptions,
): StampColumn[] {
	const moment = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
	return Object.entries(stamps).map(([column, stamp]) => {
		const described = columnOfSetting(column, table);
		const { name } = described;
		const isBrought = brought.some((other) => other.described === described);
		const isFixed = described.generated || described.matchOnly === true;
		if (isBrought || isFixed || keysOf(rules).includes(column)) {
			const reason = isBrought
				? 'the rows bring it'
				: isFixed
					? 'it is computed'
					: 'rows are matched on it';
			throw new ImportError('RUN_CONFIG', `The column "${name}" cannot be stamped: ${reason}`, {
				column: name,
				hint: 'Choose another column under Stamps, or leave the column out of the mapping.',
			});
		}
		const value = {
			run: runId ?? null,
			file: (source.kind === 'file' ? source.fileName : undefined) ?? null,
			row: undefined,
			time:
				described.type === 'date'
					? moment.slice(0, 10)
					: described.type === 'time'
						? moment.slice(11, 19)
						: moment,
		}[stamp];
		valueInTable(value === undefined ? 1 : value, described);
		return { name, described, ...(value !== undefined && { value }) };
	});
}

/** Stamps alone are no reason to write a record. */
function withStamps(rules: LoadRules, stamps: readonly StampColumn[]): LoadRules {
	if (stamps.length === 0) return rules;
	const policies = stamps.map(({ name }) => [name, 'stamp'] as const);
	return { ...rules, policies: { ...rules.policies, ...Object.fromEntries(policies) } };
}

/** @throws ImportError RUN_CONFIG where a list is to be changed in a column that holds none */
function checkLists(
	{ policies = {}, separators = {} }: LoadRules,
	columns: readonly WrittenColumn[],
): void {
	for (const { described } of columns) {
		const policy = policies[described.name];
		if (policy !== 'append' && policy !== 'remove') continue;
		if (!holdsList(described)) {
			throw new ImportError(
				'RUN_CONFIG',
				`The column "${described.name}" (${described.databaseType}) holds no list to change`,
				{
					field: described.name,
					hint: 'Lists are texts with a separator, JSON arrays and arrays. Choose another write policy for the column.',
				},
			);
		}
		if (separators[described.name]?.trim() === '') {
			throw new ImportError('RUN_CONFIG', `The list "${described.name}" has no separator`, {
				field: described.name,
				hint: 'Set what stands between the entries, such as a semicolon.',
			});
		}
	}
}

/** What rules ask of rows can only be asked of what is written. @throws ImportError RUN_NO_COLUMN */
function checkConditions(match: readonly MatchRule[], names: readonly string[]): void {
	for (const { rows } of match) {
		if (rows === undefined || names.includes(rows.column)) continue;
		throw new ImportError(
			'RUN_NO_COLUMN',
			`A match rule is for rows by their column "${rows.column}", which is not mapped`,
			{ column: rows.column, hint: `The columns that are written are ${list(names)}.` },
		);
	}
}

function checkRules(
	rules: LoadRules,
	columns: readonly WrittenColumn[],
	table: TableDescription,
): void {
	const { match, onMatch, onNoMatch, policies, newerBy } = rules;
	const names = columns.map(({ described }) => described.name);
	checkConditions(match, names);
	for (const name of Object.keys(policies ?? {})) {
		if (names.includes(name)) continue;
		throw new ImportError('RUN_NO_COLUMN', `A write policy names "${name}", which is not mapped`, {
			column: name,
			hint: `The columns that are written are ${list(names)}.`,
		});
	}
	checkLists(rules, columns);
	const usesNewer = Object.values(policies ?? {}).includes('newer');
	if (usesNewer && (newerBy === undefined || !names.includes(newerBy))) {
		throw new ImportError('RUN_CONFIG', 'What is newer cannot be told: no column says so', {
			field: newerBy,
			hint: 'Set Newer By to a mapped column, such as the time of the last change, or choose another write policy.',
		});
	}
	const empty = match.find(({ fields }) => fields.length === 0);
	if (empty !== undefined) {
		throw new ImportError('RUN_CONFIG', 'A match rule has no column', {
			hint: 'Choose at least one column for each rule, or remove the rule.',
		});
	}
	for (const key of keysOf(rules)) {
		if (names.includes(key)) continue;
		throw new ImportError(
			'RUN_NO_COLUMN',
			`Rows are to be matched on "${key}", which is not mapped`,
			{
				column: key,
				hint: `The columns that are written are ${list(names)}.`,
			},
		);
	}
	if (match.length === 0 && (onMatch === 'update' || onNoMatch !== 'insert')) {
		throw new ImportError(
			'RUN_CONFIG',
			'Rows can be updated only if they are matched on a column',
			{
				hint: 'Choose at least one column under Match On, or the action Insert.',
			},
		);
	}
	if (onNoMatch !== 'insert') return;
	const needed = table.columns.filter(
		(column) =>
			!column.nullable && !column.hasDefault && !column.generated && !names.includes(column.name),
	);
	if (needed.length > 0) {
		throw new ImportError(
			'RUN_CONFIG',
			`The table needs a value for ${list(needed.map(({ name }) => name))}, and nothing is mapped to it`,
			{ column: needed[0]?.name },
		);
	}
}

/** Whether the dataset has the columns that are written, under their names in the table, and no others. */
function isTheSame(incoming: readonly Column[], columns: readonly WrittenColumn[]): boolean {
	return (
		incoming.length === columns.length &&
		incoming.every(({ name }, i) => name === columns[i]?.described.name)
	);
}

/** Keeps the columns that are written, under the names that they have in the table. */
function selectStep(columns: readonly WrittenColumn[]): Step {
	const fields = columns.map(({ name, described }) => ({ name: described.name, column: name }));
	return { kind: 'map', version: 1, options: { fields } };
}

/**
 * Whether a value may be missing depends on what becomes of the row: the target judges that when it decides. A value that
 * refers to a record is one of the column that the record is found by.
 */
function fitStep(
	columns: readonly WrittenColumn[],
	references: readonly LoadReference[],
	passes: string | undefined,
): Step {
	const limits = columns.map(({ described }) => {
		const { name } = described;
		const by = references.find(({ column }) => column === name)?.by;
		return { ...(by ?? described), name, nullable: true, passes };
	});
	return { kind: 'fit', version: 1, options: { columns: limits } };
}

/** The dataset with mappings that do not look at the clearing value. */
const letPass = (dataset: Dataset, text: string | undefined): Dataset =>
	text === undefined ? dataset : { ...dataset, steps: letStepsPass(dataset.steps, text) };

/** Rows of the source as they were read, without the steps. */
async function* rowsAgain(
	dataset: Dataset,
	numbers: Pick<ReadonlySet<number>, 'has' | 'size'>,
): AsyncGenerator<Row> {
	let left = numbers.size;
	for await (const { rows } of run({ ...dataset, steps: [] })) {
		for (const row of rows) {
			if (!numbers.has(row.number)) continue;
			yield row;
			left--;
		}
		if (left <= 0) return;
	}
}

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
