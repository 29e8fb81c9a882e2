import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { load } from '../../engine';
import {
	chosenTable,
	databaseCredentials,
	openDatabase,
	searchTables,
	writeTableName,
} from '../shared/database-target';
import { eachDataset } from '../shared/each-dataset';
import type { InputDataset } from '../shared/input-datasets';
import { runStore } from '../shared/kept-runs';
import { runState } from '../shared/kept-state';
import { asNodeError, withNodeErrors } from '../shared/node-error';
import { testSqliteFile } from './credential-test';
import { failedImport, loadOutputs } from './load-outputs';
import { getMatchColumns } from './match-lists';
import { isUndo } from './undo-parameters';
import { undoRuns } from './undo-run';
import { readLoadOptions, upsertProperties } from './upsert-parameters';

export class MatchUpsert implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Data Import: Match & Upsert',
		name: 'matchUpsert',
		icon: { light: 'file:matchUpsert.svg', dark: 'file:matchUpsert.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ($parameter["operation"] === "undo" ? "undo, " : "") + $parameter["mode"] + ": " + (($parameter["database"] === "dataTable" ? $parameter["dataTable"] : $parameter["table"]) || "no table") }}',
		description:
			'Match rows with the records of a table, write what is new or changed, and account for every row',
		defaults: { name: 'Match & Upsert' },
		inputs: ['main'],
		outputs: [
			{ type: 'main', displayName: 'Summary' },
			{ type: 'main', displayName: 'Written' },
			{ type: 'main', displayName: 'Failed' },
		],
		credentials: databaseCredentials().map((credential) =>
			credential.name === 'sqliteFile' ? { ...credential, testedBy: 'testSqliteFile' } : credential,
		),
		properties: upsertProperties,
	};

	methods = {
		listSearch: { searchTables },
		loadOptions: { getMatchColumns },
		credentialTest: { testSqliteFile },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await withNodeErrors(this, () =>
			isUndo(this) ? undoRuns(this) : eachDataset(this, importOrReport),
		);
	}
}

/** Where the workflow goes on after errors, a file that cannot be imported does not keep the others from it. */
async function importOrReport(context: IExecuteFunctions, input: InputDataset) {
	try {
		return await importDataset(context, input);
	} catch (error) {
		if (!context.continueOnFail() && !isCancelledInBatches(context, input)) throw error;
		return [[failedImport(input, asNodeError(context.getNode(), error))], [], []];
	}
}

/** What the files before have come to, and where the next start goes on, is worth more than an error. */
function isCancelledInBatches(context: IExecuteFunctions, { itemIndex }: InputDataset): boolean {
	if (context.getExecutionCancelSignal()?.aborted !== true) return false;
	return readLoadOptions(context, itemIndex).commit === 'batch';
}

/** Every file may go into a table of its own: the parameters are those of its item. */
async function importDataset(context: IExecuteFunctions, input: InputDataset) {
	const { dataset, itemIndex } = input;
	const table = chosenTable(context, itemIndex);
	const options = readLoadOptions(context, itemIndex);
	const signal = context.getExecutionCancelSignal();
	const target = await openDatabase(context, itemIndex);
	try {
		const result = await load(dataset, target, {
			table,
			...options,
			...runStore(context, itemIndex),
			state: runState(),
			signal,
		});
		try {
			const names = { table: writeTableName(table), listLimit: options.listLimit };
			return await loadOutputs(context, input, result, names);
		} finally {
			await result.failed.dispose();
			await result.planFile?.dispose();
		}
	} finally {
		await target.close();
	}
}
