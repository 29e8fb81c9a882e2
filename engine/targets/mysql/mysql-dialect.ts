import {
	DummyDriver,
	Kysely,
	MysqlAdapter,
	MysqlIntrospector,
	MysqlQueryCompiler,
	sql,
} from 'kysely';
import { LONGEST_KEY } from '../../matching';
import type { SqlDialect } from '../sql/dialect';
import { cell, key } from '../sql/plan-tables';
import type { ColumnDescription } from '../target';
import { explainMySqlError } from './mysql-errors';

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

	createTemporaryIndex: (table, columns) =>
		sql`alter table ${sql.id(table)} add index (${sql.join(columns.map((column) => sql.id(column)))})`,

	createStage: (name, _table, columns, keys) =>
		sql`create temporary table ${sql.id(name)} (row_no bigint not null primary key, ${sql.join([
			...columns.map(
				({ databaseType, collation }, i) =>
					sql`${cell(i)} ${sql.raw(databaseType)}${collation === undefined ? sql`` : sql` collate ${sql.raw(collation)}`} null`,
			),
			// as bytes: texts would be compared by a collation, and without the blanks at their ends
			...Array.from(
				{ length: keys },
				(_, i) => sql`${key(i)} varbinary(${sql.lit(4 * LONGEST_KEY)})`,
			),
		])})`,

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

	// statements that define tables may commit what is open: without autocommit the next one opens anew
	begin: () => [
		sql`set autocommit = 0`,
		sql`set session transaction isolation level read committed`,
	],

	// names of locks have at most 64 characters
	lock: (name) => sql`select get_lock(sha1(${sql.lit(name)}), 0) as locked`,

	analyze: () => undefined,

	defaultValue: ({ defaultExpression, nullable }: ColumnDescription) =>
		defaultExpression === undefined || nullable ? undefined : sql.raw(`(${defaultExpression})`),

	insertInto: sql`insert into`,

	updateJoined: ({ table, assignments, from, where }) =>
		sql`update ${table} as t, ${from} set ${sql.join(
			assignments.map(({ column, value }) => sql`t.${sql.id(column)} = ${value}`),
		)} where ${where}`,

	explain: explainMySqlError,
};

/** Both servers order the keys of an object and drop blanks where text is cast or normalised as JSON. */
const canonicalJson = (value: Parameters<SqlDialect['differs']>[0]) =>
	sql`json_extract(${value}, '$')`;
