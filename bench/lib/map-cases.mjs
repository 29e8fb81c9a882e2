const names = [
	'Customer ID',
	'First Name',
	'Last Name',
	'E-mail',
	'Phone Number',
	'Signup Date',
	'Balance',
	'Orders',
	'Active',
	'Notes',
	'Street Address',
	'Country',
];

/** Rows as they come out of a CSV file: every cell a text. */
export function rowsToMap(count) {
	const rows = Array.from({ length: count }, (_, i) => [
		`C-${String(i).padStart(7, '0')}`,
		` Ada${i % 977}`,
		`Lovelace ${i % 1013}`,
		`Ada.${i}@Example.org`,
		`+49 30 ${1_000_000 + (i % 9_000_000)}`,
		`${String((i % 28) + 1).padStart(2, '0')}.${String((i % 12) + 1).padStart(2, '0')}.2024`,
		`${i % 10_000},${String(i % 100).padStart(2, '0')}`,
		String(i % 300),
		i % 2 === 0 ? 'yes' : 'no',
		i % 5 === 0 ? '' : `note ${i}`,
		`Main Street ${i % 500}`,
		['DE', 'NL', 'FR'][i % 3],
	]);
	return { columns: names.map((name) => ({ name })), rows };
}

/** The fields that the rows are mapped to, each with its type. */
export const mapFields = [
	{ name: 'customer_id', column: 'Customer ID', type: 'text', required: true },
	{ name: 'first_name', column: 'First Name', type: 'text' },
	{ name: 'last_name', column: 'Last Name', type: 'text' },
	{ name: 'email', column: 'E-mail', type: 'email' },
	{ name: 'phone', column: 'Phone Number', type: 'phone' },
	{ name: 'signup_date', column: 'Signup Date', type: 'date', format: { dateOrder: 'dmy' } },
	{ name: 'balance', column: 'Balance', type: 'decimal', format: { decimalSign: ',' } },
	{ name: 'orders', column: 'Orders', type: 'integer' },
	{ name: 'active', column: 'Active', type: 'boolean' },
	{ name: 'notes', column: 'Notes', type: 'text' },
	{ name: 'street', column: 'Street Address', type: 'text' },
	{ name: 'country', column: 'Country', type: 'text' },
];

/** Expressions, and whether the engine runs them as closures or leaves them to the library. */
export const mapExpressions = [
	['`First Name` & " " & `Last Name`', 'closure'],
	['Active = "yes" ? $uppercase(Country) : "none"', 'closure'],
	['$number(Orders) * 1.19 + 5', 'closure'],
	['{"name": `First Name`, "tags": [Country, Active]}', 'library'],
	['$split(`Street Address`, " ")[0]', 'library'],
];

/** The same mapping in a Code node. */
export const mapCode = `return $input.all().map(({ json: row }) => ({ json: {
  customer_id: row['Customer ID'], first_name: row['First Name'], last_name: row['Last Name'], email: row['E-mail'],
  phone: row['Phone Number'], signup_date: row['Signup Date'].split('.').reverse().join('-'),
  balance: Number(row['Balance'].replace(',', '.')), orders: Number(row['Orders']), active: row['Active'] === 'yes',
  notes: row['Notes'], street: row['Street Address'], country: row['Country'] } }));`;

const MAKE_ROWS = (count) => `const names = ${JSON.stringify(names)};
return Array.from({ length: ${count} }, (_, i) => ({ json: Object.fromEntries(names.map((name, c) =>
  [name, name === 'Signup Date' ? '05.06.2024' : name === 'Balance' ? '12,50' : name === 'Orders' ? '7' : name + i])) }));`;

/** The same mapping in Edit Fields: one expression for each field. */
const assignments = mapFields.map(({ name, column, type }, i) => ({
	id: String(i),
	name,
	type: type === 'integer' || type === 'decimal' ? 'number' : 'string',
	value:
		type === 'integer' || type === 'decimal'
			? `={{ Number($json[${JSON.stringify(column)}].replace(',', '.')) }}`
			: `={{ $json[${JSON.stringify(column)}] }}`,
}));

/** A workflow that makes rows as items and maps them with one of n8n's own nodes. */
export function mapWorkflow(node, count, code) {
	const last =
		node === 'Code'
			? { type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: code } }
			: {
					type: 'n8n-nodes-base.set',
					typeVersion: 3.4,
					parameters: { assignments: { assignments }, options: {} },
				};
	const nodes = [
		{
			id: 's',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			parameters: {},
		},
		{
			id: 'r',
			name: 'Rows',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: MAKE_ROWS(count) },
		},
		{ id: 'm', name: node, ...last },
	].map((placed, i) => ({ ...placed, position: [i * 200, 0] }));
	const to = (name) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: `mapping with ${node}`,
		nodes,
		connections: { Start: to('Rows'), Rows: to(node) },
		settings: { executionOrder: 'v1' },
	};
}
