import { isExact, rowTest, type MatchRule, type RecordCondition } from '../../matching';
import type { ColumnDescription, StagedRow, StagedValue, TableDescription } from '../target';
import { placesOfRules } from './key-places';
import type { LoadConnection } from './load-connection';
import type { LoadStatements } from './load-statements';
import { KEYS } from './plan-tables';
import { keyReader, type KeyReader } from './record-keys';

const RECORDS_AT_ONCE = 10_000;

interface KeyRule {
	/** The columns of the rule, and where they stand among the written ones. */
	columns: readonly ColumnDescription[];
	places: readonly number[];
	/** Undefined where the database compares the columns themselves. */
	keyOf?: KeyReader;
	/** Whether the rule is for a row. */
	isFor?: (values: readonly StagedValue[]) => boolean;
	records?: RecordCondition;
}

/** The keys of rows and records under the rules whose keys are not the columns themselves, and which rows rules are for. */
export class RuleKeys {
	/** Those that have a text behind the cells of a row, in the order of the texts. */
	readonly #rules: readonly KeyRule[];

	/** @param written the columns of the load */
	constructor(match: readonly MatchRule[], written: readonly ColumnDescription[]) {
		const placeOf = (column: string) => written.findIndex(({ name }) => name === column);
		const { places: texts } = placesOfRules(match);
		this.#rules = match.flatMap((rule, index) => {
			if (texts[index]?.key === undefined && texts[index]?.applies === undefined) return [];
			const places = rule.fields.map(({ column }) => placeOf(column));
			const columns = places.flatMap((place) => written[place] ?? []);
			const test = rule.rows && rowTest(rule.rows);
			const tested = placeOf(rule.rows?.column ?? '');
			return {
				columns,
				places,
				records: rule.records,
				...(!isExact(rule) && { keyOf: keyReader(rule, columns) }),
				...(test && { isFor: (values) => test(values[tested] ?? null) }),
			} satisfies KeyRule;
		});
	}

	get count(): number {
		return this.#rules.length;
	}

	/** Adds the keys of a row behind its values. Undefined where there are none. */
	get complete(): ((values: StagedValue[]) => void) | undefined {
		if (this.#rules.length === 0) return undefined;
		return (values) => {
			const keys = this.#rules.map(({ places, keyOf, isFor }) => {
				if (isFor?.(values) === false) return null;
				return keyOf === undefined ? APPLIES : keyOf(places.map((place) => values[place] ?? null));
			});
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
		for (const [index, { columns, keyOf, records: condition }] of this.#rules.entries()) {
			if (keyOf === undefined) continue;
			const name = `${KEYS}_${index}`;
			await connection.run(connection.dialect.createStage(name, table, identity, 1));
			let number = 0;
			const pages = allRecords(connection, statements, columns, identity, condition);
			for await (const records of pages) {
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

const APPLIES = '1';

/** All records of the table, page by page in the order of their identity: `i0`, ... and the values `v0`, ... */
export async function* allRecords(
	connection: LoadConnection,
	statements: LoadStatements,
	columns: readonly ColumnDescription[],
	identity: readonly ColumnDescription[],
	condition?: RecordCondition,
) {
	for (let last: unknown[] | undefined; ;) {
		const { rows } = await connection.run(
			statements.records(columns, identity, last, RECORDS_AT_ONCE, condition),
		);
		yield rows;
		const end = rows.at(-1);
		if (end === undefined || rows.length < RECORDS_AT_ONCE) return;
		last = identity.map((_, i) => end[`i${i}`]);
	}
}
