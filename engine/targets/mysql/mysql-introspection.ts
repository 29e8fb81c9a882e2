import { sql } from 'kysely';
import { ImportError } from '../../issues';
import type { SqlConnection } from '../sql/connection';
import type { ColumnDescription, TableDescription, TableName, ValueType } from '../target';
import { mySqlDialect } from './mysql-dialect';

/** Tables and views that the user may see; those of the connection's own database first. */
export async function listMySqlTables(connection: SqlConnection): Promise<TableName[]> {
	const { rows } = await connection.run(
		mySqlDialect.compile(
			sql`select table_schema as schema_name, table_name as table_name from information_schema.tables where table_schema not in ('information_schema', 'performance_schema', 'mysql', 'sys') and table_type in ('BASE TABLE', 'VIEW') and table_name not like 'data\_import\_%' order by table_schema <> database(), table_schema, table_name`,
		),
	);
	return rows.map((row) => ({ schema: String(row.schema_name), name: String(row.table_name) }));
}

/** @throws ImportError RUN_NO_TABLE */
export async function describeMySqlTable(
	connection: SqlConnection,
	table: TableName,
): Promise<TableDescription> {
	const schema = table.schema === undefined ? sql`database()` : sql`${table.schema}`;
	const { rows } = await connection.run(
		mySqlDialect.compile(
			sql`select column_name as name, column_type as full_type, data_type as base_type, is_nullable as nullable, column_default as default_text, extra as extra, character_maximum_length as max_length, numeric_precision as number_precision, numeric_scale as number_scale, collation_name as collation_used from information_schema.columns where table_schema = ${schema} and table_name = ${table.name} order by ordinal_position`,
		),
	);
	if (rows.length === 0) await sayNoTable(connection, table);
	const { isMariaDb, jsonColumns } = await serverFacts(connection, table);
	return {
		table,
		columns: rows.map((row) =>
			describeColumn(row, { isMariaDb, isJson: jsonColumns.has(String(row.name)) }),
		),
		uniqueKeys: await uniqueKeys(connection, table),
	};
}

async function sayNoTable(connection: SqlConnection, table: TableName): Promise<never> {
	const name = table.schema === undefined ? table.name : `${table.schema}.${table.name}`;
	const names = (await listMySqlTables(connection)).map((other) => `${other.schema}.${other.name}`);
	const listed = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
	throw new ImportError('RUN_NO_TABLE', `The database has no table "${name}"`, {
		value: name,
		hint: names.length === 0 ? 'The database holds no tables yet.' : `Its tables are: ${listed}.`,
	});
}

/** MariaDB writes defaults as expressions, and keeps JSON as text with a check. */
async function serverFacts(connection: SqlConnection, table: TableName) {
	const { rows: versions } = await connection.run(
		mySqlDialect.compile(sql`select version() as version`),
	);
	const isMariaDb = /mariadb/i.test(String(versions[0]?.version));
	if (!isMariaDb) return { isMariaDb, jsonColumns: new Set<string>() };
	const schema = table.schema === undefined ? sql`database()` : sql`${table.schema}`;
	const { rows } = await connection.run(
		mySqlDialect.compile(
			sql`select check_clause as clause from information_schema.check_constraints where constraint_schema = ${schema} and table_name = ${table.name}`,
		),
	);
	const names = rows.map(
		({ clause }) => /^json_valid\(`((?:[^`]|``)+)`\)$/i.exec(String(clause))?.[1],
	);
	return {
		isMariaDb,
		jsonColumns: new Set(
			names.flatMap((name) => (name === undefined ? [] : [name.replaceAll('``', '`')])),
		),
	};
}

async function uniqueKeys(connection: SqlConnection, table: TableName): Promise<string[][]> {
	const schema = table.schema === undefined ? sql`database()` : sql`${table.schema}`;
	const { rows } = await connection.run(
		mySqlDialect.compile(
			sql`select index_name as index_name, column_name as column_name, sub_part as sub_part from information_schema.statistics where table_schema = ${schema} and table_name = ${table.name} and non_unique = 0 order by index_name <> 'PRIMARY', index_name, seq_in_index`,
		),
	);
	const keys = new Map<string, Array<string | null>>();
	for (const row of rows) {
		const name = String(row.index_name);
		const columns = keys.get(name) ?? [];
		// a key over the beginning of a text, or over an expression, keeps no column unique
		columns.push(row.sub_part === null ? (row.column_name as string | null) : null);
		keys.set(name, columns);
	}
	return [...keys.values()].filter((columns): columns is string[] => !columns.includes(null));
}

function describeColumn(
	row: Record<string, unknown>,
	{ isMariaDb, isJson }: { isMariaDb: boolean; isJson: boolean },
): ColumnDescription {
	const extra = String(row.extra).toLowerCase();
	const text = row.default_text as string | null;
	const defaultExpression = isMariaDb || extra.includes('default_generated') ? text : literal(text);
	const hasDefault = defaultExpression !== null && !/^null$/i.test(defaultExpression);
	const fullType = String(row.full_type);
	return {
		name: String(row.name),
		databaseType: fullType,
		collation: (row.collation_used as string | null) ?? undefined,
		nullable: row.nullable === 'YES',
		hasDefault: hasDefault || extra.includes('auto_increment'),
		defaultExpression: hasDefault ? defaultExpression : undefined,
		...(extra.includes('auto_increment') && { numbering: 'on-insert' as const }),
		generated: /generated(?!.*default)|virtual|persistent/.test(
			extra.replace('default_generated', ''),
		),
		...(isJson ? { type: 'json' as const } : typeLimits(String(row.base_type), fullType, row)),
	};
}

/** MySQL gives the default of a column as a bare value. */
const literal = (text: string | null): string | null =>
	text === null ? null : `'${text.replaceAll("'", "''")}'`;

type Limits = Pick<
	ColumnDescription,
	'type' | 'maxLength' | 'precision' | 'scale' | 'min' | 'max' | 'options'
>;

const INTEGER_BITS: Readonly<Record<string, bigint>> = {
	tinyint: 8n,
	smallint: 16n,
	mediumint: 24n,
	int: 32n,
	bigint: 64n,
};

const PLAIN: Readonly<Record<string, ValueType>> = {
	float: 'decimal',
	double: 'decimal',
	date: 'date',
	datetime: 'date-time',
	timestamp: 'date-time',
	time: 'time',
	json: 'json',
	tinytext: 'text',
	text: 'text',
	mediumtext: 'text',
	longtext: 'text',
};

/** What a type in the server's own words may hold. */
function typeLimits(base: string, full: string, row: Record<string, unknown>): Limits {
	if (full === 'tinyint(1)' || full === 'bit(1)') return { type: 'boolean' };
	const bits = INTEGER_BITS[base];
	if (bits !== undefined) {
		const unsigned = full.includes('unsigned');
		const [min, max] = unsigned
			? [0n, 2n ** bits - 1n]
			: [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
		return { type: 'integer', min: String(min), max: String(max) };
	}
	if (base === 'decimal') {
		const [precision, scale] = [Number(row.number_precision), Number(row.number_scale)];
		return { type: 'decimal', precision, scale };
	}
	if (base === 'char' || base === 'varchar') {
		return { type: 'text', maxLength: Number(row.max_length) };
	}
	if (base === 'enum') return { type: 'text', options: optionsOf(full) };
	if (base === 'year') return { type: 'integer', min: '1901', max: '2155' };
	return { type: PLAIN[base] };
}

/** enum('new','it''s') */
function optionsOf(full: string): string[] {
	return [...full.matchAll(/'((?:[^']|'')*)'/g)].map((match) =>
		(match[1] ?? '').replaceAll("''", "'"),
	);
}
