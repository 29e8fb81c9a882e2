import {
	DummyDriver,
	Kysely,
	MysqlAdapter,
	MysqlIntrospector,
	MysqlQueryCompiler,
	sql,
	type RawBuilder,
} from 'kysely';
import { LONGEST_KEY } from '../../matching';
import type { SqlDialect } from '../sql/dialect';
import { cell, key, parent, said } from '../sql/plan-tables';
import type { ColumnDescription } from '../target';
import { explainMySqlError } from './mysql-errors';
import { mySqlJournal } from './mysql-journal';

/** Only compiles statements; the connection is our own. */
const compiler = new Kysely<unknown>({
	dialect: {
		createAdapter: () => new MysqlAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new MysqlIntrospector(db),
		createQueryCompiler: () => new MysqlQueryCompiler(),
	},
});

/** Types whose equality lets case and accents pass, by their collation. */
const TEXT = /^(char|varchar|tinytext|text|mediumtext|longtext|enum|set)\b/i;

export const mySqlDialect: SqlDialect = {
	compile: (statement) => statement.compile(compiler),

	createTemporary: (name, query) => sql`create temporary table ${sql.id(name)} as ${query}`,

	// without the word it would commit
	dropTemporary: (name) => sql`drop temporary table ${mySqlDialect.temporary(name)}`,

	createTemporaryIndex: (table, columns) =>
		sql`alter table ${sql.id(table)} add index (${sql.join(columns.map((column) => sql.id(column)))})`,

	// altering a table would commit what is written so far, even a temporary one: https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html
	indexInTransaction: (table, columns) => {
		const [old, copy] = [sql.id(table), sql.id(`${table}_copy`)];
		const index = sql`(index (${sql.join(columns.map((column) => sql.id(column)))}))`;
		return [
			sql`create temporary table ${copy} ${index} as select * from ${old}`,
			sql`drop temporary table ${old}`,
			sql`create temporary table ${old} ${index} as select * from ${copy}`,
			sql`drop temporary table ${copy}`,
		];
	},

	createStage: (name, _table, columns, keys, references = []) =>
		sql`create temporary table ${sql.id(name)} (row_no bigint not null primary key, ${sql.join([
			...columns.map((column, i) => stagedColumn(cell(i), column)),
			// as bytes: texts would be compared by a collation, and without the blanks at their ends
			...Array.from(
				{ length: keys },
				(_, i) => sql`${key(i)} varbinary(${sql.lit(4 * LONGEST_KEY)})`,
			),
			...references.flatMap(({ by }, i) => [
				stagedColumn(said(i), by),
				sql`${parent(i)} bigint null`,
			]),
		])})`,

	spelling: ({ databaseType }) => {
		const kind = /^(datetime|timestamp)/i.exec(databaseType)?.[1]?.toLowerCase();
		if (kind === undefined) return undefined;
		return (value) =>
			typeof value === 'string' ? withoutZone(value, kind === 'timestamp') : value;
	},

	hiddenIdentity: undefined,

	joinsByIndex: true,

	temporary: (name) => sql.id(name),

	table: ({ schema, name }) => (schema === undefined ? sql.id(name) : sql.id(schema, name)),

	differs: (left, right, { databaseType, type }) =>
		type === 'json'
			? sql`not (${canonicalJson(left)} <=> ${canonicalJson(right)})`
			: TEXT.test(databaseType)
				? sql`not (cast(${left} as binary) <=> cast(${right} as binary))`
				: sql`not (${left} <=> ${right})`,

	// the collations of texts let blanks at the end pass, and most of them case and accents
	exactKind: ({ type }) => (type === 'integer' ? 'integer' : undefined),

	listText: (value) => sql`cast(${value} as char)`,

	// statements that define tables may commit what is open: without autocommit the next one opens anew
	begin: () => [
		sql`set autocommit = 0`,
		sql`set session transaction isolation level read committed`,
	],

	// names of locks have at most 64 characters, and are those of the whole server
	lock: ({ schema, name }) => {
		const database = schema === undefined ? sql`coalesce(database(), '')` : sql.lit(schema);
		return sql`select get_lock(sha1(concat('data import: ', ${database}, '.', ${sql.lit(name)})), 0) as locked`;
	},

	acrossCommits(): SqlDialect {
		return mySqlDialect;
	},

	locking: (query) => sql`${query} for update`,

	unlock: sql`do release_all_locks()`,

	hashType: (length) => `varbinary(${length})`,

	analyze: () => undefined,

	defaultValue: ({ defaultExpression, nullable }: ColumnDescription) =>
		defaultExpression === undefined || nullable ? undefined : sql.raw(`(${defaultExpression})`),

	nextKey: ({ defaultExpression }) =>
		defaultExpression === undefined ? undefined : sql.raw(`(${defaultExpression})`),

	givesNumbers: sql``,

	insertInto: sql`insert into`,

	updateJoined: ({ table, assignments, from, where }) =>
		sql`update ${table} as t, ${from} set ${sql.join(
			assignments.map(({ column, value }) => sql`t.${sql.id(column)} = ${value}`),
		)} where ${where}`,

	deleteJoined: ({ table, from, ids, where }) =>
		sql`delete t from ${table} as t, ${from} where ${sql.join(
			[...ids.map(({ column, value }) => sql`t.${sql.id(column)} = ${value}`), where],
			sql` and `,
		)}`,

	get journal() {
		return mySqlJournal;
	},

	explain: explainMySqlError,
};

const stagedColumn = (name: RawBuilder<unknown>, { databaseType, collation }: ColumnDescription) =>
	sql`${name} ${sql.raw(databaseType)}${collation === undefined ? sql`` : sql` collate ${sql.raw(collation)}`} null`;

/**
 * A date and a time as the servers read them. A `timestamp` is a moment: one with a zone is brought to UTC, and keeps the
 * `Z`, by which it is told from one that is in the time zone of the session. A `datetime` is what a clock shows: it takes
 * the time as it is written, without its zone, as PostgreSQL's `timestamp` does.
 */
function withoutZone(text: string, isMoment: boolean): string {
	const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d+)?(Z|[-+]\d\d:\d\d)$/.exec(text);
	if (match === null) return text;
	const [, clock = '', fraction = '', zone = ''] = match;
	if (!isMoment) return clock + fraction;
	const utc = new Date(`${clock.replace(' ', 'T')}${zone}`).toISOString().slice(0, 19);
	return `${utc}${fraction}Z`;
}

/** Both servers order the keys of an object and drop blanks where text is cast or normalised as JSON. */
const canonicalJson = (value: Parameters<SqlDialect['differs']>[0]) =>
	sql`json_extract(${value}, '$')`;
