import type { IExecuteFunctions } from 'n8n-workflow';
import type { Issue, MappingLine } from '../../engine';
import type { SavedTemplate } from './save-template';

/** Warnings that are shown one by one; the output item has all. */
const MOST_WARNINGS = 10;

/** Names that one sentence lists. */
const MOST_NAMES = 30;

/** Says above the output what was mapped, what was not, and what looks wrong. */
export function showReport(
	context: IExecuteFunctions,
	report: readonly MappingLine[],
	warnings: readonly Issue[],
	saved: SavedTemplate | undefined,
): void {
	const hint = hinting(context);
	hint('info', mappedColumns(report));
	showLeftOut(report, hint);
	showWarnings(warnings, hint);
	showSaved(saved, hint);
}

/** What became of the columns in one record group. */
export interface GroupReport {
	name: string;
	report: readonly MappingLine[];
	warnings: readonly Issue[];
}

/** The same for record groups: what was mapped for each, and the columns that none of them takes. */
export function showGroupReports(
	context: IExecuteFunctions,
	groups: readonly GroupReport[],
	saved: SavedTemplate | undefined,
): void {
	const hint = hinting(context);
	for (const { name, report } of groups) hint('info', `${name}: ${mappedColumns(report)}`);
	// a column that no group takes is in the report of each
	showLeftOut(groups[0]?.report ?? [], hint);
	// what is about the whole file is said by each group
	const warnings = groups.flatMap((group) => group.warnings);
	const messages = warnings.map(({ message }) => message);
	showWarnings(
		warnings.filter(({ message }, i) => messages.indexOf(message) === i),
		hint,
	);
	showSaved(saved, hint);
}

type Hint = (type: 'info' | 'warning', message: string) => void;

const hinting =
	(context: IExecuteFunctions): Hint =>
	(type, message) =>
		context.addExecutionHints({ message, type, location: 'outputPane' });

function mappedColumns(report: readonly MappingLine[]): string {
	const mapped = report.filter(({ column, field }) => column !== null && field !== null);
	const pairs = listed(mapped.map(({ column, field }) => `${column ?? ''} → ${field ?? ''}`));
	return `${mapped.length} ${mapped.length === 1 ? 'column' : 'columns'} mapped: ${pairs}.`;
}

function showLeftOut(report: readonly MappingLine[], hint: Hint): void {
	const left = report.filter(({ status, field }) => status === 'unmapped' && field === null);
	if (left.length > 0) hint('warning', `${columnsAre(left.length)} not mapped: ${names(left)}.`);
	const skipped = report.filter(({ status }) => status === 'skipped');
	if (skipped.length > 0)
		hint('info', `${columnsAre(skipped.length)} left out: ${names(skipped)}.`);
}

const columnsAre = (count: number): string =>
	count === 1 ? '1 column is' : `${count} columns are`;

function showWarnings(warnings: readonly Issue[], hint: Hint): void {
	for (const { message } of warnings.slice(0, MOST_WARNINGS)) hint('warning', `${message}.`);
	if (warnings.length > MOST_WARNINGS) {
		hint('warning', `There are ${warnings.length - MOST_WARNINGS} more warnings in the output.`);
	}
}

function showSaved(saved: SavedTemplate | undefined, hint: Hint): void {
	if (saved === undefined || saved.saved === 'unchanged') return;
	const how = saved.saved === 'created' ? 'saved' : 'saved again';
	hint('info', `The template "${saved.name}" was ${how}.`);
}

const names = (lines: readonly MappingLine[]): string =>
	listed(
		lines.map(({ column, confidence, reason }) =>
			confidence > 0 ? `${column ?? ''} (${reason})` : (column ?? ''),
		),
	);

/** A wide file has more columns than a person reads in a sentence; the output has all. */
function listed(texts: readonly string[]): string {
	const more = texts.length - MOST_NAMES;
	return `${texts.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
