import { ImportError } from '../../issues';
import type { ErrorReader } from '../sql/connection';

type Explained = ReturnType<ErrorReader>;

/** The texts of n8n 2: it gives no codes for them. */
const KNOWN: ReadonlyArray<{ text: RegExp; means: Pick<Explained, 'code' | 'rowAtFault'> }> = [
	{ text: /size limit exceeded/i, means: { code: 'WRITE_NO_SPACE', rowAtFault: false } },
	{ text: /does not match column type/i, means: { code: 'WRITE_TYPE', rowAtFault: true } },
	{
		text: /read-only mode|protected instance/i,
		means: { code: 'WRITE_DENIED', rowAtFault: false },
	},
	{
		text: /could not be found in this project|could not find the data table/i,
		means: { code: 'RUN_NO_TABLE', rowAtFault: false },
	},
	{ text: /unknown column name/i, means: { code: 'RUN_NO_COLUMN', rowAtFault: false } },
	{ text: /module is disabled/i, means: { code: 'RUN_CONNECTION', rowAtFault: false } },
];

const PREFIX = /^Validation error with data table request: /;

/** Says what an error of the store means for a row. */
export const explainDataTableError: ErrorReader = (error) => {
	const text = (error instanceof Error ? error.message : String(error)).replace(PREFIX, '');
	const known = KNOWN.find((candidate) => candidate.text.test(text));
	return {
		...(known?.means ?? { code: 'WRITE_REFUSED', rowAtFault: true }),
		message: `Data Table: ${text}`,
	};
};

export function asDataTableImportError(error: unknown): ImportError {
	if (error instanceof ImportError) return error;
	const { code, message } = explainDataTableError(error);
	const known = code === 'WRITE_REFUSED' ? 'RUN_CONNECTION' : code;
	return new ImportError(known, message, {}, { cause: error });
}
