import { load, openRows, type LoadResult, type PlannedRow, type Target } from '../../../../engine';
import { Random } from '../../random';
import type { Bench } from '../load-cases';
import { expectedOf, type Outcome, type Stored } from './model';
import { randomWorld, smaller, type Value, type World, type WorldLimits } from './world';

/** How a database makes the tables of worlds. */
export interface ModelBench extends Bench {
	limits: WorldLimits;
	/** Statements that make the table `things` of a world, empty; what was there before is gone. */
	create: (world: World) => string[];
	/** A column as text: whole numbers in digits, dates in ISO 8601. */
	shown: (column: string) => string;
}

const ACTIONS = ['insert', 'update', 'unchanged', 'skip', 'fail'] as const;

const OUTCOMES = {
	insert: 'inserted',
	update: 'updated',
	unchanged: 'unchanged',
	skip: 'skipped',
	fail: 'failed',
} as const;

/** The target, with what was planned for each row to be seen. */
function watched(target: Target, planned: PlannedRow[]): Target {
	return {
		label: target.label,
		listTables: () => target.listTables(),
		describeTable: (table) => target.describeTable(table),
		close: () => target.close(),
		startLoad: async (specification) => {
			const session = await target.startLoad(specification);
			return {
				alreadyImported: () => session.alreadyImported(),
				stage: (rows) => session.stage(rows),
				decide: async () => {
					const decided = await session.decide();
					planned.push(...(await session.planned(ACTIONS, 1000)));
					return decided;
				},
				planned: (...given) => session.planned(...given),
				apply: () => session.apply(),
				commit: (remember) => session.commit(remember),
				close: () => session.close(),
			};
		},
	};
}

const literal = (value: Value): string =>
	value === null
		? 'null'
		: typeof value === 'number'
			? String(value)
			: `'${value.replaceAll("'", "''")}'`;

async function prepare(bench: ModelBench, world: World): Promise<void> {
	for (const statement of bench.create(world)) await bench.run(statement);
	if (world.records.length === 0) return;
	const names = [...(world.hasId ? ['id'] : []), ...world.columns.map(({ name }) => name)];
	const rows = world.records.map((record, i) => [...(world.hasId ? [i + 1] : []), ...record]);
	await bench.run(
		`insert into things (${names.join(', ')}) values ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}`,
	);
}

/** What is wrong with what the engine does in a world; undefined when all is as the model says. */
export async function wrongIn(bench: ModelBench, world: World): Promise<string | undefined> {
	const expected = expectedOf(world, bench.limits);
	if (expected.dependsOnOrder) return undefined;
	await prepare(bench, world);
	const planned: PlannedRow[] = [];
	const { mapped, rows, rules, guards, mode } = world;
	let result: LoadResult;
	try {
		result = await load(
			openRows(
				mapped.map((name) => ({ name, type: 'text' as const })),
				rows.map((cells) => [...cells]),
			),
			watched(bench.target, planned),
			{ table: bench.table('things'), rules, mode, ...(guards !== undefined && { guards }) },
		);
	} catch (error) {
		return `it ended with ${String(error)} ${String((error as Error).stack)}`;
	}
	const failed = await result.failed.first(1000);
	await result.failed.dispose();
	return (
		wrongOutcome(expected.outcomes, planned, failed, expected.status) ??
		wrongSummary(expected.outcomes, expected.status, result) ??
		wrongBefore(expected.outcomes, result) ??
		(await wrongTable(bench, world, expected.records))
	);
}

function wrongOutcome(
	expected: Outcome[],
	planned: PlannedRow[],
	failed: Array<{ number: number; issues: Array<{ code: string; row?: number }> }>,
	status: string,
): string | undefined {
	for (const [i, { outcome, codes }] of expected.entries()) {
		const plans = planned.filter(({ number }) => number === i + 1);
		const failures = failed.filter(({ number }) => number === i + 1);
		if (plans.length > 1 || failures.length > 1) return `row ${i + 1} has several outcomes`;
		const [plan] = plans;
		const [failure] = failures;
		let actual =
			failure !== undefined ? 'failed' : plan === undefined ? 'lost' : OUTCOMES[plan.action];
		if (status === 'stopped' && (actual === 'inserted' || actual === 'updated'))
			actual = 'unprocessed';
		if (actual !== outcome)
			return `row ${i + 1} is ${actual} (${failure?.issues[0]?.code ?? plan?.code}), and should be ${outcome} (${codes?.join()})`;
		const code = failure?.issues[0]?.code ?? plan?.code;
		if (codes !== undefined && !codes.includes(code ?? ''))
			return `row ${i + 1} has the code ${code}, and should have ${codes.join(' or ')}`;
		if (failure !== undefined && failure.issues.some(({ row }) => row !== i + 1))
			return `an issue of row ${i + 1} names another row`;
	}
	return undefined;
}

function wrongSummary(
	expected: Outcome[],
	status: string,
	{ summary }: LoadResult,
): string | undefined {
	if (summary.status !== status) return `the status is ${summary.status}, and should be ${status}`;
	for (const name of [
		'inserted',
		'updated',
		'unchanged',
		'skipped',
		'failed',
		'unprocessed',
	] as const) {
		const count = expected.filter(({ outcome }) => outcome === name).length;
		if (summary[name] !== count)
			return `${name} counts ${summary[name]}, and should count ${count}`;
	}
	return summary.rows === expected.length
		? undefined
		: `${summary.rows} rows were read of ${expected.length}`;
}

function wrongBefore(expected: Outcome[], { written }: LoadResult): string | undefined {
	for (const { number, before } of written) {
		const wanted = expected[number - 1]?.before;
		if (before === undefined && wanted === undefined) continue;
		const plain = Object.entries(before ?? {}).map(([name, value]) => [name, asText(value)]);
		const should = Object.entries(wanted ?? {}).map(([name, value]) => [name, asText(value)]);
		if (JSON.stringify(plain.sort()) !== JSON.stringify(should.sort()))
			return `row ${number} changes ${JSON.stringify(plain)}, and should change ${JSON.stringify(should)}`;
	}
	return undefined;
}

/** Drivers give dates as texts or as moments. */
const asText = (value: unknown): unknown => {
	if (value instanceof Date) return value.toISOString().slice(0, 10);
	if (typeof value === 'number') return String(value);
	return typeof value === 'string'
		? value.replace(/^(\d{4}-\d\d-\d\d)T.*$/, '$1')
		: (value ?? null);
};

async function wrongTable(
	bench: ModelBench,
	world: World,
	expected: Stored[],
): Promise<string | undefined> {
	const names = world.columns.map(({ name }) => name);
	const columns = [...(world.hasId ? ['id'] : []), ...names];
	const rows = await bench.run(
		`select ${columns.map((name) => `${bench.shown(name)} as ${name}`).join(', ')} from things`,
	);
	// of new records the database chooses the ids
	const kept = new Set(
		expected
			.map(({ id }) => id)
			.filter((id) => id !== undefined)
			.map(String),
	);
	const line = (id: unknown, values: Record<string, unknown>) =>
		JSON.stringify([
			world.hasId && kept.has(String(id)) ? String(id) : null,
			...names.map((name) => asText(values[name])),
		]);
	const actual = rows.map((row) => line(row.id, row)).sort();
	const wanted = expected.map(({ id, values }) => line(id, values)).sort();
	return JSON.stringify(actual) === JSON.stringify(wanted)
		? undefined
		: `the table holds\n${actual.join('\n')}\nand should hold\n${wanted.join('\n')}`;
}

const MOST_STEPS = 500;

/** Makes a world smaller for as long as it goes wrong. */
async function shrunk(bench: ModelBench, world: World): Promise<World> {
	let current = world;
	let steps = 0;
	for (let isSmaller = true; isSmaller && steps < MOST_STEPS;) {
		isSmaller = false;
		for (const candidate of smaller(current)) {
			if (++steps > MOST_STEPS) break;
			if ((await wrongIn(bench, candidate)) === undefined) continue;
			current = candidate;
			isSmaller = true;
			break;
		}
	}
	return current;
}

/** So many worlds that go wrong are told of. */
const MOST_TOLD = 5;

/** Worlds made up from a seed. What goes wrong is thrown as the smallest worlds in which it does, which can be run again. */
export async function checkWorlds(
	bench: ModelBench,
	seed: number,
	first: number,
	count: number,
): Promise<void> {
	const told: string[] = [];
	for (let input = first; input < first + count && told.length < MOST_TOLD; input++) {
		const world = randomWorld(Random.of(seed, input), bench.limits);
		if ((await wrongIn(bench, world)) === undefined) continue;
		const small = await shrunk(bench, world);
		const wrong = await wrongIn(bench, small);
		told.push(
			`MODEL_SEED=${seed} MODEL_WORLD=${input} (${bench.target.label}): ${wrong}\nin the world ${JSON.stringify(small)}`,
		);
	}
	if (told.length > 0) throw new Error(told.join('\n\n'));
}
