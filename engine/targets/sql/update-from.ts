import { sql, type RawBuilder } from 'kysely';
import type { JoinedUpdate } from './dialect';

/** An update with `from`, as PostgreSQL has it and SQLite after it. */
export const updateFrom = (
	update: RawBuilder<unknown>,
	{ table, assignments, from, where }: JoinedUpdate,
): RawBuilder<unknown> =>
	sql`${update} ${table} as t set ${sql.join(
		assignments.map(({ column, value }) => sql`${sql.id(column)} = ${value}`),
	)} from ${from} where ${where}`;
