import { sql } from 'kysely';
import type { JournalDialect } from '../sql/journal-dialect';
import { mySqlDialect } from './mysql-dialect';

const BYTES =
	/^(binary|varbinary|tinyblob|blob|mediumblob|longblob|geometry|point|linestring|polygon|multi|geomcollection)/i;
const BITS = /^bit\b/i;
const FLOAT = /^float\b/i;

/** Compared by their signs, and not by a collation that takes A for a. */
const EXACT = sql`character set utf8mb4 collate utf8mb4_bin`;

export const mySqlJournal: JournalDialect = {
	createTable: (table) =>
		sql`create table if not exists ${mySqlDialect.table(table)} (run varchar(100) ${EXACT} not null, table_name varchar(64) ${EXACT} not null, entry bigint not null, file_row bigint not null, action varchar(10) not null, record_key text ${EXACT} not null, before_image longtext ${EXACT}, after_image longtext ${EXACT} not null, written_at varchar(32) not null, undone_at varchar(32), primary key (run, table_name, entry)) engine = InnoDB`,

	longText: sql`longtext ${EXACT}`,

	// the text of a timestamp is a time of the session's zone, which has an hour twice a year
	settle: [
		sql`set @data_import_time_zone = @@session.time_zone`,
		sql`set session time_zone = '+00:00'`,
	],

	unsettle: [sql`set session time_zone = @data_import_time_zone`],

	toText: (value, { databaseType }) => {
		if (BYTES.test(databaseType)) return sql`convert(hex(${value}) using utf8mb4)`;
		if (BITS.test(databaseType)) return sql`convert(${value} + 0 using utf8mb4)`;
		// a float shows six digits of those that it has
		if (FLOAT.test(databaseType)) return sql`convert(${value} + 0e0 using utf8mb4)`;
		// MariaDB would take the text of JSON for a part of the image
		return sql`concat(convert(${value} using utf8mb4))`;
	},

	fromText: (text, { databaseType }) => {
		if (BYTES.test(databaseType)) return sql`unhex(${text})`;
		return BITS.test(databaseType) ? sql`cast(${text} as unsigned)` : text;
	},

	object: (fields) =>
		sql`convert(json_object(${sql.join(fields.map(({ name, text }) => sql`${name}, ${text}`))}) using utf8mb4)`,

	deleteJoined: ({ table, from, where }) =>
		sql`delete t from ${table} as t, ${from} where ${where}`,
};
