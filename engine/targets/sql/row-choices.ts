import { sql, type RawBuilder } from 'kysely';
import { ImportError } from '../../issues';
import type {
	ColumnDescription,
	LoadSpecification,
	RowChoice,
	StagedRow,
	TableDescription,
} from '../target';
import type { SqlDialect } from './dialect';
import type { LoadConnection } from './load-connection';
import { CHOICES, key } from './plan-tables';
import type { Refusals } from './refused-rows';
import { Staging } from './staging';

type Sql = RawBuilder<unknown>;

/** The number in place of that of a rule, where a person has named the record. */
export const CHOSEN = -1;

/** What stands in place of the name of a rule then. */
export const CHOSEN_BY_A_PERSON = 'Choice';

const ROWS_AT_ONCE = 1000;

/** What a person has decided about rows, in a table of its own: the alias `h` beside the staged row `s`. */
export class RowChoices {
	readonly #dialect: SqlDialect;

	readonly #table: TableDescription;

	readonly #identity: readonly ColumnDescription[];

	/** @throws ImportError RUN_CONFIG where a choice cannot lead to a record, or a row has two */
	constructor(
		dialect: SqlDialect,
		{ table, rules, choices = [] }: LoadSpecification,
		identity: readonly ColumnDescription[] | undefined,
	) {
		this.#dialect = dialect;
		this.#table = table;
		this.#identity = keyOf(table, rules, identity);
		if (rules.duplicates === 'merge') {
			throw new ImportError(
				'RUN_CONFIG',
				'Choices for rows and merged duplicates do not go together',
				{
					hint: 'Set Duplicates in the File to another value than Merge, or give no choices.',
				},
			);
		}
		const names = this.#identity.map(({ name }) => name);
		const rows = new Set<number>();
		for (const { row, choice, record = {} } of choices) {
			if (rows.has(row)) throw new ImportError('RUN_CONFIG', `Row ${row} has more than one choice`);
			rows.add(row);
			if (choice !== 'update') continue;
			const given = Object.keys(record);
			const isKey = given.length === names.length && names.every((name) => name in record);
			if (isKey) continue;
			const wanted = names.map((name) => `"${name}"`).join(', ');
			throw new ImportError(
				'RUN_CONFIG',
				`The choice for row ${row} does not say which record is meant`,
				{
					row,
					hint: `Name the record by ${wanted}, as the candidates of the failed row do, and by nothing else.`,
				},
			);
		}
	}

	/** Brings the choices into their table. A record that the database cannot even look for is none that is there. */
	async take(
		connection: LoadConnection,
		refusals: Refusals,
		choices: readonly RowChoice[],
	): Promise<void> {
		await connection.run(this.#dialect.createStage(CHOICES, this.#table, this.#identity, 1));
		const rows = choices
			.map((choice): StagedRow => ({
				number: choice.row,
				values: [...this.#identity.map(({ name }) => choice.record?.[name] ?? null), choice.choice],
			}))
			.sort((a, b) => a.number - b.number);
		const staging = new Staging(connection, this.#identity, refusals, CHOICES);
		const lost = new Set<number>();
		for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
			const refused = await staging.add(rows.slice(first, first + ROWS_AT_ONCE), undefined);
			for (const { number } of refused) lost.add(number);
		}
		for (const { number } of await staging.end()) lost.add(number);
		await connection.appendAll(
			CHOICES,
			[...lost].map((number) => ({
				number,
				values: [...this.#identity.map(() => null), 'update'],
			})),
		);
		await connection.index(CHOICES, ['row_no']);
		await connection.analyze(CHOICES);
	}

	get join(): Sql {
		return sql`left join ${this.#dialect.temporary(CHOICES)} h on h.row_no = s.row_no`;
	}

	readonly isRecord = is('update');

	readonly isInsert = is('insert');

	readonly isSkip = is('skip');

	readonly isNotSkipped = sql`(h.${key(0)} is null or h.${key(0)} <> 'skip')`;

	readonly isUnchosen = sql`h.row_no is null`;

	/** Behind the join with the record `t`: true where it is not there. */
	get isLost(): Sql {
		return sql`(${this.isRecord} and t.${sql.id(this.#identity[0]?.name ?? '')} is null)`;
	}

	/** Rows without a choice for which something holds, and those whose record a person has named. */
	orRecord(condition: Sql): Sql {
		return sql`(${this.isRecord} or (${this.isUnchosen} and ${condition}))`;
	}

	/** Of rows that are the same, one that a person has decided about is kept. @param kept the one that is kept else */
	preferred(kept: Sql): Sql {
		return sql`coalesce(min(case when ${this.isUnchosen} then null else s.row_no end), ${kept})`;
	}
}

const is = (choice: RowChoice['choice']): Sql => sql`h.${key(0)} = ${sql.lit(choice)}`;

/** The columns that a person names a record by. @throws ImportError RUN_CONFIG */
function keyOf(
	{ table, columns }: TableDescription,
	{ match }: LoadSpecification['rules'],
	identity: readonly ColumnDescription[] | undefined,
): readonly ColumnDescription[] {
	if (match.length === 0) {
		throw new ImportError('RUN_CONFIG', 'Choices for rows are given, and rows are not matched', {
			hint: 'Choose at least one column under Match On, or give no choices.',
		});
	}
	if (identity === undefined || !identity.every((column) => columns.includes(column))) {
		throw new ImportError('RUN_CONFIG', `A record of "${table.name}" cannot be named by a choice`, {
			hint: 'Choices need a primary key, or a unique column that is never empty.',
		});
	}
	return identity;
}
