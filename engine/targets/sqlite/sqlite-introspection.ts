import { sql } from 'kysely';
import { ImportError } from '../../issues';
import type { SqlConnection } from '../sql/connection';
import type { ColumnDescription, TableDescription, TableName, ValueType } from '../target';
import { sqliteDialect } from './sqlite-dialect';

/** Tables of the file, by name. Views are left out: SQLite does not say how many records a trigger behind one wrote. */
export async function listSqliteTables(connection: SqlConnection): Promise<TableName[]> {
	const { rows } = await connection.run(
		sqliteDialect.compile(
			sql`select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like 'data_import\\_%' escape '\\' order by name`,
		),
	);
	return rows.map(({ name }) => ({ name: String(name) }));
}

/** @throws ImportError RUN_NO_TABLE */
export async function describeSqliteTable(
	connection: SqlConnection,
	table: TableName,
): Promise<TableDescription> {
	const { rows } = await connection.run(
		sqliteDialect.compile(sql`select * from pragma_table_xinfo(${table.name})`),
	);
	if (rows.length === 0) {
		const names = (await listSqliteTables(connection)).map(({ name }) => name).join(', ');
		throw new ImportError('RUN_NO_TABLE', `The SQLite file has no table "${table.name}"`, {
			value: table.name,
			hint: names === '' ? 'The file holds no tables yet.' : `Its tables are: ${names}.`,
		});
	}
	const primaryKey = rows
		.filter(({ pk }) => Number(pk) > 0)
		.sort((a, b) => Number(a.pk) - Number(b.pk))
		.map(({ name }) => String(name));
	const uniqueKeys = await uniqueIndexes(connection, table);
	const names = rows.map(({ name }) => String(name));
	const collations = await collationsOf(connection, table, names);
	const rowId = await rowIdOf(connection, table, names);
	return {
		table,
		columns: rows.map((row, i) => ({
			...describeColumn(row, primaryKey, rowId[0]?.numbering),
			collation: collations[i],
		})),
		hiddenIdentity: rowId,
		uniqueKeys: primaryKey.length > 0 ? [primaryKey, ...uniqueKeys] : uniqueKeys,
	};
}

async function uniqueIndexes(connection: SqlConnection, table: TableName): Promise<string[][]> {
	const { rows } = await connection.run(
		sqliteDialect.compile(
			sql`select l.name as index_name, i.name as column_name from pragma_index_list(${table.name}) l, pragma_index_info(l.name) i where l."unique" = 1 and l.partial = 0 and l.origin <> 'pk' order by l.seq, i.seqno`,
		),
	);
	const keys = new Map<string, Array<string | null>>();
	for (const { index_name, column_name } of rows) {
		const key = keys.get(String(index_name)) ?? [];
		key.push(column_name as string | null);
		keys.set(String(index_name), key);
	}
	// an index over an expression says nothing about a column
	return [...keys.values()].filter((key): key is string[] => !key.includes(null));
}

/** SQLite has a limit of 2,000 columns of a result: https://www.sqlite.org/limits.html */
const COLUMNS_AT_ONCE = 900;

/**
 * How columns compare texts, undefined for those that compare them byte by byte. SQLite does not list it, but columns of a
 * union compare as those of its first part do, which gives no rows here.
 */
async function collationsOf(
	connection: SqlConnection,
	table: TableName,
	names: readonly string[],
): Promise<Array<string | undefined>> {
	const collations: Array<string | undefined> = [];
	for (let first = 0; first < names.length; first += COLUMNS_AT_ONCE) {
		const some = names.slice(first, first + COLUMNS_AT_ONCE);
		const columns = some.map((name, i) => sql`${sql.id(name)} as ${sql.id(`v${i}`)}`);
		const tests = some.flatMap((_, i) => [
			sql`${sql.id(`v${i}`)} = 'A' as ${sql.id(`n${i}`)}`,
			sql`${sql.id(`v${i}`)} = 'a ' as ${sql.id(`r${i}`)}`,
		]);
		const { rows } = await connection.run(
			sqliteDialect.compile(
				sql`select ${sql.join(tests)} from (select ${sql.join(columns)} from ${sqliteDialect.table(table)} where 0 union all select ${sql.join(some.map(() => sql`'a'`))})`,
			),
		);
		for (const i of some.keys()) {
			const { [`n${i}`]: ignoresCase, [`r${i}`]: ignoresBlanks } = rows[0] ?? {};
			collations.push(ignoresCase === 1 ? 'nocase' : ignoresBlanks === 1 ? 'rtrim' : undefined);
		}
	}
	return collations;
}

/** The row id under a name that no column takes: https://www.sqlite.org/lang_createtable.html#rowid. Empty for none. */
async function rowIdOf(
	connection: SqlConnection,
	{ name: table }: TableName,
	columns: readonly string[],
): Promise<ColumnDescription[]> {
	const { rows } = await connection.run(
		sqliteDialect.compile(
			sql`select type, wr, exists (select 1 from sqlite_schema where name = 'sqlite_sequence') as sequenced from pragma_table_list(${table}) where schema = 'main'`,
		),
	);
	if (rows[0]?.type !== 'table' || rows[0].wr === 1) return [];
	const taken = new Set(columns.map((column) => column.toLowerCase()));
	const name = ['rowid', '_rowid_', 'oid'].find((candidate) => !taken.has(candidate));
	return name === undefined || sqliteDialect.hiddenIdentity === undefined
		? []
		: [
				{
					...sqliteDialect.hiddenIdentity,
					name,
					numbering: rows[0].sequenced === 1 ? 'greatest-ever' : 'greatest',
				},
			];
}

function describeColumn(
	{ name, type, notnull, dflt_value, pk, hidden }: Record<string, unknown>,
	primaryKey: readonly string[],
	numbering: ColumnDescription['numbering'],
): ColumnDescription {
	const databaseType = String(type);
	// INTEGER PRIMARY KEY is the row id itself: SQLite fills it
	const rowId = Number(pk) > 0 && primaryKey.length === 1 && /^integer$/i.test(databaseType);
	return {
		name: String(name),
		type: valueType(databaseType),
		databaseType,
		nullable: Number(notnull) === 0 && !rowId,
		hasDefault: rowId || dflt_value !== null,
		defaultExpression: defaultExpression(dflt_value as string | null),
		...(rowId && numbering !== undefined && { numbering }),
		generated: Number(hidden) > 1,
		...(/int/i.test(databaseType) && { min: '-9223372036854775808', max: '9223372036854775807' }),
	};
}

const KEYWORDS = /^(null|true|false|current_(time|date|timestamp))$/i;

/** A default as an expression: in a definition, a word or a text in double quotes stands for itself. */
function defaultExpression(text: string | null): string | undefined {
	if (text === null) return undefined;
	const quoted = /^"((?:[^"]|"")*)"$/.exec(text)?.[1]?.replaceAll('""', '"');
	const word = /^[A-Za-z_]\w*$/.test(text) && !KEYWORDS.test(text) ? text : undefined;
	const literal = quoted ?? word;
	return literal === undefined ? text : `'${literal.replaceAll("'", "''")}'`;
}

/** SQLite keeps what it is given; the declared type says what people mean the column to hold. */
function valueType(declared: string): ValueType | undefined {
	if (/bool/i.test(declared)) return 'boolean';
	if (/int/i.test(declared)) return 'integer';
	if (/datetime|timestamp/i.test(declared)) return 'date-time';
	if (/date/i.test(declared)) return 'date';
	if (/time/i.test(declared)) return 'time';
	if (/json/i.test(declared)) return 'json';
	if (/char|clob|text|string/i.test(declared)) return 'text';
	return /real|floa|doub|num|dec/i.test(declared) ? 'decimal' : undefined;
}
