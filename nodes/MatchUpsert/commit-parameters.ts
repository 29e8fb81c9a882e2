import type { INodeProperties } from 'n8n-workflow';
import type { LoadOptions } from '../../engine';

const BATCH_ROWS = 10_000;

/** Data Tables have no commits. */
const inDatabases = { hide: { '/database': ['dataTable'] } };

/** Whether an import is written at once or in batches. */
export const commitParameter: INodeProperties = {
	displayName: 'Commit',
	name: 'commit',
	type: 'options',
	displayOptions: inDatabases,
	options: [
		{
			name: 'Everything at Once',
			value: 'all',
			description: 'All of the import is written, or nothing',
		},
		{
			name: 'In Batches',
			value: 'batch',
			description:
				'What is written stays, whatever follows. A second start of the same file, table and rules goes on behind it. Keeps its books in the tables data_import_batches and data_import_batch_rows beside the table.',
		},
	],
	default: 'all',
	description: 'When what is written counts',
};

export const batchRowsParameter: INodeProperties = {
	displayName: 'Rows per Batch',
	name: 'batchRows',
	type: 'number',
	displayOptions: inDatabases,
	typeOptions: { minValue: 1 },
	default: BATCH_ROWS,
	description: 'The most rows that are written between two commits, if Commit is In Batches',
};

export interface StoredCommit {
	commit?: 'all' | 'batch';
	batchRows?: number;
}

export const readCommit = ({
	commit = 'all',
	batchRows = BATCH_ROWS,
}: StoredCommit): Pick<LoadOptions, 'commit' | 'batchRows'> => ({ commit, batchRows });
