import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load, openFile, type LoadResult } from '../../../engine';
import { Random } from '../random';
import {
	counts,
	createCustomers,
	customerFile,
	customers,
	EVERYTHING,
	FIRST_TIME,
	resetCustomers,
	rules,
	SECOND_TIME,
} from './customers';
import { everyDatabase, type DisturbedDatabase } from './databases';
import { PHASES, StartedImport } from './started-import';

const MOMENTS = 12;
const SEED = 20260728;

const folder = mkdtempSync(join(tmpdir(), 'data-import-kill-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(everyDatabase)('$label', ({ label, describe, create }) => {
	describe('the process that imports is killed', () => {
		const file = join(folder, 'customers.csv');
		let database: DisturbedDatabase;
		let next: StartedImport;

		beforeAll(async () => {
			writeFileSync(file, customerFile());
			next = new StartedImport();
			database = await create();
			await createCustomers(database);
		});

		afterAll(async () => {
			await next.kill();
			await database.drop();
		});

		/** The process starts while the one before it is at work. */
		const importing = async () => {
			const process = next;
			next = new StartedImport();
			const table = database.table('customers');
			await process.start({ label, config: database.config, table, file, rules });
			return process;
		};

		/** As a person would: where the server has not noticed yet that the other import is dead, once more. */
		const importAgain = async (): Promise<LoadResult> => {
			for (let tries = 0; ; tries++) {
				const dataset = await openFile(file);
				try {
					const table = database.table('customers');
					return await load(dataset, database.target, { table, rules, mode: 'apply' });
				} catch (error) {
					const { code } = error as { code?: string };
					if (code !== 'RUN_LOCKED' || tries > 50) throw error;
					await sleep(100);
				} finally {
					await dataset.bytes?.close();
				}
			}
		};

		test(`at ${MOMENTS} moments: the table is as before or as after a whole import, and the next run says so`, async () => {
			const whole = await importing();
			await whole.begins('end');
			const durations = new Map(PHASES.map((phase) => [phase, whole.duration(phase)]));
			await whole.kill();
			expect(await customers(database)).toBe(EVERYTHING);

			const random = new Random(SEED);
			const found = { before: 0, after: 0 };
			for (let moment = 0; moment < MOMENTS; moment++) {
				await resetCustomers(database);
				const phase = PHASES[moment % PHASES.length]!;
				const process = await importing();
				await process.begins(phase);
				await sleep(random.next() * (durations.get(phase) ?? 0));
				await process.kill();

				const again = await importAgain();
				const wasWritten = counts(again).inserted === undefined;
				found[wasWritten ? 'after' : 'before']++;
				expect({ phase, ...counts(again) }).toEqual({
					phase,
					...(wasWritten ? SECOND_TIME : FIRST_TIME),
				});
				expect(await customers(database)).toBe(EVERYTHING);
			}
			// most of the moments lie before the commit
			expect(found.before).toBeGreaterThanOrEqual(MOMENTS / 2);
		}, 120_000);
	});
});
