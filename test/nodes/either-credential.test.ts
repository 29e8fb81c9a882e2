import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { MapFields } from '../../nodes/MapFields/MapFields.node';
import {
	credentialFlags,
	eitherCredential,
	type CredentialUse,
} from '../../nodes/shared/either-credential';

const { description } = new MapFields();

/** The credentials that n8n shows and demands for the parameters of a node. */
function shownFor(given: INodeParameters): string[] {
	const node = { typeVersion: 1, parameters: given } as INode;
	const parameters = NodeHelpers.getNodeParameters(
		description.properties,
		given,
		true,
		false,
		node,
		description,
	)!;
	return description
		.credentials!.filter((credential) =>
			NodeHelpers.displayParameter(parameters, credential, node, description),
		)
		.map(({ name }) => name);
}

test.each<[INodeParameters, string[]]>([
	[{}, ['postgres']],
	[{ fieldsFrom: 'list' }, []],
	[{ database: 'sqlite' }, ['sqliteFile']],
	[{ database: 'mySql', templatesIn: 'mySql' }, ['mySql']],
	[{ database: 'sqlite', templatesIn: 'postgres' }, ['postgres', 'sqliteFile']],
	[{ database: 'postgres', templatesIn: 'mySql' }, ['mySql', 'postgres']],
	[{ fieldsFrom: 'list', database: 'postgres', templatesIn: 'mySql' }, ['mySql']],
	[{ fieldsFrom: 'template', templatesIn: 'postgres' }, ['postgres']],
	[{ fieldsFrom: 'template', database: 'postgres' }, []],
	[{ task: 'listTemplates', templatesIn: 'mySql' }, ['mySql']],
	[{ task: 'deleteTemplate' }, []],
	[{ recordsPerRow: 'several', database: 'sqlite' }, []],
	[{ recordsPerRow: 'several', database: 'sqlite', useDatabase: true }, ['sqliteFile']],
	[
		{ recordsPerRow: 'several', database: 'sqlite', useDatabase: true, templatesIn: 'mySql' },
		['mySql', 'sqliteFile'],
	],
	[
		{ recordsPerRow: 'several', groupsFrom: 'template', useDatabase: true, templatesIn: 'mySql' },
		['mySql'],
	],
	[{ recordsPerRow: 'several', fieldsFrom: 'template', templatesIn: 'postgres' }, ['postgres']],
])('Map Fields with %j needs %j', (parameters, credentials) => {
	expect(shownFor(parameters)).toEqual(credentials);
});

test('each use of a credential has a hidden parameter, and the credential is shown with any of them', () => {
	const uses: CredentialUse[] = [
		{ name: 'sqliteFile', show: { database: ['sqlite'] } },
		{ name: 'sqliteFile', show: { task: ['listTemplates'] } },
	];
	expect(eitherCredential(uses)).toEqual([
		{ name: 'sqliteFile', required: true, displayOptions: { show: { needs_sqliteFile: ['yes'] } } },
	]);
	expect(credentialFlags(uses)).toMatchObject(
		uses.map(({ show }) => ({
			name: 'needs_sqliteFile',
			type: 'hidden',
			default: 'yes',
			displayOptions: { show },
		})),
	);
});
