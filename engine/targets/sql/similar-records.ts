import { sql, type RawBuilder } from 'kysely';
import { ImportError, issue, type Issue } from '../../issues';
import {
	checkSimilarity,
	LONGEST_KEY,
	nameOfRule,
	SimilarityThread,
	type MatchRule,
	type RuleSimilarity,
	type SimilarMatch,
} from '../../matching';
import type { ColumnDescription, StagedRow, StagedValue, TableDescription } from '../target';
import type { SqlDialect } from './dialect';
import type { LoadConnection } from './load-connection';
import type { LoadStatements, RowRange } from './load-statements';
import { cell, key, MATCH, type CollectedTable } from './plan-tables';
import { plainValue } from './record-keys';
import { allRecords } from './rule-keys';

type Sql = RawBuilder<unknown>;

/** So many rows that no earlier rule decides, and so many records of the table, are compared at most. */
export const MOST_ROWS_COMPARED = 50_000;
export const MOST_RECORDS_COMPARED = 200_000;

/** Lists that are both no longer hold too little to learn from. */
const FEW = 20;

const ROWS_AT_ONCE = 5000;

/** The number of a match: the row's, times this, and its place among those of the row. */
const PLACES = 16;

/** The score in words is kept in so many parts, each as long as a key may be. */
const PARTS_OF_WORDS = 3;

/** How a row stands under the rule: `t` takes its best record, `p` proposes, `n` has several and asks the next rule. */
const enum Standing {
	Taken = 't',
	Proposed = 'p',
	Several = 'n',
}

/** The table of what rows are like under a rule. */
export const similarTableName = (rule: number): string => `${MATCH}_${rule}_similar`;

/** The table of the records that rows are like under a rule, best first, as they come from the comparison. */
export function similarTable(
	dialect: SqlDialect,
	table: TableDescription,
	identity: readonly ColumnDescription[],
	rule: number,
): CollectedTable {
	const name = similarTableName(rule);
	return {
		name,
		create: dialect.createStage(name, table, identity, 2 + PARTS_OF_WORDS),
		joinedBy: ['row_no'],
	};
}

/** For each row `s` that has any, its best record by this rule. */
export const bestMatches = (
	dialect: SqlDialect,
	stage: Sql,
	identity: readonly ColumnDescription[],
	rule: number,
): Sql =>
	sql`select s.row_no as row_no, case when r.${key(0)} = ${sql.lit(Standing.Several)} then 2 else 1 end as hits, case when r.${key(0)} = ${sql.lit(Standing.Taken)} then 0 else 1 end as proposed, cast(r.${key(1)} as decimal(7, 6)) as score, ${sql.join(identity.map((_, i) => sql`r.${cell(i)} as ${cell(i)}`))} from ${stage} s join ${dialect.temporary(similarTableName(rule))} r on r.row_no = s.row_no * ${sql.lit(PLACES)}`;

/** True for the matches `r` of the rows of a range. */
export const isMatchOf = ({ first, last }: RowRange): Sql =>
	sql`r.row_no between ${sql.lit(first * PLACES)} and ${sql.lit(last * PLACES + PLACES - 1)}`;

/** Which row a match `r` is for, and how alike row and record are: see `likenessOf`. */
export const likenessColumns: readonly Sql[] = [
	sql`r.row_no as match_no`,
	sql`r.${key(1)} as score`,
	...Array.from({ length: PARTS_OF_WORDS }, (_, i) => sql`r.${key(2 + i)} as ${sql.id(`w${i}`)}`),
];

/** Which row a match is for, and how alike row and record are, as a database gives them back. */
export function likenessOf(match: Record<string, unknown>) {
	const parts = Array.from({ length: PARTS_OF_WORDS }, (_, i) => textOf(match[`w${i}`]));
	return {
		row: Math.floor(Number(match.match_no) / PLACES),
		likeness: { score: Number(textOf(match.score)), why: parts.join('') },
	};
}

/** Keys are bytes to some databases. */
const textOf = (value: unknown): string =>
	Buffer.isBuffer(value) ? value.toString('utf8') : typeof value === 'string' ? value : '';

/** A rule by which records need only be alike. */
interface SimilarRule {
	/** Its place among the rules. */
	place: number;
	rule: MatchRule;
	similarity: RuleSimilarity;
	/** The columns that count, and where they stand among the written ones. */
	fields: Array<{ column: ColumnDescription; place: number; rule: MatchRule['fields'][number] }>;
}

/**
 * Finds the records that rows are like: rows that no earlier rule decides are compared with all records, on a thread of its
 * own, and what is found is brought to where the other rules find theirs.
 */
export class SimilarRecords {
	readonly #connection: LoadConnection;

	readonly #statements: LoadStatements;

	readonly #identity: readonly ColumnDescription[];

	readonly #rules: readonly SimilarRule[];

	/** What a person should know about the comparisons, by the place of the rule. */
	readonly #notes = new Map<number, Issue[]>();

	/**
	 * @param written the columns of the load
	 * @throws ImportError RUN_CONFIG
	 */
	constructor(
		connection: LoadConnection,
		statements: LoadStatements,
		match: readonly MatchRule[],
		written: readonly ColumnDescription[],
		identity: readonly ColumnDescription[],
	) {
		this.#connection = connection;
		this.#statements = statements;
		this.#identity = identity;
		this.#rules = match.flatMap((rule, place) => similarRule(rule, place, written));
	}

	/** @param signal ends a comparison that is under way */
	fillTables(signal: AbortSignal | undefined): void {
		for (const rule of this.#rules) {
			this.#connection.fillBy(similarTableName(rule.place), () => this.#fill(rule, signal));
		}
	}

	get notes(): Issue[] {
		return [...this.#notes.values()].flat();
	}

	async #fill(rule: SimilarRule, signal: AbortSignal | undefined): Promise<void> {
		this.#notes.delete(rule.place);
		const columns = rule.fields.map(({ column }) => column);
		const undecided = this.#statements.undecided(rule.place);
		const [rows, records] = await this.#measure(rule, undecided);
		if (rows === 0 || records === 0) return;
		const thread = new SimilarityThread({ signal });
		try {
			await this.#sendRows(thread, rule, undecided);
			for await (const page of allRecords(
				this.#connection,
				this.#statements,
				columns,
				this.#identity,
			)) {
				await thread.addRecords(page.map((record) => this.#listed(record, columns)));
			}
			const notes = await thread.compare({
				fields: rule.fields.map(({ column, rule: { kind, weight, country } }) => ({
					name: column.name,
					type: kind ?? column.type,
					weight,
					country,
				})),
				threshold: rule.similarity.threshold,
				possible: rule.similarity.possible,
			});
			this.#notes.set(rule.place, notesOf(rule, notes, Math.max(rows, records) <= FEW));
			for await (const matches of thread.matches()) await this.#take(rule, matches);
		} finally {
			await thread.close();
		}
	}

	/** @returns how many rows and records there are @throws ImportError RUN_LIMIT */
	async #measure({ rule }: SimilarRule, undecided: Sql): Promise<[rows: number, records: number]> {
		const counted = async (from: Sql, most: number, what: string): Promise<number> => {
			const { rows } = await this.#connection.run(
				sql`select count(*) as counted from (select 1 as one ${from} limit ${sql.lit(most + 1)}) l`,
			);
			const count = Number(rows[0]?.counted);
			if (count <= most) return count;
			throw new ImportError(
				'RUN_LIMIT',
				`The match rule "${nameOfRule(rule)}" would compare more than ${most} ${what}`,
				{
					hint: `At most ${MOST_ROWS_COMPARED} rows are compared with at most ${MOST_RECORDS_COMPARED} records. Put rules before it that find most records by what is the same, such as the e-mail address; import the file in parts; or import into a table or a view that holds only the records in question.`,
				},
			);
		};
		const rows = await counted(undecided, MOST_ROWS_COMPARED, 'rows');
		if (rows === 0) return [0, 0];
		const from = this.#statements.fromTable;
		return [rows, await counted(from, MOST_RECORDS_COMPARED, 'records of the table')];
	}

	async #sendRows(thread: SimilarityThread, { fields }: SimilarRule, from: Sql): Promise<void> {
		const values = fields.map(({ place }, i) => sql`s.${cell(place)} as ${sql.id(`v${i}`)}`);
		const columns = fields.map(({ column }) => column);
		for (let after = 0; ;) {
			const { rows } = await this.#connection.run(
				sql`select s.row_no as row_no, ${sql.join(values)} ${from} and s.row_no > ${sql.lit(after)} order by s.row_no limit ${sql.lit(ROWS_AT_ONCE)}`,
			);
			await thread.addRows(
				rows.map((row) => ({ id: [Number(row.row_no)], values: valuesOf(row, columns) })),
			);
			after = Number(rows.at(-1)?.row_no ?? after);
			if (rows.length < ROWS_AT_ONCE) return;
		}
	}

	#listed(record: Record<string, unknown>, columns: readonly ColumnDescription[]) {
		const id = this.#identity.map((_, i) => record[`i${i}`] as StagedValue);
		return { id, values: valuesOf(record, columns) };
	}

	async #take(rule: SimilarRule, matches: readonly SimilarMatch[]): Promise<void> {
		const rows = matches.map(({ row, record, place, score, why, standing }): StagedRow => {
			const words = Array.from({ length: PARTS_OF_WORDS }, (_, i) =>
				why.slice(i * LONGEST_KEY, (i + 1) * LONGEST_KEY),
			);
			return {
				number: Number(row[0]) * PLACES + place,
				values: [
					...(record as StagedValue[]),
					standingOf(rule, standing),
					score.toFixed(6),
					...words,
				],
			};
		});
		await this.#connection.appendAll(similarTableName(rule.place), rows);
	}
}

function similarRule(
	rule: MatchRule,
	place: number,
	written: readonly ColumnDescription[],
): SimilarRule[] {
	const { similarity } = rule;
	if (similarity === undefined) return [];
	checkSimilarity(rule);
	const fields = rule.fields.flatMap((field) => {
		const at = written.findIndex(({ name }) => name === field.column);
		const column = written[at];
		return column === undefined ? [] : [{ column, place: at, rule: field }];
	});
	return [{ place, rule, similarity, fields }];
}

function standingOf(
	{ rule, similarity }: SimilarRule,
	standing: SimilarMatch['standing'],
): Standing {
	if (standing === 'several' && rule.several === 'next') return Standing.Several;
	const isClear = standing === 'one' || (standing === 'several' && rule.several === 'first');
	return similarity.found === 'take' && isClear ? Standing.Taken : Standing.Proposed;
}

const valuesOf = (
	row: Record<string, unknown>,
	columns: readonly ColumnDescription[],
): StagedValue[] => columns.map(({ type }, i) => plainValue(row[`v${i}`] ?? null, type));

function notesOf({ rule }: SimilarRule, notes: readonly string[], isFew: boolean): Issue[] {
	const name = nameOfRule(rule);
	const found = notes.map((note) =>
		issue('MATCH_PARTLY_COMPARED', `Match rule "${name}": ${note}`),
	);
	if (isFew) {
		const message = `Match rule "${name}": rows and records are too few to learn from what is telling, so that scores are rough`;
		found.push(issue('MATCH_FEW_RECORDS', message));
	}
	return found;
}
