import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { OperationDescription, ParameterDescription } from '../../engine';

/**
 * The parameters of all operations as one list of n8n properties: each is shown for the operations that have it. What the
 * engine says about an operation is all that is needed, so that a new one needs no line here.
 */
export function operationParameters(
	operations: readonly OperationDescription[],
): INodeProperties[] {
	const properties: INodeProperties[] = [];
	for (const { kind, parameters } of operations) {
		for (const parameter of parameters) {
			const property = parameterProperty(parameter);
			const twin = properties.find((candidate) => isSame(candidate, property));
			const show = twin?.displayOptions?.show?.operation;
			// a parameter that several operations share keeps its value when the operation is changed
			if (show !== undefined) show.push(kind);
			else properties.push(shownFor(property, kind));
		}
	}
	return properties;
}

/** The choice of the operation itself. */
export function operationChoice(operations: readonly OperationDescription[]): INodeProperties {
	const options: INodePropertyOptions[] = operations.map(({ kind, title, summary }) => ({
		name: title,
		value: kind,
		description: summary,
		action: title,
	}));
	const parameter: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: options.sort((a, b) => a.name.localeCompare(b.name)),
		default: '',
	};
	return { ...parameter, default: operations[0]?.kind ?? '' };
}

function parameterProperty(parameter: ParameterDescription): INodeProperties {
	const { name, title, summary, onlyWhen } = parameter;
	const show =
		onlyWhen &&
		Object.fromEntries(Object.entries(onlyWhen).map(([key, values]) => [key, [...values]]));
	return {
		displayName: title,
		name,
		description: summary,
		...propertyOfKind(parameter),
		// a table comes by the second input: the panel says so, and asks nothing
		...(parameter.kind === 'table' && {
			displayName: `${title}: ${summary}`,
			description: undefined,
		}),
		...(show !== undefined && { displayOptions: { show } }),
	};
}

type PropertyOfKind = Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>;

function propertyOfKind(parameter: ParameterDescription): PropertyOfKind {
	const { kind, choices = [], entries = [], default: fallback } = parameter;
	switch (kind) {
		case 'columns':
			return {
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getColumns' },
				default: [],
			};
		case 'column':
			return { type: 'options', typeOptions: { loadOptionsMethod: 'getColumns' }, default: '' };
		case 'table':
			return { type: 'notice', default: '' };
		case 'flag':
			return { type: 'boolean', default: fallback === true };
		case 'choice':
			return {
				type: 'options',
				options: choices.map(({ value, title }) => ({ name: title, value })),
				default: choices[0]?.value ?? '',
			};
		case 'number':
			return { type: 'number', default: typeof fallback === 'number' ? fallback : 0 };
		case 'list':
			return {
				type: 'fixedCollection',
				typeOptions: { multipleValues: true, sortable: true },
				placeholder: 'Add Entry',
				default: {},
				options: [{ displayName: 'Entry', name: 'entry', values: entries.map(parameterProperty) }],
			};
		case 'expression':
			// JSONata has braces of its own, which n8n must not take for an expression
			return { type: 'string', typeOptions: { rows: 3 }, noDataExpression: true, default: '' };
		default:
			return { type: 'string', default: typeof fallback === 'string' ? fallback : '' };
	}
}

function shownFor(property: INodeProperties, kind: string): INodeProperties {
	const show = { ...property.displayOptions?.show, operation: [kind] };
	return { ...property, displayOptions: { show } };
}

/** Equal but for the operations that they are shown for. */
function isSame(existing: INodeProperties, property: INodeProperties): boolean {
	const { operation: _, ...show } = existing.displayOptions?.show ?? {};
	const without = {
		...existing,
		displayOptions: Object.keys(show).length > 0 ? { show } : undefined,
	};
	return (
		JSON.stringify(without) ===
		JSON.stringify({ ...property, displayOptions: property.displayOptions })
	);
}

/** The options of an operation out of what n8n stored: lists are unwrapped, what is not the operation's is left out. */
export function operationOptions(
	{ parameters }: OperationDescription,
	stored: Record<string, unknown>,
): Record<string, unknown> {
	const options: Record<string, unknown> = {};
	for (const parameter of parameters) {
		if (parameter.kind === 'table') continue;
		const value = readValue(parameter, stored[parameter.name]);
		if (value !== undefined) options[parameter.name] = value;
	}
	return options;
}

function readValue({ kind, entries = [] }: ParameterDescription, value: unknown): unknown {
	if (kind !== 'list') return value;
	const list = (value as { entry?: Array<Record<string, unknown>> } | undefined)?.entry ?? [];
	return list.map((entry) =>
		Object.fromEntries(entries.map((inner) => [inner.name, readValue(inner, entry[inner.name])])),
	);
}
