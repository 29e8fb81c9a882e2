import { ImportError } from '../../issues';

/**
 * What files of one kind must be like, beyond their columns: made from a file that is right, and enforced on later ones.
 * Plain JSON, which a person may change.
 */
export interface FileContract {
	/** Fewest and most rows, with those that cannot be read. */
	rows: { min: number; max: number };
	/** Largest share of empty cells in a column, from 0 to 1. A column that is not listed, or not there, is not checked. */
	columns: Array<{ name: string; maxEmpty: number }>;
}

/** How many rows more or fewer than in the good file are nothing to worry about. */
const MOST_TIMES_ROWS = 2;

/** How much larger the share of empty cells may be than in the good file. */
const MORE_EMPTY = 0.1;

/** What `profile` found out about a file, as far as a contract needs it. */
export interface ProfiledFile {
	rows: number;
	rejected: number;
	columns: ReadonlyArray<{ name: string; filled: number; empty: number }>;
}

/**
 * The contract of a good file: half to twice as many rows, and at most ten in a hundred more empty cells in each column.
 */
export function makeContract({ rows, rejected, columns }: ProfiledFile): FileContract {
	const all = rows + rejected;
	return {
		rows: { min: Math.floor(all / MOST_TIMES_ROWS), max: all * MOST_TIMES_ROWS },
		columns: columns.map(({ name, filled, empty }) => {
			const share = filled + empty === 0 ? 0 : empty / (filled + empty);
			return { name, maxEmpty: Math.min(1, Math.ceil((share + MORE_EMPTY) * 1000) / 1000) };
		}),
	};
}

/** The contract in the JSON of a template. @throws ImportError RUN_TEMPLATE */
export function readContract(value: unknown): FileContract {
	const { rows, columns } = (value ?? {}) as Partial<FileContract>;
	const isRange = isCount(rows?.min) && isCount(rows?.max);
	const isList = Array.isArray(columns) && columns.every(isEntry);
	if (!isRange || !isList) {
		throw new ImportError('RUN_TEMPLATE', 'The file contract must have rows and columns', {
			hint: 'Rows are {"min": 0, "max": 100}, columns a list of {"name": "…", "maxEmpty": 0.5}.',
		});
	}
	return {
		rows: { min: Number(rows?.min), max: Number(rows?.max) },
		columns: columns.map(({ name, maxEmpty }) => ({ name, maxEmpty })),
	};
}

const isCount = (value: unknown) => typeof value === 'number' && value >= 0;

function isEntry(entry: unknown): boolean {
	const { name, maxEmpty } = (entry ?? {}) as { name?: unknown; maxEmpty?: unknown };
	return typeof name === 'string' && typeof maxEmpty === 'number';
}
