import {
	DummyDriver,
	Kysely,
	sql,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	type RawBuilder,
} from 'kysely';
import type { SqlDialect } from '../sql/dialect';
import { cell, key, parent, said } from '../sql/plan-tables';
import { updateFrom } from '../sql/update-from';
import type { ColumnDescription } from '../target';
import { explainSqliteError } from './sqlite-errors';
import { sqliteJournal } from './sqlite-journal';

type Sql = RawBuilder<unknown>;

/** Only compiles statements; the connection is our own. */
const compiler = new Kysely<unknown>({
	dialect: {
		createAdapter: () => new SqliteAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
	},
});

export const sqliteDialect: SqlDialect = {
	compile: (statement) => statement.compile(compiler),

	createTemporary: (name, query) => sql`create temp table ${sql.id(name)} as ${query}`,

	dropTemporary: (name) => sql`drop table ${sqliteDialect.temporary(name)}`,

	createTemporaryIndex: (table, columns) =>
		sql`create index if not exists ${sql.id('temp', `${table}_by_${columns.join('_')}`)} on ${sql.id(table)} (${sql.join(columns.map((column) => sql.id(column)))})`,

	createStage: (name, _table, columns, keys, references = []) =>
		sql`create temp table ${sql.id(name)} (row_no integer primary key, ${sql.join([
			...columns.map((column, i) => stagedColumn(cell(i), column)),
			...Array.from({ length: keys }, (_, i) => sql`${key(i)} text`),
			...references.flatMap(({ by }, i) => [stagedColumn(said(i), by), sql`${parent(i)} integer`]),
		])})`,

	alignKeys: (stage, { table }, columns, keys) =>
		keys.flatMap((place) => {
			const column = columns[place];
			const meaning = column === undefined ? undefined : meaningOf(column);
			if (column === undefined || meaning === undefined) return [];
			const [staged, target] = [sqliteDialect.temporary(stage), sqliteDialect.table(table)];
			const [own, stored] = [cell(place), sql.id(column.name)];
			const inFile = sql`select ${meaning(own)} as meaning, min(${own}) as value from ${staged} group by 1 having count(distinct ${own}) > 1`;
			return [
				sql`update ${staged} as s set ${own} = t.value from (${inFile}) t where t.meaning = ${meaning(sql`s.${own}`)}`,
				sql`update ${staged} as s set ${own} = t.value from (select ${meaning(stored)} as meaning, min(${stored}) as value from ${target} group by 1) t where t.meaning = ${meaning(sql`s.${own}`)} and s.${own} not in (select ${stored} from ${target} where ${stored} is not null)`,
			];
		}),

	hiddenIdentity: {
		name: 'rowid',
		databaseType: 'integer',
		nullable: false,
		hasDefault: true,
		generated: true,
	},

	joinsByIndex: false,

	temporary: (name) => sql.id('temp', name),

	table: ({ schema, name }) => sql.id(schema ?? 'main', name),

	// a collation that finds a text in any case would not see that its case has changed
	differs: (left, right, column) => {
		const meaning = meaningOf(column);
		if (meaning !== undefined) return sql`${meaning(left)} is not ${meaning(right)}`;
		return column.collation === undefined
			? sql`${left} is not ${right}`
			: sql`${left} collate binary is not ${right}`;
	},

	exactKind: ({ databaseType, collation }) => {
		if (databaseType === '') return undefined;
		const kind = affinity(databaseType);
		if (kind === 'integer') return 'integer';
		return kind === 'text' && collation === undefined ? 'text' : undefined;
	},

	listText: (value) => sql`cast(${value} as text)`,

	begin: () => [sql`begin immediate`],

	lock: () => undefined,

	acrossCommits(): SqlDialect {
		return { ...sqliteDialect, joinsByIndex: true };
	},

	hashType: (length) => `varchar(${length})`,

	analyze: () => undefined,

	defaultValue: ({ defaultExpression, nullable }: ColumnDescription) =>
		defaultExpression === undefined || nullable ? undefined : sql.raw(`(${defaultExpression})`),

	// nobody else writes into the file meanwhile
	nextKey: ({ name, numbering, defaultExpression }, table, { greatest, place }) => {
		if (numbering === undefined) {
			return defaultExpression === undefined ? undefined : sql.raw(`(${defaultExpression})`);
		}
		const numbers = [
			sql`coalesce((select max(${sql.id(name)}) from ${sqliteDialect.table(table)}), 0)`,
			sql`coalesce(${greatest ?? sql`null`}, 0)`,
		];
		if (numbering === 'greatest-ever') {
			numbers.push(
				sql`coalesce((select max(seq) from ${sql.id('main', 'sqlite_sequence')} where name = ${sql.lit(table.name)} collate nocase), 0)`,
			);
		}
		return sql`max(${sql.join(numbers)}) + ${place}`;
	},

	givesNumbers: sql``,

	// a constraint may say "on conflict replace", which would delete another record without a word
	insertInto: sql`insert or abort into`,

	updateJoined: (update) => updateFrom(sql`update or abort`, update),

	deleteJoined: ({ table, from, ids, where }) =>
		sql`delete from ${table} where (${sql.join(ids.map(({ column }) => sql.id(column)))}) in (select ${sql.join(ids.map(({ value }) => value))} from ${from} where ${where})`,

	get journal() {
		return sqliteJournal;
	},

	explain: explainSqliteError,
};

/**
 * What a value of the column means, where SQLite compares spellings: a date and a time with a `T` or a blank between them,
 * a number or its digits in a column without a type. Undefined for other columns.
 */
function meaningOf({ type, databaseType }: ColumnDescription): ((value: Sql) => Sql) | undefined {
	if (type === 'date-time') return (value) => sql`replace(${value}, 'T', ' ')`;
	if (databaseType !== '') return undefined;
	// a whole number may be stored as 7.0, and is 7 all the same
	return (value) =>
		sql`case when typeof(${value}) = 'real' and ${value} = cast(${value} as integer) then cast(cast(${value} as integer) as text) else cast(${value} as text) end`;
}

const stagedColumn = (name: Sql, { databaseType, collation }: ColumnDescription): Sql =>
	sql`${name} ${sql.raw(affinity(databaseType))}${collation === undefined ? sql`` : sql` collate ${sql.raw(collation)}`}`;

/** The affinity of a declared type, so that staged values compare like stored ones: https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
function affinity(declared: string): 'integer' | 'text' | 'blob' | 'real' | 'numeric' {
	if (/int/i.test(declared)) return 'integer';
	if (/char|clob|text/i.test(declared)) return 'text';
	if (declared === '' || /blob/i.test(declared)) return 'blob';
	return /real|floa|doub/i.test(declared) ? 'real' : 'numeric';
}
