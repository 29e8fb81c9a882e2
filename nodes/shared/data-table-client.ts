import type {
	ExecuteWorkflowData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	IWorkflowBase,
} from 'n8n-workflow';
import type {
	DataTable,
	DataTableClient,
	DataTableColumn,
	DataTableRecord,
	DataTableUpdate,
	DataTableUpdates,
	DataTableValue,
	DataTableValues,
} from '../../engine';

const DEFAULT_SIZE_LIMIT = 200 * 1024 * 1024;

const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(['id', 'createdAt', 'updatedAt']);

/**
 * Reaches Data Tables through n8n's own node, in a workflow that is run inside the execution: n8n gives no other node access
 * to them. The tables are those of the project that the workflow belongs to.
 */
export class NodeDataTableClient implements DataTableClient {
	readonly sizeLimit = sizeLimit();

	readonly #context: IExecuteFunctions;

	constructor(context: IExecuteFunctions) {
		this.#context = context;
	}

	async listTables(): Promise<DataTable[]> {
		const items = await this.#run([{ json: {} }], {
			resource: 'table',
			operation: 'list',
			returnAll: true,
			options: {},
		});
		return items.map(({ json }) => readTable(json));
	}

	async createTable(name: string, columns: readonly DataTableColumn[]): Promise<DataTable> {
		const [created] = await this.#run([{ json: {} }], {
			resource: 'table',
			operation: 'create',
			tableName: name,
			columns: { column: columns.map((column) => ({ name: column.name, type: column.type })) },
			options: {},
		});
		return { ...readTable(created?.json ?? {}), name, columns: [...columns] };
	}

	async readRows(table: DataTable, after: number, limit: number): Promise<DataTableRecord[]> {
		const items = await this.#run([{ json: {} }], {
			...rowOperation('get', table),
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'id', condition: 'gt', keyValue: after }] },
			returnAll: false,
			limit,
			orderBy: true,
			orderByColumn: 'id',
			orderByDirection: 'ASC',
		});
		return items.map(({ json }) => ({
			id: Number(json.id),
			updatedAt: json.updatedAt as string,
			values: Object.fromEntries(
				table.columns.map(({ name }) => [name, (json[name] ?? null) as DataTableValue]),
			),
		}));
	}

	async insertRows(table: DataTable, rows: readonly DataTableValues[]): Promise<void> {
		const items = rows.map((json) => ({ json }));
		const [result] = await this.#run(items, {
			...rowOperation('insert', table),
			columns: BY_NAME,
			options: { optimizeBulk: true },
		});
		const inserted = Number(result?.json.insertedRows);
		if (inserted === rows.length) return;
		throw new Error(`${inserted} of ${rows.length} rows were inserted`);
	}

	async updateRows(
		table: DataTable,
		updates: readonly DataTableUpdate[],
	): Promise<DataTableUpdates> {
		const items = updates.map(({ id, unchangedSince, values }) => ({
			json: { ...values, id, updatedAt: unchangedSince },
		}));
		return await this.#changeEach(items, updateOf(table));
	}

	async deleteRows(
		table: DataTable,
		records: ReadonlyArray<Pick<DataTableUpdate, 'id' | 'unchangedSince'>>,
	): Promise<DataTableUpdates> {
		const items = records.map(({ id, unchangedSince }) => ({
			json: { id, updatedAt: unchangedSince },
		}));
		return await this.#changeEach(items, deletionOf(table));
	}

	/** Each item is a record; those that come back with the moment of their creation were changed. */
	async #changeEach(
		items: Array<{ json: { id: number } & IDataObject }>,
		parameters: INodeParameters,
	): Promise<DataTableUpdates> {
		const answers = await this.#run(items, parameters, 'continueRegularOutput');
		const written = new Set<number>();
		const refused = new Map<number, unknown>();
		for (const { json } of answers) {
			if ('createdAt' in json) written.add(Number(json.id));
			else refused.set(Number(json.id), undefined);
		}
		// n8n keeps the reason to itself when it goes on after an error
		for (const item of items.filter(({ json }) => refused.has(json.id))) {
			try {
				const [again] = await this.#run([item], parameters);
				refused.delete(item.json.id);
				if (again !== undefined) written.add(item.json.id);
			} catch (error) {
				refused.set(item.json.id, error);
			}
		}
		return { written, refused };
	}

	async #run(
		items: INodeExecutionData[],
		parameters: INodeParameters,
		onError?: 'continueRegularOutput',
	): Promise<INodeExecutionData[]> {
		const code = inlineWorkflow(parameters, onError);
		const { data }: ExecuteWorkflowData = await this.#context.executeWorkflow({ code }, items);
		return data[0] ?? [];
	}
}

/** Columns are those that are named like the fields of the items. */
const BY_NAME = {
	mappingMode: 'autoMapInputData',
	value: null,
	matchingColumns: [],
	schema: [],
	attemptToConvertTypes: false,
	convertFieldsToString: false,
};

const rowOperation = (operation: string, { id }: DataTable): INodeParameters => ({
	resource: 'row',
	operation,
	dataTableId: { __rl: true, mode: 'id', value: id },
});

/** The record of an item, unless it was changed at the moment that the item names or later. */
const RECORD_OF_ITEM: INodeParameters = {
	matchType: 'allConditions',
	filters: {
		conditions: [
			{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' },
			{ keyName: 'updatedAt', condition: 'lt', keyValue: '={{ $json.updatedAt }}' },
		],
	},
};

const updateOf = (table: DataTable): INodeParameters => ({
	...rowOperation('update', table),
	...RECORD_OF_ITEM,
	columns: BY_NAME,
	options: {},
});

const deletionOf = (table: DataTable): INodeParameters => ({
	...rowOperation('deleteRows', table),
	...RECORD_OF_ITEM,
	options: {},
});

/** A workflow of two nodes; n8n keeps no execution of it where it succeeds. */
function inlineWorkflow(
	parameters: INodeParameters,
	onError?: 'continueRegularOutput',
): IWorkflowBase {
	const node = { position: [0, 0] as [number, number] };
	return {
		id: '',
		name: 'Data Import: Data Table',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: [
			{
				...node,
				id: 'rows',
				name: 'Rows',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				parameters: { inputSource: 'passthrough' },
			},
			{
				...node,
				id: 'table',
				name: 'Data Table',
				type: 'n8n-nodes-base.dataTable',
				typeVersion: 1.1,
				parameters,
				...(onError && { onError }),
			},
		],
		connections: { Rows: { main: [[{ node: 'Data Table', type: 'main', index: 0 }]] } },
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			callerPolicy: 'any',
		},
	};
}

function readTable({ id, name, columns }: IDataObject): DataTable {
	const known = (Array.isArray(columns) ? columns : []) as unknown as Array<
		DataTableColumn & { index?: number }
	>;
	return {
		id: id as string,
		name: name as string,
		columns: known
			.filter((column) => !SYSTEM_COLUMNS.has(column.name))
			.sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
			.map((column) => ({ name: column.name, type: column.type })),
	};
}

/** n8n's own setting, with n8n's default. */
function sizeLimit(): number {
	const set = Number(process.env.N8N_DATA_TABLES_MAX_SIZE_BYTES);
	return Number.isFinite(set) && set > 0 ? set : DEFAULT_SIZE_LIMIT;
}
