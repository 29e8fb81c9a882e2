import { sql } from 'kysely';
import { ImportError } from '../../issues';
import type { SqlConnection } from '../sql/connection';
import type { ColumnDescription, TableDescription, TableName, ValueType } from '../target';
import { postgresDialect } from './postgres-dialect';

/** Tables, partitioned and foreign ones too, and views that the user may see; the connection's own schema first. */
export async function listPostgresTables(connection: SqlConnection): Promise<TableName[]> {
	const { rows } = await connection.run(
		postgresDialect.compile(
			sql`select n.nspname as schema_name, c.relname as table_name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'f', 'v') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%' and c.relname not like 'data\\_import\\_%' and has_schema_privilege(n.oid, 'usage') order by n.nspname <> current_schema(), n.nspname, c.relname`,
		),
	);
	return rows.map((row) => ({ schema: String(row.schema_name), name: String(row.table_name) }));
}

/** @throws ImportError RUN_NO_TABLE */
export async function describePostgresTable(
	connection: SqlConnection,
	table: TableName,
): Promise<TableDescription> {
	const { oid, kind, hasHeirs } = await findTable(connection, table);
	const { rows } = await connection.run(
		postgresDialect.compile(
			sql`select a.attname as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as full_type, pg_catalog.format_type(coalesce(nullif(b.typbasetype, 0), a.atttypid), coalesce(nullif(b.typtypmod, -1), a.atttypmod)) as base_type, a.attnotnull or b.typnotnull as not_null, case when a.attidentity in ('a', 'd') then pg_catalog.format('nextval(%L::regclass)', pg_catalog.pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)) else pg_catalog.pg_get_expr(d.adbin, d.adrelid) end as default_text, a.attidentity as identity, a.attgenerated as generated, (select json_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = coalesce(nullif(b.typbasetype, 0), a.atttypid)) as labels, case when pg_catalog.to_jsonb(k) ->> 'collisdeterministic' = 'false' then k.collname end as collation_used from pg_catalog.pg_attribute a join pg_catalog.pg_type b on b.oid = a.atttypid left join pg_catalog.pg_collation k on k.oid = a.attcollation left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = ${oid}::oid and a.attnum > 0 and not a.attisdropped order by a.attnum`,
		),
	);
	return {
		table,
		columns: rows.map(describeColumn),
		// a key of a table says nothing about the records of those that inherit from it
		uniqueKeys: kind === 'r' && hasHeirs ? [] : await uniqueKeys(connection, oid),
		hiddenIdentity: hiddenIdentityOf(kind, hasHeirs),
	};
}

/** Views and foreign tables have no row ids; those of a table and of its partitions or heirs may be the same. */
function hiddenIdentityOf(kind: string, hasHeirs: boolean): ColumnDescription[] | undefined {
	if (kind === 'v' || kind === 'f') return [];
	const { hiddenIdentity } = postgresDialect;
	if ((kind !== 'p' && !hasHeirs) || hiddenIdentity === undefined) return undefined;
	return [{ ...hiddenIdentity, name: 'tableoid', databaseType: 'oid' }, hiddenIdentity];
}

interface FoundTable {
	oid: string;
	/** The letter of `pg_class.relkind`: r table, p partitioned table, f foreign table, v view. */
	kind: string;
	hasHeirs: boolean;
}

async function findTable(connection: SqlConnection, table: TableName): Promise<FoundTable> {
	const { rows } = await connection.run(
		postgresDialect.compile(
			sql`select c.oid::text as oid, c.relkind as kind, c.relhassubclass as has_heirs from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relname = ${table.name} and c.relkind in ('r', 'p', 'f', 'v') and ${
				table.schema === undefined
					? sql`pg_catalog.pg_table_is_visible(c.oid)`
					: sql`n.nspname = ${table.schema}`
			}`,
		),
	);
	const [found] = rows;
	if (found !== undefined) {
		const { oid, kind, has_heirs } = found;
		return { oid: String(oid), kind: String(kind), hasHeirs: has_heirs === true };
	}
	const name = table.schema === undefined ? table.name : `${table.schema}.${table.name}`;
	const names = (await listPostgresTables(connection)).map(
		(other) => `${other.schema}.${other.name}`,
	);
	const listed = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
	throw new ImportError('RUN_NO_TABLE', `The database has no table "${name}"`, {
		value: name,
		hint: names.length === 0 ? 'The database holds no tables yet.' : `Its tables are: ${listed}.`,
	});
}

async function uniqueKeys(connection: SqlConnection, oid: string): Promise<string[][]> {
	const { rows } = await connection.run(
		postgresDialect.compile(
			sql`select (select json_agg(a.attname order by k.place) from unnest(i.indkey) with ordinality k(attnum, place) join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where k.place <= i.indnkeyatts) as key_columns from pg_catalog.pg_index i where i.indrelid = ${oid}::oid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null order by i.indisprimary desc, i.indexrelid`,
		),
	);
	return rows.map((row) => row.key_columns as string[]);
}

function describeColumn(row: Record<string, unknown>): ColumnDescription {
	const baseType = String(row.base_type);
	const defaultText = (row.default_text as string | null) ?? undefined;
	const identity = row.identity as string;
	const generated = row.generated !== '' || identity === 'a';
	const labels = row.labels as string[] | null;
	const collation = row.collation_used as string | null;
	return {
		name: String(row.name),
		databaseType: String(row.full_type),
		...(row.full_type !== baseType && { baseType }),
		// others tell apart what JavaScript tells apart
		...(collation !== null && { collation }),
		nullable: row.not_null !== true,
		hasDefault: defaultText !== undefined || identity !== '',
		defaultExpression: generated ? undefined : defaultText,
		...(identity !== '' && defaultText !== undefined && { numbering: { next: defaultText } }),
		generated,
		...(labels === null ? typeLimits(baseType) : { type: 'text' as const, options: labels }),
	};
}

type Limits = Pick<ColumnDescription, 'type' | 'maxLength' | 'precision' | 'scale' | 'min' | 'max'>;

const INTEGERS: Readonly<Record<string, Limits>> = {
	smallint: { type: 'integer', min: '-32768', max: '32767' },
	integer: { type: 'integer', min: '-2147483648', max: '2147483647' },
	bigint: { type: 'integer', min: '-9223372036854775808', max: '9223372036854775807' },
};

const PLAIN: ReadonlyArray<[RegExp, ValueType]> = [
	[/^(text|citext|name)$/, 'text'],
	[/^(real|double precision|numeric)$/, 'decimal'],
	[/^boolean$/, 'boolean'],
	[/^date$/, 'date'],
	[/^timestamp(\(\d\))? with(out)? time zone$/, 'date-time'],
	[/^time(\(\d\))? without time zone$/, 'time'],
	[/^jsonb?$/, 'json'],
];

/** What a type in PostgreSQL's own words may hold. */
function typeLimits(type: string): Limits {
	const integer = INTEGERS[type];
	if (integer !== undefined) return integer;
	const text = /^(?:character varying|character)(?:\((\d+)\))?$/.exec(type);
	if (text !== null)
		return { type: 'text', maxLength: text[1] === undefined ? undefined : Number(text[1]) };
	const numeric = /^numeric\((\d+),(-?\d+)\)$/.exec(type);
	if (numeric !== null) {
		const [precision, scale] = [Number(numeric[1]), Number(numeric[2])];
		// numbers that are rounded before the point, or have none before it, are left to the database
		return scale < 0 || scale > precision
			? { type: 'decimal' }
			: { type: 'decimal', precision, scale };
	}
	return { type: PLAIN.find(([pattern]) => pattern.test(type))?.[1] };
}
