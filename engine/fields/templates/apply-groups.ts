import type { Cell, Column } from '../../dataset';
import { headerDrift, type Drift, type RenamedColumn } from '../contract';
import { columnsUsed } from '../field-slot';
import type { RecordGroup } from '../groups';
import { compileExpansion, type Expansion } from '../groups/expansion';
import { applyTemplate, leftOut, type AppliedTemplate } from './apply-template';
import { followRepeat } from './follow-repeat';
import type { MappingTemplate } from './template';
import type { TemplateGroup } from './template-group';

/** A record group of a template as it fits a file. */
export interface AppliedGroup extends Pick<AppliedTemplate, 'matches' | 'skipped'> {
	/** The group with the columns of this file; a field whose column is not there has none. */
	group: RecordGroup;
	table: string;
	matchOn: string[];
	/** How the file differs in the columns that the group takes, and in those that no group takes; by their names in the file. */
	drift: Drift;
}

/** The record groups of a template as they fit a file. */
export interface AppliedGroups {
	/** Those that others refer to first. */
	groups: AppliedGroup[];
	/** Columns of the file that are left out on purpose. */
	skipped: string[];
	/** The columns of the file that have another name by now. */
	renamed: RenamedColumn[];
}

/**
 * Fits the record groups of a template to a file, each as `applyTemplate` does. Column sets whose columns were all renamed
 * alike, such as `Fall_*` to `Fall *`, are followed.
 *
 * @param samples the first rows, cells in the order of the columns
 * @throws ImportError RUN_NO_COLUMN when what a group repeats over is not there, or an expression needs a column that is not
 */
export function applyGroups(
	template: Pick<MappingTemplate, 'groups' | 'learned' | 'columns'>,
	columns: readonly Column[],
	samples: readonly (readonly Cell[])[] = [],
): AppliedGroups {
	const { groups = [], columns: expected } = template;
	const likely = headerDrift(expected, columns, samples);
	const nowCalled = new Map(likely.renamed.map(({ from, to }) => [from, to]));
	const fitted = groups.map((group) => fit(group, expected, columns, samples, nowCalled));
	const known = fitted.flatMap(renamedInFile);
	const renamed = known.filter(
		({ from }, i) => known.findIndex((each) => each.from === from) === i,
	);
	const drift = headerDrift(expected, columns, samples, renamed);
	return {
		groups: fitted.map((own) => ({
			group: own.group,
			table: own.table,
			matchOn: own.matchOn,
			matches: own.applied.matches,
			skipped: own.applied.skipped,
			drift: driftOf(own, fitted, drift),
		})),
		skipped: leftOut(template, columns),
		renamed: drift.renamed,
	};
}

interface FittedGroup extends Pick<AppliedGroup, 'group' | 'table' | 'matchOn'> {
	applied: AppliedTemplate;
	/** How rows were taken apart in the file that the template was saved with, and in this one. */
	before: Expansion;
	now: Expansion;
	/** The columns of either file that the fields take. */
	taken: ReadonlySet<string>;
}

function fit(
	saved: TemplateGroup,
	expected: readonly Column[],
	columns: readonly Column[],
	samples: readonly (readonly Cell[])[],
	nowCalled: ReadonlyMap<string, string>,
): FittedGroup {
	const { table = '', matchOn = [], learned, ...group } = saved;
	const { name } = group;
	const before = compileExpansion(group.repeat, expected, name);
	const repeat = followRepeat(group.repeat, before, columns, nowCalled);
	const now = compileExpansion(repeat, columns, name);
	const rows = samples.flatMap((row) =>
		places(now.count(row)).map((place) => now.cells(row, place)),
	);
	const remembered = { fields: group.fields, learned, columns: [...before.columns] };
	const applied = applyTemplate(remembered, now.columns, rows);
	const inFile = (fields: RecordGroup['fields'], expansion: Expansion) =>
		fields.flatMap((field) =>
			columnsUsed(field, expansion.columns).flatMap((column) => expansion.inFile(column)),
		);
	return {
		group: { ...group, ...(repeat && { repeat }), fields: applied.fields },
		table,
		matchOn,
		applied,
		before,
		now,
		taken: new Set([...inFile(group.fields, before), ...inFile(applied.fields, now)]),
	};
}

const places = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

/** The columns behind those of its fields that have another name: of the others a group can only guess. */
function renamedInFile({ applied, before, now, group, taken }: FittedGroup): RenamedColumn[] {
	const sets = group.repeat?.kind === 'column-sets' ? group.repeat.sets.length : 1;
	return applied.drift.renamed.flatMap(({ from, to, confidence, reason }) =>
		places(sets).flatMap((place): RenamedColumn[] => {
			const [was] = before.inFile(from, place);
			const [is] = now.inFile(to, place);
			if (was === undefined || is === undefined || was === is) return [];
			if (!taken.has(was) || !taken.has(is)) return [];
			return [{ from: was, to: is, confidence, reason }];
		}),
	);
}

/** What of the drift of the file is about one group. */
function driftOf(own: FittedGroup, all: readonly FittedGroup[], drift: Drift): Drift {
	const isOurs = (column: string) =>
		own.taken.has(column) || !all.some(({ taken }) => taken.has(column));
	const isInSets = (column: string, { now }: FittedGroup) =>
		[...now.repeated].some((name) => now.inFile(name).includes(column));
	return {
		missing: drift.missing.filter(isOurs),
		extra: drift.extra.filter(
			(column) => isInSets(column, own) || !all.some((group) => isInSets(column, group)),
		),
		renamed: drift.renamed.filter(({ from, to }) => isOurs(from) && isOurs(to)),
		reordered: drift.reordered.filter(isOurs),
		retyped: drift.retyped.filter(({ column }) => isOurs(column)),
	};
}
