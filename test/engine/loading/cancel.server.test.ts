import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../random';
import {
	counts,
	createCustomers,
	customers,
	EVERYTHING,
	FIRST_TIME,
	resetCustomers,
} from './customers';
import { everyDatabase, until, type DisturbedDatabase, type OtherConnection } from './databases';
import { codeOf, disturbed, importCustomers } from './disturbed';

const SEED = 20260729;
const MOMENTS = 10;

describe.each(everyDatabase)('$label', ({ label, describe, create }) => {
	describe('a run is cancelled', () => {
		let database: DisturbedDatabase;
		let before: string;

		beforeAll(async () => {
			database = await create();
			await createCustomers(database);
			before = await customers(database);
		});

		beforeEach(() => resetCustomers(database));

		afterAll(() => database.drop());

		test.each(['stage', 'decide', 'apply'] as const)(
			'before the phase "%s": nothing is written, and the next run is not hindered',
			async (phase) => {
				const stop = new AbortController();
				const target = disturbed(database.target, phase, async () => {
					stop.abort();
					await Promise.resolve();
				});
				const running = importCustomers(database, { signal: stop.signal }, target);
				expect(await codeOf(running)).toBe('RUN_CANCELLED');
				expect(await customers(database)).toBe(before);
				expect(counts(await importCustomers(database))).toEqual(FIRST_TIME);
			},
		);

		test(`at ${MOMENTS} moments: all or nothing, and the run says which`, async () => {
			const random = new Random(SEED);
			const started = performance.now();
			await importCustomers(database);
			const duration = performance.now() - started;
			for (let moment = 0; moment < MOMENTS; moment++) {
				await resetCustomers(database);
				const stop = new AbortController();
				const running = codeOf(importCustomers(database, { signal: stop.signal }));
				await sleep((duration * (moment + random.next())) / MOMENTS);
				stop.abort();
				const ended = await running;
				expect(['RUN_CANCELLED', 'it went well']).toContain(ended);
				expect(await customers(database)).toBe(ended === 'RUN_CANCELLED' ? before : EVERYTHING);
			}
		});

		const waitsFor = async (lock: (other: OtherConnection) => Promise<unknown>) => {
			const other = await database.connect();
			const stop = new AbortController();
			let hasEnded = false;
			await lock(other);
			const running = codeOf(importCustomers(database, { signal: stop.signal })).finally(() => {
				hasEnded = true;
			});
			// where the database cannot tell who waits, the import has had time to come to the lock
			if (database.waiting === undefined) await sleep(1000);
			else await until(async () => (await database.waiting!()) > 0, 'the import waits for a lock');
			expect(hasEnded).toBe(false);
			stop.abort();
			expect(await running).toBe('RUN_CANCELLED');
			// the other one still holds its lock
			await other.run('rollback');
			await other.close();
			expect(await customers(database)).toBe(before);
			expect(counts(await importCustomers(database))).toEqual(FIRST_TIME);
		};

		if (label === 'SQLite') {
			test('while another connection writes into the file', () =>
				waitsFor((other) => other.run('begin immediate')));

			test('while another connection reads, and the commit waits for it: the commit is not cancelled', async () => {
				const other = await database.connect();
				await other.run('begin');
				await other.run('select * from customers');
				const stop = new AbortController();
				const target = disturbed(database.target, 'commit', async () => {
					setTimeout(() => {
						stop.abort();
						void other.run('rollback');
					}, 500);
					await Promise.resolve();
				});
				expect(counts(await importCustomers(database, { signal: stop.signal }, target))).toEqual(
					FIRST_TIME,
				);
				await other.close();
			});
		} else {
			test('while it waits for a record that another transaction has changed', () =>
				waitsFor(async (other) => {
					await other.run('begin');
					await other.run("update customers set points = -1 where email = 'c00001@x.org'");
				}));

			if (label === 'PostgreSQL')
				test('in a statement that a first cancel does not end: another one follows', async () => {
					await database.run(
						'create function outlast() returns trigger language plpgsql as $$ begin begin perform pg_sleep(600); exception when query_canceled then perform pg_sleep(600); end; return new; end $$',
					);
					await database.run(
						"create trigger outlast before insert on customers for each row when (new.email = 'c03999@x.org') execute function outlast()",
					);
					const sleeping = async () => {
						const rows = await database.run(
							"select 1 as n from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
						);
						return rows.length > 0;
					};
					const stop = new AbortController();
					const running = codeOf(importCustomers(database, { signal: stop.signal }));
					await until(sleeping, 'the trigger sleeps');
					stop.abort();
					expect(await running).toBe('RUN_CANCELLED');
					await database.run('drop trigger outlast on customers');
					expect(await customers(database)).toBe(before);
				});

			test('while it waits for a key that another transaction is inserting', () =>
				waitsFor(async (other) => {
					await other.run('begin');
					await other.run("insert into customers values ('c03999@x.org', 'Other', 0)");
				}));

			test('while it waits for a table that is locked as a whole', () =>
				waitsFor(async (other) => {
					if (label === 'PostgreSQL') {
						await other.run('begin');
						await other.run('lock table customers in access exclusive mode');
					} else {
						await other.run('lock tables customers write');
					}
				}));
		}
	});
});
