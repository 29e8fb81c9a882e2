import { dirname, join, resolve } from 'node:path';
import type { IExecuteFunctions } from 'n8n-workflow';
import { SqliteRunStore, type LoadOptions } from '../../engine';
import { keptStatePath } from './kept-state';

const FILE_NAME = 'data-import-runs.sqlite';

/**
 * The SQLite file for plans and counts of runs: beside the one for what is to outlive a run, or the file that the
 * environment variable DATA_IMPORT_RUNS names. A file of its own: a plan of many rows is written for a while.
 */
export function keptRunsPath(): string {
	const named = process.env.DATA_IMPORT_RUNS?.trim();
	return named ? resolve(named) : join(dirname(keptStatePath()), FILE_NAME);
}

/** The store of plans and runs, and what this import is called in it. Nothing is read or written before it is used. */
export function runStore(
	context: IExecuteFunctions,
	itemIndex: number,
): Pick<LoadOptions, 'runs' | 'place' | 'importName'> {
	const { id, credentials = {} } = context.getNode();
	const database = context.getNodeParameter('database', itemIndex) as string;
	// a table of the same name in another database is another table
	const used = Object.entries(credentials)
		.map(([type, credential]) => `${type} ${credential.id}`)
		.sort();
	return {
		runs: new SqliteRunStore(keptRunsPath()),
		place: JSON.stringify([database, ...(database === 'dataTable' ? [] : used)]),
		importName: JSON.stringify([context.getWorkflow().id, id]),
	};
}
