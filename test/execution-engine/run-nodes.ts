import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Container } from '@n8n/di';
import {
	BinaryDataService,
	ExecutionLifecycleHooks,
	WorkflowExecute,
	type BinaryData,
	type BinaryDataConfig,
} from 'n8n-core';
import {
	createRunExecutionData,
	Expression,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IConnections,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { MapFields } from '../../nodes/MapFields/MapFields.node';
import { MatchUpsert } from '../../nodes/MatchUpsert/MatchUpsert.node';
import { ParseSpreadsheet } from '../../nodes/ParseSpreadsheet/ParseSpreadsheet.node';
import { Transform } from '../../nodes/Transform/Transform.node';

const nodeClasses: Record<string, new () => INodeType> = {
	parseSpreadsheet: ParseSpreadsheet,
	mapFields: MapFields,
	transform: Transform,
	matchUpsert: MatchUpsert,
};

/** Hands its items on: stands for the trigger and whatever fetched the file. */
const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute() {
		return Promise.resolve([this.getInputData()]);
	},
};

/** Gives rows of its own, whatever comes in: stands for a node that reads a second table. */
const give: INodeType = {
	description: {
		displayName: 'Give',
		name: 'give',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Give' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: '[]' }],
	},
	execute() {
		const rows = JSON.parse(this.getNodeParameter('items', 0) as string) as IDataObject[];
		return Promise.resolve([rows.map((json) => ({ json }))]);
	},
};

// plans are not to go to the folder of an n8n that runs here
process.env.DATA_IMPORT_RUNS ??= join(mkdtempSync(join(tmpdir(), 'runs-')), 'runs.sqlite');

Expression.setExpressionEngine('legacy');

const types = new Map<string, INodeType>(
	Object.entries(nodeClasses).map(([name, NodeClass]) => [name, new NodeClass()]),
);
types.set('start', start);
types.set('give', give);

const nodeTypes: INodeTypes = {
	getByName: (name) => types.get(name)!,
	getByNameAndVersion: (name, version) =>
		NodeHelpers.getVersionedNodeType(types.get(name)!, version),
	getKnownTypes: () => ({}),
};

export interface PlacedNode {
	name: string;
	type: keyof typeof nodeClasses;
	parameters: INode['parameters'];
	/** The node whose first output it takes, where that is not the one before. */
	after?: string;
	/** The node whose first output goes to its second input. */
	lookup?: string;
	onError?: INode['onError'];
}

export type BinaryMode = 'filesystem' | 'database' | 'default';

/**
 * Stands for n8n's own manager of files in its database, which comes with n8n and not with its engine: a file goes in and
 * out in one piece, and has an address that is no path.
 */
class DatabaseManager implements BinaryData.Manager {
	readonly #files = new Map<string, Buffer>();

	init() {
		return Promise.resolve();
	}

	async store(_: BinaryData.FileLocation, content: Buffer | Readable) {
		const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
		const fileId = randomUUID();
		this.#files.set(fileId, bytes);
		return { fileId, fileSize: bytes.length };
	}

	getPath(fileId: string) {
		return `database://${fileId}`;
	}

	getAsBuffer(fileId: string) {
		const bytes = this.#files.get(fileId);
		return bytes === undefined ? Promise.reject(new Error('No such row')) : Promise.resolve(bytes);
	}

	async getAsStream(fileId: string) {
		return Readable.from(await this.getAsBuffer(fileId));
	}

	async getMetadata(fileId: string) {
		return { fileSize: (await this.getAsBuffer(fileId)).length };
	}

	copyByFileId(): never {
		throw new Error('not used');
	}

	copyByFilePath(): never {
		throw new Error('not used');
	}

	rename(): never {
		throw new Error('not used');
	}
}

let prepared: BinaryMode | undefined;

/** Lets n8n keep binary data in files of a temporary folder, as its database does, or in memory. */
export async function keepBinaryData(mode: BinaryMode): Promise<void> {
	if (prepared === mode) return;
	const folder = mkdtempSync(join(tmpdir(), 'binary-data-'));
	const service = Container.get(BinaryDataService);
	const { config } = service as unknown as { config: BinaryDataConfig };
	Object.assign(config, { mode, localStoragePath: folder });
	service.setManager('database', new DatabaseManager());
	await service.init();
	prepared = mode;
}

/** Runs nodes in n8n's own execution engine, each connected by its first output: one behind the other unless they say else. */
export async function runNodes(
	nodes: readonly PlacedNode[],
	items: INodeExecutionData[],
	credentials: Record<string, ICredentialDataDecryptedObject> = {},
): Promise<IRun> {
	const placed: INode[] = [
		{ id: 'start', name: 'Start', type: 'start', typeVersion: 1, position: [0, 0], parameters: {} },
		...nodes.map(({ name, type, parameters, onError }, i) => ({
			id: `n${i}`,
			name,
			type,
			typeVersion: 1,
			position: [200 * i, 0] as [number, number],
			parameters,
			onError,
			credentials: Object.fromEntries(
				Object.keys(credentials).map((credential) => [
					credential,
					{ id: credential, name: credential },
				]),
			),
		})),
	];
	const connections: IConnections = {};
	const connect = (from: string, node: string, index: number) => {
		const { main } = (connections[from] ??= { main: [[]] });
		main?.[0]?.push({ node, type: 'main', index });
	};
	for (const [i, { name, after, lookup }] of nodes.entries()) {
		connect(after ?? placed[i]!.name, name, 0);
		if (lookup !== undefined) connect(lookup, name, 1);
	}
	const workflowData = {
		id: '1',
		name: 'test',
		active: false,
		nodes: placed,
		connections,
		settings: { executionOrder: 'v1' as const },
	};
	const workflow = new Workflow({ ...workflowData, nodeTypes });
	const additionalData = additional(workflowData as unknown as IWorkflowBase, credentials);
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: placed[0]!, data: { main: [items] }, source: null }],
		},
	});
	return await new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(
		workflow,
	);
}

function additional(
	workflowData: IWorkflowBase,
	credentials: Record<string, ICredentialDataDecryptedObject>,
): IWorkflowExecuteAdditionalData {
	return {
		executionId: '1',
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowData),
		credentialsHelper: {
			isCredentialUsableByNode: () => true,
			getParentTypes: () => [],
			getDecrypted: (_: unknown, { name }: { name: string }) => Promise.resolve(credentials[name]),
			getCredentialsProperties: () => [],
		},
		variables: {},
		instanceBaseUrl: 'http://localhost:5678/',
		webhookBaseUrl: 'http://localhost:5678/webhook',
		webhookWaitingBaseUrl: 'http://localhost:5678/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost:5678/webhook-test',
		formWaitingBaseUrl: 'http://localhost:5678/form-waiting',
		restApiUrl: 'http://localhost:5678/rest',
		currentNodeExecutionIndex: 0,
		currentNodeParameters: undefined,
		restartExecutionId: undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** What a node gave on one of its outputs. Fails with the node's error when there is one. */
export function outputOf(run: IRun, node: string, output = 0): INodeExecutionData[] {
	const { error, runData } = run.data.resultData;
	if (error !== undefined) throw error;
	return runData[node]?.[0]?.data?.main?.[output] ?? [];
}

export const jsonOf = (run: IRun, node: string, output = 0) =>
	outputOf(run, node, output).map(({ json }) => json);

/** An item that holds a file in memory, as an upload does. */
export function fileItem(content: string | Buffer, fileName: string): INodeExecutionData {
	return {
		json: {},
		binary: {
			data: {
				data: Buffer.from(content).toString('base64'),
				mimeType: 'application/octet-stream',
				fileName,
			},
		},
	};
}

/** A file as n8n stores it in its present mode. */
export async function storedFileItem(
	content: Buffer,
	fileName: string,
): Promise<INodeExecutionData> {
	const data = await Container.get(BinaryDataService).store(
		{ type: 'execution', workflowId: '1', executionId: '1' },
		content,
		{ data: '', mimeType: 'application/octet-stream', fileName },
	);
	return { json: {}, binary: { data } };
}
