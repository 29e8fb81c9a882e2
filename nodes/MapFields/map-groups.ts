import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	addStep,
	applyGroups,
	checkDrift,
	columnsOf,
	groupColumns,
	head,
	ImportError,
	orderGroups,
	planGroups,
	recordsStep,
	typeClashes,
	type Cell,
	type Column,
	type Dataset,
	type GroupLinks,
	type MappingTemplate,
	type PlannedGroup,
	type RenamedColumn,
} from '../../engine';
import {
	appendOutputs,
	datasetOutputs,
	refuseTooManyRows,
	type OutputMode,
} from '../shared/dataset-output';
import type { InputDataset } from '../shared/input-datasets';
import { contractCheck } from './contract-check';
import { fitGroup, mapGroup, type MappedGroup } from './group-mapping';
import { groupReport } from './group-report';
import { readGroups } from './group-settings';
import { HEAD_ROWS, plainStep, warningJson } from './map-dataset';
import { readMapOptions, type MapOptions } from './map-options';
import { showGroupReports, type GroupReport } from './mapping-hints';
import { saveGroups } from './save-template';
import { chosenTemplate } from './saved-templates';
import type { DriftSettings } from './template-parameters';

/**
 * Maps one dataset to several kinds of records: a dataset for each group, over the same file, those that others refer to
 * first.
 *
 * @throws ImportError RUN_*, HEADER_*, WRITE_DENIED
 */
export async function mapGroups(
	context: IExecuteFunctions,
	input: InputDataset,
): Promise<INodeExecutionData[][]> {
	const { itemIndex, dataset } = input;
	const mode = context.getNodeParameter('output', itemIndex) as OutputMode;
	const settings = readMapOptions(context, itemIndex);
	const driftSettings = context.getNodeParameter('drift', itemIndex, {}) as DriftSettings;
	const columns = columnsOf(dataset);
	const samples = await firstRows(context, dataset);
	const file = { dataset, columns, samples };
	const mapping =
		context.getNodeParameter('groupsFrom', itemIndex, 'list') === 'template'
			? await groupsOfTemplate(context, file, settings, itemIndex)
			: await groupsOfNode(context, file, settings, itemIndex);
	const { groups: mapped, skipped, template } = mapping;
	const planned = planGroups(
		mapped.map(({ group }) => group),
		columns,
		{ unmapped: settings.unmapped, skipped },
	);
	const check = contractCheck(dataset, template, mapping.renamed, driftSettings);
	const results = mapped.map((group, i): MappedGroup & Required<Result> => {
		const plan = planned[i];
		// planned in the order that they have already
		if (plan === undefined) throw new RangeError(`The group ${i} was not planned`);
		const drifted = group.drift === undefined ? [] : checkDrift(group.drift, driftSettings);
		const clashes = typeClashes(group.columns, plan.fields.filter(isAmong(group)), group.samples);
		const report = groupReport(columns, samples, group, plan, planned);
		const grouped = [...check, ...plan.steps].map(plainStep).reduce(addStep, dataset);
		columnsOf(grouped);
		return { ...group, plan, grouped, report, warnings: [...drifted, ...plan.issues, ...clashes] };
	});
	const used = planned.flatMap((plan) => plan.used);
	const decided = { groups: mapped, used, skipped, template };
	const saved = await saveGroups(context, input, columns, decided, settings);
	showGroupReports(
		context,
		results.map(({ group: { name }, report, warnings }) => ({ name, report, warnings })),
		saved,
	);
	const outputs: INodeExecutionData[][] = [[], [], []];
	for (const [i, result] of results.entries()) {
		const written = await datasetOutputs(context, input, result.grouped, {
			mode,
			options: settings.output,
			more: {
				group: groupJson(result, i, results.length, itemIndex),
				mapping: result.report as unknown as IDataObject[],
				...(result.warnings.length > 0 && { warnings: result.warnings.map(warningJson) }),
				...(result.drift && { drift: result.drift as unknown as IDataObject }),
				...(saved && { template: { ...saved } }),
			},
		});
		appendOutputs(outputs, written.map(nameGroup(result.plan)));
		refuseTooManyRows((outputs[0]?.length ?? 0) + (outputs[2]?.length ?? 0), settings.output);
	}
	return outputs;
}

interface Result extends Omit<GroupReport, 'name'> {
	plan: PlannedGroup;
	grouped: Dataset;
}

/** The file whose rows are taken apart, with its first rows. */
interface File {
	dataset: Dataset;
	columns: readonly Column[];
	samples: readonly (readonly Cell[])[];
}

/** The groups with their columns; what is left out of the file, and has another name in it. */
interface Mapping {
	groups: MappedGroup[];
	skipped: string[];
	renamed: RenamedColumn[];
	template?: MappingTemplate;
}

/** The groups that are listed in the node. */
async function groupsOfNode(
	context: IExecuteFunctions,
	file: File,
	settings: MapOptions,
	itemIndex: number,
): Promise<Mapping> {
	const groups: MappedGroup[] = [];
	for (const group of orderGroups(readGroups(context, itemIndex))) {
		const own = groupColumns(file.columns, group.name, group.repeat);
		groups.push(await mapGroup(group, own, await rowsOf(context, file, group), settings));
	}
	return { groups, skipped: settings.skipColumns, renamed: [] };
}

/** The groups that a template holds. */
async function groupsOfTemplate(
	context: IExecuteFunctions,
	file: File,
	settings: MapOptions,
	itemIndex: number,
): Promise<Mapping> {
	const template = await chosenTemplate(context, itemIndex);
	if (template.groups === undefined) {
		throw new ImportError(
			'RUN_CONFIG',
			`The template "${template.name}" holds one record per row`,
			{
				hint: 'Set Records per Row to One, and Fields From to Template.',
			},
		);
	}
	const applied = applyGroups(template, file.columns, file.samples);
	const groups: MappedGroup[] = [];
	for (const fitted of applied.groups) {
		const { name, repeat } = fitted.group;
		const own = groupColumns(file.columns, name, repeat);
		groups.push(fitGroup(fitted, own, await rowsOf(context, file, fitted.group), settings));
	}
	const skipped = [...new Set([...settings.skipColumns, ...applied.skipped])];
	return { groups, skipped, renamed: applied.renamed, template };
}

const rowsOf = async (
	context: IExecuteFunctions,
	{ dataset, samples }: File,
	group: GroupLinks,
): Promise<readonly (readonly Cell[])[]> =>
	group.repeat === undefined ? samples : await firstRows(context, dataset, group);

async function firstRows(
	context: IExecuteFunctions,
	dataset: Dataset,
	group?: GroupLinks,
): Promise<Cell[][]> {
	const signal = context.getExecutionCancelSignal();
	const records =
		group === undefined
			? dataset
			: addStep(dataset, plainStep(recordsStep({ group: group.name, repeat: group.repeat })));
	const { rows } = await head(records, HEAD_ROWS, { signal });
	return rows.map(({ cells }) => cells);
}

/** Whether a field takes a column of the group, and no temporary ids. */
const isAmong =
	({ columns }: MappedGroup) =>
	({ column }: { column?: string }): boolean =>
		columns.some(({ name }) => name === column);

/** What the next nodes need to know: where the records go, what they are matched on and what they refer to. */
const groupJson = (
	{ group: { name, references = [], idField }, settings: { table, matchOn } }: MappedGroup,
	place: number,
	groups: number,
	input: number,
): IDataObject => ({
	name,
	table,
	order: place + 1,
	groups,
	matchOn,
	references: references.map((reference) => ({ ...reference })),
	...(idField !== undefined && { idField }),
	// groups of one file belong together, also where several files came
	input,
});

/** Rows as items tell their group; a Dataset has it with more. */
const nameGroup =
	({ name, fields }: PlannedGroup) =>
	(items: readonly INodeExecutionData[]): INodeExecutionData[] => {
		const key = fields.some((field) => field.name === 'group') ? 'record_group' : 'group';
		return items.map((item) =>
			'dataset' in item.json ? item : { ...item, json: { [key]: name, ...item.json } },
		);
	};
