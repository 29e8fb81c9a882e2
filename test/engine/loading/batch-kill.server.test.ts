import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load, openFile, type LoadResult } from '../../../engine';
import { Random } from '../random';
import { forgetRuns, insertOnly, openRuns } from './batch-cases';
import {
	counts,
	createCustomers,
	CUSTOMERS,
	customerFile,
	customerRows,
	customers,
	EVERYTHING,
	FIRST_TIME,
	resetCustomers,
	rules,
} from './customers';
import { everyDatabase, until, type DisturbedDatabase } from './databases';
import { PHASES, StartedImport, type Phase } from './started-import';

const MOMENTS = 5;
const SEED = 20260801;

/** Most of the time of an import in batches, and most of its commits, lie in here. */
const KILLED_IN: Phase[] = ['apply', 'apply', 'decide', 'apply', 'commit'];

const options = { commit: 'batch', batchRows: 40 } as const;

const folder = mkdtempSync(join(tmpdir(), 'data-import-batch-kill-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(everyDatabase)('$label', ({ label, describe, text, create }) => {
	describe('the process that imports in batches is killed', () => {
		const file = join(folder, 'customers.csv');
		let database: DisturbedDatabase;
		let next: StartedImport;

		beforeAll(async () => {
			writeFileSync(file, customerFile());
			next = new StartedImport();
			database = await create();
			await createCustomers(database);
			await database.run(`create table visits (email ${text}, name ${text}, points int)`);
		});

		afterAll(async () => {
			await next.kill();
			await database.drop();
		});

		const visits = async () => {
			const rows = await database.run('select email, name, points from visits order by points');
			return rows.map((row) => Object.values(row).join(',')).join('\n');
		};

		const cases = [
			{
				name: 'with a key',
				table: 'customers',
				how: rules,
				everything: EVERYTHING,
				all: FIRST_TIME,
			},
			{
				name: 'without any key',
				table: 'visits',
				how: insertOnly,
				everything: customerRows()
					.map((row) => row.join(','))
					.join('\n'),
				all: { rows: CUSTOMERS, inserted: CUSTOMERS },
			},
		];

		test.each(cases)(
			`at ${MOMENTS} moments, $name: the ledger tells what is in the table, and the next start makes it one whole import`,
			async ({ table, how, everything, all }) => {
				const job = {
					label,
					config: database.config,
					table: database.table(table),
					file,
					rules: how,
					options,
				};
				/** The process starts while the one before it is at work. */
				const importing = async () => {
					const process = next;
					next = new StartedImport();
					await process.start(job);
					return process;
				};
				const importHere = async (): Promise<LoadResult> => {
					const dataset = await openFile(file);
					try {
						return await load(dataset, database.target, { ...job, ...options, mode: 'apply' });
					} finally {
						await dataset.bytes?.close();
					}
				};
				const content = () => (table === 'customers' ? customers(database) : visits());

				const whole = await importing();
				await whole.begins('end');
				const durations = new Map(PHASES.map((phase) => [phase, whole.duration(phase)]));
				await whole.kill();

				const random = new Random(SEED);
				let halfway = 0;
				for (let moment = 0; moment < MOMENTS; moment++) {
					await resetCustomers(database);
					await database.run('delete from visits');
					await forgetRuns(database);
					const phase = KILLED_IN[moment % KILLED_IN.length]!;
					const process = await importing();
					await process.begins(phase);
					await sleep(random.next() * (durations.get(phase as 'apply') ?? 0));
					await process.kill();
					// a commit that the server has got is done, whoever asked for it
					await until(async () => (await database.imports()) === 0, 'the server has noticed');

					const ended = await database
						.run("select state from data_import_batches where state = 'done'")
						.catch(() => []);
					if (ended.length > 0) {
						expect(await content()).toBe(everything);
						continue;
					}
					const [books] = await openRuns(database);
					const written = Number(books?.inserted ?? 0) + Number(books?.updated ?? 0);
					if (table === 'visits') {
						expect((await visits()).split('\n').filter((line) => line !== '')).toHaveLength(
							written,
						);
					}
					if (written > 0) halfway++;
					const again = await importHere();
					expect({ phase, ...counts(again) }).toEqual({ phase, ...all });
					expect(again.summary.codes.RUN_RESUMED ?? 0).toBe(written);
					expect(await content()).toBe(everything);
				}
				expect(halfway).toBeGreaterThan(0);
			},
			240_000,
		);
	});
});
