import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
} from 'n8n-workflow';
import {
	CheckedTemplateStore,
	ImportError,
	MySqlDocuments,
	PostgresDocuments,
	SqliteTemplateStore,
	type StoredTemplates,
	type TableName,
	type TemplateStore,
} from '../../engine';
import { postgresConfig } from '../shared/database-target';
import type { CredentialUse } from '../shared/either-credential';
import { keptStatePath } from '../shared/kept-state';
import { mySqlConfig } from '../shared/mysql-credential';
import { sshTunnel, type SshTunnel } from '../shared/ssh-tunnel';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** In a database. */
const TABLE_NAME = 'data_import_templates';

/** A database that templates can be kept in: its name on the canvas, its credential, and how the engine reaches it. */
interface TemplateDatabase {
	name: string;
	value: string;
	credential: string;
	open: (
		credential: ICredentialDataDecryptedObject,
		table: TableName,
		tunnel: SshTunnel | undefined,
	) => StoredTemplates;
}

const databases: readonly TemplateDatabase[] = [
	{
		name: 'MySQL / MariaDB',
		value: 'mySql',
		credential: 'mySql',
		open: (credential, table, tunnel) => new MySqlDocuments(mySqlConfig(credential, tunnel), table),
	},
	{
		name: 'PostgreSQL',
		value: 'postgres',
		credential: 'postgres',
		open: (credential, table, tunnel) =>
			new PostgresDocuments(postgresConfig(credential, tunnel), table),
	},
];

const inFolder = 'n8n';

/** The credentials of the databases, where templates are kept under the conditions. */
export const templateUses = (show: CredentialUse['show']): CredentialUse[] =>
	databases.map(({ credential, value }) => ({
		name: credential,
		show: { ...show, templatesIn: [value] },
	}));

/** Where templates are kept. The parameters stand in several places of the panel, so they are made for each. */
export function templatePlace(show: CredentialUse['show']): INodeProperties[] {
	return [
		{
			displayName: 'Templates In',
			name: 'templatesIn',
			type: 'options',
			noDataExpression: true,
			options: [
				...databases.map(({ name, value }) => ({
					name,
					value,
					description: 'A table that all machines reach which n8n runs on',
				})),
				{ name: 'User Folder', value: inFolder, description: 'A file in the folder of this n8n' },
			],
			default: inFolder,
			description: 'Where templates are read from and saved to',
			displayOptions: { show },
		},
		{
			displayName: 'Schema',
			name: 'templateSchema',
			type: 'string',
			default: '',
			placeholder: 'e.g. imports',
			description: `Schema of the table ${TABLE_NAME} (in MySQL: the database); empty for that of the connection. The table is made when the first template is saved.`,
			displayOptions: {
				show: { ...show, templatesIn: databases.map(({ value }) => value) },
			},
		},
	];
}

/**
 * The store that the node's parameters name: a table of a database, or a file in n8n's own folder, which is where n8n keeps
 * what it must not lose. The environment variable DATA_IMPORT_TEMPLATES names another file.
 *
 * @throws ImportError RUN_CONFIG, RUN_CONNECTION
 */
export async function templateStore(context: Context, itemIndex = 0): Promise<TemplateStore> {
	const value = textParameter(context, 'templatesIn', itemIndex);
	if (value === '' || value === inFolder) return new SqliteTemplateStore(keptStatePath());
	const database = databases.find((candidate) => candidate.value === value);
	if (database === undefined) {
		throw new ImportError('RUN_CONFIG', `"${value}" is no place for templates`);
	}
	const schema = textParameter(context, 'templateSchema', itemIndex);
	const table = { name: TABLE_NAME, ...(schema !== '' && { schema }) };
	const credential = await context.getCredentials(database.credential, itemIndex);
	const place = `${database.name}, table ${schema === '' ? '' : `${schema}.`}${TABLE_NAME}`;
	// each use of the store opens a connection and closes it
	const tunnel = await sshTunnel(context, credential);
	return new CheckedTemplateStore(database.open(credential, table, tunnel), place);
}

function textParameter(context: Context, name: string, itemIndex: number): string {
	const value: unknown =
		'getCurrentNodeParameter' in context
			? context.getCurrentNodeParameter(name)
			: context.getNodeParameter(name, itemIndex, '');
	return typeof value === 'string' ? value.trim() : '';
}
