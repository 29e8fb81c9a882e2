import { createReadStream, promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { SpillFile } from '../../dataset';
import type { Issue } from '../../issues';
import type { LoadSession, PlannedAction, PlannedRow } from '../../targets';
import { reasonText } from './reason-text';

export type PlanFileFormat = 'csv' | 'ndjson';

/** What is to become of every row of a file, as a file. */
export interface PlanFile {
	fileName: string;
	mediaType: string;
	/** The file, piece by piece; to be read before it is disposed of. */
	bytes: () => AsyncIterable<Uint8Array>;
	/** Removes the file. */
	dispose: () => Promise<void>;
}

/** One row of the plan, in the order of its columns. */
interface PlanLine {
	row: number;
	action: PlannedAction;
	rule?: string;
	score?: number;
	key?: string;
	record?: Record<string, unknown>;
	code?: string;
	message?: string;
	why?: string;
	before?: Record<string, unknown>;
	after?: Record<string, unknown>;
}

interface PlanSource {
	session: LoadSession;
	/** The row of the file that was staged under a number. */
	rowOf: (staged: number) => number;
	/** Why rows fail, for each of them. */
	describe: (failing: readonly PlannedRow[]) => Promise<readonly Issue[]>;
}

const PAGE_ROWS = 1000;

const EVERY_ACTION: readonly PlannedAction[] = ['insert', 'update', 'unchanged', 'skip', 'fail'];

/** Writes the plan of a load to a file, row by row: memory does not grow with the rows. */
export class PlanReport {
	readonly #format: PlanFileFormat;

	readonly #columns: readonly string[];

	readonly #keys: readonly string[];

	/** Rows that never came so far as to be matched. */
	readonly #others = new SpillFile(
		'create table others (row_no integer, seq integer, line text, primary key (row_no, seq)) without rowid',
	);

	#seq = 0;

	/**
	 * @param columns those that are written
	 * @param keys those that rows are matched on
	 */
	constructor(format: PlanFileFormat, columns: readonly string[], keys: readonly string[]) {
		this.#format = format;
		this.#columns = columns;
		this.#keys = keys;
	}

	/** Notes a row that fails, or is left out, before it is matched. */
	addOther(row: number, action: 'skip' | 'fail', issues: readonly Issue[]): void {
		const line: PlanLine = {
			row,
			action,
			code: [...new Set(issues.map(({ code }) => code))].join(' '),
			message: issues.map(({ message }) => message).join('; '),
		};
		this.#others
			.statement('insert into others values (?, ?, ?)')
			.run(row, this.#seq++, JSON.stringify(line));
	}

	/** Writes the file: the rows that were matched, in their order, and the others between them. */
	async write(source: PlanSource): Promise<PlanFile> {
		const folder = await fs.mkdtemp(join(tmpdir(), 'data-import-plan-'));
		const path = join(folder, 'plan');
		const dispose = async () => await fs.rm(folder, { recursive: true, force: true });
		try {
			const handle = await fs.open(path, 'ax', 0o600);
			try {
				for await (const text of this.#text(source)) await handle.appendFile(text);
			} finally {
				await handle.close();
			}
		} catch (error) {
			await dispose();
			throw error;
		}
		return {
			fileName: `plan.${this.#format}`,
			mediaType: this.#format === 'csv' ? 'text/csv' : 'application/x-ndjson',
			bytes: () => createReadStream(path),
			dispose,
		};
	}

	close(): void {
		this.#others.close();
	}

	async *#text(source: PlanSource): AsyncGenerator<string> {
		if (this.#format === 'csv') yield `\uFEFF${csv([this.#header])}`;
		for await (const lines of this.#lines(source)) {
			yield this.#format === 'csv'
				? csv(lines.map((line) => this.#cells(line)))
				: lines.map((line) => `${JSON.stringify(line)}\n`).join('');
		}
	}

	async *#lines({ session, rowOf, describe }: PlanSource): AsyncGenerator<PlanLine[]> {
		const others = this.#seq === 0 ? undefined : this.#otherLines();
		let other = others?.next().value;
		for (let after = 0; ;) {
			const rows = await session.planned(EVERY_ACTION, PAGE_ROWS, after);
			const last = rows.at(-1);
			if (last === undefined) break;
			after = last.number;
			const failing = rows.filter(({ action }) => action === 'fail');
			const issues = (await describe(failing))[Symbol.iterator]();
			const lines: PlanLine[] = [];
			for (const planned of rows) {
				const row = rowOf(planned.number);
				while (other !== undefined && other.row < row) {
					lines.push(other);
					other = others?.next().value;
				}
				const issue = planned.action === 'fail' ? issues.next().value : undefined;
				lines.push(this.#line(planned, row, issue));
			}
			yield lines;
		}
		for (; other !== undefined; other = others?.next().value) yield [other];
	}

	*#otherLines(): Generator<PlanLine, undefined> {
		const select = this.#others.statement('select line from others order by row_no, seq');
		for (const { line } of select.iterate()) yield JSON.parse(String(line)) as PlanLine;
		return undefined;
	}

	#line(planned: PlannedRow, row: number, issue: Issue | undefined): PlanLine {
		const { action, rule, score, code, values, before, record, why } = planned;
		const key = this.#keys.map((name) => `${name} = ${textOf(values[name])}`).join(', ');
		const changed = Object.keys(before ?? {}).map((name) => [name, values[name]] as const);
		return {
			row,
			action,
			...(rule !== undefined && { rule }),
			...(score !== undefined && { score }),
			...(key !== '' && { key }),
			...(record && { record }),
			...(code !== undefined && { code }),
			...(issue && { message: issue.message }),
			...(why && { why: reasonText(why) }),
			...(action === 'update' && { before, after: Object.fromEntries(changed) }),
			...(action === 'insert' && { after: values }),
		};
	}

	get #header(): string[] {
		const fixed = ['row', 'action', 'rule', 'score', 'key', 'record', 'code', 'message', 'why'];
		return [...fixed, ...this.#columns.flatMap((name) => [`${name} before`, `${name} after`])];
	}

	#cells(line: PlanLine): string[] {
		const { row, action, rule, score, key, record, code, message, why, before, after } = line;
		const ids = Object.entries(record ?? {}).map(([name, id]) => `${name} = ${textOf(id)}`);
		return [
			...[row, action, rule, score, key, ids.join(', '), code, message, why].map(textOf),
			...this.#columns.flatMap((name) => [textOf(before?.[name]), textOf(after?.[name])]),
		];
	}
}

const csv = (lines: string[][]): string =>
	lines.length === 0 ? '' : `${Papa.unparse(lines, { newline: '\r\n' })}\r\n`;

function textOf(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}
