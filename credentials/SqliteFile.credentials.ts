import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

/** A SQLite database, which is one file on the machine that n8n runs on. */
export class SqliteFile implements ICredentialType {
	name = 'sqliteFile';

	displayName = 'SQLite File';

	icon: Icon = { light: 'file:sqlite.svg', dark: 'file:sqlite.dark.svg' };

	documentationUrl = 'https://www.sqlite.org/whentouse.html';

	properties: INodeProperties[] = [
		{
			displayName: 'File Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. /data/members.sqlite',
			description:
				'Path of the database file on the machine that n8n runs on. The file must exist, and n8n must be permitted to reach it (N8N_RESTRICT_FILE_ACCESS_TO).',
		},
	];
}
