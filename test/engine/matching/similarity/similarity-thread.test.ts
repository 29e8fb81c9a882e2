import { setImmediate as turn } from 'node:timers/promises';
import { SimilarityThread } from '../../../../engine/matching';
import { damaged, people } from './people';

const fields = [
	{ name: 'first', type: 'first-name' },
	{ name: 'last', type: 'last-name' },
	{ name: 'email', type: 'email' },
];

const listed = (count: number, isDamaged = false) =>
	people(count, 1).map((person, i) => {
		const { first, last, email } = isDamaged ? damaged(person, i) : person;
		return { id: [isDamaged ? i : `r${i}`], values: [first, last, email] };
	});

const threads: SimilarityThread[] = [];

const start = (options?: ConstructorParameters<typeof SimilarityThread>[0]): SimilarityThread => {
	const thread = new SimilarityThread(options);
	threads.push(thread);
	return thread;
};

afterEach(async () => {
	for (const thread of threads.splice(0)) await thread.close();
});

async function fill(thread: SimilarityThread, count: number): Promise<void> {
	await thread.addRows(listed(count, true));
	await thread.addRecords(listed(count / 2));
	await thread.addRecords(listed(count).slice(count / 2));
}

test('matches come page by page, those of a row together and the best first', async () => {
	const thread = start();
	await fill(thread, 3000);
	expect(await thread.compare({ fields })).toHaveLength(1);
	const seen = new Set<unknown>();
	let pages = 0;
	let right = 0;
	for await (const page of thread.matches()) {
		pages++;
		let last: unknown;
		for (const { row, record, place, score, standing, why } of page) {
			if (row[0] !== last) {
				expect(seen).not.toContain(row[0]);
				seen.add(row[0]);
				last = row[0];
				expect(place).toBe(0);
				expect(why).toMatch(/^\d+ % alike: /);
				if (record[0] === `r${String(row[0])}` && standing === 'one') right++;
			}
			expect(score).toBeGreaterThanOrEqual(0.1);
		}
	}
	expect(pages).toBe(2);
	expect(right).toBeGreaterThan(2500);
});

test('the event loop has its turns while lists are compared', async () => {
	const thread = start();
	await fill(thread, 3000);
	let turns = 0;
	const counting = new AbortController();
	const counted = (async () => {
		for (; !counting.signal.aborted; turns++) await turn();
	})();
	await thread.compare({ fields });
	counting.abort();
	await counted;
	expect(turns).toBeGreaterThan(100);
});

test('a comparison that is cancelled ends, and nothing is answered any more', async () => {
	const stop = new AbortController();
	const thread = start({ signal: stop.signal });
	await fill(thread, 3000);
	const comparing = thread.compare({ fields });
	stop.abort();
	await expect(comparing).rejects.toMatchObject({ code: 'RUN_CANCELLED' });
	await expect(thread.addRows([])).rejects.toMatchObject({ code: 'RUN_CANCELLED' });
	await expect(start({ signal: stop.signal }).addRows([])).rejects.toMatchObject({
		code: 'RUN_CANCELLED',
	});
});

test('a thread that needs too much memory is ended, and the run says so', async () => {
	const thread = start({ memory: 24 });
	const running = fill(thread, 100_000).then(() => thread.compare({ fields }));
	await expect(running).rejects.toMatchObject({ code: 'RUN_COMPARISON' });
	await expect(running).rejects.toThrow('it needs too much memory');
});

test('a thread that fails says what is wrong', async () => {
	const thread = start();
	await thread.addRows([{ id: [1], values: ['x'] }]);
	const broken = null as unknown as typeof fields;
	await expect(thread.compare({ fields: broken })).rejects.toMatchObject({
		code: 'RUN_COMPARISON',
	});
	await expect(thread.addRows([])).rejects.toThrow('The search for similar records broke off');
});
