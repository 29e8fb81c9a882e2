import { sql, type RawBuilder } from 'kysely';
import type { JournalDialect } from '../sql/journal-dialect';
import { sqliteDialect } from './sqlite-dialect';

type Sql = RawBuilder<unknown>;

/** A function of SQLite takes no more than 127 arguments: https://www.sqlite.org/limits.html */
const FIELDS_AT_ONCE = 50;

/**
 * A column of SQLite may hold a value of any type, so the text is a literal, which tells the type: 30, 1.5, 'Ann', X'00FF'.
 * A text with a zero in it, which has no literal, is `T` and its bytes.
 */
export const sqliteJournal: JournalDialect = {
	createTable: (table) =>
		sql`create table if not exists ${sqliteDialect.table(table)} (run text not null, table_name text not null, entry integer not null, file_row integer not null, action text not null, record_key text not null, before_image text, after_image text not null, written_at text not null, undone_at text, primary key (run, table_name, entry))`,

	longText: sql`text`,

	settle: [],

	unsettle: [],

	toText: (value) =>
		sql`case when ${value} is null then null when typeof(${value}) = 'text' and instr(${value}, char(0)) > 0 then 'T''' || hex(${value}) || '''' else quote(${value}) end`,

	fromText: (text) =>
		sql`case when ${text} is null then null when ${text} like 'X''%' then unhex(substr(${text}, 3, length(${text}) - 3)) when ${text} like 'T''%' then cast(unhex(substr(${text}, 3, length(${text}) - 3)) as text) when ${text} like '''%' then replace(substr(${text}, 2, length(${text}) - 2), '''''', '''') when ${text} glob '*[.eEn]*' then cast(${text} as real) else cast(${text} as integer) end`,

	shown: (text) =>
		text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : (exactNumber(text) ?? text),

	object: (fields) => {
		const parts: Sql[] = [];
		for (let first = 0; first < fields.length; first += FIELDS_AT_ONCE) {
			const some = fields.slice(first, first + FIELDS_AT_ONCE);
			parts.push(
				sql`json_object(${sql.join(some.map(({ name, text }) => sql`${name}, ${text}`))})`,
			);
		}
		const [only] = parts;
		if (only === undefined) return sql`'{}'`;
		if (parts.length === 1) return only;
		const inner = parts.map((part) => sql`substr(${part}, 2, length(${part}) - 2)`);
		return sql`'{' || ${sql.join(inner, sql` || ',' || `)} || '}'`;
	},

	deleteJoined: ({ table, identity, from, where }) => {
		const names = identity.map(({ name }) => sql.id(name));
		const ids = identity.map(({ name }) => sql.id('t', name));
		return sql`delete from ${table} where (${sql.join(names)}) in (select ${sql.join(ids)} from ${table} as t, ${from} where ${where})`;
	},
};

function exactNumber(text: string): number | undefined {
	if (!/^-?\d/.test(text)) return undefined;
	const number = Number(text);
	return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? undefined : number;
}
