import type { Cell } from '../../../../engine/dataset';
import {
	addStep,
	close,
	contractStep,
	head,
	makeContract,
	openFile,
	openRows,
	profile,
	run,
	checkDrift,
	headerDrift,
	type ContractOptions,
	type Issue,
} from '../../../../engine';

const rowsOf = (count: number, empty = 0): Cell[][] =>
	Array.from({ length: count }, (_, i) => [i, i < empty ? '' : 'x']);

const file = (count: number, empty = 0) =>
	openRows([{ name: 'id' }, { name: 'note' }], rowsOf(count, empty));

const contract = makeContract({
	rows: 98,
	rejected: 2,
	columns: [
		{ name: 'id', filled: 98, empty: 0 },
		{ name: 'note', filled: 49, empty: 49 },
	],
});

async function issuesOf(
	dataset: ReturnType<typeof openRows>,
	options: Partial<ContractOptions> = {},
) {
	const issues: Issue[] = [];
	let rows = 0;
	const checked = addStep(dataset, contractStep({ contract, ...options }));
	for await (const batch of run(checked)) {
		issues.push(...batch.issues);
		rows += batch.rows.length;
	}
	return {
		rows,
		said: issues.map(({ code, severity, message }) => `${severity} ${code}: ${message}`),
	};
}

test('a contract is made from what a good file holds', async () => {
	expect(contract).toEqual({
		rows: { min: 50, max: 200 },
		columns: [
			{ name: 'id', maxEmpty: 0.1 },
			{ name: 'note', maxEmpty: 0.6 },
		],
	});
	const dataset = await openFile(Buffer.from('a,b\n1,\n2,x\n'), { fileName: 'good.csv' });
	expect(makeContract(await profile(dataset))).toEqual({
		rows: { min: 1, max: 4 },
		columns: [
			{ name: 'a', maxEmpty: 0.1 },
			{ name: 'b', maxEmpty: 0.6 },
		],
	});
	await close(dataset);
});

test('a file within its contract passes without a word', async () => {
	expect(await issuesOf(file(100, 60))).toEqual({ rows: 100, said: [] });
});

test('too few rows and too many empty cells are warnings', async () => {
	expect(await issuesOf(file(49, 40))).toEqual({
		rows: 49,
		said: [
			'warning FILE_CONTRACT: The file has 49 rows, the contract expects 50 to 200',
			'warning FILE_CONTRACT: 81.6 % of the cells of "note" are empty, the contract allows 60 %',
		],
	});
});

test('they end the run, or are accepted, where that is asked for', async () => {
	await expect(issuesOf(file(10, 10), { rows: 'accept', empty: 'stop' })).rejects.toMatchObject({
		code: 'FILE_CONTRACT',
		message: '100 % of the cells of "note" are empty, the contract allows 60 %',
	});
	expect((await issuesOf(file(10), { rows: 'accept' })).said).toEqual([]);
});

test('a look at the head is no breach of the contract', async () => {
	const checked = addStep(file(600), contractStep({ contract, rows: 'stop' }));
	expect((await head(checked, 20)).rows).toHaveLength(20);
	for await (const batch of run(checked, { limit: 30 })) expect(batch.issues).toEqual([]);
	await expect(issuesOf(file(600), { rows: 'stop' })).rejects.toMatchObject({
		code: 'FILE_CONTRACT',
	});
});

test('a renamed column is held to what the contract says of it', async () => {
	const dataset = openRows([{ name: 'id' }, { name: 'remark' }], rowsOf(60, 60));
	expect((await issuesOf(dataset, { renamed: { note: 'remark' } })).said).toEqual([
		'warning FILE_CONTRACT: 100 % of the cells of "remark" are empty, the contract allows 60 %',
	]);
});

const drift = headerDrift(
	[
		{ name: 'a', type: 'integer' },
		{ name: 'b', type: 'text' },
		{ name: 'phone', type: 'phone' },
		{ name: 'gone' },
	],
	[
		{ name: 'b', type: 'integer' },
		{ name: 'a', type: 'decimal' },
		{ name: 'Telephone', type: 'phone' },
		{ name: 'zz' },
	],
);

test('each kind of drift is accepted, a warning, or a stop', () => {
	expect(drift).toMatchObject({
		missing: ['gone'],
		extra: ['zz'],
		renamed: [{ from: 'phone', to: 'Telephone' }],
		reordered: ['b'],
		retyped: [{ column: 'a', from: 'integer', to: 'decimal' }],
	});
	expect(
		checkDrift(drift).map(({ code, severity, message }) => `${severity} ${code} ${message}`),
	).toEqual([
		'warning HEADER_DRIFT 1 column is missing: "gone"',
		'warning HEADER_DRIFT 1 column is new: "zz"',
		expect.stringMatching(
			/^warning HEADER_DRIFT 1 column is renamed: "phone" to "Telephone" \(\d+ %\)$/,
		),
		'warning HEADER_DRIFT 1 column is of another type: "a" was integer and is decimal',
	]);
	const accept = {
		missing: 'accept',
		extra: 'accept',
		renamed: 'accept',
		retyped: 'accept',
	} as const;
	expect(checkDrift(drift, accept)).toEqual([]);
	expect(() => checkDrift(drift, { ...accept, missing: 'stop', reordered: 'stop' })).toThrow(
		'1 column is missing: "gone"; 1 column is in another place: "b"',
	);
});
