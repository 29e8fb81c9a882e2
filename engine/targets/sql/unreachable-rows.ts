import { issue } from '../../issues';
import type { RefusedRow } from '../target';

/** A row of the file that refers to another one, for which there is no record. */
export interface WaitingEdge {
	row: number;
	/** The row that it refers to. */
	to: number;
	/** Whether that row is to be written. */
	isWritten: boolean;
	column: string;
	/** What the row says of the record that it refers to, as an issue quotes it. */
	value: string;
}

/** Rows that refer to each other in a circle, and rows that lead to such a circle or to a row that is not written. */
export class UnreachableRows {
	/** Those that may be at fault: a row that is referred to and is not among them is written before. */
	readonly #edges = new Map<number, WaitingEdge[]>();

	/** Rows that fail for another reason. */
	readonly #known: ReadonlySet<number>;

	/** The circle that a row is in. */
	readonly #circles = new Map<number, readonly number[]>();

	constructor(edges: readonly WaitingEdge[], known: ReadonlySet<number>) {
		this.#known = known;
		const rows = new Set(edges.map(({ row }) => row));
		for (const edge of edges) {
			if (edge.isWritten && !rows.has(edge.to)) continue;
			const others = this.#edges.get(edge.row);
			if (others === undefined) this.#edges.set(edge.row, [edge]);
			else others.push(edge);
		}
		this.#findCircles();
	}

	/** What is wrong with each of them. */
	refused(): RefusedRow[] {
		return [...this.#edges].flatMap(([row, edges]) => {
			const [edge] = edges;
			if (edge === undefined || this.#known.has(row)) return [];
			const circle = this.#circles.get(row);
			if (circle !== undefined) return [inCircle(edge, circle)];
			const failed = edges.find(({ isWritten }) => !isWritten) ?? edge;
			return [UnreachableRows.parentFailed(failed)];
		});
	}

	static parentFailed({ row, to, column, value }: Omit<WaitingEdge, 'isWritten'>): RefusedRow {
		const tell = (rowOf: (staged: number) => number) =>
			`Row ${rowOf(row)} refers to ${value} in ${column}, which row ${rowOf(to)} would bring; that row is not written`;
		const fields = { severity: 'error', row, field: column, value } as const;
		const found = issue(
			'REFERENCE_PARENT_FAILED',
			tell((number) => number),
			fields,
		);
		return { number: row, issue: found, tell };
	}

	/** Follows the rows, each one way after the other, until one comes that is on the way already. */
	#findCircles(): void {
		const done = new Set<number>();
		for (const start of this.#edges.keys()) {
			const way: number[] = [start];
			const places = new Map([[start, 0]]);
			const tried = [0];
			while (way.length > 0) {
				const row = way.at(-1) ?? start;
				const at = tried.length - 1;
				const next = done.has(row) ? undefined : this.#edges.get(row)?.[tried[at] ?? 0];
				if (next === undefined) {
					done.add(row);
					places.delete(row);
					way.pop();
					tried.pop();
					continue;
				}
				tried[at] = (tried[at] ?? 0) + 1;
				const place = next.isWritten ? places.get(next.to) : undefined;
				if (place !== undefined) this.#close(way.slice(place));
				else if (next.isWritten) {
					places.set(next.to, way.length);
					way.push(next.to);
					tried.push(0);
				}
			}
		}
	}

	#close(circle: readonly number[]): void {
		for (const [place, row] of circle.entries()) {
			if (this.#circles.has(row)) continue;
			this.#circles.set(row, [...circle.slice(place), ...circle.slice(0, place)]);
		}
	}
}

/** A message names so many rows of a circle. */
const NAMED_ROWS = 10;

function inCircle({ row, column, value }: WaitingEdge, circle: readonly number[]): RefusedRow {
	const named = circle.length > NAMED_ROWS ? circle.slice(0, NAMED_ROWS - 1) : circle;
	const tell = (rowOf: (staged: number) => number) => {
		const steps = [...named, row].map((number) => `row ${rowOf(number)}`);
		if (named.length < circle.length) steps.splice(-1, 0, `… (${circle.length} rows)`);
		return `No row of a circle can be written before the others: ${steps.join(' -> ')}`;
	};
	const fields = { severity: 'error', row, field: column, value } as const;
	const found = issue(
		'REFERENCE_CYCLE',
		tell((number) => number),
		fields,
	);
	return { number: row, issue: found, tell };
}
