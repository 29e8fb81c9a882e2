import { columnTypes, type Column } from '../../dataset';
import { ImportError } from '../../issues';

/** What a person decided about headers: the field, or null for a column that is left out on purpose. */
export type Learned = Record<string, string | null>;

/** What was learned, in the JSON of a template. @throws ImportError RUN_TEMPLATE */
export function readLearned(learned: unknown = {}): Learned {
	const entries = isRecord(learned) ? Object.entries(learned) : [];
	if (!isRecord(learned) || !entries.every(([, field]) => field === null || isText(field))) {
		throw wrong('"learned" must give the name of a field, or null, for each header');
	}
	return Object.fromEntries(entries) as Learned;
}

/** The columns of the file, in the JSON of a template. @throws ImportError RUN_TEMPLATE */
export function readColumns(columns: unknown = []): Column[] {
	if (!Array.isArray(columns) || !columns.every(isColumn)) {
		throw wrong('The columns of the template must be a list of names and types');
	}
	return columns.map(({ name, type }) => ({ name, ...(type && { type }) }));
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function isColumn(value: unknown): value is Column {
	if (!isRecord(value) || !isText(value.name)) return false;
	return value.type === undefined || columnTypes.some((type) => type === value.type);
}

const wrong = (message: string) => new ImportError('RUN_TEMPLATE', message);
