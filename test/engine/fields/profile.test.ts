import { openFile, openRows, profile, close } from '../../../engine';
import { DistinctCount } from '../../../engine/fields/profile/distinct-count';

test('a profile says what each column of the whole file holds', async () => {
	const lines = ['Id;Joined;Fee;Note'];
	for (let i = 1; i <= 1500; i++) {
		const day = String((i % 28) + 1).padStart(2, '0');
		lines.push(
			`${i};${day}.03.2026;${i / 4 < 300 ? '10,50' : '1.200,00'};${i % 2 ? '' : ' kept '}`,
		);
	}
	lines.push('1501;31.02.2026;x;ä');
	const dataset = await openFile(Buffer.from(lines.join('\n')));
	try {
		const { rows, rejected, columns } = await profile(dataset);
		expect({ rows, rejected }).toEqual({ rows: 1501, rejected: 0 });
		expect(columns).toEqual([
			{
				name: 'Id',
				type: 'integer',
				filled: 1501,
				empty: 0,
				distinct: 1501,
				distinctIsExact: true,
				shortest: 1,
				longest: 4,
				smallest: 1,
				largest: 1501,
				misfits: 0,
				examples: [],
			},
			expect.objectContaining({
				name: 'Joined',
				type: 'date',
				distinct: 29,
				smallest: '2026-03-01',
				largest: '2026-03-28',
				misfits: 1,
				examples: ['31.02.2026'],
			}),
			expect.objectContaining({
				name: 'Fee',
				type: 'decimal',
				smallest: 10.5,
				largest: 1200,
				misfits: 1,
				examples: ['x'],
			}),
			expect.objectContaining({
				name: 'Note',
				filled: 751,
				empty: 750,
				distinct: 2,
				shortest: 1,
				longest: 6,
			}),
		]);
	} finally {
		await close(dataset);
	}
});

test('numbers that JavaScript cannot hold exactly are ranked by what they mean', async () => {
	const rows = [['9007199254740993.5'], ['12.5'], ['-3.25']];
	const { columns } = await profile(openRows([{ name: 'n' }], rows));
	expect(columns[0]).toMatchObject({ smallest: -3.25, largest: '9007199254740993.5' });
});

test('a column without values has no smallest and no shortest', async () => {
	const { columns } = await profile(openRows([{ name: 'n' }], [[null], ['  ']]));
	expect(columns[0]).toMatchObject({
		filled: 0,
		empty: 2,
		distinct: 0,
		shortest: null,
		longest: null,
		smallest: null,
		largest: null,
	});
});

describe('distinct values', () => {
	test.each([0, 1, 20_000])('%i of them are counted exactly', (values) => {
		const count = new DistinctCount();
		for (let round = 0; round < 2; round++) {
			for (let i = 0; i < values; i++) count.add(`value ${i}`);
		}
		expect(count).toMatchObject({ isExact: true, count: values });
	});

	test.each([20_001, 40_000, 300_000])('%i of them are estimated within 4 %%', (values) => {
		const count = new DistinctCount();
		for (let i = 0; i < values; i++) count.add(`${i}@example.org`);
		expect(count.isExact).toBe(false);
		expect(Math.abs(count.count - values) / values).toBeLessThan(0.04);
	});
});
