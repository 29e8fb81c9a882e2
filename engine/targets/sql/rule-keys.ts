import { sql } from 'kysely';
import { isExact, rowTest, type MatchRule, type RecordCondition } from '../../matching';
import type { ColumnDescription, StagedRow, StagedValue, TableDescription } from '../target';
import { placesOfRules } from './key-places';
import type { LoadConnection } from './load-connection';
import type { LoadStatements } from './load-statements';
import { cell, key, KEYS, STAGE } from './plan-tables';
import { keyReader, type KeyReader } from './record-keys';

const RECORDS_AT_ONCE = 10_000;

interface KeyRule {
	/** The columns of the rule, and where they stand among the written ones. */
	columns: readonly ColumnDescription[];
	places: readonly number[];
	/** Undefined where the database compares the columns themselves. */
	keyOf?: KeyReader;
	/** Records need only be alike: no record is found by its key. */
	isSimilarity: boolean;
	/** Positions of the columns that say whether the rule is for a row. */
	tested: readonly number[];
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
			const tested = rule.rows === undefined ? [] : [placeOf(rule.rows.column)];
			return {
				columns,
				places,
				tested,
				isSimilarity: rule.similarity !== undefined,
				records: rule.records,
				...(!isExact(rule) && { keyOf: keyReader(rule, columns) }),
				...(test && { isFor: (values) => test(values[tested[0] ?? -1] ?? null) }),
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
			const keys = this.#rules.map((rule) => keyUnder(rule, values));
			values.push(...keys);
		};
	}

	/**
	 * Makes the keys of staged rows anew, of rules with columns whose values have changed since the rows were staged.
	 *
	 * @param changed positions of those columns
	 */
	async remake(
		connection: LoadConnection,
		table: TableDescription,
		changed: ReadonlySet<number>,
	): Promise<void> {
		for (const [index, rule] of this.#rules.entries()) {
			if ([...rule.places, ...rule.tested].some((place) => changed.has(place))) {
				await remakeKeys(connection, table, rule, index);
			}
		}
	}

	/** Reads the records of the table and keeps the key of each under every rule, with its identity. */
	async collect(
		connection: LoadConnection,
		statements: LoadStatements,
		table: TableDescription,
		identity: readonly ColumnDescription[],
	): Promise<void> {
		for (const [index, rule] of this.#rules.entries()) {
			const { columns, keyOf, isSimilarity, records: condition } = rule;
			if (keyOf === undefined || isSimilarity) continue;
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

/** The key of a row under a rule; null where it has none, or the rule is not for it. */
function keyUnder({ places, keyOf, isFor }: KeyRule, values: readonly StagedValue[]): StagedValue {
	if (isFor?.(values) === false) return null;
	return keyOf === undefined ? APPLIES : keyOf(places.map((place) => values[place] ?? null));
}

async function remakeKeys(
	connection: LoadConnection,
	table: TableDescription,
	rule: KeyRule,
	index: number,
): Promise<void> {
	const { dialect } = connection;
	const stage = dialect.temporary(STAGE);
	const name = `${KEYS}_remade_${index}`;
	const looked = [...new Set([...rule.places, ...rule.tested])];
	const cells = looked.map((place) => sql`s.${cell(place)} as ${cell(place)}`);
	await connection.run(dialect.createStage(name, table, [], 1));
	for (let after = 0; ;) {
		const { rows } = await connection.run(
			sql`select s.row_no as row_no, ${sql.join(cells)} from ${stage} s where s.row_no > ${sql.lit(after)} order by s.row_no limit ${sql.lit(RECORDS_AT_ONCE)}`,
		);
		const keys = rows.map((row) => {
			const values: StagedValue[] = [];
			for (const place of looked) values[place] = row[`c${place}`] as StagedValue;
			return { number: Number(row.row_no), values: [keyUnder(rule, values)] };
		});
		await connection.appendAll(name, keys);
		after = keys.at(-1)?.number ?? after;
		if (rows.length < RECORDS_AT_ONCE) break;
	}
	await connection.index(name, ['row_no']);
	await connection.analyze(name);
	await connection.run(
		dialect.updateJoined({
			table: stage,
			assignments: [{ column: `k${index}`, value: sql`r.${key(0)}` }],
			from: sql`${dialect.temporary(name)} r`,
			where: sql`r.row_no = t.row_no`,
		}),
	);
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
