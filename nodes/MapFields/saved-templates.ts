import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
} from 'n8n-workflow';
import { ImportError, makeTemplate, readTemplate, type MappingTemplate } from '../../engine';
import type { TemplateOperation } from './template-parameters';
import { templateStore } from './template-place';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** The template that the node's parameters name. @throws ImportError RUN_CONFIG, RUN_TEMPLATE, RUN_CONNECTION */
export async function chosenTemplate(context: Context, itemIndex = 0): Promise<MappingTemplate> {
	const name = chosenName(context, itemIndex);
	return await (await templateStore(context, itemIndex)).read(name);
}

function chosenName(context: Context, itemIndex: number): string {
	const extract = { extractValue: true };
	const value: unknown =
		'getCurrentNodeParameter' in context
			? context.getCurrentNodeParameter('template', extract)
			: context.getNodeParameter('template', itemIndex, '', extract);
	if (typeof value === 'string' && value.trim() !== '') return value.trim();
	throw new ImportError('RUN_CONFIG', 'No template is chosen', {
		hint: 'Choose a template from the list. To save one, set Save as Template in the options, and run the node once.',
	});
}

/** List method of the Template parameter. */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.toLowerCase() ?? '';
	const names = await (await templateStore(this)).names();
	const results = names.filter((name) => name.toLowerCase().includes(wanted));
	return { results: results.map((name) => ({ name, value: name })) };
}

/** Lists, exports, imports or deletes templates, once for each item. */
export async function runTemplateOperation(
	context: IExecuteFunctions,
	operation: TemplateOperation,
): Promise<INodeExecutionData[][]> {
	const results: INodeExecutionData[] = [];
	// the same list for every item would say the same many times
	const items = operation === 'listTemplates' ? [{}] : context.getInputData();
	for (const [item] of items.entries()) {
		const jsons = await work[operation](context, item);
		for (const json of jsons) results.push({ json, pairedItem: { item } });
	}
	return [results, [], []];
}

type Work = (context: IExecuteFunctions, itemIndex: number) => Promise<IDataObject[]>;

const work: Record<TemplateOperation, Work> = {
	async listTemplates(context, itemIndex) {
		const store = await templateStore(context, itemIndex);
		return (await store.list()).map((summary) => ({ ...summary }));
	},
	async exportTemplate(context, itemIndex) {
		const template = await chosenTemplate(context, itemIndex);
		return [{ name: template.name, template: template }];
	},
	async importTemplate(context, itemIndex) {
		const read = readTemplate(context.getNodeParameter('templateJson', itemIndex));
		const given: unknown = context.getNodeParameter('templateName', itemIndex, '');
		const name = typeof given === 'string' ? given.trim() : '';
		const template = makeTemplate({ ...read, ...(name !== '' && { name }) });
		const store = await templateStore(context, itemIndex);
		return [{ name: template.name, saved: await store.save(template) }];
	},
	async deleteTemplate(context, itemIndex) {
		const name = chosenName(context, itemIndex);
		const store = await templateStore(context, itemIndex);
		return [{ name, deleted: await store.delete(name) }];
	},
};
