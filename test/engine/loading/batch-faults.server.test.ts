import { MySqlTarget, PostgresTarget } from '../../../engine';
import { mariaDbConfig } from '../../mariadb-server';
import { postgresConfig } from '../../postgres-server';
import { BATCH_ROWS, forgetRuns, importInBatches, insertOnly, openRuns } from './batch-cases';
import {
	counts,
	createCustomers,
	customerRows,
	customers,
	EVERYTHING,
	FIRST_TIME,
	resetCustomers,
} from './customers';
import { CutProxy, type Cut } from './cut-proxy';
import { mariaDb, postgres, until, type DisturbedDatabase } from './databases';
import { disturbed } from './disturbed';

const databases = [
	{
		...postgres,
		port: postgresConfig.port,
		through: (config: object) => new PostgresTarget(config),
	},
	{ ...mariaDb, port: mariaDbConfig.port, through: (config: object) => new MySqlTarget(config) },
];

describe.each(databases)('$label', ({ label, describe, text, create, port, through }) => {
	describe('an import in batches', () => {
		let database: DisturbedDatabase;

		beforeAll(async () => {
			database = await create();
			await createCustomers(database);
			await database.run(`create table visits (email ${text}, name ${text}, points int)`);
			await database.run('create table weights (id int primary key)');
		});

		beforeEach(async () => {
			await resetCustomers(database);
			await database.run('delete from visits');
			await forgetRuns(database);
		});

		afterAll(() => database.drop());

		const waits = () =>
			until(async () => (await database.waiting!()) > 0, 'the import waits for a lock');

		/** Somebody holds a key that one of the last batches inserts. */
		const holdingKey = async () => {
			const other = await database.connect();
			await other.run('begin');
			await other.run("insert into customers values ('c03700@x.org', 'Other', 0)");
			return {
				letGo: async () => {
					await other.run('rollback');
					await other.close();
				},
			};
		};

		test('loses its connection half-way: it connects again and goes on behind the last batch', async () => {
			const other = await holdingKey();
			const running = importInBatches(database);
			await waits();
			const [books] = await openRuns(database);
			expect(books).toMatchObject({ updated: 500, inserted: 2700 });
			expect(await database.cut!()).toBe(1);
			await other.letGo();
			const result = await running;
			expect(result.summary.status).toBe('applied');
			expect(counts(result)).toEqual(FIRST_TIME);
			expect(result.summary.codes.RUN_RETRIED).toBeGreaterThan(0);
			expect(result.summary.codes.RUN_RESUMED).toBeUndefined();
			expect(result.written.slice(0, 2).map(({ number }) => number)).toEqual([2, 4]);
			expect(result.written).toHaveLength(1000);
			expect(await customers(database)).toBe(EVERYTHING);
		});

		test.each<Cut>(['before the commit arrives', 'before its answer arrives'])(
			'loses its connection at the commit of a batch, %s: no row is written twice, none is left out',
			async (cut) => {
				const proxy = await CutProxy.start(port, cut, 30);
				const target = through({ ...database.config, host: '127.0.0.1', port: proxy.port });
				const options = { rules: insertOnly };
				const result = await importInBatches({ ...database, target }, options, undefined, 'visits');
				await proxy.stop();
				expect(counts(result)).toEqual({ rows: 4000, inserted: 4000 });
				expect(result.summary.codes.RUN_RETRIED).toBeGreaterThan(0);
				const rows = await database.run('select email, name, points from visits order by points');
				expect(rows.map((row) => Object.values(row).join(','))).toEqual(
					customerRows().map((row) => row.join(',')),
				);
			},
		);

		test('is cancelled while it waits for a lock: what is committed stays, and the next start writes the rest', async () => {
			const other = await holdingKey();
			const stop = new AbortController();
			const running = importInBatches(database, { signal: stop.signal });
			await waits();
			stop.abort();
			const broken = await running;
			await other.letGo();
			expect(broken.summary).toMatchObject({
				status: 'cancelled',
				updated: 500,
				inserted: 2700,
				unprocessed: 300,
			});
			counts(broken);
			const rest = await importInBatches(database);
			expect(counts(rest)).toEqual(FIRST_TIME);
			expect(rest.summary.codes).toEqual({ RUN_RESUMED: 3200 });
			expect(await customers(database)).toBe(EVERYTHING);
		});

		test('survives a deadlock: the batch is written again', async () => {
			const other = await database.connect();
			if (label === 'PostgreSQL') await other.run("set deadlock_timeout = '20s'");
			// the batch has changed its records when it comes to the ledger
			const target = disturbed(database.target, 'apply', async () => {
				await other.run('begin');
				const many = Array.from({ length: 6000 }, (_, i) => `(${i})`).join(',');
				await other.run(`insert into weights values ${many}`);
				await other.run('select run_id from data_import_batches for update');
			});
			const running = importInBatches({ ...database, target });
			await waits();
			await other.run("update customers set points = -1 where email = 'c00001@x.org'");
			await other.run('rollback');
			await other.close();
			const result = await running;
			expect(counts(result)).toEqual(FIRST_TIME);
			expect(result.summary.codes).toEqual({ RUN_RETRIED: 1 });
			expect(await customers(database)).toBe(EVERYTHING);
			expect(FIRST_TIME.updated).toBeGreaterThan(BATCH_ROWS);
		});

		if (label !== 'PostgreSQL') return;

		test('survives a serialization failure, where the database is to be serializable', async () => {
			const name = String(database.config.database);
			const set = `alter database ${name} set default_transaction_isolation = 'serializable'`;
			await database.run(set);
			const other = await database.connect();
			await other.run('begin');
			await other.run("update customers set points = -1 where email = 'c00001@x.org'");
			const running = importInBatches(database);
			await waits();
			await other.run('commit');
			await other.close();
			const result = await running;
			await database.run(`alter database ${name} reset default_transaction_isolation`);
			expect(counts(result)).toEqual(FIRST_TIME);
			expect(result.summary.codes.RUN_RETRIED).toBeGreaterThan(0);
			expect(await customers(database)).toBe(EVERYTHING);
		});
	});
});
