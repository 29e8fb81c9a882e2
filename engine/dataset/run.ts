import { setImmediate as turn } from 'node:timers/promises';
import { ImportError, type Issue } from '../issues';
import type { ByteSource } from './byte-source';
import type { Batch, Column, Container, Dataset, FileSource, RowsSource } from './dataset';
import { requireSameFile, requireUnchanged } from './file-identity';
import { ReadRow } from './read-row';
import type { RawBatch, Reader } from './reader';
import { RunState } from './state';
import type { AttachedTable, CompiledStep, StepCompiler, StepContext } from './step-compiler';

/** The readers and step compilers that a run may use. */
export interface Registry {
	readers: ReadonlyMap<string, Reader>;
	compilers: ReadonlyMap<string, StepCompiler>;
	/** The bytes inside the containers of a source; closing them leaves `bytes` open. */
	unwrap: (bytes: ByteSource, containers: readonly Container[]) => Promise<ByteSource>;
}

export interface RunOptions {
	signal?: AbortSignal;
	/** Rows a batch, about. Default 500: batches that die young cost the garbage collector little. */
	batchSize?: number;
	/** At most so many rows are read from the source. */
	limit?: number;
	/**
	 * What earlier runs left behind, such as the position in a list of owners. The caller commits it once the rows are where
	 * they are to go; without, each run starts anew.
	 */
	state?: RunState;
}

/** The longest time in milliseconds for which a run keeps the event loop to itself. */
const LONGEST_TURN_MS = 40;

/** A small file may have very many columns: batches of such rows are shorter. */
const MOST_CELLS_IN_BATCH = 1_000_000;

/**
 * Reads the source once and passes its rows through the steps, in batches and in order.
 *
 * Every row of the file comes out exactly once: in `rows` or in `rejected`. All steps are compiled before the first row is read.
 *
 * @throws ImportError FILE_* and RUN_*; RUN_CANCELLED when the signal is aborted
 */
export async function* run(
	dataset: Dataset,
	registry: Registry,
	{ signal, batchSize = 500, limit = Infinity, state }: RunOptions = {},
): AsyncGenerator<Batch, void, undefined> {
	const steps = compileSteps(dataset, registry, { signal, state });
	try {
		const issues = await openSteps(steps);
		if (issues.length > 0) {
			const columns = steps.at(-1)?.columnsOut ?? dataset.source.columns;
			yield { columns, rows: [], rejected: [], issues };
		}
		let turnStarted = performance.now();
		for await (const batch of throughSteps(dataset, registry, steps, {
			signal,
			batchSize,
			limit,
		})) {
			stopIfCancelled(signal);
			// rows leave at different steps; together they stand in the order of the file
			if (batch.rejected.length > 1) batch.rejected.sort((a, b) => a.number - b.number);
			yield batch;
			if (performance.now() - turnStarted > LONGEST_TURN_MS) {
				await turn();
				turnStarted = performance.now();
			}
		}
		stopIfCancelled(signal);
	} finally {
		for (const step of steps) await step.close?.();
	}
}

async function* throughSteps(
	dataset: Dataset,
	registry: Registry,
	steps: readonly CompiledStep[],
	{ signal, batchSize = 0, limit = Infinity }: RunOptions,
): AsyncGenerator<Batch, void, undefined> {
	let left = limit;
	const width = Math.max(1, dataset.source.columns.length);
	const rows = Math.max(1, Math.min(batchSize, Math.floor(MOST_CELLS_IN_BATCH / width)));
	for await (const raw of readSource(dataset, registry, rows)) {
		stopIfCancelled(signal);
		cutToLimit(raw, left);
		left -= raw.rows.length + raw.rejected.length;
		const { originOf, ...read } = raw;
		const batch: Batch = { columns: dataset.source.columns, ...read };
		for (const step of steps) await step.apply(batch);
		if (originOf !== undefined) addOrigins(batch, originOf);
		yield batch;
		if (left <= 0) break;
	}
	for (const [index, step] of steps.entries()) {
		if (step.finish === undefined) continue;
		const behind = steps.slice(index + 1);
		for await (const batch of step.finish(left > 0)) {
			for (const next of behind) await next.apply(batch);
			yield batch;
		}
	}
}

/** Says of rows that failed in a step where they stand in the file, as readers say of those that they reject. */
function addOrigins({ rejected }: Batch, originOf: NonNullable<RawBatch['originOf']>): void {
	for (const [index, row] of rejected.entries()) {
		if (row.outcome !== 'failed' || row.line !== undefined || row.raw !== undefined) continue;
		const { line, raw } = originOf(row.number);
		rejected[index] = {
			...row,
			...(line !== undefined && line !== row.number && { line }),
			...(raw !== undefined && { raw }),
		};
	}
}

/** The columns of the rows that a run gives. @throws ImportError RUN_* when a step does not fit the columns */
export function columnsAfterSteps(dataset: Dataset, registry: Registry): readonly Column[] {
	return compileSteps(dataset, registry).at(-1)?.columnsOut ?? dataset.source.columns;
}

/** Whether a run gives the rows in the order of the file, each at most once. */
export function keepsFileOrder(dataset: Dataset, registry: Registry): boolean {
	return !compileSteps(dataset, registry).some(({ reorders }) => reorders === true);
}

async function openSteps(steps: readonly CompiledStep[]): Promise<Issue[]> {
	const issues: Issue[] = [];
	for (const step of steps) issues.push(...((await step.open?.()) ?? []));
	return issues;
}

function compileSteps(
	dataset: Dataset,
	registry: Registry,
	{ signal, state = new RunState() }: Pick<RunOptions, 'signal' | 'state'> = {},
): CompiledStep[] {
	let columns: readonly Column[] = dataset.source.columns;
	const context: StepContext = {
		attachment: (name) => attachedTable(dataset, name, registry, signal),
		state,
	};
	return dataset.steps.map((step) => {
		const compiler = registry.compilers.get(step.kind);
		if (compiler === undefined) {
			throw new ImportError('RUN_CONFIG', `There is no operation "${step.kind}"`);
		}
		const compiled = compiler.compile(step, columns, context);
		columns = compiled.columnsOut;
		return compiled;
	});
}

function attachedTable(
	{ attachments = {} }: Dataset,
	name: string,
	registry: Registry,
	signal: AbortSignal | undefined,
): AttachedTable {
	const attached = Object.hasOwn(attachments, name) ? attachments[name] : undefined;
	if (attached === undefined) {
		throw new ImportError('RUN_CONFIG', `The table "${name}" does not come with the rows`, {
			hint: 'Connect the node that reads the table with the input Lookup of Transform, and run the workflow again from there.',
		});
	}
	return {
		columns: columnsAfterSteps(attached, registry),
		batches: () => run(attached, registry, { signal }),
	};
}

function readSource(
	{ source, bytes }: Dataset,
	registry: Registry,
	batchSize: number,
): AsyncIterable<RawBatch> {
	if (source.kind === 'rows') return readRows(source, batchSize);
	const reader = registry.readers.get(source.format);
	if (reader === undefined) {
		throw new ImportError('FILE_FORMAT', `There is no reader for the format "${source.format}"`);
	}
	if (bytes === undefined) throw new ImportError('FILE_UNREADABLE', 'The file itself is not there');
	return readFile(bytes, source, { reader, unwrap: registry.unwrap, batchSize });
}

interface Reading extends Pick<Registry, 'unwrap'> {
	reader: Reader;
	batchSize: number;
}

async function* readFile(
	bytes: ByteSource,
	source: FileSource,
	reading: Reading,
): AsyncGenerator<RawBatch> {
	const { containers, identity } = source;
	if (identity !== undefined) await requireSameFile(bytes, identity);
	if (containers === undefined) yield* reading.reader.read(bytes, source, reading.batchSize);
	else yield* readInside(bytes, source, containers, reading);
	await requireUnchanged(bytes);
}

async function* readInside(
	bytes: ByteSource,
	source: FileSource,
	containers: readonly Container[],
	{ reader, unwrap, batchSize }: Reading,
): AsyncGenerator<RawBatch> {
	const inside = await unwrap(bytes, containers);
	try {
		yield* reader.read(inside, source, batchSize);
	} finally {
		await inside.close();
	}
}

// eslint-disable-next-line @typescript-eslint/require-await -- a source like any other, which happens to be in memory
async function* readRows(source: RowsSource, batchSize: number): AsyncGenerator<RawBatch> {
	for (let start = 0; start < source.rows.length; start += batchSize) {
		const rows = source.rows
			.slice(start, start + batchSize)
			.map((cells, index) => new ReadRow(start + index + 1, cells.slice()));
		yield { rows, rejected: [], issues: [] };
	}
}

/** Keeps the first `limit` rows of the file, whether they were read or rejected. */
function cutToLimit(raw: RawBatch, limit: number): void {
	if (raw.rows.length + raw.rejected.length <= limit) return;
	const numbers = [...raw.rows, ...raw.rejected].map((row) => row.number).sort((a, b) => a - b);
	const last = numbers[limit - 1] ?? -1;
	raw.rows = raw.rows.filter((row) => row.number <= last);
	raw.rejected = raw.rejected.filter((row) => row.number <= last);
	raw.issues = raw.issues.filter((issue) => issue.row === undefined || issue.row <= last);
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new ImportError('RUN_CANCELLED', 'The run was cancelled');
}
