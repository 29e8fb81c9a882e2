import { issue, quoteValue } from '../../issues';
import type { RefusedRecord, TableDescription } from '../target';
import type { Absence } from './absence';
import { RowsWithheld, type LoadConnection } from './load-connection';

/** Records that are written by one statement once the statement for all of them was refused. */
const RETRY_RECORDS = 1000;

/** So many refused records are listed with their reason. */
const MOST_LISTED = 1000;

const POINT = 'data_import_absence';

/** What became of absent records. */
export interface AbsenceOutcome {
	done: number;
	refused: number;
	/** The first of those that were refused. */
	listed: RefusedRecord[];
}

/**
 * Deletes absent records or sets their values by one statement. Where the database refuses it, they are divided until the
 * record that cannot go stands alone.
 */
export class AbsenceWriting {
	readonly #connection: LoadConnection;

	readonly #absence: Absence;

	readonly #table: TableDescription;

	constructor(connection: LoadConnection, absence: Absence, table: TableDescription) {
		this.#connection = connection;
		this.#absence = absence;
		this.#table = table;
	}

	/** @param records how many there are */
	async write(records: number): Promise<AbsenceOutcome> {
		if (records === 0) return { done: 0, refused: 0, listed: [] };
		let refused = await this.#write(1, records);
		// a record that another one referred to may go once that one is gone
		for (let before = records; refused.length > 0 && refused.length < before;) {
			before = refused.length;
			const left: Refusal[] = [];
			for (const { place } of refused) left.push(...(await this.#write(place, place)));
			refused = left;
		}
		const listed: RefusedRecord[] = [];
		for (const refusal of refused.slice(0, MOST_LISTED)) listed.push(await this.#explain(refusal));
		return { done: records - refused.length, refused: refused.length, listed };
	}

	async #write(first: number, last: number): Promise<Refusal[]> {
		const failure = await this.#connection.attempt(POINT, () => this.#tryWrite(first, last));
		if (failure === undefined) return [];
		if (first === last) return [{ place: first, cause: failure.error }];
		const count = last - first + 1;
		const size = count > RETRY_RECORDS ? RETRY_RECORDS : Math.ceil(count / 2);
		const refused: Refusal[] = [];
		for (let start = first; start <= last; start += size) {
			refused.push(...(await this.#write(start, Math.min(last, start + size - 1))));
		}
		return refused;
	}

	async #tryWrite(first: number, last: number): Promise<void> {
		const range = { first, last };
		const { changes } = await this.#connection.run(this.#absence.apply(range));
		const expected = last - first + 1;
		if (changes === expected) return;
		// what went with another record is gone as well
		const { rows } = await this.#connection.run(this.#absence.countThere(range));
		const there = Number(rows[0]?.n);
		const kept = this.#absence.action === 'delete' ? there : there - changes;
		if (kept > 0) throw new RowsWithheld(kept);
	}

	async #explain({ place, cause }: Refusal): Promise<RefusedRecord> {
		const { rows } = await this.#connection.run(this.#absence.list(place - 1, 1));
		const record = this.#absence.recordOf(rows[0] ?? {});
		const { code, message } =
			cause instanceof RowsWithheld
				? { code: 'WRITE_REFUSED' as const, message: cause.message }
				: this.#connection.dialect.explain(cause, this.#table);
		const isReferred = code === 'WRITE_FOREIGN_KEY' && record.action === 'delete';
		const reason = cause instanceof Error ? cause.message : String(cause);
		return {
			...record,
			issue: isReferred
				? issue('WRITE_REFERENCED', `Other records refer to the record (${quoteValue(reason)})`)
				: issue(code, message, { severity: 'error' }),
		};
	}
}

interface Refusal {
	/** Number among the absent records. */
	place: number;
	cause: unknown;
}
