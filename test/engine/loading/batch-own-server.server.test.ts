import { describeWithMariaDb, mariaDbConfig } from '../../mariadb-server';
import { describeWithPostgres, postgresConfig } from '../../postgres-server';
import { forgetRuns, importInBatches, openRuns } from './batch-cases';
import {
	counts,
	createCustomers,
	customers,
	EVERYTHING,
	FIRST_TIME,
	resetCustomers,
} from './customers';
import { openMariaDb, openPostgres, until, type DisturbedDatabase } from './databases';
import {
	hasMariaDbPrograms,
	hasPostgresPrograms,
	ownMariaDb,
	ownPostgres,
	type OwnServer,
} from './own-servers';

const STARTING_MS = 180_000;

const own = { host: '127.0.0.1', password: '' };

const servers = [
	{
		label: 'PostgreSQL',
		// a server on another machine has its programs there: nothing can be started or stopped here
		describe: hasPostgresPrograms ? describeWithPostgres : describe.skip,
		make: () => ownPostgres(),
		open: (port: number) =>
			openPostgres({ ...postgresConfig, ...own, port, user: 'postgres', database: 'postgres' }),
	},
	{
		label: 'MariaDB',
		describe: hasMariaDbPrograms ? describeWithMariaDb : describe.skip,
		make: () => ownMariaDb(),
		open: (port: number) => openMariaDb({ ...mariaDbConfig, ...own, port, user: 'root' }),
	},
];

describe.each(servers)('$label', ({ describe, make, open }) => {
	describe('the server of an import in batches', () => {
		let server: OwnServer;
		let database: DisturbedDatabase;

		beforeAll(async () => {
			server = await make();
			await server.start();
			database = await open(server.port);
			await createCustomers(database);
		}, STARTING_MS);

		afterAll(async () => {
			await database.drop().catch(() => undefined);
			await server.crash().catch(() => undefined);
			await server.remove();
		}, STARTING_MS);

		/** Starts an import and crashes the server when some of its batches are committed, with others to come. */
		const crashHalfway = async () => {
			const { run, close } = await database.connect();
			await resetCustomers({ run });
			await forgetRuns({ run });
			const running = importInBatches(database, { batchRows: 5 });
			running.catch(() => undefined);
			await until(
				async () => Number((await openRuns({ run }))[0]?.batches ?? 0) >= 10,
				'some batches are committed',
			);
			await server.crash();
			await close().catch(() => undefined);
			return { running };
		};

		const written = async () => {
			const { run, close } = await database.connect();
			const [books] = await openRuns({ run });
			const rows = await customers({ run });
			await close();
			return { books, rows };
		};

		test(
			'crashes and comes back: the import connects again and goes on behind the last batch',
			async () => {
				const { running } = await crashHalfway();
				await server.start();
				const result = await running;
				expect(result.summary.status).toBe('applied');
				expect(result.summary.codes.RUN_RETRIED).toBeGreaterThan(0);
				expect(counts(result)).toEqual(FIRST_TIME);
				expect((await written()).rows).toBe(EVERYTHING);
			},
			STARTING_MS,
		);

		test(
			'crashes and stays away: the import says what is written, and the next start writes the rest',
			async () => {
				const { running } = await crashHalfway();
				const failure = (await running.catch((error: unknown) => error)) as Error;
				expect(failure).toMatchObject({
					code: 'RUN_CONNECTION',
					issue: { hint: expect.stringContaining('goes on behind the last batch') },
				});
				await server.start();
				const { books } = await written();
				const inLedger = Number(books?.updated) + Number(books?.inserted);
				const known = Number(/(\d+) rows are known to be written/.exec(failure.message)?.[1]);
				expect(known).toBeGreaterThan(0);
				// the answer to the last commit may have been lost
				expect([known, known + 5]).toContain(inLedger);
				const rest = await importInBatches(database, { batchRows: 5 });
				expect(counts(rest)).toEqual(FIRST_TIME);
				expect(rest.summary.codes).toEqual({ RUN_RESUMED: inLedger });
				expect((await written()).rows).toBe(EVERYTHING);
			},
			STARTING_MS,
		);
	});
});
