import { ImportError } from '../../issues';
import type { FieldSpec } from '../field';
import type { Repeat } from './repeat';

/** A field that takes what a record of another group in the same row is known by. */
export interface GroupReference {
	/** The field of the group that refers. */
	field: string;
	/** The group that is referred to. */
	group: string;
	/** The field of the other group whose value it takes: its natural key. Without it, it takes the temporary id. */
	by?: string;
}

/** What a group is called, how often it is in a row, and what it refers to. */
export interface GroupLinks {
	name: string;
	/** Why a row holds several records of the group; without it, it holds one. */
	repeat?: Repeat;
	references?: GroupReference[];
}

/** One of several kinds of records that a row holds. Plain JSON. */
export interface RecordGroup extends GroupLinks {
	/** The fields, with the columns that they take their values from: those of the group, as `groupColumns` names them. */
	fields: FieldSpec[];
	/** A field that takes the temporary id of the record itself. */
	idField?: string;
	/** What becomes of records with nothing in them. Default: skip. */
	emptyRecords?: 'skip' | 'keep';
}

/**
 * The groups, those that others refer to first; else in the order given.
 *
 * @throws ImportError RUN_CONFIG for a name that is missing or there twice, a reference to a group that is not there or
 *   that goes round in a circle, and a reference to one of several records that cannot be told
 */
export function orderGroups<T extends GroupLinks>(groups: readonly T[]): T[] {
	checkNames(groups);
	for (const group of groups) checkReferences(group, groups);
	const ordered: T[] = [];
	const waiting = [...groups];
	while (waiting.length > 0) {
		const next = waiting.findIndex(({ references = [] }) =>
			references.every(({ group }) => ordered.some(({ name }) => name === group)),
		);
		if (next === -1) throw circle(waiting);
		ordered.push(...waiting.splice(next, 1));
	}
	return ordered;
}

function checkNames(groups: readonly GroupLinks[]): void {
	if (groups.length === 0) {
		throw new ImportError('RUN_CONFIG', 'There is no record group', {
			hint: 'Add a group for each kind of record that a row holds.',
		});
	}
	const names = groups.map(({ name }) => name.trim());
	if (names.includes('')) throw new ImportError('RUN_CONFIG', 'A record group has no name');
	const twice = names.find((name, i) => names.indexOf(name) !== i);
	if (twice !== undefined) {
		throw new ImportError('RUN_CONFIG', `Two record groups are called "${twice}"`, {
			hint: 'Give each group a name of its own. Several groups may go into one table.',
		});
	}
}

function checkReferences(own: GroupLinks, groups: readonly GroupLinks[]): void {
	const { name, references = [] } = own;
	const fields = references.map(({ field }) => field);
	for (const [i, { field, group, by }] of references.entries()) {
		if (fields.indexOf(field) !== i) {
			throw wrong(`The field "${field}" of the record group "${name}" has two references`, field);
		}
		const parent = groups.find((candidate) => candidate.name === group);
		if (parent === undefined) {
			const names = groups.map((each) => each.name).join(', ');
			const message = `The field "${field}" of the record group "${name}" refers to the group "${group}", which is not there`;
			throw wrong(message, field, `The groups are ${names}.`);
		}
		if (by === undefined && parent.repeat !== undefined && own.repeat === undefined) {
			const message = `The record group "${name}" refers to "${group}", of which a row has several records: which one is meant cannot be told`;
			const hint = `Repeat "${name}" in the same way, or let "${group}" refer to "${name}".`;
			throw wrong(message, field, hint);
		}
	}
}

/** @param waiting groups of which each refers to another of them */
function circle(waiting: readonly GroupLinks[]): ImportError {
	const next = (name: string | undefined) =>
		waiting
			.find((group) => group.name === name)
			?.references?.find(({ group }) => waiting.some((each) => each.name === group))?.group;
	const path: string[] = [];
	let name = waiting[0]?.name;
	while (name !== undefined && !path.includes(name)) {
		path.push(name);
		name = next(name);
	}
	const round = [...path.slice(path.indexOf(name ?? '')), name].join(' -> ');
	return wrong(`The record groups refer to each other in a circle: ${round}`, undefined, CIRCLE);
}

const CIRCLE =
	'Take one of the references out: the records of one group must come before those of the other.';

const wrong = (message: string, field?: string, hint?: string) =>
	new ImportError('RUN_CONFIG', message, {
		...(field !== undefined && { field }),
		...(hint !== undefined && { hint }),
	});
