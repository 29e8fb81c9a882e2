import { normalizers, type LoadRules, type MatchRule, type WritePolicy } from '../../../../engine';
import type { Random } from '../../random';

export type Value = string | number | null;

export interface WorldColumn {
	name: string;
	type: 'text' | 'integer' | 'date';
	/** The column may not be empty. */
	needed?: boolean;
	/** What the database fills in where a new record has no value. */
	default?: string | number;
}

export interface WorldGuards {
	maxFailedPercent?: number;
	maxInserted?: number;
	maxUpdated?: number;
}

/** A table, what is in it, a file, and what is to be done with it: plain data, so that it can be printed and run again. */
export interface World {
	columns: WorldColumn[];
	/** Whether the table has a primary key `id`, which counts up. Else nothing but its place tells a record. */
	hasId: boolean;
	unique: string[][];
	/** The least value of an integer column, by a check. */
	check?: { column: string; least: number };
	/** A trigger raises an error where a text column is to get this value. */
	raises?: { column: string; value: string };
	/** Values of the columns; the ids count from 1. */
	records: Value[][];
	/** Columns of the file. */
	mapped: string[];
	/** Cells as a file has them. */
	rows: string[][];
	rules: LoadRules;
	guards?: WorldGuards;
	mode: 'plan' | 'apply';
}

/** What a database cannot do. */
export interface WorldLimits {
	/** Records can be told from each other without a key. */
	hiddenIdentity: boolean;
	/** What tells a record without a key changes when the record does: a second row for it does not find it any more. */
	identityMoves?: boolean;
}

const TEXTS = [
	'Ann',
	'ann',
	'ANN',
	' Ann ',
	'Änn',
	'A\u0308nn',
	'Müller',
	'MULLER',
	'Müller GmbH & Co. KG',
	"O'Brien-Smith",
	'OBrien Smith',
	'Straße',
	'STRASSE',
	'İstanbul',
	'istanbul',
	'0123',
	'123',
	'01-23',
	'٠١٢٣',
	'ann@x.org',
	'Ann <ANN@x.org>',
	'mailto:ann@x.org',
	'+49 170 1234567',
	'0170 / 123 45 67',
	'--',
	'\u200b',
	'日本語',
	'🎉',
	'x',
	`${'Long '.repeat(20)}1`,
	`${'Long '.repeat(20)}2`,
	"x'; drop table t; --",
];

const DATES = ['2024-02-29', '2023-12-31', '1999-01-01', '2024-03-01'];

const RAISED = 'boom';

/** Makes up a world. Few values, so that much of it meets. */
export function randomWorld(random: Random, limits: WorldLimits): World {
	const texts = random.times(random.between(2, 7), () => random.of(TEXTS));
	const columns = random.times(random.between(2, 5), (i): WorldColumn => {
		const type = random.of(['text', 'text', 'integer', 'date'] as const);
		const needed = random.chance(0.2);
		const filled = needed && random.chance(0.5) ? defaultOf(type) : undefined;
		return { name: `f${i}`, type, needed, ...(filled !== undefined && { default: filled }) };
	});
	const hasId = !limits.hiddenIdentity || random.chance(0.8);
	const ofType = (type: WorldColumn['type']) => columns.filter((column) => column.type === type);
	const unique = random.chance(0.4)
		? [
				some(
					random,
					columns.map(({ name }) => name),
					1 + random.below(2),
				),
			]
		: [];
	const integer = ofType('integer')[0];
	const text = ofType('text')[0];
	const value = (column: WorldColumn): Value =>
		column.type === 'text'
			? random.of(texts)
			: column.type === 'integer'
				? random.between(1, 6)
				: random.of(DATES);
	const records = withoutDoubles(
		random.times(random.below(8), () =>
			columns.map((column) => {
				if (!column.needed && random.chance(0.2)) return null;
				// what is stored before may be an empty text
				return column.type === 'text' && random.chance(0.05) ? '' : value(column);
			}),
		),
		columns,
		unique,
	);
	const needed = columns.filter((column) => column.needed === true && column.default === undefined);
	const chosen = new Set([
		...needed.map(({ name }) => name),
		...some(
			random,
			columns.map(({ name }) => name),
			random.between(1, columns.length),
		),
	]);
	const withNumber = hasId && random.chance(0.15);
	const mapped = [
		...(withNumber ? ['id'] : []),
		...columns.map(({ name }) => name).filter((name) => chosen.has(name)),
	];
	const rows = random.times(random.below(12), () =>
		mapped.map((name) => {
			if (name === 'id') return String(random.between(1, 12));
			const column = columns.find((candidate) => candidate.name === name)!;
			if (random.chance(0.15)) return random.of(['', '', ' ']);
			if (column.type !== 'text' && random.chance(0.03)) return 'no value';
			if (column.type === 'integer' && random.chance(0.08)) return String(-random.below(2));
			if (column.type === 'text' && random.chance(0.03)) return RAISED;
			return String(value(column));
		}),
	);
	return {
		columns,
		hasId,
		unique,
		...(integer !== undefined &&
			random.chance(0.3) && { check: { column: integer.name, least: 1 } }),
		...(text !== undefined &&
			random.chance(0.2) && { raises: { column: text.name, value: RAISED } }),
		records,
		mapped,
		rows,
		rules: randomRules(random, mapped, columns),
		...(random.chance(0.1) && {
			guards: random.of<WorldGuards>([
				{ maxInserted: 2 },
				{ maxUpdated: 1 },
				{ maxFailedPercent: 20 },
			]),
		}),
		mode: random.chance(0.1) ? 'plan' : 'apply',
	};
}

function randomRules(random: Random, mapped: string[], columns: WorldColumn[]): LoadRules {
	const match = random.times(random.of([0, 1, 1, 1, 2, 2, 3]), (): MatchRule => {
		const names = some(random, mapped, random.of([1, 1, 2]));
		const exact = random.chance(0.4);
		const several = random.of([undefined, 'fail', 'first', 'next'] as const);
		return {
			fields: names.map((column) => {
				const isText = columns.some(({ name, type }) => name === column && type === 'text');
				if (exact || !isText) return { column };
				const normalizer = random.of(normalizers);
				return { column, normalizer, ...(normalizer === 'phone' && { country: 'DE' }) };
			}),
			...(several !== undefined && { several }),
		};
	});
	const isMatched = match.length > 0;
	const times = mapped.filter(
		(name) => columns.find((column) => column.name === name)?.type !== 'text' && name !== 'id',
	);
	const newerBy = times.length > 0 && random.chance(0.5) ? random.of(times) : undefined;
	const policies: WritePolicy[] = ['always', 'filled', 'target-empty', 'never'];
	if (newerBy !== undefined) policies.push('newer');
	const single = mapped
		.filter((name) => name !== 'id' && random.chance(0.3))
		.map((name) => [name, random.of(policies)] as const);
	return {
		match,
		onMatch: isMatched
			? random.of(['update', 'update', 'update', 'skip', 'insert', 'fail'] as const)
			: 'insert',
		onNoMatch: isMatched ? random.of(['insert', 'insert', 'skip', 'fail'] as const) : 'insert',
		duplicates: random.of(['first', 'last', 'merge', 'all', 'fail'] as const),
		blankKey: random.of(['fail', 'insert', 'skip'] as const),
		emptyCells: random.of(['keep', 'clear'] as const),
		...(single.length > 0 && { policies: Object.fromEntries(single) }),
		...(newerBy !== undefined && { newerBy }),
	};
}

const defaultOf = (type: WorldColumn['type']): string | number =>
	type === 'text' ? 'as ever' : type === 'integer' ? 3 : '2000-01-01';

/** So many different ones of a list, in its order. */
function some<T>(random: Random, list: readonly T[], count: number): T[] {
	const left = [...list];
	while (left.length > count) left.splice(random.below(left.length), 1);
	return left;
}

function withoutDoubles(records: Value[][], columns: WorldColumn[], unique: string[][]): Value[][] {
	const taken = new Set<string>();
	return records.filter((record) =>
		unique.every((key) => {
			const values = key.map(
				(name) => record[columns.findIndex((column) => column.name === name)] ?? null,
			);
			const text = JSON.stringify(values);
			if (!values.includes(null) && taken.has(text)) return false;
			taken.add(text);
			return true;
		}),
	);
}

/** Worlds that are a little smaller than this one. */
export function* smaller(world: World): Generator<World> {
	const without = <T>(list: readonly T[], index: number) => list.filter((_, i) => i !== index);
	for (const i of world.rows.keys()) yield { ...world, rows: without(world.rows, i) };
	for (const i of world.records.keys()) yield { ...world, records: without(world.records, i) };
	const { guards, check, raises, ...bare } = world;
	if (guards !== undefined) yield { ...world, guards: undefined };
	if (check !== undefined) yield { ...bare, guards, raises };
	if (raises !== undefined) yield { ...bare, guards, check };
	if (world.unique.length > 0) yield { ...world, unique: [] };
	if (world.rules.policies !== undefined) {
		for (const name of Object.keys(world.rules.policies)) {
			const { [name]: _, ...policies } = world.rules.policies;
			yield { ...world, rules: { ...world.rules, policies } };
		}
	}
	for (const i of world.rules.match.keys()) {
		if (world.rules.match.length > 1)
			yield { ...world, rules: { ...world.rules, match: without(world.rules.match, i) } };
	}
	for (const [at, rule] of world.rules.match.entries()) {
		for (const i of rule.fields.keys()) {
			if (rule.fields.length === 1) continue;
			const match = world.rules.match.map((one, place) =>
				place === at ? { ...one, fields: without(one.fields, i) } : one,
			);
			yield { ...world, rules: { ...world.rules, match } };
		}
	}
	const used = new Set([
		...world.rules.match.flatMap(({ fields }) => fields.map(({ column }) => column)),
		...Object.keys(world.rules.policies ?? {}),
		world.rules.newerBy,
		check?.column,
		raises?.column,
		...world.unique.flat(),
	]);
	for (const [i, { name }] of world.columns.entries()) {
		if (used.has(name) || world.columns.length === 1) continue;
		const place = world.mapped.indexOf(name);
		if (place !== -1 && world.mapped.length === 1) continue;
		yield {
			...world,
			columns: without(world.columns, i),
			records: world.records.map((record) => without(record, i)),
			...(place !== -1 && {
				mapped: without(world.mapped, place),
				rows: world.rows.map((row) => without(row, place)),
			}),
		};
	}
	for (const [i, column] of world.columns.entries()) {
		if (column.needed !== true) continue;
		const plain = { name: column.name, type: column.type };
		yield { ...world, columns: world.columns.map((one, at) => (at === i ? plain : one)) };
	}
}
