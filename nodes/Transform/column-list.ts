import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { incomingColumns } from '../shared/incoming-columns';

/** The columns that the operations can choose from: those that came in, and those that an operation adds. */
export function getColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const columns = incomingColumns(this).map(({ name, type }) => ({
		name: type === undefined ? name : `${name} (${type})`,
		value: name,
	}));
	const known = new Set(columns.map(({ value }) => value));
	for (const name of namesInUse(this)) {
		if (known.has(name)) continue;
		known.add(name);
		columns.push({ name, value: name });
	}
	return Promise.resolve(columns);
}

/** A column of the lookup table, as the panel stores it. */
interface BroughtEntry {
	lookupField?: string;
	name?: string;
}

/** Names that operations already work on or add: they stay choosable before the previous node has run. */
function namesInUse(context: ILoadOptionsFunctions): string[] {
	const { operation = [] } = (context.getCurrentNodeParameter('operations') ?? {}) as {
		operation?: Array<{ fields?: unknown; field?: unknown; bring?: { entry?: BroughtEntry[] } }>;
	};
	return operation.flatMap(({ fields, field, bring }) =>
		[fields, field, bring?.entry?.map(({ name, lookupField }) => name || lookupField)]
			.flat()
			.filter((name): name is string => typeof name === 'string' && name !== ''),
	);
}
