import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { load, type Target } from '../../engine';
import {
	chosenTable,
	databaseCredentials,
	openDatabase,
	searchTables,
	writeTableName,
} from '../shared/database-target';
import { closeAll, inputDatasets, type InputDataset } from '../shared/input-datasets';
import { asNodeError, withNodeErrors } from '../shared/node-error';
import { testSqliteFile } from './credential-test';
import { failedImport, loadOutputs } from './load-outputs';
import { getMatchColumns } from './match-lists';
import { readLoadOptions, upsertProperties } from './upsert-parameters';

export class MatchUpsert implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Data Import: Match & Upsert',
		name: 'matchUpsert',
		icon: { light: 'file:matchUpsert.svg', dark: 'file:matchUpsert.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["mode"] + ": " + ($parameter["table"] || "no table") }}',
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
		return await withNodeErrors(this, async () => {
			const target = await openDatabase(this);
			const inputs = await inputDatasets(this);
			try {
				const outputs: INodeExecutionData[][] = [[], [], []];
				for (const input of inputs) {
					const written = await importOrReport(this, input, target);
					written.forEach((items, output) => outputs[output]?.push(...items));
				}
				return outputs;
			} finally {
				await closeAll(inputs);
				await target.close();
			}
		});
	}
}

/** Where the workflow goes on after errors, a file that cannot be imported does not keep the others from it. */
async function importOrReport(context: IExecuteFunctions, input: InputDataset, target: Target) {
	try {
		return await importDataset(context, input, target);
	} catch (error) {
		if (!context.continueOnFail()) throw error;
		return [[failedImport(input, asNodeError(context.getNode(), error))], [], []];
	}
}

async function importDataset(context: IExecuteFunctions, input: InputDataset, target: Target) {
	const table = chosenTable(context);
	const options = readLoadOptions(context);
	const result = await load(input.dataset, target, {
		table,
		...options,
		signal: context.getExecutionCancelSignal(),
	});
	try {
		return await loadOutputs(context, input, result, {
			table: writeTableName(table),
			listLimit: options.listLimit,
		});
	} finally {
		await result.failed.dispose();
	}
}
