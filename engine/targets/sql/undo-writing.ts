import { issue, type Issue } from '../../issues';
import type { TableDescription } from '../target';
import type { RefusedUndo } from '../undo';
import { RowsWithheld, type LoadConnection } from './load-connection';
import type { RowRange } from './load-statements';
import type { UndoStatements } from './undo-statements';

/** Entries that are undone by one statement once the statement for all of them was refused. */
const RETRY_ENTRIES = 1000;

const UNDO_POINT = 'data_import_undoing';

/** Records to be deleted, in the first turn or in a later one, and to be restored. */
type WrittenLetter = 'D' | 'T' | 'R';

/**
 * Deletes and restores by one statement each. Where the database refuses it, its entries are divided until the one at fault
 * stands alone.
 */
export class UndoWriting {
	readonly #connection: LoadConnection;

	readonly #statements: UndoStatements;

	readonly #table: TableDescription;

	constructor(connection: LoadConnection, statements: UndoStatements, table: TableDescription) {
		this.#connection = connection;
		this.#statements = statements;
		this.#table = table;
	}

	/**
	 * Records that refer to each other are deleted in the order that the database lets them be: what was refused is tried
	 * again as long as that helps.
	 */
	async delete(): Promise<RefusedUndo[]> {
		for (let refused = await this.#write('D'); ;) {
			if (refused.length === 0) return [];
			for (const { entry } of refused) await this.#connection.run(this.#statements.retry(entry));
			const again = await this.#write('T');
			await this.#connection.run(this.#statements.endTurn);
			if (again.length === refused.length) return again;
			refused = again;
		}
	}

	async restore(): Promise<RefusedUndo[]> {
		return await this.#write('R');
	}

	async #write(letter: WrittenLetter): Promise<RefusedUndo[]> {
		const { rows } = await this.#connection.run(this.#statements.countRange(letter));
		const planned = Number(rows[0]?.entries);
		if (planned === 0) return [];
		const failure = await this.#try(letter, planned);
		if (failure === undefined) return [];
		const range = { first: Number(rows[0]?.first_row), last: Number(rows[0]?.last_row) };
		return await this.#writeParts(letter, range, planned, failure.error);
	}

	async #writeParts(
		letter: WrittenLetter,
		range: RowRange,
		planned: number,
		cause: unknown,
	): Promise<RefusedUndo[]> {
		if (planned === 1) return [await this.#refused(letter, range, cause)];
		const refused: RefusedUndo[] = [];
		const size = planned > RETRY_ENTRIES ? RETRY_ENTRIES : Math.ceil(planned / 2);
		// the ends of the parts first: what is refused leaves the plan
		const parts: Array<RowRange & { count: number }> = [];
		for (let first = range.first, done = 0; done < planned; done += size) {
			const count = Math.min(size, planned - done);
			const last = await this.#rowAt(letter, { first, last: range.last }, count - 1);
			parts.push({ first, last, count });
			first = last + 1;
		}
		for (const part of parts) {
			const failure = await this.#try(letter, part.count, part);
			if (failure === undefined) continue;
			refused.push(...(await this.#writeParts(letter, part, part.count, failure.error)));
		}
		return refused;
	}

	async #try(letter: WrittenLetter, planned: number, range?: RowRange) {
		return await this.#connection.attempt(UNDO_POINT, async () => {
			const statement =
				letter === 'R' ? this.#statements.restore(range) : this.#statements.delete(letter, range);
			const { changes } = await this.#connection.run(statement);
			if (changes !== planned) throw new RowsWithheld(planned - changes);
		});
	}

	async #rowAt(letter: WrittenLetter, range: RowRange, skipped: number): Promise<number> {
		const { rows } = await this.#connection.run(this.#statements.rowAt(letter, range, skipped));
		return Number(rows[0]?.row_no ?? range.last);
	}

	async #refused(letter: WrittenLetter, range: RowRange, cause: unknown): Promise<RefusedUndo> {
		const entry = await this.#rowAt(letter, range, 0);
		await this.#connection.run(this.#statements.refuse(entry));
		const action = letter === 'R' ? 'restore' : 'delete';
		return { entry, action, issue: this.#reason(letter, cause) };
	}

	#reason(letter: WrittenLetter, cause: unknown): Issue {
		if (cause instanceof RowsWithheld) {
			return issue('WRITE_REFUSED', cause.message, { severity: 'error' });
		}
		const { code, message, field } = this.#connection.dialect.explain(cause, this.#table);
		return letter !== 'R' && code === 'WRITE_FOREIGN_KEY'
			? issue('UNDO_REFERENCED', `Other records refer to the record (${message})`, {
					severity: 'error',
				})
			: issue(code, message, { severity: 'error', field });
	}
}
