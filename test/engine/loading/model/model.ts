import type { WritePolicy } from '../../../../engine';
import { normalize, type MatchRule } from '../../../../engine/matching';
import type { Value, World, WorldColumn, WorldLimits } from './world';

/** What becomes of a row, with the codes that may say why. */
export interface Outcome {
	outcome: 'inserted' | 'updated' | 'unchanged' | 'skipped' | 'failed' | 'unprocessed';
	codes?: string[];
	/** For a record that is updated: the columns that change, with their values before. */
	before?: Record<string, Value>;
}

export interface Expected {
	status: 'applied' | 'planned' | 'stopped';
	/** By row of the file, from 1. */
	outcomes: Outcome[];
	records: Stored[];
	/** Updates exchange values of a unique column: what is written depends on an order that nobody promises. */
	dependsOnOrder: boolean;
}

/** A record; its id is undefined where the database is to give it one. */
export interface Stored {
	id: number | undefined;
	values: Record<string, Value>;
}

interface FileRow {
	number: number;
	values: Record<string, Value>;
}

type Planned = Outcome & { row: FileRow; record?: Stored };

/** What a load has to do, said as plainly as it can be, from the documentation: one row after the other, every record looked at. */
export function expectedOf(world: World, limits: WorldLimits): Expected {
	const before = world.records.map((record, i): Stored => ({
		id: i + 1,
		values: Object.fromEntries(world.columns.map(({ name }, at) => [name, record[at] ?? null])),
	}));
	const outcomes: Outcome[] = world.rows.map(() => ({ outcome: 'unprocessed' }));
	const rows: FileRow[] = [];
	for (const [i, cells] of world.rows.entries()) {
		const { row, codes } = readRow(world, cells, i + 1);
		if (codes.length > 0) outcomes[i] = { outcome: 'failed', codes };
		else rows.push(row);
	}
	const plan = planOf(world, rows, before);
	for (const { row, record: _, ...outcome } of plan) outcomes[row.number - 1] = outcome;
	const untouched = { outcomes, records: before, dependsOnOrder: false };
	const isStopped = breaksGuard(world, outcomes);
	if (world.mode === 'plan') return { status: 'planned', ...untouched };
	if (isStopped) return { ...untouched, status: 'stopped', outcomes: outcomes.map(unprocessed) };

	const after = before.map(({ id, values }) => ({ id, values: { ...values } }));
	const dependsOnOrder = exchanges(world, plan, limits);
	for (const action of ['updated', 'inserted'] as const) {
		for (const { row, record, outcome } of plan) {
			if (outcome !== action) continue;
			const codes = write(
				world,
				after,
				row,
				before.findIndex((one) => one === record),
			);
			if (codes.length > 0) outcomes[row.number - 1] = { outcome: 'failed', codes };
		}
	}
	if (breaksGuard(world, outcomes)) {
		return { ...untouched, dependsOnOrder, status: 'stopped', outcomes: outcomes.map(unprocessed) };
	}
	return { status: 'applied', outcomes, records: after, dependsOnOrder };
}

const unprocessed = (outcome: Outcome): Outcome =>
	outcome.outcome === 'inserted' || outcome.outcome === 'updated'
		? { outcome: 'unprocessed' }
		: outcome;

function readRow({ mapped, columns }: World, cells: string[], number: number) {
	const values: Record<string, Value> = {};
	const codes: string[] = [];
	for (const [i, name] of mapped.entries()) {
		const cell = cells[i] ?? '';
		const type = columns.find((column) => column.name === name)?.type ?? 'integer';
		if (/^[\s\u200b]*$/.test(cell)) values[name] = null;
		else if (type === 'text') values[name] = cell;
		else if (type === 'integer') {
			values[name] = Number(cell);
			if (!/^-?\d+$/.test(cell)) codes.push('CELL_NUMBER');
		} else {
			values[name] = cell;
			if (!/^\d{4}-\d\d-\d\d$/.test(cell)) codes.push('CELL_DATE');
		}
	}
	return { row: { number, values }, codes };
}

/** Undefined where a field of the rule has nothing that can be compared. */
function keyUnder({ fields }: MatchRule, values: Record<string, Value>): string | undefined {
	const parts = fields.map(({ column, normalizer = 'exact', country }) =>
		normalize(values[column] ?? null, normalizer, { country }),
	);
	return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}

type Found = { record: Stored } | 'several' | 'none';

function find({ rules }: World, records: Stored[], values: Record<string, Value>): Found {
	let isUndecided = false;
	for (const rule of rules.match) {
		const key = keyUnder(rule, values);
		if (key === undefined) continue;
		const hits = records.filter(
			(record) => keyUnder(rule, { ...record.values, id: record.id ?? null }) === key,
		);
		const [first] = hits;
		if (first === undefined) continue;
		if (hits.length === 1 || rule.several === 'first') return { record: first };
		if (rule.several !== 'next') return 'several';
		isUndecided = true;
	}
	return isUndecided ? 'several' : 'none';
}

/** Two rows are the same when they have the same key under any rule, or find the same record. */
function isSame(world: World, records: Stored[], one: FileRow, other: FileRow): boolean {
	const byRule = world.rules.match.some((rule) => {
		const key = keyUnder(rule, one.values);
		return key !== undefined && key === keyUnder(rule, other.values);
	});
	if (byRule) return true;
	const [a, b] = [one, other].map(({ values }) => find(world, records, values));
	return typeof a === 'object' && typeof b === 'object' && a.record === b.record;
}

function planOf(world: World, rows: FileRow[], records: Stored[]): Planned[] {
	const { duplicates } = world.rules;
	const groups = duplicates === 'merge' ? groupsOf(world, records, rows) : [];
	return rows.map((row) => {
		const [first = row, ...followers] = groups.find((group) => group.includes(row)) ?? [row];
		const same = rows.filter((other) => other !== row && isSame(world, records, row, other));
		const isLeft = {
			first: same.some(({ number }) => number < row.number),
			last: same.some(({ number }) => number > row.number),
			merge: first !== row,
			fail: same.length > 0,
			all: false,
		}[duplicates];
		if (!isLeft) return decide(world, records, together(first, followers));
		const outcome = duplicates === 'fail' ? 'failed' : 'skipped';
		return { row, outcome, codes: ['MATCH_DUPLICATE_IN_FILE'] };
	});
}

/** Rows that are the same, be it by way of others, belong to the first of them. */
function groupsOf(world: World, records: Stored[], rows: FileRow[]): FileRow[][] {
	let groups = rows.map((row) => [row]);
	for (const [i, row] of rows.entries()) {
		for (const other of rows.slice(0, i)) {
			if (!isSame(world, records, row, other)) continue;
			const [one, two] = [row, other].map((member) =>
				groups.find((group) => group.includes(member))!,
			);
			if (one === two) continue;
			groups = groups.filter((group) => group !== one && group !== two);
			groups.push([...one!, ...two!].sort((a, b) => a.number - b.number));
		}
	}
	return groups;
}

/** Of each column the last value that is there. */
function together(first: FileRow, followers: FileRow[]): FileRow {
	const values = { ...first.values };
	for (const follower of followers) {
		for (const [name, value] of Object.entries(follower.values))
			if (value !== null) values[name] = value;
	}
	return { number: first.number, values };
}

function decide(world: World, records: Stored[], row: FileRow): Planned {
	const { match, onMatch, onNoMatch, blankKey } = world.rules;
	const insert = (): Planned =>
		world.columns.some(
			({ name, needed, default: filled }) =>
				needed === true && filled === undefined && (row.values[name] ?? null) === null,
		)
			? { row, outcome: 'failed', codes: ['WRITE_NOT_NULL'] }
			: { row, outcome: 'inserted' };
	const leave = (how: 'skip' | 'fail', code: string): Planned => ({
		row,
		outcome: how === 'skip' ? 'skipped' : 'failed',
		codes: [code],
	});
	if (match.length === 0) return insert();
	if (match.every((rule) => keyUnder(rule, row.values) === undefined))
		return blankKey === 'insert' ? insert() : leave(blankKey, 'MATCH_BLANK_KEY');
	const found = find(world, records, row.values);
	if (found === 'none') return onNoMatch === 'insert' ? insert() : leave(onNoMatch, 'MATCH_NONE');
	if (onMatch === 'insert') return insert();
	if (onMatch === 'skip') return leave('skip', 'MATCH_FOUND');
	if (found === 'several') return leave('fail', 'MATCH_SEVERAL');
	if (onMatch === 'fail') return leave('fail', 'MATCH_FOUND');

	const { record } = found;
	const changes = changesOf(world, row, record);
	const before = Object.fromEntries(
		Object.keys(changes).map((name) => [
			name,
			name === 'id' ? record.id! : (record.values[name] ?? null),
		]),
	);
	if (Object.keys(changes).length === 0) return { row, outcome: 'unchanged' };
	const isEmptied = world.columns.some(
		({ name, needed }) => needed === true && name in changes && changes[name] === null,
	);
	if (isEmptied) return { row, outcome: 'failed', codes: ['WRITE_NOT_NULL'] };
	return { row, record, outcome: 'updated', before };
}

/** What an update writes that is not there yet. */
function changesOf(
	{ columns, mapped, rules }: World,
	row: FileRow,
	record: Stored,
): Record<string, Value> {
	const changes: Record<string, Value> = {};
	const presentOf = (name: string) =>
		name === 'id' ? (record.id ?? null) : (record.values[name] ?? null);
	const [newness, oldness] = [
		row.values[rules.newerBy ?? ''] ?? null,
		presentOf(rules.newerBy ?? ''),
	];
	const isNewer = newness !== null && (oldness === null || newness > oldness);
	for (const name of mapped) {
		const [brought, present] = [row.values[name] ?? null, presentOf(name)];
		const isText = columns.find((column) => column.name === name)?.type === 'text';
		// the worlds hold neither lists nor stamps
		const policy = (rules.policies?.[name] ??
			(rules.emptyCells === 'clear' ? 'always' : 'filled')) as Exclude<
			WritePolicy,
			'append' | 'remove' | 'stamp'
		>;
		const isWritten = {
			always: true,
			filled: brought !== null,
			'target-empty': brought !== null && (present === null || (isText && present === '')),
			newer: brought !== null && isNewer,
			never: false,
		}[policy];
		if (isWritten && brought !== present) changes[name] = brought;
	}
	return changes;
}

/** Writes a row where the table takes it. @returns the codes of what speaks against it */
function write(world: World, records: Stored[], row: FileRow, index: number): string[] {
	const known = records[index];
	const next: Stored =
		known === undefined ? newRecord(world, row) : { id: known.id, values: { ...known.values } };
	if (known !== undefined) {
		const { id, ...values } = changesOf(world, row, known);
		if (typeof id === 'number') next.id = id;
		Object.assign(next.values, values);
	}
	const codes: string[] = [];
	const { check, raises, unique } = world;
	const checked = next.values[check?.column ?? ''] ?? null;
	if (check !== undefined && checked !== null && Number(checked) < check.least)
		codes.push('WRITE_CHECK');
	if (raises !== undefined && next.values[raises.column] === raises.value)
		codes.push('WRITE_REFUSED');
	for (const key of [...unique, ['id']]) {
		const values = valuesOf(next, key);
		if (values.includes(null)) continue;
		const isTaken = records.some(
			(other) => other !== known && JSON.stringify(valuesOf(other, key)) === JSON.stringify(values),
		);
		if (isTaken) codes.push('WRITE_UNIQUE');
	}
	if (codes.length > 0) return codes;
	if (known === undefined) records.push(next);
	else records[index] = next;
	return [];
}

const valuesOf = ({ id, values }: Stored, key: string[]): Value[] =>
	key.map((name) => (name === 'id' ? (id ?? null) : (values[name] ?? null)));

function newRecord({ columns }: World, { values }: FileRow): Stored {
	const filled = (column: WorldColumn) => {
		const value = values[column.name] ?? null;
		const takesDefault = value === null && (column.needed === true || !(column.name in values));
		return takesDefault ? (column.default ?? null) : value;
	};
	return {
		id: typeof values.id === 'number' ? values.id : undefined,
		values: Object.fromEntries(columns.map((column) => [column.name, filled(column)])),
	};
}

/** What a record may be told from others by. */
const identities = ({ hasId, unique, columns }: World): string[][] => [
	...(hasId ? [['id']] : []),
	...unique.filter((key) =>
		key.every((name) => columns.some((column) => column.name === name && column.needed === true)),
	),
];

/** Whether an update gives a value of a unique column free that another one takes. */
function exchanges(world: World, plan: Planned[], { identityMoves }: WorldLimits): boolean {
	const updates = plan.filter(({ outcome }) => outcome === 'updated');
	for (const { row, record } of updates) {
		// the next row for this record would have to look for it under another name
		const changes = changesOf(world, row, record!);
		const keys = identities(world);
		const isRenumbered =
			keys.some((key) => key.some((name) => name in changes)) ||
			(identityMoves === true && keys.length === 0);
		if (isRenumbered && updates.some((other) => other.row !== row && other.record === record))
			return true;
	}
	for (const key of [...world.unique, ['id']]) {
		const left = new Map<string, Stored>();
		for (const { row, record } of updates) {
			const changes = changesOf(world, row, record!);
			if (key.some((name) => name in changes))
				left.set(JSON.stringify(valuesOf(record!, key)), record!);
		}
		for (const { row, record } of updates) {
			const changes = changesOf(world, row, record!);
			const values = key.map((name) =>
				name in changes ? changes[name]! : valuesOf(record!, [name])[0]!,
			);
			const owner = left.get(JSON.stringify(values));
			if (owner !== undefined && owner !== record) return true;
		}
	}
	return false;
}

function breaksGuard({ guards = {}, rows }: World, outcomes: Outcome[]): boolean {
	const count = (name: Outcome['outcome']) =>
		outcomes.filter(({ outcome }) => outcome === name).length;
	const percent = rows.length === 0 ? 0 : (100 * count('failed')) / rows.length;
	return (
		percent > (guards.maxFailedPercent ?? Infinity) ||
		count('inserted') > (guards.maxInserted ?? Infinity) ||
		count('updated') > (guards.maxUpdated ?? Infinity)
	);
}
