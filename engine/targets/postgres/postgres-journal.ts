import { sql } from 'kysely';
import type { JournalDialect } from '../sql/journal-dialect';
import { postgresDialect } from './postgres-dialect';

/** The text of a type gives back its value: every type of PostgreSQL can be written and read as text. */
export const postgresJournal: JournalDialect = {
	createTable: (table) =>
		sql`create table if not exists ${postgresDialect.table(table)} (run varchar(100) not null, table_name text not null, entry bigint not null, file_row bigint not null, action varchar(10) not null, record_key text not null, before_image text, after_image text not null, written_at varchar(32) not null, undone_at varchar(32), primary key (run, table_name, entry))`,

	longText: sql`text`,

	settle: [
		sql`set local timezone = 'UTC'`,
		sql`set local intervalstyle = 'postgres'`,
		sql`set local bytea_output = 'hex'`,
		sql`set local extra_float_digits = 3`,
	],

	unsettle: [sql`set local timezone to default`],

	toText: (value) => sql`(${value})::text`,

	fromText: (text, { databaseType }) => sql`(${text})::${sql.raw(databaseType)}`,

	object: (fields) =>
		fields.length === 0
			? sql`'{}'`
			: // the names and the texts as two lists: a function takes no more than a hundred arguments
				sql`json_object(array[${sql.join(fields.map(({ name }) => sql`${name}::text`))}], array[${sql.join(
					fields.map(({ text }) => text),
				)}]::text[])::text`,

	deleteJoined: ({ table, from, where }) =>
		sql`delete from ${table} as t using ${from} where ${where}`,
};
