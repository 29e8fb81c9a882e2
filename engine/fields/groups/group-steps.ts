import type { Column, Step } from '../../dataset';
import { ImportError, type Issue } from '../../issues';
import type { FieldSpec } from '../field';
import { columnsUsed, hasValue } from '../field-slot';
import { mapStep, type Unmapped } from '../map-step';
import { freeName, refuseUnmapped } from '../unmapped-columns';
import { compileExpansion, type Expansion } from './expansion';
import { orderGroups, type GroupReference, type RecordGroup } from './record-group';
import { recordsStep, type IdColumn } from './records-step';
import { idField, naturalKeyField, type SettledGroup } from './references';

/** What becomes of the columns of the file that no group takes. */
export interface GroupOptions {
	/** As in a `map` step; kept columns follow the fields of every group. */
	unmapped?: Unmapped;
	/** Columns of the file that are left out on purpose. */
	skipped?: readonly string[];
}

/** A group that is ready to be run. */
export interface PlannedGroup {
	name: string;
	/** A `records` step and a `map` step, to be added to a dataset with the columns given. */
	steps: Step[];
	/** All fields, with those that references add. */
	fields: FieldSpec[];
	/** The columns of the file that the group takes. */
	used: string[];
	/** Warnings HEADER_SET. */
	issues: readonly Issue[];
	/** Columns of the file behind a column of the group. */
	inFile: (column: string) => string[];
}

/**
 * Plans several kinds of records out of each row: those that others refer to first, then in the order given.
 *
 * Each group is a dataset of its own over the same file, with its own steps. Nothing is read.
 *
 * @throws ImportError RUN_CONFIG as `orderGroups`, and for references that do not fit; RUN_NO_COLUMN, RUN_REQUIRED,
 *   RUN_NO_MAPPING, HEADER_UNMAPPED
 */
export function planGroups(
	groups: readonly RecordGroup[],
	columns: readonly Column[],
	{ unmapped = 'skip', skipped = [] }: GroupOptions = {},
): PlannedGroup[] {
	const settled: Settled[] = [];
	for (const group of orderGroups(groups)) settled.push(settle(group, columns, settled));
	const taken = new Set([...settled.flatMap(({ used }) => used), ...skipped]);
	if (unmapped === 'error') refuseUnmapped(columns, taken);
	return settled.map((group) => ({
		name: group.name,
		steps: [
			recordsStep({ ...shapeOf(group), ids: group.ids }),
			mapStep({
				fields: group.fields.filter(hasValue),
				...(unmapped === 'keep' && { unmapped, skipped: notKept(group, settled, taken) }),
			}),
		],
		fields: group.fields,
		used: group.used,
		issues: group.expansion.issues,
		inFile: (column) => group.expansion.inFile(column),
	}));
}

interface Settled extends SettledGroup {
	fields: FieldSpec[];
	repeat: RecordGroup['repeat'];
	skipWhenEmpty: string[];
	ids: IdColumn[];
	/** Columns of the file. */
	used: string[];
	/** The groups that it refers to, and those that they refer to. */
	ancestors: Settled[];
}

const shapeOf = ({ name, repeat, skipWhenEmpty }: Settled) => ({
	group: name,
	...(repeat !== undefined && { repeat }),
	skipWhenEmpty,
});

function settle(
	group: RecordGroup,
	columns: readonly Column[],
	before: readonly Settled[],
): Settled {
	const { name, repeat, references = [] } = group;
	const expansion = compileExpansion(repeat, columns, name);
	const names = new IdNames(expansion.columns);
	const own = { name, expansion };
	let fields = group.fields;
	const parents: Settled[] = [];
	for (const reference of references) {
		const parent = before.find((each) => each.name === reference.group);
		// the order makes sure of it
		if (parent === undefined) continue;
		parents.push(parent);
		const change = (field: FieldSpec) =>
			reference.by === undefined
				? idField(field, names.of(parent.name))
				: naturalKeyField(field, reference, parent, own);
		fields = changeField(fields, reference.field, change);
	}
	if (group.idField !== undefined && group.idField !== '') {
		fields = changeField(fields, group.idField, (field) => idField(field, names.of(name)));
	}
	checkFields(name, fields);
	const ancestors = [...new Set(parents.flatMap((parent) => [parent, ...parent.ancestors]))];
	const taken = columnsTaken(fields, expansion, names.columns);
	const skipWhenEmpty =
		group.emptyRecords === 'keep' ? [] : deciding(name, taken, expansion, ancestors);
	return {
		...own,
		repeat,
		fields,
		skipWhenEmpty,
		ids: idColumns(names, references, parents),
		used: [...new Set(taken.flatMap((column) => expansion.inFile(column)))],
		ancestors,
	};
}

/** Names for columns of temporary ids, which no column of the file has. */
class IdNames {
	readonly #columns: Set<string>;

	readonly #names = new Map<string, string>();

	constructor(columns: readonly Column[]) {
		this.#columns = new Set(columns.map(({ name }) => name));
	}

	/** The column for the ids of a group. */
	of(group: string): string {
		const known = this.#names.get(group);
		if (known !== undefined) return known;
		const name = freeName(`@${group}`, this.#columns);
		this.#columns.add(name);
		this.#names.set(group, name);
		return name;
	}

	/** The columns that were asked for, with their groups. */
	get given(): Array<{ column: string; group: string }> {
		return [...this.#names].map(([group, column]) => ({ column, group }));
	}

	get columns(): string[] {
		return [...this.#names.values()];
	}
}

function idColumns(
	names: IdNames,
	references: readonly GroupReference[],
	parents: readonly Settled[],
): IdColumn[] {
	return names.given.map(({ column, group }) => {
		const isReferred = references.some((reference) => reference.group === group);
		const parent = isReferred ? parents.find(({ name }) => name === group) : undefined;
		return parent === undefined ? { column, group } : { column, ...shapeOf(parent) };
	});
}

/** Changes the field of that name, or adds one. */
function changeField(
	fields: readonly FieldSpec[],
	name: string,
	change: (field: FieldSpec) => FieldSpec,
): FieldSpec[] {
	const isThere = fields.some((field) => field.name === name);
	return isThere
		? fields.map((field) => (field.name === name ? change(field) : field))
		: [...fields, change({ name })];
}

function checkFields(group: string, fields: readonly FieldSpec[]): void {
	const missing = fields.filter((field) => field.required === true && !hasValue(field));
	const [first] = missing;
	if (first !== undefined) {
		const names = missing.map(({ name }) => `"${name}"`).join(', ');
		throw new ImportError(
			'RUN_REQUIRED',
			`No column is mapped to ${names} of the record group "${group}", which the import needs`,
			{ field: first.name },
		);
	}
	if (fields.some(hasValue)) return;
	throw new ImportError(
		'RUN_NO_MAPPING',
		`No column fits a field of the record group "${group}", and no field has a default`,
	);
}

/** The columns of the group that its fields take. */
function columnsTaken(
	fields: readonly FieldSpec[],
	{ columns }: Expansion,
	ids: readonly string[],
): string[] {
	const taken = fields.filter(hasValue).flatMap((field) => columnsUsed(field, columns));
	return [...new Set(taken)].filter((column) => !ids.includes(column));
}

/**
 * The columns that say whether there is a record: those that differ from record to record; else all that the group takes
 * and its ancestors do not. What an ancestor takes is there already, and makes no second record.
 */
function deciding(
	group: string,
	taken: readonly string[],
	expansion: Expansion,
	ancestors: readonly Settled[],
): string[] {
	const { repeated } = expansion;
	if (repeated.size > 0) {
		const own = taken.filter((column) => repeated.has(column));
		if (own.length > 0) return own;
		const names = [...repeated].map((name) => `"${name}"`).join(', ');
		throw new ImportError(
			'RUN_NO_MAPPING',
			`No field of the record group "${group}" takes a column that is repeated: ${names}`,
		);
	}
	const shared = new Set(ancestors.flatMap(({ used }) => used));
	return taken.filter((column) => expansion.inFile(column).some((name) => !shared.has(name)));
}

/** The columns of a group that are not kept behind its fields: those that some group takes, or that repeat another group. */
function notKept(
	{ expansion, ids }: Settled,
	settled: readonly Settled[],
	taken: ReadonlySet<string>,
): string[] {
	const repeating = settled
		.filter((other) => other.expansion !== expansion)
		.flatMap((other) =>
			[...other.expansion.repeated].flatMap((name) => other.expansion.inFile(name)),
		);
	const away = new Set([...taken, ...repeating]);
	const left = expansion.columns.filter(({ name }) => {
		const behind = expansion.inFile(name);
		return behind.length === 0 || behind.some((column) => away.has(column));
	});
	return [...left.map(({ name }) => name), ...ids.map(({ column }) => column)];
}
