import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteRunStore } from '../../../engine';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('the store of plans', () => {
	let folder: string;

	let now: Date;

	let store: SqliteRunStore;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'run-store-'));
		now = new Date('2026-01-01T00:00:00Z');
		store = new SqliteRunStore(join(folder, 'runs.sqlite'), () => now);
	});

	afterEach(() => rmSync(folder, { recursive: true }));

	const keep = async (token: string, rows = 1, fails = false) => {
		async function* pages() {
			yield await Promise.resolve(
				Array.from({ length: rows }, (_, i) => ({
					number: i + 1,
					action: 'update' as const,
					digest: new Uint8Array([i & 255]),
				})),
			);
			if (fails) throw new Error('the database is gone');
		}
		const parts = { file: 'f', steps: 's', table: 't', rules: 'r', choices: 'c' };
		const plan = { token, madeAt: now.toISOString(), parts, columns: ['a'] };
		await store.keepPlan(plan, pages());
	};

	test('the newest twenty plans are kept, with their rows', async () => {
		for (let i = 1; i <= 21; i++) await keep(`plan ${i}`, 3);
		expect(await store.plan('plan 1')).toBeUndefined();
		expect(await store.plannedRows('plan 1', 0, 10)).toEqual([]);
		expect(await store.plan('plan 2')).toMatchObject({ token: 'plan 2', columns: ['a'] });
		expect((await store.plannedRows('plan 2', 1, 10)).map(({ number }) => number)).toEqual([2, 3]);
	});

	test('a plan is good for thirty days', async () => {
		await keep('old', 25_000);
		now = new Date(now.getTime() + 30 * DAY_MS);
		expect(await store.plan('old')).toBeDefined();
		now = new Date(now.getTime() + 1);
		expect(await store.plan('old')).toBeUndefined();
		await keep('new');
		expect(await store.plannedRows('old', 0, 10)).toEqual([]);
		expect(await store.plan('new')).toBeDefined();
	});

	test('of a plan that was not finished nothing is to be found', async () => {
		await expect(keep('half', 3, true)).rejects.toThrow('the database is gone');
		expect(await store.plan('half')).toBeUndefined();
		expect(await store.plannedRows('half', 0, 10)).toEqual([]);
	});
});
