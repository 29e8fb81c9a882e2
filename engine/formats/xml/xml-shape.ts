import type { Cell, RawBatch } from '../../dataset';
import { ReadRow } from '../../dataset/read-row';
import { rejectUnknownNames, type LongRecords } from '../records';
import { shortName } from './column-names';
import { fillPlainRecord, recordValues, type RecordElement } from './xml-record';

/** Lays XML records out as rows under fixed columns. */
export class XmlShape {
	readonly #index: ReadonlyMap<string, number>;

	readonly #lists: ReadonlySet<string>;

	/** The path of each column, undefined for a list. */
	readonly #plainPaths: ReadonlyArray<string | undefined>;

	readonly #longRows: LongRecords;

	/** A row without values, of which each row is a copy. */
	readonly #noCells: readonly Cell[];

	/**
	 * @param paths path of each column (see `recordValues`)
	 * @param lists paths of the elements that repeat inside a record
	 */
	constructor(paths: readonly string[], lists: readonly string[], longRows?: LongRecords) {
		this.#longRows = longRows;
		this.#index = new Map(paths.map((path, index) => [path, index]));
		this.#lists = new Set(lists);
		this.#plainPaths = paths.map((path) => (this.#lists.has(path) ? undefined : path));
		this.#noCells = paths.map(() => null);
	}

	/** A value whose path the columns do not have is not dropped: such a record is rejected. */
	add(batch: RawBatch, number: number, record: RecordElement): void {
		let cells = this.#noCells.slice();
		if (fillPlainRecord(cells, record, this.#plainPaths)) {
			batch.rows.push(new ReadRow(number, cells));
			return;
		}
		cells = this.#noCells.slice();
		const values = recordValues(record, this.#lists);
		let unknown: string[] | undefined;
		for (const [path, value] of values) {
			const index = this.#index.get(path);
			if (index !== undefined) cells[index] = value;
			else if (value !== null && value !== '') (unknown ??= []).push(shortName(path));
		}
		if (unknown === undefined) batch.rows.push(new ReadRow(number, cells));
		else rejectUnknownNames(batch, number, asText(values), unknown, this.#longRows);
	}
}

function asText(values: ReadonlyMap<string, Cell>): string {
	return JSON.stringify(
		Object.fromEntries([...values].map(([path, value]) => [shortName(path), value])),
	);
}
