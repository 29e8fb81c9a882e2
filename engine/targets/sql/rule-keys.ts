import { isExact, type MatchRule } from '../../matching';
import type { ColumnDescription, StagedRow, StagedValue, TableDescription } from '../target';
import type { LoadConnection } from './load-connection';
import type { LoadStatements } from './load-statements';
import { KEYS } from './plan-tables';
import { keyReader, type KeyReader } from './record-keys';

const RECORDS_AT_ONCE = 10_000;

interface KeyRule {
	/** The columns of the rule, and where they stand among the written ones. */
	columns: readonly ColumnDescription[];
	places: readonly number[];
	keyOf: KeyReader;
}

/** The keys of rows and records under the rules whose keys are not the columns themselves. */
export class RuleKeys {
	readonly #rules: readonly KeyRule[];

	/** @param written the columns of the load */
	constructor(match: readonly MatchRule[], written: readonly ColumnDescription[]) {
		this.#rules = match
			.filter((rule) => !isExact(rule))
			.map((rule) => {
				const places = rule.fields.map(({ column }) =>
					written.findIndex(({ name }) => name === column),
				);
				const columns = places.flatMap((place) => written[place] ?? []);
				return { columns, places, keyOf: keyReader(rule, columns) };
			});
	}

	get count(): number {
		return this.#rules.length;
	}

	/** Adds the keys of a row behind its values. Undefined where there are none. */
	get complete(): ((values: StagedValue[]) => void) | undefined {
		if (this.#rules.length === 0) return undefined;
		return (values) => {
			const keys = this.#rules.map(({ places, keyOf }) =>
				keyOf(places.map((place) => values[place] ?? null)),
			);
			values.push(...keys);
		};
	}

	/** Reads the records of the table and keeps the key of each under every rule, with its identity. */
	async collect(
		connection: LoadConnection,
		statements: LoadStatements,
		table: TableDescription,
		identity: readonly ColumnDescription[],
	): Promise<void> {
		for (const [index, { columns, keyOf }] of this.#rules.entries()) {
			const name = `${KEYS}_${index}`;
			await connection.run(connection.dialect.createStage(name, table, identity, 1));
			let number = 0;
			for await (const records of allRecords(connection, statements, columns, identity)) {
				const keys: StagedRow[] = [];
				for (const record of records) {
					const key = keyOf(columns.map((_, i) => record[`v${i}`] as StagedValue));
					if (key === null) continue;
					const id = identity.map((_, i) => record[`i${i}`] as StagedValue);
					keys.push({ number: ++number, values: [...id, key] });
				}
				await connection.appendAll(name, keys);
			}
			await connection.index(name, ['k0']);
			await connection.analyze(name);
		}
	}
}

/** All records of the table, page by page in the order of their identity: `i0`, ... and the values `v0`, ... */
export async function* allRecords(
	connection: LoadConnection,
	statements: LoadStatements,
	columns: readonly ColumnDescription[],
	identity: readonly ColumnDescription[],
) {
	for (let last: unknown[] | undefined; ;) {
		const { rows } = await connection.run(
			statements.records(columns, identity, last, RECORDS_AT_ONCE),
		);
		yield rows;
		const end = rows.at(-1);
		if (end === undefined || rows.length < RECORDS_AT_ONCE) return;
		last = identity.map((_, i) => end[`i${i}`]);
	}
}
