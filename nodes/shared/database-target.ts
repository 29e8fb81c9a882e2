import { resolve } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeCredentialDescription,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';
import {
	DataTableTarget,
	ImportError,
	MySqlTarget,
	PostgresTarget,
	SqliteTarget,
	type PostgresConfig,
	type TableName,
	type Target,
} from '../../engine';
import { NodeDataTableClient } from './data-table-client';
import type { CredentialUse } from './either-credential';
import { refuseForbiddenFile } from './file-access';
import { mySqlConfig } from './mysql-credential';
import { behindTunnel, sshTunnel, type SshTunnel } from './ssh-tunnel';

/** Values of parameters under which something is shown. */
type Shown = CredentialUse['show'];

type Context = IExecuteFunctions | ILoadOptionsFunctions;

interface DatabaseName {
	name: string;
	value: string;
}

/** A kind of database on the canvas: its name, its credential, and how the engine reaches it. */
interface DatabaseKind extends DatabaseName {
	credential: string;
	open: (credential: ICredentialDataDecryptedObject, context: Context) => Promise<Target>;
}

/** n8n's own tables need no credential: an execution may do what its project may. */
// eslint-disable-next-line n8n-nodes-base/node-param-display-name-miscased -- n8n writes its own name so
const dataTables: DatabaseName = { name: 'n8n Data Table', value: 'dataTable' };

/** Every database that is reached with a credential. */
const kinds: readonly DatabaseKind[] = [
	{ name: 'MySQL / MariaDB', value: 'mySql', credential: 'mySql', open: openMySql },
	{ name: 'PostgreSQL', value: 'postgres', credential: 'postgres', open: openPostgres },
	{ name: 'SQLite', value: 'sqlite', credential: 'sqliteFile', open: openSqlite },
];

export function databaseParameter(show: Shown = {}): INodeProperties {
	return {
		displayName: 'Database',
		name: 'database',
		type: 'options',
		noDataExpression: true,
		options: [...kinds, dataTables]
			.map(({ name, value }) => ({ name, value }))
			.sort((a, b) => a.name.localeCompare(b.name)),
		default: 'postgres',
		description: 'The kind of database that holds the table',
		...(Object.keys(show).length > 0 && { displayOptions: { show } }),
	};
}

export function databaseCredentials(show: Shown = {}): INodeCredentialDescription[] {
	return databaseUses(show).map((use) => ({
		name: use.name,
		required: true,
		displayOptions: { show: use.show },
	}));
}

/** Which credential is needed when the parameters have certain values, and the database is chosen. */
export function databaseUses(show: Shown): CredentialUse[] {
	return kinds.map(({ value, credential }) => ({
		name: credential,
		show: { ...show, database: [value] },
	}));
}

/** The table: chosen from a list, or, for Data Tables, which the editor cannot list, by name. */
export function tableParameters(show: Shown = {}): INodeProperties[] {
	return [
		{
			...tableParameter,
			displayOptions: {
				...(Object.keys(show).length > 0 && { show }),
				hide: { database: [dataTables.value] },
			},
		},
		{
			...dataTableParameter,
			displayOptions: { show: { ...show, database: [dataTables.value] } },
		},
	];
}

const dataTableParameter: INodeProperties = {
	displayName: 'Data Table Name or ID',
	name: 'dataTable',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. contacts',
	description: "The Data Table of the workflow's project that the records are kept in",
};

const tableParameter: INodeProperties = {
	displayName: 'Table',
	name: 'table',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The table that the records are kept in',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchTables', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. crm.contacts',
		},
	],
};

/** Opens the database that the node's parameters name. @throws ImportError RUN_CONFIG, RUN_CONNECTION */
export async function openDatabase(context: Context, itemIndex = 0): Promise<Target> {
	const value = parameter(context, 'database', itemIndex);
	if (value === dataTables.value) return openDataTables(context);
	const kind = kinds.find((candidate) => candidate.value === value);
	if (kind === undefined) {
		throw new ImportError('RUN_CONFIG', `"${String(value)}" is not a database that can be reached`);
	}
	return await kind.open(await context.getCredentials(kind.credential, itemIndex), context);
}

/** The table that the node's parameters name. @throws ImportError RUN_CONFIG when none is chosen */
export function chosenTable(context: Context, itemIndex = 0): TableName {
	if (isDataTable(context, itemIndex)) return { name: chosenDataTable(context, itemIndex) };
	const value = parameter(context, 'table', itemIndex, { extractValue: true });
	if (typeof value !== 'string' || value.trim() === '') {
		throw new ImportError('RUN_CONFIG', 'No table is chosen', {
			hint: 'Choose a table from the list, or give its name.',
		});
	}
	return readTableName(value.trim());
}

/** Whether the records go to a Data Table: the editor knows nothing of its columns. */
export const isDataTable = (context: Context, itemIndex = 0): boolean =>
	parameter(context, 'database', itemIndex) === dataTables.value;

function chosenDataTable(context: Context, itemIndex: number): string {
	const value = parameter(context, 'dataTable', itemIndex);
	if (typeof value === 'string' && value.trim() !== '') return value.trim();
	throw new ImportError('RUN_CONFIG', 'No Data Table is chosen', {
		hint: 'Give the name of the Data Table, or its ID.',
	});
}

/** List method of the Table parameter. */
export async function searchTables(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const target = await openDatabase(this);
	try {
		const wanted = filter?.toLowerCase() ?? '';
		const names = (await target.listTables()).map(writeTableName);
		const results = names.filter((name) => name.toLowerCase().includes(wanted));
		return { results: results.map((name) => ({ name, value: name })) };
	} finally {
		await target.close();
	}
}

/** `schema.table`; a part that holds a dot or a quote stands in double quotes, as in SQL. */
export function writeTableName({ schema, name }: TableName): string {
	return [schema, name]
		.filter((part) => part !== undefined)
		.map((part) => (/[."]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part))
		.join('.');
}

export function readTableName(text: string): TableName {
	const parts = [...text.matchAll(/"((?:[^"]|"")*)"|[^."]+/g)].map(
		([whole, quoted]) => quoted?.replaceAll('""', '"') ?? whole,
	);
	const [first = text, second] = parts;
	return parts.length === 2 && second !== undefined
		? { schema: first, name: second }
		: { name: parts.length === 1 ? first : text };
}

function parameter(
	context: Context,
	name: string,
	itemIndex: number,
	options?: { extractValue: boolean },
): unknown {
	return 'getCurrentNodeParameter' in context
		? context.getCurrentNodeParameter(name, options)
		: context.getNodeParameter(name, itemIndex, '', options);
}

/** n8n lets a node reach Data Tables only while it runs. */
function openDataTables(context: Context): Target {
	if ('executeWorkflow' in context) return new DataTableTarget(new NodeDataTableClient(context));
	throw new ImportError(
		'RUN_CONFIG',
		'n8n shows the editor nothing of a Data Table: its columns are read when the node runs',
		{ hint: 'Set Mapping to Automatic, or Fields From to List or Record Type.' },
	);
}

async function openPostgres(
	credential: ICredentialDataDecryptedObject,
	context: Context,
): Promise<Target> {
	const tunnel = await sshTunnel(context, credential);
	return behindTunnel(new PostgresTarget(postgresConfig(credential, tunnel)), tunnel);
}

/** How the engine reaches what n8n's credential names. */
export function postgresConfig(
	credential: ICredentialDataDecryptedObject,
	tunnel?: SshTunnel,
): PostgresConfig {
	const { host, port, database, user, password, ssl, allowUnauthorizedCerts } = credential;
	const config: PostgresConfig = {
		host: host as string,
		port: Number(port),
		database: database as string,
		user: user as string,
		password: password as string,
		...(tunnel !== undefined && { stream: tunnel.stream }),
	};
	if (allowUnauthorizedCerts === true) config.ssl = { rejectUnauthorized: false };
	else if (ssl === 'require') config.ssl = true;
	else if (ssl === 'allow') config.ssl = 'allow';
	return config;
}

async function openMySql(
	credential: ICredentialDataDecryptedObject,
	context: Context,
): Promise<Target> {
	const tunnel = await sshTunnel(context, credential);
	return behindTunnel(new MySqlTarget(mySqlConfig(credential, tunnel)), tunnel);
}

async function openSqlite(
	credential: ICredentialDataDecryptedObject,
	context: Context,
): Promise<Target> {
	const { path: named } = credential;
	if (typeof named !== 'string' || named.trim() === '') {
		throw new ImportError('RUN_CONFIG', 'The credential names no SQLite file');
	}
	const path = resolve(named.trim());
	await refuseForbiddenFile(path, context);
	return new SqliteTarget(path);
}
