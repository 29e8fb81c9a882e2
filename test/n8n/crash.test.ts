import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithPostgres, postgresConfig, TestSchema } from '../postgres-server';
import { RealN8n, type Workflow } from './host';

const ROWS = 1_000_000;
const STARTING_MS = 240_000;

interface BenchModules {
	customersFile(folder: string, rows: number): Promise<string>;
	CUSTOMER_COLUMNS: Record<string, string>;
	ourWorkflow(options: object): Workflow;
}

/** Statements about an import into PostgreSQL that is broken off. */
describeWithPostgres('n8n is killed in the middle of an import into PostgreSQL', () => {
	const schema = new TestSchema();
	let n8n: RealN8n;
	let workflowId: string;

	beforeAll(async () => {
		await schema.create();
		n8n = await RealN8n.start('test-crash');
		const bench = (name: string) => `../../bench/lib/${name}.mjs`;
		const { customersFile, CUSTOMER_COLUMNS } = (await import(
			bench('customers-file')
		)) as BenchModules;
		const { ourWorkflow } = (await import(bench('import-workflows'))) as BenchModules;
		const file = await customersFile(join(n8n.server.filesFolder), ROWS);
		const columns = Object.entries(CUSTOMER_COLUMNS).map(([name, type]) => `${name} ${type}`);
		await schema.query(`create table customers (${columns.join(', ')})`);
		await schema.query(
			"insert into customers (customer_id, email) values ('K00000001', 'old@x.org'), ('other', 'stays@x.org')",
		);
		const id = await n8n.server.createCredential({
			name: 'postgres',
			type: 'postgres',
			data: { ...postgresConfig, ssl: 'disable' },
		});
		const credentials = { postgres: { id, name: 'postgres' } };
		const table = `${schema.name}.customers`;
		workflowId = await n8n.server.importWorkflow(
			ourWorkflow({ file, database: 'postgres', table, credentials }),
		);
	}, STARTING_MS);

	afterAll(async () => {
		await n8n.server.stop();
		await schema.drop();
	}, 60_000);

	const table = () =>
		schema.query('select customer_id, email from customers order by customer_id limit 10');

	/** Waits until the server is busy with a statement of the import. */
	const untilStatement = async (pattern: string) => {
		for (let i = 0; i < 3000; i++) {
			const [row] = await schema.query(
				`select count(*)::int as n from pg_stat_activity where application_name = 'n8n data import' and state = 'active' and query ~* '${pattern}'`,
			);
			if (Number(row?.n) > 0) return;
			await sleep(20);
		}
		throw new Error(`The import never came to ${pattern}.\n${n8n.server.logTail()}`);
	};

	const untilConnectionsAreGone = async () => {
		for (let i = 0; i < 500; i++) {
			const [row] = await schema.query(
				"select count(*)::int as n from pg_stat_activity where application_name = 'n8n data import'",
			);
			if (row?.n === 0) return;
			await sleep(50);
		}
	};

	test.each([
		['while rows are staged', '^copy '],
		['while rows are written', '^insert into '],
	])(
		'%s: the table is as it was before',
		async (_, statement) => {
			const before = await table();
			void n8n.server.runManually(workflowId).catch(() => undefined);
			await untilStatement(statement);
			await n8n.server.kill('SIGKILL');
			await untilConnectionsAreGone();
			expect(await table()).toEqual(before);
			await n8n.restart();
		},
		180_000,
	);

	test('started again it finishes: no row is lost, none is there twice', async () => {
		const run = await n8n.server.runManually(workflowId, { timeout: 240_000 });
		expect(n8n.host.runData.jsonOf(run, 'Match & Upsert')).toMatchObject([
			{ rows: ROWS, inserted: ROWS - 1, updated: 1, failed: 0, unprocessed: 0 },
		]);
		const [counted] = await schema.query(
			"select count(*)::int as rows, count(distinct customer_id)::int as keys, count(*) filter (where email = 'stays@x.org')::int as kept from customers",
		);
		expect(counted).toEqual({ rows: ROWS + 1, keys: ROWS + 1, kept: 1 });
	}, 300_000);
});
