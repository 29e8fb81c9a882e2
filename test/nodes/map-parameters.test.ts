import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { MapFields } from '../../nodes/MapFields/MapFields.node';

const { description } = new MapFields();

/** What n8n shows of the node when these parameters are set: the parameters and the credentials. */
function shown(given: INodeParameters): { parameters: string[]; credentials: string[] } {
	const node: INode = {
		id: '1',
		name: 'Map',
		type: 'mapFields',
		typeVersion: 1,
		position: [0, 0],
		parameters: given,
	};
	const parameters =
		NodeHelpers.getNodeParameters(description.properties, given, true, false, node, description) ??
		{};
	const credentials = (description.credentials ?? []).filter((credential) =>
		NodeHelpers.displayParameter(parameters, credential, node, description),
	);
	return {
		parameters: Object.keys(parameters),
		credentials: credentials.map(({ name }) => name),
	};
}

test('with one record per row nothing of the groups is shown, also in a workflow that knows no groups', () => {
	const { parameters, credentials } = shown({ fieldsFrom: 'table', database: 'sqlite' });
	expect(parameters).toEqual(
		expect.arrayContaining(['fieldsFrom', 'database', 'table', 'mapping', 'rules']),
	);
	expect(parameters).not.toContain('groups');
	expect(parameters).not.toContain('useDatabase');
	expect(credentials).toEqual(['sqliteFile']);
	expect(shown({ fieldsFrom: 'list', database: 'sqlite' }).credentials).toEqual([]);
	expect(shown({ task: 'listTemplates' }).credentials).toEqual([]);
});

test('with several records per row a database is asked for only where groups take fields from tables', () => {
	const several = { recordsPerRow: 'several', fieldsFrom: 'table', database: 'postgres' };
	const without = shown(several);
	expect(without.parameters).toEqual(
		expect.arrayContaining(['groups', 'useDatabase', 'output', 'options']),
	);
	for (const hidden of [
		'fieldsFrom',
		'database',
		'table',
		'mapping',
		'columns',
		'rules',
		'drift',
	]) {
		expect(without.parameters).not.toContain(hidden);
	}
	expect(without.credentials).toEqual([]);
	const tables = shown({ ...several, fieldsFrom: 'list', useDatabase: true });
	expect(tables.parameters).toContain('database');
	expect(tables.credentials).toEqual(['postgres']);
});

test('groups of a template are chosen, and nothing of them is set in the node', () => {
	const { parameters } = shown({ recordsPerRow: 'several', groupsFrom: 'template' });
	expect(parameters).toEqual(
		expect.arrayContaining(['groupsFrom', 'templatesIn', 'template', 'drift', 'options']),
	);
	expect(parameters).not.toContain('groups');
	expect(parameters).not.toContain('useDatabase');
});

test('no parameter alone decides about all credentials: the editor would hide it, and what it depends on', () => {
	const conditions = (description.credentials ?? []).map(({ displayOptions }) =>
		Object.keys(displayOptions?.show ?? {}),
	);
	expect(conditions).toHaveLength(3);
	const [first = [], ...others] = conditions;
	expect(first.filter((name) => others.every((names) => names.includes(name)))).toEqual([]);
});
