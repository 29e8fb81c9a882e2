import { addStep, openFile, run, type Dataset, type RejectedRow } from '../../../engine';

const open = (text: string) => openFile(Buffer.from(text));

async function rejectedBy(dataset: Dataset, batchSize?: number): Promise<RejectedRow[]> {
	const rejected: RejectedRow[] = [];
	for await (const batch of run(dataset, { batchSize })) rejected.push(...batch.rejected);
	return rejected;
}

const fit = {
	kind: 'fit',
	version: 1,
	options: { columns: [{ name: 'age', type: 'integer', nullable: false }] },
};

test('a row that fails in a step keeps its line and its text', async () => {
	const text =
		'name,note,age\nAnn,"two\nlines",5\nBob,"a, ""b""",x\nCem,y,7\nDan,"z",none at all\n';
	for (const batchSize of [1, 500]) {
		const rejected = await rejectedBy(addStep(await open(text), fit), batchSize);
		expect(rejected).toMatchObject([
			{ number: 3, line: 4, raw: 'Bob,"a, ""b""",x', source: ['Bob', 'a, "b"', 'x'] },
			{ number: 5, line: 6, raw: 'Dan,"z",none at all', outcome: 'failed' },
		]);
	}
});

test('a line that is the number of its row is not repeated', async () => {
	const [row] = await rejectedBy(addStep(await open('name,age\nAnn,5\nBob,x\n'), fit));
	expect(row).toMatchObject({ number: 3, raw: 'Bob,x' });
	expect(row).not.toHaveProperty('line');
});

test('all rows of a long file', async () => {
	const lines = Array.from({ length: 30_000 }, (_, i) => `${i},"p\nq",x${i}`);
	const rejected = await rejectedBy(addStep(await open(`id,n,age\n${lines.join('\n')}\n`), fit));
	expect(rejected).toHaveLength(30_000);
	expect(rejected.map(({ raw }) => raw)).toEqual(lines);
	expect(rejected.map(({ line }) => line)).toEqual(
		lines.map((_, i) => (i === 0 ? undefined : 2 + 2 * i)),
	);
});

test('a row that is skipped on purpose keeps its number alone', async () => {
	const step = {
		kind: 'filter-rows',
		version: 1,
		options: { conditions: [{ field: 'age', operator: 'equals', value: '5' }] },
	};
	const rejected = await rejectedBy(addStep(await open('name,age\nAnn,5\nBob,7\n'), step));
	expect(rejected).toMatchObject([{ number: 3, outcome: 'skipped' }]);
	expect(rejected[0]).not.toHaveProperty('raw');
});
