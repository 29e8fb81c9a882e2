import type { IExecuteFunctions } from 'n8n-workflow';
import {
	learnedFrom,
	makeContract,
	makeTemplate,
	profile,
	type Column,
	type Dataset,
	type MappingTemplate,
	type SaveOutcome,
	type TemplateContent,
	type TemplateGroup,
} from '../../engine';
import type { InputDataset } from '../shared/input-datasets';
import type { PlannedMapping } from './field-mapping';
import type { MappedGroup } from './group-mapping';
import type { MapOptions } from './map-options';
import { templateStore } from './template-place';

export interface SavedTemplate {
	name: string;
	saved: SaveOutcome;
}

/**
 * Saves the mapping under the name in the options. What was learned under that name before, and its contract, stay unless
 * this mapping says otherwise; also what others learn at the same time.
 *
 * @returns undefined when none is to be saved
 * @throws ImportError RUN_TEMPLATE, RUN_CONFIG, RUN_CONNECTION, WRITE_DENIED
 */
export async function saveTemplate(
	context: IExecuteFunctions,
	input: SavedInput,
	columns: readonly Column[],
	{ fields, matches, skipped, template }: PlannedMapping,
	options: MapOptions,
): Promise<SavedTemplate | undefined> {
	return await save(context, { input, columns, template, options }, (earlier) => {
		const before = { ...earlier?.learned, ...template?.learned };
		return { fields, learned: learnedFrom(columns, matches, fields, skipped, before) };
	});
}

/**
 * Saves the mapping of record groups, as `saveTemplate` does.
 *
 * @param used columns of the file that groups take
 * @param skipped columns of the file that are left out on purpose
 * @throws as `saveTemplate`
 */
export async function saveGroups(
	context: IExecuteFunctions,
	input: SavedInput,
	columns: readonly Column[],
	{ groups, used, skipped, template }: MappedGroups,
	options: MapOptions,
): Promise<SavedTemplate | undefined> {
	return await save(context, { input, columns, template, options }, (earlier) => {
		const before = Object.entries({ ...earlier?.learned, ...template?.learned });
		const leftOut = before.filter(([header]) => !used.includes(header));
		return {
			fields: [],
			groups: groups.map((group) => templateGroup(group, [earlier, template])),
			learned: Object.fromEntries([...leftOut, ...skipped.map((name) => [name, null] as const)]),
		};
	});
}

/** What was decided about record groups. */
export interface MappedGroups {
	groups: readonly MappedGroup[];
	used: readonly string[];
	skipped: readonly string[];
	/** The template that they come from. */
	template: MappingTemplate | undefined;
}

type SavedInput = Pick<InputDataset, 'dataset' | 'itemIndex'>;

interface Saving {
	input: SavedInput;
	columns: readonly Column[];
	template: MappingTemplate | undefined;
	options: MapOptions;
}

async function save(
	context: IExecuteFunctions,
	{ input: { dataset, itemIndex }, columns, template, options }: Saving,
	content: (
		earlier: MappingTemplate | undefined,
	) => Pick<TemplateContent, 'fields' | 'groups' | 'learned'>,
): Promise<SavedTemplate | undefined> {
	const { saveAs, saveContract, unmapped } = options;
	if (saveAs === '') return undefined;
	const store = await templateStore(context, itemIndex);
	const made = saveContract ? await contractOf(dataset, context) : undefined;
	const saved = await store.update(saveAs, (earlier) => {
		const contract = made ?? earlier?.contract ?? template?.contract;
		return makeTemplate({
			name: saveAs,
			...content(earlier),
			unmapped,
			columns: columns.map(({ name, type }) => ({ name, type })),
			...(contract && { contract }),
		});
	});
	return { name: saveAs, saved };
}

function templateGroup(
	{ settings: { table, matchOn }, group, columns, matches, skipped }: MappedGroup,
	templates: ReadonlyArray<MappingTemplate | undefined>,
): TemplateGroup {
	const before = templates.map((template) =>
		template?.groups?.find(({ name }) => name === group.name),
	);
	const known = Object.assign({}, ...before.map((saved) => saved?.learned)) as Learned;
	const learned = learnedFrom(columns, matches, group.fields, skipped, known);
	return { ...group, table, matchOn, learned };
}

type Learned = TemplateGroup['learned'];

const contractOf = async (dataset: Dataset, context: IExecuteFunctions) =>
	makeContract(await profile(dataset, { signal: context.getExecutionCancelSignal() }));
