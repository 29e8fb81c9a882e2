import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	addStep,
	exactRule,
	head,
	load,
	openRows,
	run,
	RunState,
	SqliteCounterStore,
	SqliteTarget,
	type Cell,
	type Step,
} from '../../../engine';
import { roundOf } from '../../../engine/transforms/counting/rotation';
import { cellsOf } from '../fields/apply-step';
import { applyOperation } from './apply-operation';

const owners = [{ name: 'Ada' }, { name: 'Bo' }, { name: 'Cy' }];

const step = (options: object = {}): Step => ({
	kind: 'assign',
	version: 1,
	options: { assignees: owners, counter: 'leads', ...options },
});

const leads = (count: number, ...columns: string[]) =>
	openRows(
		['lead', ...columns].map((name) => ({ name })),
		Array.from({ length: count }, (_, i) => [`L${i}`, ...columns.map(() => null)]),
	);

const assigned = async (options: object, columns: string[], rows: Cell[][]) =>
	(
		await applyOperation(
			'assign',
			{ assignees: owners, position: 'anew', ...options },
			columns,
			rows,
		)
	).rows.map(({ cells }) => cells.at(-1));

describe('turns', () => {
	test('S71, S72: rows go round among the names', async () => {
		const rows = Array.from({ length: 7 }, (_, i) => [i]);
		expect(await assigned({}, ['n'], rows)).toEqual(['Ada', 'Bo', 'Cy', 'Ada', 'Bo', 'Cy', 'Ada']);
	});

	test('by weight they are spread evenly, as nginx spreads requests', () => {
		const round = (...weights: number[]) => [
			...roundOf(weights.map((weight, i) => ({ name: `n${i}`, weight }))),
		];
		expect(round(5, 1, 1)).toEqual([0, 0, 1, 0, 2, 0, 0]);
		expect(round(4, 2)).toEqual([0, 1, 0]);
		expect(round(1, 0, 1)).toEqual([0, 2]);
	});

	test.each([1, 2, 3, 4, 5])('each gets what its weight says, in every round (%d)', (seed) => {
		const weights = Array.from({ length: 6 }, (_, i) => ((seed * 7 + i * 13) % 11) + 1);
		const round = roundOf(weights.map((weight, i) => ({ name: `n${i}`, weight })));
		const got = weights.map((_, i) => round.filter((turn) => turn === i).length);
		expect(got).toEqual(weights.map((weight) => (weight * round.length) / sum(weights)));
	});

	test('nobody to assign to, or too many turns in a round, is said before a row is read', async () => {
		await expect(assigned({ assignees: [{ name: 'A', weight: 0 }] }, ['n'], [])).rejects.toThrow(
			'No name has a weight above 0',
		);
		const many = Array.from({ length: 200 }, (_, i) => ({ name: `n${i}`, weight: 999 - (i % 2) }));
		await expect(assigned({ assignees: many }, ['n'], [])).rejects.toThrow(
			'The weights add up to more than 100000',
		);
	});

	test('each group has turns of its own', async () => {
		const rows: Cell[][] = [['EMEA'], ['emea '], ['APAC'], ['EMEA'], ['APAC'], [null]];
		expect(await assigned({ groupBy: ['region'] }, ['region'], rows)).toEqual([
			'Ada',
			'Bo',
			'Ada',
			'Cy',
			'Bo',
			'Ada',
		]);
	});

	test('who has an owner keeps it and takes no turn, unless all are to be assigned', async () => {
		const rows: Cell[][] = [
			['a', ''],
			['b', 'Zoe'],
			['c', ' '],
		];
		expect(await assigned({}, ['lead', 'owner'], rows)).toEqual(['Ada', 'Zoe', 'Bo']);
		expect(await assigned({ onlyEmpty: false }, ['lead', 'owner'], rows)).toEqual([
			'Ada',
			'Bo',
			'Cy',
		]);
	});

	test('more groups than can be held end in an error', async () => {
		const rows = Array.from({ length: 100_001 }, (_, i) => [`g${i}`]);
		await expect(assigned({ groupBy: ['g'] }, ['g'], rows)).rejects.toMatchObject({
			issue: { code: 'RUN_LIMIT' },
		});
	});
});

describe('across runs', () => {
	const folder = mkdtempSync(join(tmpdir(), 'positions-'));
	const path = join(folder, 'kept', 'state.sqlite');
	const newState = () => new RunState(new SqliteCounterStore(path));

	afterEach(() => rmSync(join(folder, 'kept'), { recursive: true, force: true }));
	afterAll(() => rmSync(folder, { recursive: true }));

	/** Runs to the end and hands the rows over. */
	async function handOver(count: number, made = step(), state = newState()) {
		const got: Cell[] = [];
		for await (const batch of run(addStep(leads(count), made), { state })) {
			got.push(...batch.rows.map(({ cells }) => cells.at(-1) ?? null));
		}
		await state.commit(() => Promise.resolve());
		return got;
	}

	test('a run goes on where the last one ended', async () => {
		expect(await handOver(2)).toEqual(['Ada', 'Bo']);
		expect(await handOver(2)).toEqual(['Cy', 'Ada']);
		expect(await handOver(1, step({ counter: 'others' }))).toEqual(['Ada']);
	});

	test('numbers go on, too', async () => {
		const numbered: Step = {
			kind: 'sequence',
			version: 1,
			options: { field: 'no', position: 'kept', counter: 'invoices', start: 100, step: 10 },
		};
		expect(await handOver(2, numbered)).toEqual([100, 110]);
		expect(await handOver(2, numbered)).toEqual([120, 130]);
	});

	test('a preview and a run that is not committed show the next turns and leave everything as it was', async () => {
		await handOver(1);
		const dataset = addStep(leads(2), step());
		const preview = await head(dataset, 2, { state: newState() });
		expect(cellsOf(preview).map((cells) => cells[1])).toEqual(['Bo', 'Cy']);
		for await (const batch of run(dataset, { state: newState() }))
			expect(batch.rows).toHaveLength(2);
		expect(await handOver(1)).toEqual(['Bo']);
	});

	test('a position without a name is no position', async () => {
		await expect(handOver(1, step({ counter: '' }))).rejects.toThrow(
			'The position that is kept across runs has no name',
		);
	});

	test('two runs at once both count; numbers are never given twice', async () => {
		const [first, second] = [newState(), newState()];
		const rows = async (state: RunState) => {
			for await (const batch of run(addStep(leads(2), step()), { state })) {
				expect(cellsOf(batch).map((cells) => cells[1])).toEqual(['Ada', 'Bo']);
			}
		};
		await rows(first);
		await rows(second);
		await Promise.all([
			first.commit(() => Promise.resolve()),
			second.commit(() => Promise.resolve()),
		]);
		// four rows were shared out
		expect(await handOver(1)).toEqual(['Bo']);

		const numbers: Step = {
			kind: 'sequence',
			version: 1,
			options: { field: 'no', position: 'kept', counter: 'numbers' },
		};
		const late = newState();
		for await (const batch of run(addStep(leads(3), numbers), { state: late })) {
			expect(cellsOf(batch).map((cells) => cells[1])).toEqual([1, 2, 3]);
		}
		expect(await handOver(3, numbers)).toEqual([1, 2, 3]);
		const write = jest.fn(() => Promise.resolve());
		await expect(late.commit(write)).rejects.toMatchObject({ issue: { code: 'RUN_STATE' } });
		expect(write).not.toHaveBeenCalled();
		expect(await handOver(1, numbers)).toEqual([4]);
	});

	test('what is to be written and fails takes the position back', async () => {
		const state = newState();
		for await (const batch of run(addStep(leads(1), step()), { state })) {
			expect(batch.rows).toHaveLength(1);
		}
		await expect(state.commit(() => Promise.reject(new Error('disk full')))).rejects.toThrow(
			'disk full',
		);
		expect(await handOver(1)).toEqual(['Ada']);
	});

	test('a file that is no database is an error with a code', async () => {
		await handOver(1);
		rmSync(path);
		const { writeFileSync } = jest.requireActual<typeof import('node:fs')>('node:fs');
		writeFileSync(path, 'not a database at all, but long enough to be looked at as one'.repeat(20));
		await expect(handOver(1)).rejects.toMatchObject({ issue: { code: 'RUN_STATE' } });
	});

	describe('of a load', () => {
		const database = join(folder, 'leads.sqlite');
		const rules = {
			match: [exactRule('lead')],
			onMatch: 'update',
			onNoMatch: 'insert',
			duplicates: 'first',
			blankKey: 'fail',
			emptyCells: 'keep',
		} as const;

		beforeEach(() => {
			rmSync(database, { force: true });
			const made = new DatabaseSync(database);
			made.exec('create table leads (lead text primary key, owner text)');
			made.close();
		});

		async function importLeads(mode: 'plan' | 'apply', signal?: AbortSignal) {
			const target = new SqliteTarget(database);
			try {
				const result = await load(addStep(leads(2), step()), target, {
					table: { name: 'leads' },
					mode,
					rules,
					state: newState(),
					signal,
				});
				await result.failed.dispose();
				return result.written.map(({ values }) => values.owner);
			} finally {
				await target.close();
			}
		}

		test('a plan does not advance it, an apply does, and a load that fails does not', async () => {
			expect(await importLeads('plan')).toEqual(['Ada', 'Bo']);
			expect(await importLeads('apply')).toEqual(['Ada', 'Bo']);
			await expect(importLeads('apply', AbortSignal.abort())).rejects.toMatchObject({
				issue: { code: 'RUN_CANCELLED' },
			});
			expect(await importLeads('apply')).toEqual(['Cy', 'Ada']);
		});
	});
});

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
