import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { LoadRules, PlanFileFormat } from '../../engine';
import {
	batchRowsParameter,
	commitParameter,
	readCommit,
	type StoredCommit,
} from './commit-parameters';
import { guardsParameter, readGuards, type StoredGuards } from './guard-parameters';
import { choicesParameter, readChoices } from './choice-parameters';
import { planFileParameter, planTokenParameter, readPlanToken } from './plan-parameters';
import { databaseParameter, tableParameters } from '../shared/database-target';
import { incomingColumnsParameter } from '../shared/incoming-columns';
import {
	matchProperties,
	newerBy,
	readMatchRules,
	readSeparators,
	readWritePolicies,
	writePolicies,
} from './match-parameters';
import { forImport, keepForUndo, operationParameter, undoProperties } from './undo-parameters';
import { readReferences, referencesParameter, type StoredReferences } from './reference-parameters';
import { readStamps, stampsParameter } from './stamp-parameters';
import { readSynchronisation, synchroniseParameter } from './synchronise-parameters';

const LIST_LIMIT = 1000;

const modeParameter: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Apply',
			value: 'apply',
			description:
				'Write what is new or changed: all of it or nothing, unless the option Commit says otherwise. Data Tables are written in parts.',
		},
		{
			name: 'Plan',
			value: 'plan',
			description: 'Do everything but the write, and say what would be written',
		},
	],
	default: 'apply',
	description: 'Whether to write, or only to show what would be written',
};

/** What is set for an import alone. */
const importProperties: INodeProperties[] = [
	...matchProperties,
	{
		displayName: 'If a Record Matches',
		name: 'onMatch',
		type: 'options',
		options: [
			{ name: 'Fail the Row', value: 'fail', description: 'The record must not be there yet' },
			{ name: 'Insert Anyway', value: 'insert', description: 'Add a second record' },
			{ name: 'Skip the Row', value: 'skip', description: 'Leave the record as it is' },
			{
				name: 'Update',
				value: 'update',
				description: 'Write the values that differ. A record that would not change is not written.',
			},
		],
		default: 'update',
		description: 'What to do with a row whose record is in the table already',
	},
	{
		displayName: 'If No Record Matches',
		name: 'onNoMatch',
		type: 'options',
		options: [
			{ name: 'Fail the Row', value: 'fail', description: 'The record must be there already' },
			{ name: 'Insert', value: 'insert', description: 'Add a record' },
			{ name: 'Skip the Row', value: 'skip', description: 'Leave the row out' },
		],
		default: 'insert',
		description: 'What to do with a row whose record is not in the table',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			choicesParameter,
			{
				displayName: 'Clearing Value',
				name: 'clearingValue',
				type: 'string',
				default: '',
				placeholder: 'e.g. #N/A',
				description:
					'A cell with this text empties the field of the record, whatever its type and its write policy, and leaves it empty in a new record',
			},
			{
				displayName: 'Columns Not in the Table',
				name: 'extraColumns',
				type: 'options',
				options: [
					{ name: 'Error', value: 'error', description: 'Say so before anything is read' },
					{ name: 'Ignore', value: 'ignore', description: 'Leave them out' },
				],
				default: 'error',
				description: 'What to do with columns that the table does not have',
			},
			commitParameter,
			{
				displayName: 'Duplicates in the File',
				name: 'duplicates',
				type: 'options',
				options: [
					{ name: 'Fail All of Them', value: 'fail', description: 'None of the rows is imported' },
					{ name: 'Import All', value: 'all', description: 'Each row counts on its own' },
					{ name: 'Keep First', value: 'first', description: 'The later rows are skipped' },
					{ name: 'Keep Last', value: 'last', description: 'The earlier rows are skipped' },
					{
						name: 'Merge',
						value: 'merge',
						description: 'They become one: of each column the last value that is there',
					},
				],
				default: 'first',
				description: 'What to do with rows of the file that have the same key',
			},
			{
				displayName: 'Empty Cells',
				name: 'emptyCells',
				type: 'options',
				options: [
					{ name: 'Clear the Value', value: 'clear', description: 'The record loses its value' },
					{ name: 'Keep the Value', value: 'keep', description: 'The record keeps its value' },
				],
				default: 'keep',
				description: 'What an empty cell does to the record that is updated',
			},
			guardsParameter,
			keepForUndo,
			newerBy,
			planFileParameter,
			planTokenParameter,
			synchroniseParameter,
			referencesParameter,
			batchRowsParameter,
			{
				displayName: 'Rows to List',
				name: 'listLimit',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 50000 },
				default: LIST_LIMIT,
				description:
					'The most rows that Written and Failed list as items. The counts are always complete, and so is the file of failed rows.',
			},
			{
				displayName: 'Rows Without Key',
				name: 'blankKey',
				type: 'options',
				options: [
					{ name: 'Fail the Row', value: 'fail', description: 'Their record cannot be told' },
					{ name: 'Insert', value: 'insert', description: 'Each time as a new record' },
					{ name: 'Skip the Row', value: 'skip', description: 'Leave the row out' },
				],
				default: 'fail',
				description: 'What to do with rows that have no value in a column of Match On',
			},
			{
				displayName: 'Same File Again',
				name: 'sameFile',
				type: 'options',
				options: [
					{ name: 'Import', value: 'import', description: 'Import it like any other' },
					{
						name: 'Skip',
						value: 'skip',
						description:
							'Remember each file in the table data_import_files beside the table, and skip one that was imported into this table before',
					},
				],
				default: 'import',
				description: 'What to do with a file that was imported before, whatever it is called',
			},
			{
				displayName: 'Skip Rows Unchanged Since the Last Run',
				name: 'delta',
				type: 'boolean',
				default: false,
				description:
					'Whether rows with the values of the last run that applied them are skipped, so that changes that people made to their records since stay. They are remembered by hashes in the table data_import_hashes beside the table.',
			},
			stampsParameter,
			writePolicies,
		],
	},
];

export const upsertProperties: INodeProperties[] = [
	operationParameter,
	databaseParameter(),
	...tableParameters(),
	modeParameter,
	...forImport(importProperties),
	...undoProperties,
	incomingColumnsParameter,
];

interface UpsertOptions extends StoredCommit {
	delta?: boolean;
	clearingValue?: string;
	keepForUndo?: boolean;
	guards?: StoredGuards;
	extraColumns?: 'error' | 'ignore';
	duplicates?: LoadRules['duplicates'];
	emptyCells?: LoadRules['emptyCells'];
	blankKey?: LoadRules['blankKey'];
	listLimit?: number;
	sameFile?: 'import' | 'skip';
	stamps?: unknown;
	synchronise?: unknown;
	writePolicies?: unknown;
	newerBy?: string;
	references?: StoredReferences;
	choices?: unknown;
	planFile?: 'none' | PlanFileFormat;
	planToken?: string;
}

/** The parameters as the engine takes them. */
export function readLoadOptions(context: IExecuteFunctions, itemIndex: number) {
	const options = context.getNodeParameter('options', itemIndex, {}) as UpsertOptions;
	const onMatch = context.getNodeParameter('onMatch', itemIndex) as LoadRules['onMatch'];
	const match = readMatchRules(context, itemIndex);
	const rules: LoadRules = {
		match,
		// without a key there is nothing that could match
		onMatch: match.length === 0 && onMatch === 'update' ? 'insert' : onMatch,
		onNoMatch: context.getNodeParameter('onNoMatch', itemIndex) as LoadRules['onNoMatch'],
		duplicates: options.duplicates ?? 'first',
		blankKey: options.blankKey ?? 'fail',
		emptyCells: options.emptyCells ?? 'keep',
		policies: readWritePolicies(options.writePolicies),
		separators: readSeparators(options.writePolicies),
		newerBy: options.newerBy,
	};
	const mode = context.getNodeParameter('mode', itemIndex) as 'plan' | 'apply';
	const { planFile = 'none' } = options;
	return {
		mode,
		choices: readChoices(options.choices),
		planToken: mode === 'apply' ? readPlanToken(options.planToken) : undefined,
		...(planFile !== 'none' && { planFile }),
		rules,
		references: readReferences(options.references),
		clearingValue: options.clearingValue,
		delta: options.delta === true,
		synchronisation: readSynchronisation(options.synchronise),
		stamps: readStamps(options.stamps),
		runId: context.getExecutionId(),
		extraColumns: options.extraColumns ?? ('error' as const),
		once: options.sameFile === 'skip',
		listLimit: options.listLimit ?? LIST_LIMIT,
		guards: readGuards(options.guards),
		...(options.keepForUndo === true && { journal: { run: newRun(context) } }),
		...readCommit(options),
	};
}

/** Begins with the id of the execution, where a person finds the import again. */
function newRun(context: IExecuteFunctions): string {
	const execution = context.getExecutionId() as string | undefined;
	const own = randomUUID();
	return execution === undefined || execution === '' ? own : `${execution}-${own.slice(0, 8)}`;
}
