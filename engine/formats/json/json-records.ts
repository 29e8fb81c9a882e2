import { ReadRow, type Cell, type Column, type RawBatch } from '../../dataset';
import { issue, quoteValue } from '../../issues';
import { flattenRecord } from './parse-json';

/** Records whose keys make the columns. */
export const SAMPLE_RECORDS = 1000;

/** The columns of JSON records: every key of the first records, in the order in which they first appear. */
export class RecordColumns {
	readonly #index = new Map<string, number>();

	learn(record: unknown): void {
		for (const name of flattenRecord(record).keys()) {
			if (!this.#index.has(name)) this.#index.set(name, this.#index.size);
		}
	}

	get columns(): Column[] {
		return [...this.#index.keys()].map((name) => ({ name }));
	}
}

/** Lays JSON records out as rows under fixed columns. */
export class RecordShape {
	readonly #index: ReadonlyMap<string, number>;

	constructor(columns: readonly Column[]) {
		this.#index = new Map(columns.map(({ name }, index) => [name, index]));
	}

	/** A key that the columns do not have is not dropped: such a record is rejected. */
	add(batch: RawBatch, number: number, record: unknown): void {
		const cells = new Array<Cell>(this.#index.size).fill(null);
		const unknown: string[] = [];
		for (const [name, value] of flattenRecord(record)) {
			const index = this.#index.get(name);
			if (index !== undefined) cells[index] = value;
			else if (value !== null && value !== '') unknown.push(name);
		}
		if (unknown.length === 0) batch.rows.push(new ReadRow(number, cells));
		else rejectUnknownKeys(batch, number, record, unknown);
	}
}

function rejectUnknownKeys(batch: RawBatch, row: number, record: unknown, keys: string[]): void {
	const message = `Record ${row} holds ${keys.map((key) => `"${key}"`).join(', ')}, which the first ${SAMPLE_RECORDS} records do not have`;
	batch.rejected.push({
		number: row,
		source: [],
		raw: JSON.stringify(record),
		outcome: 'failed',
		issues: [issue('ROW_LONG', message, { row, column: keys[0], value: quoteValue(record) })],
	});
}
