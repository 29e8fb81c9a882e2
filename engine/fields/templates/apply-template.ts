import type { Cell, Column } from '../../dataset';
import { ImportError } from '../../issues';
import { headerDrift, type Drift, type RenamedColumn } from '../contract';
import type { FieldSpec } from '../field';
import { compileFieldExpression } from '../row-expressions';
import { headerKey } from '../header-words';
import { escapeBraces, templateParts } from '../joined-text';
import { matchHeaders, type HeaderMatch } from '../match-headers';
import type { MappingTemplate } from './template';

/** What a template knows about fields and columns, of one record per row or of a record group. */
type Remembered = Pick<MappingTemplate, 'fields' | 'learned' | 'columns'>;

/** A template as it fits a file. */
export interface AppliedTemplate {
	/** The fields with the columns of this file; a field whose column is not there has none. */
	fields: FieldSpec[];
	/** How each field that takes one column came to it. */
	matches: HeaderMatch[];
	/** Columns that are left out on purpose. */
	skipped: string[];
	drift: Drift;
}

/**
 * Fits a template to a file: columns are found by their names, wherever they stand; those that are not there under the
 * name that they had are looked for by what was decided before, by meaning, and by likeness of names.
 *
 * @param samples the first rows, cells in the order of the columns
 * @throws ImportError RUN_NO_COLUMN when an expression needs a column that the file does not have under its name
 */
export function applyTemplate(
	template: Remembered,
	columns: readonly Column[],
	samples: readonly (readonly Cell[])[] = [],
): AppliedTemplate {
	const skipped = leftOut(template, columns);
	const here = new Set(columns.map(({ name }) => name));
	const matches = template.fields.flatMap(({ name, column }) =>
		column && here.has(column)
			? [{ field: name, column, confidence: 1, reason: 'as the template says' }]
			: [],
	);
	matches.push(...findLost(template, columns, matches, samples));
	const drift = headerDrift(template.columns, columns, samples, renamedBy(matches, template));
	const nowCalled = new Map(drift.renamed.map(({ from, to }) => [from, to]));
	const columnOf = new Map(matches.map(({ field, column }) => [field, column]));
	const fields = template.fields.map((field) => {
		checkExpression(field, template, here);
		return { ...withNewNames(field, nowCalled), column: columnOf.get(field.name) };
	});
	return { fields, matches, skipped, drift };
}

/** The columns that are left out on purpose. */
export const leftOut = (
	remembered: Pick<Remembered, 'learned'>,
	columns: readonly Column[],
): string[] => columns.filter(({ name }) => isSkipped(remembered, name)).map(({ name }) => name);

function isSkipped({ learned }: Pick<Remembered, 'learned'>, header: string): boolean {
	const key = headerKey(header);
	return Object.entries(learned).some(
		([known, field]) => field === null && headerKey(known) === key,
	);
}

/** Columns for the fields whose own are not there: among the columns that the template does not know. */
function findLost(
	{ fields, columns: expected, learned }: Remembered,
	columns: readonly Column[],
	matches: readonly HeaderMatch[],
	samples: readonly (readonly Cell[])[],
): HeaderMatch[] {
	const found = new Set(matches.map(({ field }) => field));
	const lost = fields.filter(({ name, column }) => column && !found.has(name));
	const known = new Set(expected.map(({ name }) => name));
	const places = columns
		.map((_, place) => place)
		.filter((place) => !known.has(columns[place]?.name ?? ''));
	const unknown = places.flatMap((place) => columns[place] ?? []);
	const cells = samples.map((row) => places.map((place) => row[place] ?? null));
	// the header that the column had says more than the name of the field
	const specs = lost.map(({ name, type, column }) => ({ name, type, label: column }));
	return matchHeaders(unknown, specs, { learned, samples: cells });
}

function renamedBy(matches: readonly HeaderMatch[], { fields }: Remembered): RenamedColumn[] {
	return matches.flatMap(({ field, column, confidence, reason }) => {
		const before = fields.find(({ name }) => name === field)?.column;
		const isNew = before !== undefined && before !== column;
		return isNew ? [{ from: before, to: column, confidence, reason }] : [];
	});
}

function withNewNames(field: FieldSpec, nowCalled: ReadonlyMap<string, string>): FieldSpec {
	const { columns, textTemplate } = field;
	return {
		...field,
		...(columns && { columns: columns.map((name) => nowCalled.get(name) ?? name) }),
		...(textTemplate && {
			textTemplate: templateParts(textTemplate)
				.map((part) =>
					'text' in part
						? escapeBraces(part.text)
						: `{${nowCalled.get(part.column) ?? part.column}}`,
				)
				.join(''),
		}),
	};
}

/** JSONata finds nothing where a column is not there, and says nothing: the file must have what the expression names. */
function checkExpression(
	field: FieldSpec,
	{ columns }: Remembered,
	here: ReadonlySet<string>,
): void {
	if (!field.expression) return;
	const named = compileFieldExpression(field, columns).columns;
	const gone = named.filter((name) => !here.has(name));
	if (gone.length === 0) return;
	const names = gone.map((name) => `"${name}"`).join(', ');
	throw new ImportError(
		'RUN_NO_COLUMN',
		`The expression of the field "${field.name}" names ${names}, which the file does not have`,
		{
			column: gone[0],
			field: field.name,
			hint: 'Give the column its former name in the file, or change the expression and save the template again.',
		},
	);
}
