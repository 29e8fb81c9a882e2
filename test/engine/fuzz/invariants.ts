import {
	catalogue,
	close,
	ImportError,
	openFile,
	run,
	type ByteSource,
	type Cell,
	type Issue,
} from '../../../engine';
import type { FuzzFile } from './fuzz-file';
import type { Random } from '../random';
import type { Table } from './tables';

/** What one reading of a file gave, up to the error that ended it, if one did. */
interface Reading {
	columns: string[];
	numbers: number[];
	rows: Cell[][];
	rejected: Array<{
		number: number;
		outcome: string;
		raw?: string;
		source: Cell[];
		issues: Issue[];
	}>;
	issues: Issue[];
	error?: Issue;
}

/** Bytes that arrive in chunks of changing size, some of them a single byte. */
function inPieces(bytes: Uint8Array, random: Random): ByteSource {
	const most = random.of([1, 3, 17, 1000, 100_000]);
	return {
		size: bytes.byteLength,
		async *chunks() {
			for (let start = 0; start < bytes.byteLength;) {
				const length = random.between(1, most);
				yield await Promise.resolve(bytes.subarray(start, start + length));
				start += length;
			}
		},
		read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)),
		close: () => Promise.resolve(),
	};
}

async function read(
	file: FuzzFile,
	input: Uint8Array | ByteSource,
	batchSize: number,
): Promise<Reading> {
	const reading: Reading = { columns: [], numbers: [], rows: [], rejected: [], issues: [] };
	try {
		const dataset = await openFile(input, file.options);
		reading.columns = dataset.source.columns.map(({ name }) => name);
		if (dataset.source.kind === 'file') reading.issues.push(...dataset.source.issues);
		for await (const batch of run(dataset, { batchSize })) {
			expectOrder(
				batch.rows.map(({ number }) => number),
				'rows of a batch',
			);
			const numbers = [...batch.rows, ...batch.rejected].map(({ number }) => number);
			reading.numbers.push(...numbers.sort((a, b) => a - b));
			reading.rows.push(...batch.rows.map(({ cells }) => cells));
			reading.rejected.push(...batch.rejected);
			reading.issues.push(...batch.issues);
			for (const { cells, number } of batch.rows) {
				if (cells.length === batch.columns.length) continue;
				throw new Violation(`row ${number} has ${cells.length} of ${batch.columns.length} cells`);
			}
		}
		await close(dataset);
	} catch (error) {
		if (!(error instanceof ImportError)) throw error;
		reading.error = error.issue;
	}
	return reading;
}

/** Something that must never be, whatever the file is. */
class Violation extends Error {
	override readonly name = 'Violation';
}

function expectOrder(numbers: readonly number[], what: string): void {
	numbers.forEach((number, index) => {
		const before = numbers[index - 1] ?? 0;
		if (!Number.isInteger(number) || number <= before) {
			throw new Violation(`numbers of ${what} do not ascend: ${number} behind ${before}`);
		}
	});
}

/** Texts that only programmers understand: they come from an error of the program, not of the file. */
const INTERNAL =
	/\bundefined\b(?! entity)|\bNaN\b|\[object |Cannot read|is not a function|is not iterable|Invalid array length|ERR_|Unexpected token|Maximum call stack|at position \d/;

function expectIssue(issue: Issue): void {
	if (!Object.hasOwn(catalogue, issue.code)) throw new Violation(`unknown code ${issue.code}`);
	// what the file itself says may be quoted, whatever it is
	const own = issue.message.replaceAll(/"[^]*"/g, '""');
	if (INTERNAL.test(own))
		throw new Violation(`${issue.code} speaks of the program: ${issue.message}`);
}

function expectSame(what: string, first: unknown, second: unknown): void {
	const [a, b] = [first, second].map((value) => JSON.stringify(value ?? 'none'));
	if (a === undefined || b === undefined || a === b) return;
	let at = 0;
	while (a[at] === b[at]) at++;
	const around = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
	throw new Violation(`${what} differ:\n  ${around(a)}\n  ${around(b)}`);
}

/** Cells that are not there and cells that are empty are the same here, as many formats know no difference. */
const filled = (rows: readonly (readonly Cell[])[]) =>
	rows.map((cells) => cells.map((cell) => (cell === null ? '' : cell)));

function expectTruth({ columns, rows, rejected, error }: Reading, truth: Table): void {
	if (error !== undefined)
		throw new Violation(`a good file ends in ${error.code}: ${error.message}`);
	expectSame('columns and those written', columns, truth.columns);
	if (rejected.length > 0) {
		throw new Violation(`a good row is rejected: ${JSON.stringify(rejected[0])}`);
	}
	expectSame('cells and those written', filled(rows), filled(truth.rows));
}

const named = (issues: readonly Issue[]) =>
	issues.map(({ code, row, column, cell }) => [row ?? 0, code, column, cell].join(' ')).sort();

function expectSameReading(first: Reading, second: Reading): void {
	expectSame('errors of both readings', first.error?.code, second.error?.code);
	// where an error ends both, batches may have got through up to different rows
	if (first.error !== undefined) return;
	const rejected = (reading: Reading) =>
		reading.rejected.map(({ number, outcome, raw, source }) => [number, outcome, raw, source]);
	expectSame('columns of both readings', first.columns, second.columns);
	expectSame('row numbers of both readings', first.numbers, second.numbers);
	expectSame('cells of both readings', first.rows, second.rows);
	expectSame('rejected rows of both readings', rejected(first), rejected(second));
	expectSame('issues of both readings', named(first.issues), named(second.issues));
}

/** Reads a file twice, whole and in pieces, and holds what comes out against all that has to be true of any file. */
export async function checkFile(file: FuzzFile, random: Random): Promise<void> {
	const whole = await read(file, file.bytes, 500);
	for (const { issues } of whole.rejected) {
		if (issues.length === 0) throw new Violation('a row is rejected without a reason');
		issues.forEach(expectIssue);
	}
	whole.issues.forEach(expectIssue);
	if (whole.error !== undefined) expectIssue(whole.error);
	expectOrder(whole.numbers, 'all rows');
	if (file.truth !== undefined) expectTruth(whole, file.truth);

	const pieces = await read(file, inPieces(file.bytes, random), random.between(1, 7));
	// JSON and XML hold a record against the limit piece by piece: which one goes beyond it first depends on them
	const isRough = file.options.maxRecordLength !== undefined;
	if (isRough && [whole, pieces].some(({ error }) => error?.code === 'FILE_TOO_LARGE')) return;
	expectSameReading(whole, pieces);
}
