import type { Cell } from '../../../engine';
import { compileDocument } from '../../../engine/expressions';
import { cellsOf } from '../fields/apply-step';
import { applyOperation } from './apply-operation';

const gifts: Cell[][] = [
	['Ada', 30],
	['Bo', 10],
	['Ada', 5],
	['Cy', null],
];

const compute = (expression: string, options: object = {}, rows = gifts) =>
	applyOperation('jsonata-document', { expression, ...options }, ['Donor', 'Amount'], rows);

test('rows that come out as they went in keep their numbers and cells; the others are accounted for', async () => {
	const batch = await compute('$^(>Amount)[Amount > 5]');
	expect(batch.rows.map(({ number, cells }) => [number, cells])).toEqual([
		[2, ['Ada', 30]],
		[3, ['Bo', 10]],
	]);
	expect(
		batch.rejected.map(({ number, outcome, source, issues }) => [
			number,
			outcome,
			source,
			issues[0]?.code,
		]),
	).toEqual([
		[4, 'skipped', ['Ada', 5], 'ROW_GROUPED'],
		[5, 'skipped', ['Cy', null], 'ROW_GROUPED'],
	]);
});

test('new rows take the numbers of the rows read, in order; columns are those that are spelled out', async () => {
	const batch = await compute(
		'$distinct(Donor).{ "Name": $, "Total": $sum($$[Donor = $].Amount) }',
	);
	expect(batch.columns).toEqual([{ name: 'Name' }, { name: 'Total' }]);
	expect(batch.rows.map(({ number }) => number)).toEqual([2, 3, 4]);
	expect(batch.rows.map(({ cells }) => cells[0])).toEqual(['Ada', 'Bo', 'Cy']);
	expect(batch.rejected.map(({ number }) => number)).toEqual([5]);
});

test('more rows than went in are parts of the last', async () => {
	const batch = await compute('[1..6].{ "n": $ }');
	expect(batch.rows.map(({ number, part, cells }) => [number, part, cells[0]])).toEqual([
		[2, undefined, 1],
		[3, undefined, 2],
		[4, undefined, 3],
		[5, 1, 4],
		[5, 2, 5],
		[5, 3, 6],
	]);
	expect(batch.rejected).toEqual([]);
});

test('one object is one row, and nothing is none: then all rows are accounted for', async () => {
	expect(cellsOf(await compute('{ "Total": $sum(Amount) }'))).toEqual([[45]]);
	const none = await compute('$[Amount > 1000]');
	expect([none.rows, none.rejected.length]).toEqual([[], 4]);
});

test('columns can be named, and what no column takes fails its row', async () => {
	const expression = '$map($, function($row, $i) { $merge([$row, { "No": $i + 1 }]) })';
	const named = await compute(expression, { columns: 'No, Donor, Amount' });
	expect(cellsOf(named)[2]).toEqual([3, 'Ada', 5]);
	const lost = await compute(expression);
	expect(lost.rows).toEqual([]);
	expect(lost.rejected.map(({ issues }) => issues[0]?.message)).toEqual(
		gifts.map(() => 'The expression gives a field "No", which is no column'),
	);
	expect(lost.rejected[0]?.issues[0]?.code).toBe('CELL_EXPRESSION');
});

test.each([
	['$[', {}, 'RUN_CONFIG', /^The expression is no valid JSONata: /],
	['$', { columns: 'a,a' }, 'RUN_CONFIG', /^The column "a" is there twice$/],
	['Donor', {}, 'RUN_EXPRESSION', /4 rows fails: Row 1 of the result is "Ada", and no object$/],
	['$sum(Donor)', {}, 'RUN_EXPRESSION', /4 rows fails: Argument 1 of function "sum"/],
	['$', { maxRows: 3 }, 'RUN_LIMIT', /^There are more than 3 rows to compute together$/],
	[
		'($f := function($n) { $f($n + 1) + 1 }; { "n": $f(0) })',
		{},
		'RUN_EXPRESSION',
		/Stack overflow/i,
	],
	['[1..600000].{ "n": $ }', {}, 'RUN_EXPRESSION', /sequence|list|exceed/i],
])('%s with %j ends in an error that says why', async (expression, options, code, message) => {
	await expect(compute(expression, options)).rejects.toMatchObject({
		issue: { code },
		message: expect.stringMatching(message),
	});
});

test('an expression without end is stopped, and others have their turns meanwhile', async () => {
	let turns = 0;
	const timer = setInterval(() => turns++, 20);
	try {
		const endless = '($f := function($n) { $n < 0 ? $n : $f($n + 1) }; { "n": $f(0) })';
		await expect(compileDocument(endless, 1000).evaluate([['a']], ['x'])).rejects.toThrow(
			'It takes longer than 1 s',
		);
	} finally {
		clearInterval(timer);
	}
	expect(turns).toBeGreaterThan(5);
});

test('texts of more than 64 million characters are not held', async () => {
	const rows = Array.from({ length: 70 }, () => ['x'.repeat(2 ** 20), 1]);
	await expect(compute('$', {}, rows)).rejects.toMatchObject({
		issue: { code: 'RUN_LIMIT' },
		message: 'The rows to compute together hold more than 64 million characters',
	});
});
