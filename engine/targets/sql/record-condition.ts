import { sql, type RawBuilder } from 'kysely';
import type { RecordCondition } from '../../matching';

/** True where the record `t` is one of those that the condition names. */
export const fulfils = ({ column, values }: RecordCondition): RawBuilder<unknown> =>
	values.length === 0
		? sql`1 = 0`
		: sql`t.${sql.id(column)} in (${sql.join(values.map((value) => sql.lit(value)))})`;
