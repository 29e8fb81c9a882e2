import {
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	sql,
	type RawBuilder,
} from 'kysely';
import type { SqlDialect } from '../sql/dialect';
import { cell, key, parent, said } from '../sql/plan-tables';
import { updateFrom } from '../sql/update-from';
import type { ColumnDescription, LoadReference, TableName } from '../target';
import { arrayLiteral } from './array-literal';
import { explainPostgresError } from './postgres-errors';
import { postgresJournal } from './postgres-journal';

type Sql = RawBuilder<unknown>;

/** A value as its domain stands for: a domain may forbid empty values, which a cell has until its record is looked up. */
const withoutDomain = (value: Sql, { baseType }: ColumnDescription) =>
	baseType === undefined ? value : sql`${value}::${sql.raw(baseType)}`;

/** Only compiles statements; the connection is our own. */
const compiler = new Kysely<unknown>({
	dialect: {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new PostgresIntrospector(db),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	},
});

/** Types that have an equality of their own which says what a person means by "the same value". */
const COMPARABLE =
	/^(smallint|integer|bigint|numeric|real|double precision|boolean|text|character|date|time|timestamp|uuid|jsonb|bytea|interval|inet|cidr)/;

/** A domain over numbers or dates is compared as those are. */
const isComparable = ({ databaseType, baseType = databaseType }: ColumnDescription): boolean =>
	COMPARABLE.test(baseType) && !baseType.endsWith('[]');

const WORK_MEMORY = '128MB';

export const postgresDialect: SqlDialect = {
	compile: (statement) => statement.compile(compiler),

	createTemporary: (name, query) => createTemporary(name, 'drop', query),

	dropTemporary: (name) => sql`drop table ${postgresDialect.temporary(name)}`,

	createTemporaryIndex: (table, columns) =>
		sql`create index on ${sql.id('pg_temp', table)} (${sql.join(columns.map((column) => sql.id(column)))})`,

	createStage: (name, { table }, columns, keys, references = []) =>
		createTemporary(name, 'drop', noRows(table, columns, keys, references)),

	spelling: ({ databaseType, baseType = databaseType }) => {
		const element = /^(.*)\[\]$/.exec(baseType)?.[1];
		if (element === undefined) return undefined;
		return (value) =>
			typeof value === 'string' ? arrayLiteral(value, /^jsonb?$/.test(element)) : value;
	},

	hiddenIdentity: {
		name: 'ctid',
		databaseType: 'tid',
		nullable: false,
		hasDefault: true,
		generated: true,
	},

	joinsByIndex: false,

	temporary: (name) => sql.id('pg_temp', name),

	table: ({ schema, name }) => (schema === undefined ? sql.id(name) : sql.id(schema, name)),

	differs: (left, right, column) =>
		column.type === 'json'
			? sql`${left}::jsonb is distinct from ${right}::jsonb`
			: isComparable(column)
				? sql`${left} is distinct from ${right}`
				: sql`${left}::text is distinct from ${right}::text`,

	exactKind: ({ databaseType, baseType = databaseType, collation, type, options }) =>
		type === 'integer'
			? 'integer'
			: /^(text|character varying)/.test(baseType) &&
				  !baseType.endsWith(']') &&
				  collation === undefined &&
				  options === undefined
				? 'text'
				: undefined,

	listText: (value, { databaseType, baseType = databaseType }) =>
		baseType.endsWith('[]') ? sql`array_to_json(${value})::text` : sql`${value}::text`,

	begin: () => [
		sql`begin`,
		sql`set local work_mem = ${sql.lit(WORK_MEMORY)}`,
		// the temporary tables are joined by keys that are nearly unique: a small sample tells that as well
		sql`set local default_statistics_target = 10`,
		sql`set local datestyle = 'ISO, YMD'`,
		// a constraint that waits for the commit would fail the whole import and not the row
		sql`set constraints all immediate`,
	],

	lock: ({ schema, name }, isLasting) => {
		const lock = sql.raw(isLasting ? 'pg_try_advisory_lock' : 'pg_try_advisory_xact_lock');
		const of = `data import: ${schema ?? ''}.${name}`;
		return sql`select ${lock}(hashtextextended(${sql.lit(of)}, 0))::int as locked`;
	},

	acrossCommits(): SqlDialect {
		return {
			...postgresDialect,
			joinsByIndex: true,
			stageNeedsIndex: true,
			createTemporary: (name, query) => createTemporary(name, 'preserve rows', query),
			createStage: (name, { table }, columns, keys, references = []) =>
				createTemporary(name, 'preserve rows', noRows(table, columns, keys, references)),
		};
	},

	locking: (query) => sql`${query} for update of t`,

	hashType: (length) => `varchar(${length}) collate "C"`,

	analyze: (name) => sql`analyze ${sql.id('pg_temp', name)}`,

	// a default may have a type of its own, which an insert would bring into that of the column
	defaultValue: ({ defaultExpression, nullable, databaseType }: ColumnDescription) =>
		defaultExpression === undefined || nullable
			? undefined
			: sql.raw(`(${defaultExpression})::${databaseType}`),

	nextKey: ({ numbering, defaultExpression, databaseType }) => {
		const next = typeof numbering === 'object' ? numbering.next : defaultExpression;
		return next === undefined ? undefined : sql.raw(`(${next})::${databaseType}`);
	},

	givesNumbers: sql`overriding system value`,

	insertInto: sql`insert into`,

	updateJoined: (update) => updateFrom(sql`update`, update),

	deleteJoined: ({ table, from, ids, where }) =>
		sql`delete from ${table} as t using ${from} where ${sql.join(
			[...ids.map(({ column, value }) => sql`t.${sql.id(column)} = ${value}`), where],
			sql` and `,
		)}`,

	get journal() {
		return postgresJournal;
	},

	explain: explainPostgresError,
};

const createTemporary = (name: string, onCommit: 'drop' | 'preserve rows', query: Sql): Sql =>
	sql`create temporary table ${sql.id(name)} on commit ${sql.raw(onCommit)} as ${query}`;

/** A query without rows that has the columns of a staging table. */
const noRows = (
	table: TableName,
	columns: readonly ColumnDescription[],
	keys: number,
	references: readonly LoadReference[],
): Sql =>
	sql`select null::bigint as row_no, ${sql.join([
		...columns.map((column, i) => {
			const isLookedUp = references.some((reference) => reference.column === column.name);
			const value = sql`t.${sql.id(column.name)}`;
			return sql`${isLookedUp ? withoutDomain(value, column) : value} as ${cell(i)}`;
		}),
		...Array.from({ length: keys }, (_, i) => sql`null::text collate "C" as ${key(i)}`),
		// with the collation, which counts when values are compared
		...references.flatMap((reference, i) => [
			sql`${withoutDomain(sql`(select r.${sql.id(reference.by.name)} from ${postgresDialect.table(reference.table.table)} r limit 1)`, reference.by)} as ${said(i)}`,
			sql`null::bigint as ${parent(i)}`,
		]),
	])} from ${postgresDialect.table(table)} t with no data`;
