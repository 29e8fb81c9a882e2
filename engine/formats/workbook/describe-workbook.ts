import type { Column, Decision, FileSource } from '../../dataset/dataset';
import type { ReadOptions } from '../../dataset/reader';
import { ImportError, issue, type Issue } from '../../issues';
import { limitsOf, toOptions, type ReadPlan, type SheetPlan } from './read-plan';
import { chosenSheets, detectSheet, type SheetChoice } from './sheet-choice';
import { alikeTables, ColumnUnion } from './sheet-columns';
import { holdsValues } from './sheet-head';
import { findTable, type SheetTable } from './sheet-table';
import type { Workbook } from './workbook';

/** What the sheets that are read have in common. */
interface Whole {
	sheets: SheetPlan[];
	columns: Column[];
	issues: Issue[];
	decisions: Decision[];
}

/**
 * Decides which sheets of a workbook are read, where their tables stand and what their columns are.
 *
 * @throws ImportError FILE_EMPTY, FILE_SHEET, HEADER_MISSING, RUN_CONFIG, FILE_UNREADABLE, FILE_TOO_LARGE
 */
export async function describeWorkbook(
	format: string,
	workbook: Workbook,
	options: ReadOptions,
): Promise<FileSource> {
	const choice = await chooseSheets(workbook, options);
	const [only] = choice.sheets;
	const whole =
		only !== undefined && choice.sheets.length === 1
			? oneSheet(await findTable(workbook, only, options))
			: await severalSheets(workbook, choice, options);
	const { sheetColumn, footer, shortRows, longRows, limit } = options;
	const plan: ReadPlan = {
		sheets: whole.sheets,
		namesSheets: sheetColumn !== undefined && sheetColumn !== '',
		cells: options.cells ?? 'typed',
		hiddenRows: options.hiddenRows ?? 'read',
		mergedCells: options.mergedCells ?? 'first',
		policies: { footer, shortRows, longRows },
		limits: limitsOf(options),
	};
	return {
		kind: 'file',
		format,
		options: toOptions(plan),
		columns: withSheetColumn(whole.columns, sheetColumn),
		decisions: [choice.decision, ...whole.decisions, ...workbook.decisions],
		issues: whole.issues,
		...(limit === undefined ? {} : { limit }),
	};
}

async function chooseSheets(workbook: Workbook, { sheet }: ReadOptions): Promise<SheetChoice> {
	if (sheet !== undefined && sheet !== '') return chosenSheets(workbook.sheets, sheet);
	return await detectSheet(workbook.sheets, (candidate) => holdsValues(workbook, candidate));
}

function oneSheet({ sheet, layout, columns, issues, decisions }: SheetTable): Whole {
	return { sheets: [{ name: sheet.name, layout }], columns, issues, decisions };
}

/** Sheets without values have nothing to give; those without a column of the others are no part of the same table. */
async function severalSheets(
	workbook: Workbook,
	{ sheets }: SheetChoice,
	options: ReadOptions,
): Promise<Whole> {
	const tables: SheetTable[] = [];
	for (const sheet of sheets) {
		if (await holdsValues(workbook, sheet)) tables.push(await findTable(workbook, sheet, options));
	}
	const { alike, others } = alikeTables(tables);
	const union = new ColumnUnion();
	const plans = alike.map(({ sheet: { name }, layout, columns }) => ({
		name,
		layout,
		columns: columns.map((column) => column.name),
		places: union.add(columns),
	}));
	if (plans.length > 0) {
		return {
			sheets: plans,
			columns: union.columns,
			issues: [...alike.flatMap(({ issues }) => issues), ...others.map(otherTable)],
			decisions: alike.flatMap(({ sheet, decisions }) =>
				decisions.map((decision) => inSheet(decision, sheet.name)),
			),
		};
	}
	const names = sheets.map(({ name }) => `“${name}”`).join(', ');
	throw new ImportError('FILE_EMPTY', `None of the sheets ${names} holds a value.`);
}

function inSheet(decision: Decision, sheet: string): Decision {
	return { ...decision, evidence: `Sheet “${sheet}”: ${decision.evidence}` };
}

function otherTable({ sheet, columns }: SheetTable): Issue {
	const names = columns.slice(0, 5).map(({ name }) => `“${name}”`);
	return issue(
		'FILE_SHEET_DIFFERS',
		`The sheet “${sheet.name}” is not read: none of its columns (${names.join(', ')}${
			columns.length > names.length ? ', …' : ''
		}) is a column of the other sheets.`,
		{ sheet: sheet.name },
	);
}

function withSheetColumn(columns: Column[], name: string | undefined): Column[] {
	if (name === undefined || name === '') return columns;
	if (!columns.some((column) => column.name === name)) return [...columns, { name }];
	throw new ImportError(
		'RUN_CONFIG',
		`The column for the name of the sheet is to be called “${name}”, but the file has a column of that name.`,
		{ column: name },
	);
}
