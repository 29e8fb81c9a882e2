import type { Issue, IssueCode } from '../issues';

/** Equal issues taken together: one line for 312 rows that all say "Deutchland". */
export interface IssueGroup {
	code: IssueCode;
	column?: string;
	value?: string;
	rows: number;
	/** The first rows, up to five. */
	first: number[];
	message: string;
}

const MAX_GROUPS = 1000;
const FIRST_ROWS = 5;

/** Counts issues by code, column and value, in memory that does not grow with the rows. */
export class IssueGroups {
	readonly #groups = new Map<string, IssueGroup>();

	readonly #codes = new Map<IssueCode, number>();

	/** @param rows how many rows the issue stands for */
	add(issue: Issue, rows = 1): void {
		this.#codes.set(issue.code, (this.#codes.get(issue.code) ?? 0) + rows);
		const column = issue.field ?? issue.column;
		const exact = JSON.stringify([issue.code, column, issue.value]);
		// with very many different values those that come late are counted by column alone
		const full = this.#groups.size >= MAX_GROUPS && !this.#groups.has(exact);
		const key = full ? JSON.stringify([issue.code, column]) : exact;
		let group = this.#groups.get(key);
		if (group === undefined) {
			group = { code: issue.code, rows: 0, first: [], message: issue.message };
			if (column !== undefined) group.column = column;
			if (!full && issue.value !== undefined) group.value = issue.value;
			this.#groups.set(key, group);
		}
		group.rows += rows;
		if (issue.row !== undefined && group.first.length < FIRST_ROWS) group.first.push(issue.row);
	}

	/** A number of rows with the same code of which nothing more is known. */
	addRows(code: IssueCode, rows: number): void {
		this.#codes.set(code, (this.#codes.get(code) ?? 0) + rows);
	}

	get byCode(): Partial<Record<IssueCode, number>> {
		return Object.fromEntries(this.#codes);
	}

	/** The groups with the most rows. */
	largest(limit: number): IssueGroup[] {
		return [...this.#groups.values()].sort((a, b) => b.rows - a.rows).slice(0, limit);
	}
}
