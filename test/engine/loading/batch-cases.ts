import {
	load,
	openRows,
	type Dataset,
	type LoadOptions,
	type LoadResult,
	type LoadRules,
} from '../../../engine';
import {
	counts,
	createCustomers,
	customerRows,
	customers,
	EVERYTHING,
	FIRST_TIME,
	resetCustomers,
	rules,
	SECOND_TIME,
} from './customers';
import { until, type DisturbedDatabase } from './databases';
import { codeOf, disturbed } from './disturbed';

export const BATCH_ROWS = 50;

const COLUMNS = [{ name: 'email' }, { name: 'name' }, { name: 'points' }];

export const customerDataset = (): Dataset => openRows(COLUMNS, customerRows());

/** Every row is a new record, whatever the table holds. */
export const insertOnly: LoadRules = { ...rules, match: [], onMatch: 'insert' };

/** Imports in batches. */
export const importInBatches = async (
	{ target, table }: Pick<DisturbedDatabase, 'target' | 'table'>,
	options: Partial<LoadOptions> = {},
	dataset = customerDataset(),
	name = 'customers',
): Promise<LoadResult> =>
	await load(dataset, target, {
		table: table(name),
		rules,
		mode: 'apply',
		commit: 'batch',
		batchRows: BATCH_ROWS,
		...options,
	});

type Books = Record<'state' | 'batches' | 'updated' | 'inserted' | 'failed', string | number>;

/** What the ledger says, without runs that have ended. */
export async function openRuns({ run }: Pick<DisturbedDatabase, 'run'>): Promise<Books[]> {
	const rows = await run(
		"select state, batches, updated, inserted, failed from data_import_batches where state = 'open'",
	).catch(() => []);
	return rows.map(
		(row) =>
			Object.fromEntries(
				Object.entries(row).map(([name, value]) => [
					name,
					name === 'state' ? String(value) : Number(value),
				]),
			) as Books,
	);
}

export const forgetRuns = async ({ run }: Pick<DisturbedDatabase, 'run'>): Promise<void> => {
	await run('drop table if exists data_import_batches');
	await run('drop table if exists data_import_batch_rows');
};

const batchesOf = async (database: DisturbedDatabase) =>
	Number((await openRuns(database))[0]?.batches ?? 0);

/** Cancels an import once some batches are committed. @returns what it says of itself */
export async function cancelledAfter(
	database: DisturbedDatabase,
	batches: number,
	start: (signal: AbortSignal) => Promise<LoadResult>,
): Promise<LoadResult> {
	const stop = new AbortController();
	const running = start(stop.signal);
	running.catch(() => undefined);
	await until(async () => (await batchesOf(database)) >= batches, 'some batches are committed');
	stop.abort();
	return await running;
}

/** Statements about imports in batches that hold on every database. */
export function describeBatches(opened: () => DisturbedDatabase, text: string): void {
	beforeAll(async () => {
		await createCustomers(opened());
		const columns = `email ${text}, name ${text}`;
		await opened().run(`create table visits (${columns}, points int)`);
		await opened().run(`create table checked (${columns}, points int check (points <> 77))`);
	});

	beforeEach(async () => {
		await resetCustomers(opened());
		for (const table of ['visits', 'checked']) await opened().run(`delete from ${table}`);
		await forgetRuns(opened());
	});

	const visits = async (table = 'visits') => {
		const rows = await opened().run(`select email, name, points from ${table} order by points`);
		return rows.map((row) => Object.values(row).join(','));
	};

	const ownRows = customerRows().map((row) => row.join(','));

	test('S19: writes what an import at once writes, and closes its books', async () => {
		const result = await importInBatches(opened());
		expect(result.summary.status).toBe('applied');
		expect(result.summary.codes).toEqual({});
		expect(counts(result)).toEqual(FIRST_TIME);
		expect(result.written.slice(0, 2).map(({ number, action }) => [number, action])).toEqual([
			[2, 'update'],
			[4, 'update'],
		]);
		expect(await customers(opened())).toBe(EVERYTHING);
		const [books] = await opened().run(
			'select state, batches, updated, inserted, failed from data_import_batches',
		);
		expect(Object.values(books!).map(String)).toEqual([
			'done',
			String(500 / BATCH_ROWS + 3000 / BATCH_ROWS),
			'500',
			'3000',
			'0',
		]);
		expect(await opened().run('select row_no from data_import_batch_rows')).toEqual([]);
		expect(counts(await importInBatches(opened()))).toEqual(SECOND_TIME);
	});

	test('a run that has ended does not keep the same file from coming again', async () => {
		for (const times of [1, 2]) {
			const result = await importInBatches(opened(), { rules: insertOnly }, undefined, 'visits');
			expect(counts(result)).toEqual({ rows: 4000, inserted: 4000 });
			expect(await visits()).toHaveLength(4000 * times);
		}
	});

	test.each([
		['with a key', 'customers', rules, 500 + 3000],
		['without any key', 'visits', insertOnly, 4000],
	])(
		'cancelled between two batches, %s: what is committed stays and the rest is unprocessed; the next start goes on behind it',
		async (_, table, how, toWrite) => {
			const options = { rules: how, batchRows: 10 };
			const broken = await cancelledAfter(opened(), 3, (signal) =>
				importInBatches(opened(), { ...options, signal }, undefined, table),
			);
			expect(broken.summary.status).toBe('cancelled');
			const { inserted, updated, unprocessed } = broken.summary;
			counts(broken);
			const [books] = await openRuns(opened());
			expect(books).toMatchObject({ inserted, updated, failed: 0 });
			const done = inserted + updated;
			expect(done).toBeGreaterThanOrEqual(30);
			expect(done % 10).toBe(0);
			expect(unprocessed).toBe(toWrite - done);
			expect(broken.written.length).toBe(Math.min(1000, done));

			// the size of the batches is of no account to who goes on
			const rest = await importInBatches(
				opened(),
				{ ...options, batchRows: 500 },
				undefined,
				table,
			);
			expect(rest.summary).toMatchObject({ status: 'applied', codes: { RUN_RESUMED: done } });
			expect(rest.written.length).toBe(Math.min(1000, toWrite - done));
			expect(counts(rest)).toEqual(
				table === 'customers' ? FIRST_TIME : { rows: 4000, inserted: 4000 },
			);
			expect(await openRuns(opened())).toEqual([]);
			if (table === 'customers') expect(await customers(opened())).toBe(EVERYTHING);
			else expect(await visits()).toEqual(ownRows);
		},
	);

	test('rows that the database refuses fail alone, and are told again by a start that goes on', async () => {
		const first = await cancelledAfter(opened(), 12, (signal) =>
			importInBatches(opened(), { rules: insertOnly, batchRows: 10, signal }, undefined, 'checked'),
		);
		expect(first.summary).toMatchObject({ status: 'cancelled', failed: 1 });
		expect(await openRuns(opened())).toMatchObject([{ failed: 1 }]);
		const rest = await importInBatches(
			opened(),
			{ rules: insertOnly, batchRows: 500 },
			undefined,
			'checked',
		);
		expect(counts(rest)).toEqual({ rows: 4000, inserted: 3999, failed: 1 });
		const failed = await rest.failed.first(10);
		expect(
			failed.map(({ number, source, issues }) => [number, source[2], issues[0]?.code]),
		).toEqual([[78, '77', 'WRITE_CHECK']]);
		expect(await visits('checked')).toEqual(ownRows.filter((_, i) => i !== 77));
	});

	test('what the first start settled counts: a record that it inserted is no match for the next one', async () => {
		const rows = Array.from({ length: 400 }, (_, i) => [
			`c${i % 200}@x.org`,
			'Twice',
			String(1000 + i),
		]);
		const twice = () => openRows(COLUMNS, rows);
		const options = { rules: { ...rules, duplicates: 'all' as const }, batchRows: 2 };
		const first = await cancelledAfter(opened(), 5, (signal) =>
			importInBatches(opened(), { ...options, signal }, twice(), 'visits'),
		);
		expect(first.summary.status).toBe('cancelled');
		const rest = await importInBatches(opened(), options, twice(), 'visits');
		expect(counts(rest)).toEqual({ rows: 400, inserted: 400 });
		expect(await visits()).toEqual(rows.map((row) => row.join(',')));
	});

	test('other rules or other rows are another run', async () => {
		const options = { batchRows: 10 };
		const broken = await cancelledAfter(opened(), 3, (signal) =>
			importInBatches(opened(), { ...options, signal }),
		);
		const done = broken.summary.inserted + broken.summary.updated;
		const others: Array<[Partial<LoadOptions>, Dataset]> = [
			[{ rules: { ...rules, emptyCells: 'clear' } }, customerDataset()],
			[{}, openRows(COLUMNS, customerRows().slice(1))],
		];
		for (const [more, dataset] of others) {
			const { codes } = (await importInBatches(opened(), more, dataset)).summary;
			expect(codes).toEqual({});
		}
		expect(done).toBeGreaterThan(0);
		expect(await openRuns(opened())).toHaveLength(1);
	});

	test('no other import comes between two batches', async () => {
		let other: unknown;
		const { target } = opened();
		const between = disturbed(target, 'apply', async () => {
			other = await codeOf(importInBatches(opened(), { commit: 'all' }));
		});
		const result = await importInBatches({ ...opened(), target: between });
		expect(other).toBe('RUN_LOCKED');
		expect(counts(result)).toEqual(FIRST_TIME);
	});

	test('rows that are others than those of the first start are refused, and nothing more is written', async () => {
		await cancelledAfter(opened(), 3, (signal) =>
			importInBatches(opened(), { batchRows: 10, signal }),
		);
		const before = await customers(opened());
		await opened().run('delete from data_import_batch_rows where row_no = 4000');
		expect(await codeOf(importInBatches(opened(), { batchRows: 10 }))).toBe('RUN_OTHER_ROWS');
		expect(await customers(opened())).toBe(before);
	});

	test('a guard that does not hold stops the run before the first batch', async () => {
		const before = await customers(opened());
		const result = await importInBatches(opened(), { guards: { maxInserted: 2999 } });
		expect(result.summary).toMatchObject({ status: 'stopped', unprocessed: 3500 });
		counts(result);
		expect(await customers(opened())).toBe(before);
		expect(await openRuns(opened())).toEqual([]);
	});

	test('a plan writes nothing, and keeps no books', async () => {
		const before = await customers(opened());
		const result = await importInBatches(opened(), { mode: 'plan' });
		expect(result.summary.status).toBe('planned');
		expect(counts(result)).toEqual(FIRST_TIME);
		expect(await customers(opened())).toBe(before);
	});

	test('a file is remembered once all of its batches are written', async () => {
		const options = { batchRows: 20, once: true };
		await cancelledAfter(opened(), 3, (signal) =>
			importInBatches(opened(), { ...options, signal }),
		);
		const rest = await importInBatches(opened(), { ...options, batchRows: 500 });
		expect(rest.summary.status).toBe('applied');
		expect(await customers(opened())).toBe(EVERYTHING);
	});

	test('a batch of no rows is a mistake', async () => {
		expect(await codeOf(importInBatches(opened(), { batchRows: 0 }))).toBe('RUN_CONFIG');
	});
}
