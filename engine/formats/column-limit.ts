import { ImportError } from '../issues';

/** Beyond this the columns of a table cannot be named and judged in reasonable time. */
export const MOST_COLUMNS = 200_000;

/** Records whose names differ without end: each name would be a column. */
export const tooManyNames = (): ImportError =>
	new ImportError(
		'FILE_TOO_LARGE',
		`The records have more than ${MOST_COLUMNS} different names, and each would be a column`,
		{
			hint: 'Names that are values, such as ids, make no table. Have them written as a list of records.',
		},
	);
