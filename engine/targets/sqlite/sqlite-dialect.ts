import {
	DummyDriver,
	Kysely,
	sql,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
} from 'kysely';
import type { SqlDialect } from '../sql/dialect';
import { cell, key } from '../sql/plan-tables';
import { updateFrom } from '../sql/update-from';
import type { ColumnDescription } from '../target';
import { explainSqliteError } from './sqlite-errors';

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

	createTemporaryIndex: (table, columns) =>
		sql`create index ${sql.id('temp', `${table}_index`)} on ${sql.id(table)} (${sql.join(columns.map((column) => sql.id(column)))})`,

	createStage: (name, _table, columns, keys) =>
		sql`create temp table ${sql.id(name)} (row_no integer primary key, ${sql.join([
			...columns.map((column, i) => sql`${cell(i)} ${sql.raw(affinity(column.databaseType))}`),
			...Array.from({ length: keys }, (_, i) => sql`${key(i)} text`),
		])})`,

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

	differs: (left, right) => sql`${left} is not ${right}`,

	begin: () => [sql`begin immediate`],

	lock: () => undefined,

	analyze: () => undefined,

	defaultValue: ({ defaultExpression, nullable }: ColumnDescription) =>
		defaultExpression === undefined || nullable ? undefined : sql.raw(`(${defaultExpression})`),

	// a constraint may say "on conflict replace", which would delete another record without a word
	insertInto: sql`insert or abort into`,

	updateJoined: (update) => updateFrom(sql`update or abort`, update),

	explain: explainSqliteError,
};

/** The affinity of a declared type, so that staged values compare like stored ones: https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
function affinity(declared: string): 'integer' | 'text' | 'blob' | 'real' | 'numeric' {
	if (/int/i.test(declared)) return 'integer';
	if (/char|clob|text/i.test(declared)) return 'text';
	if (declared === '' || /blob/i.test(declared)) return 'blob';
	return /real|floa|doub/i.test(declared) ? 'real' : 'numeric';
}
