import {
	learnedFrom,
	makeContract,
	makeTemplate,
	profile,
	type Column,
	type Dataset,
} from '../../engine';
import type { PlannedMapping } from './field-mapping';
import type { MapOptions } from './map-options';
import { templateStore } from './saved-templates';

export interface SavedTemplate {
	name: string;
	saved: 'created' | 'replaced' | 'unchanged';
}

/**
 * Saves the mapping under the name in the options. What was learned under that name before, and its contract, stay unless
 * this mapping says otherwise.
 *
 * @returns undefined when none is to be saved
 * @throws ImportError RUN_TEMPLATE
 */
export async function saveTemplate(
	dataset: Dataset,
	columns: readonly Column[],
	{ fields, matches, skipped, template }: PlannedMapping,
	{ saveAs, saveContract, unmapped }: MapOptions,
	signal: AbortSignal | undefined,
): Promise<SavedTemplate | undefined> {
	if (saveAs === '') return undefined;
	const store = templateStore();
	const earlier = await store.find(saveAs);
	const before = { ...earlier?.learned, ...template?.learned };
	const contract = saveContract
		? makeContract(await profile(dataset, { signal }))
		: (earlier?.contract ?? template?.contract);
	const saved = await store.save(
		makeTemplate({
			name: saveAs,
			fields,
			unmapped,
			learned: learnedFrom(columns, matches, fields, skipped, before),
			columns: columns.map(({ name, type }) => ({ name, type })),
			...(contract && { contract }),
		}),
	);
	return { name: saveAs, saved };
}
