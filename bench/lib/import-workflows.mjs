const node = (id, name, type, typeVersion, parameters, credentials) => ({
	id,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...(credentials && { credentials }),
});

/** Nodes one behind the other; the execution keeps no data, as one would set it for big imports. */
function workflow(name, nodes) {
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map((from, i) => [
				from.name,
				{ main: [[{ node: nodes[i + 1].name, type: 'main', index: 0 }]] },
			]),
	);
	nodes.forEach((placed, i) => (placed.position = [i * 200, 0]));
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

const start = () => node('start', 'Start', 'n8n-nodes-base.manualTrigger', 1, {});
const read = (file) =>
	node('read', 'Read File', 'n8n-nodes-base.readWriteFile', 1, {
		operation: 'read',
		fileSelector: file,
		options: {},
	});

/** The import with this package: four nodes, columns mapped by name, three operations. */
export function ourWorkflow({ file, database, table, credentials }) {
	const ours = (id, name, type, parameters, withCredentials) =>
		node(id, name, `n8n-nodes-data-import.${type}`, 1, parameters, withCredentials && credentials);
	const locator = { __rl: true, mode: 'name', value: table };
	return workflow('four nodes of this package', [
		start(),
		read(file),
		ours('parse', 'Parse Spreadsheet', 'parseSpreadsheet', {}),
		ours(
			'map',
			'Map Fields',
			'mapFields',
			{ fieldsFrom: 'table', database, table: locator, mapping: 'automatic' },
			true,
		),
		ours('transform', 'Transform', 'transform', {
			operations: {
				operation: [
					{ operation: 'trim', fields: ['first_name', 'last_name'] },
					{ operation: 'change-case', fields: ['email'], case: 'lower' },
				],
			},
		}),
		ours(
			'upsert',
			'Match & Upsert',
			'matchUpsert',
			{ database, table: locator, matchOn: ['customer_id'] },
			true,
		),
	]);
}

const CODE = `return $input.all().map(({ json: row }) => ({ json: {
  customer_id: row['Customer ID'], first_name: row['First Name'].trim(), last_name: row['Last Name'].trim(),
  email: row['E-mail'].toLowerCase(), phone: row['Phone Number'], signup_date: row['Signup Date'],
  balance: Number(row['Balance']), orders: Number(row['Orders']), active: row['Active'] === 'true',
  notes: row['Notes'], street: row['Street Address'], country: row['Country'] } }));`;

/** The same import with n8n's own nodes, in the fastest way they offer: a Code node and one batch of upserts. */
export function builtinWorkflow({ file, schema, table, credentials }) {
	return workflow("n8n's own nodes", [
		start(),
		read(file),
		node('extract', 'Extract', 'n8n-nodes-base.extractFromFile', 1, {
			operation: 'csv',
			binaryPropertyName: 'data',
			options: { includeEmptyCells: true },
		}),
		node('map', 'Code', 'n8n-nodes-base.code', 2, { jsCode: CODE }),
		node(
			'upsert',
			'Upsert',
			'n8n-nodes-base.postgres',
			2.6,
			{
				operation: 'upsert',
				schema: { __rl: true, mode: 'list', value: schema },
				table: { __rl: true, mode: 'list', value: table },
				columns: {
					mappingMode: 'autoMapInputData',
					value: {},
					matchingColumns: ['customer_id'],
					schema: [],
				},
				options: { queryBatching: 'single' },
			},
			credentials,
		),
	]);
}
