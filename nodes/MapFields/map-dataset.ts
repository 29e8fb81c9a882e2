import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	addStep,
	checkDrift,
	columnsOf,
	head,
	ImportError,
	mappingReport,
	typeClashes,
	type Dataset,
	type Issue,
	type Step,
} from '../../engine';
import { datasetOutputs, type OutputMode } from '../shared/dataset-output';
import type { InputDataset } from '../shared/input-datasets';
import { contractCheck } from './contract-check';
import { planMapping, type PlannedMapping } from './field-mapping';
import { showReport } from './mapping-hints';
import { readMapOptions, type MapOptions } from './map-options';
import { saveTemplate } from './save-template';
import type { DriftSettings } from './template-parameters';

/** Rows at the head of the file that the matching and the warnings look at. */
export const HEAD_ROWS = 200;

/** Maps one dataset: finds the columns, says what it did, adds the steps. @throws ImportError RUN_*, HEADER_* */
export async function mapDataset(
	context: IExecuteFunctions,
	input: InputDataset,
): Promise<INodeExecutionData[][]> {
	const { itemIndex } = input;
	const mode = context.getNodeParameter('output', itemIndex) as OutputMode;
	const settings = readMapOptions(context, itemIndex);
	const columns = columnsOf(input.dataset);
	const signal = context.getExecutionCancelSignal();
	const { rows } = await head(input.dataset, HEAD_ROWS, { signal });
	const samples = rows.map(({ cells }) => cells);
	const plan = await planMapping(context, columns, samples, settings, itemIndex);
	const driftSettings = context.getNodeParameter('drift', itemIndex, {}) as DriftSettings;
	const drifted = plan.drift === undefined ? [] : checkDrift(plan.drift, driftSettings);
	const dataset = withSteps(input.dataset, plan, settings, driftSettings);
	columnsOf(dataset);
	const warnings = [...drifted, ...typeClashes(columns, plan.used, samples)];
	const report = mappingReport(columns, plan.fields, plan.matches, samples, plan);
	const saved = await saveTemplate(context, input, columns, plan, settings);
	showReport(context, report, warnings, saved);
	return await datasetOutputs(context, input, dataset, {
		mode,
		options: settings.output,
		more: {
			mapping: report as unknown as IDataObject[],
			...(warnings.length > 0 && { warnings: warnings.map(warningJson) }),
			...(plan.drift && { drift: plan.drift as unknown as IDataObject }),
			...(saved && { template: { ...saved } }),
		},
	});
}

function withSteps(
	dataset: Dataset,
	{ used, skipped, drift, template }: PlannedMapping,
	{ unmapped }: MapOptions,
	driftSettings: DriftSettings,
): Dataset {
	if (used.length === 0) {
		throw new ImportError('RUN_NO_MAPPING', 'No column fits a field, and no field has a default');
	}
	const map = { kind: 'map', version: 1, options: { fields: used, unmapped, skipped } };
	const check = contractCheck(dataset, template, drift?.renamed ?? [], driftSettings);
	return [...check, map].map(plainStep).reduce(addStep, dataset);
}

/** Without settings that are not set: a step travels as JSON. */
export const plainStep = (step: Step): Step => JSON.parse(JSON.stringify(step)) as Step;

export const warningJson = ({ code, message, column, field, value }: Issue): IDataObject => ({
	code,
	message,
	column: column ?? null,
	field: field ?? null,
	value: value ?? null,
});
