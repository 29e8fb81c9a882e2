import type { Column } from '../../dataset';
import type { FieldSpec } from '../field';
import { columnsUsed } from '../field-slot';
import { headerKey } from '../header-words';
import type { HeaderMatch } from '../match-headers';

/**
 * What a person decided otherwise than the automatic choice, by header: the field, or null for a column that was left out.
 *
 * @param automatic what would have been chosen
 * @param fields the fields with the columns that were chosen
 * @param skipped columns that are left out on purpose
 * @param before what was learned earlier; what is decided now counts more
 */
export function learnedFrom(
	columns: readonly Column[],
	automatic: readonly HeaderMatch[],
	fields: readonly FieldSpec[],
	skipped: readonly string[] = [],
	before: Readonly<Record<string, string | null>> = {},
): Record<string, string | null> {
	const learned: Record<string, string | null> = { ...before };
	const used = new Set(fields.flatMap((field) => columnsUsed(field, columns)));
	const decide = (header: string, field: string | null) => {
		for (const known of Object.keys(learned)) {
			if (headerKey(known) === headerKey(header)) Reflect.deleteProperty(learned, known);
		}
		learned[header] = field;
	};
	for (const { name } of columns) {
		const chosen = fields.find(({ column }) => column === name)?.name;
		const found = automatic.find(({ column }) => column === name)?.field;
		if (chosen !== undefined) {
			if (chosen !== found) decide(name, chosen);
		} else if (!used.has(name) && (found !== undefined || skipped.includes(name))) {
			decide(name, null);
		}
	}
	return learned;
}
