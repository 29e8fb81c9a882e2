import type { IExecuteFunctions } from 'n8n-workflow';
import {
	learnedFrom,
	makeContract,
	makeTemplate,
	profile,
	type Column,
	type Dataset,
	type SaveOutcome,
} from '../../engine';
import type { InputDataset } from '../shared/input-datasets';
import type { PlannedMapping } from './field-mapping';
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
	{ dataset, itemIndex }: Pick<InputDataset, 'dataset' | 'itemIndex'>,
	columns: readonly Column[],
	{ fields, matches, skipped, template }: PlannedMapping,
	{ saveAs, saveContract, unmapped }: MapOptions,
): Promise<SavedTemplate | undefined> {
	if (saveAs === '') return undefined;
	const store = await templateStore(context, itemIndex);
	const made = saveContract ? await contractOf(dataset, context) : undefined;
	const saved = await store.update(saveAs, (earlier) => {
		const before = { ...earlier?.learned, ...template?.learned };
		const contract = made ?? earlier?.contract ?? template?.contract;
		return makeTemplate({
			name: saveAs,
			fields,
			unmapped,
			learned: learnedFrom(columns, matches, fields, skipped, before),
			columns: columns.map(({ name, type }) => ({ name, type })),
			...(contract && { contract }),
		});
	});
	return { name: saveAs, saved };
}

const contractOf = async (dataset: Dataset, context: IExecuteFunctions) =>
	makeContract(await profile(dataset, { signal: context.getExecutionCancelSignal() }));
