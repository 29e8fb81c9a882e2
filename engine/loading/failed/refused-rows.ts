import { SpillFile, type Row } from '../../dataset';
import type { Issue } from '../../issues';
import type { FailedRow } from './failed-rows';

/** So many issues stay in memory; beyond, all lie in a temporary file. */
const ISSUES_IN_MEMORY = 5000;

/** Row numbers are remembered by a bit each, in pieces of so many. */
const ROWS_IN_PIECE = 256 * 1024;

const SCHEMA =
	'create table issues (row_no integer, seq integer, issue text, primary key (row_no, seq)) without rowid';

/** Why rows fail whose cells were not kept, in memory that does not grow with them but for a bit for each row of the file. */
export class RefusedRows {
	#memory: Map<number, Issue[]> | undefined = new Map();

	readonly #file = new SpillFile(SCHEMA);

	readonly #pieces = new Map<number, Uint32Array>();

	#issues = 0;

	/** How many rows there are. */
	size = 0;

	/** How many issues are kept in memory. */
	get held(): number {
		return this.#memory === undefined ? 0 : this.#issues;
	}

	has(row: number): boolean {
		const piece = this.#pieces.get(Math.floor(row / ROWS_IN_PIECE));
		const place = row % ROWS_IN_PIECE;
		return piece !== undefined && (((piece[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
	}

	add(row: number, found: Issue): void {
		this.#mark(row);
		this.#issues++;
		if (this.#memory === undefined) {
			this.#store(row, found);
			return;
		}
		const known = this.#memory.get(row);
		if (known === undefined) this.#memory.set(row, [found]);
		else known.push(found);
		if (this.#issues > ISSUES_IN_MEMORY) this.#spill(this.#memory);
	}

	/** A row of the source, with why it fails. */
	failedRow({ number, cells }: Row): FailedRow {
		return { number, source: cells, issues: this.#issuesOf(number) };
	}

	close(): void {
		this.#memory = undefined;
		this.#file.close();
	}

	#issuesOf(row: number): Issue[] {
		if (this.#memory !== undefined) return this.#memory.get(row) ?? [];
		return this.#file
			.statement('select issue from issues where row_no = ? order by seq')
			.all(row)
			.map(({ issue }) => JSON.parse(String(issue)) as Issue);
	}

	#mark(row: number): void {
		if (this.has(row)) return;
		this.size++;
		const key = Math.floor(row / ROWS_IN_PIECE);
		const piece = this.#pieces.get(key) ?? new Uint32Array(ROWS_IN_PIECE / 32);
		this.#pieces.set(key, piece);
		const place = row % ROWS_IN_PIECE;
		piece[place >>> 5] = (piece[place >>> 5] ?? 0) | (1 << (place & 31));
	}

	#spill(issues: ReadonlyMap<number, Issue[]>): void {
		for (const [row, found] of issues) for (const one of found) this.#store(row, one);
		this.#memory = undefined;
	}

	#seq = 0;

	#store(row: number, found: Issue): void {
		this.#file
			.statement('insert into issues values (?, ?, ?)')
			.run(row, this.#seq++, JSON.stringify(found));
	}
}
