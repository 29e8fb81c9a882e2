import type { Decision } from '../../dataset';
import { columnLetters } from '../header';
import type { FoundTable, TableOptions } from './found-table';
import { textOf } from './row-profile';

/** Names of columns that are listed for each table. */
const NAMES_LISTED = 6;

/** What was decided about a table, in words. */
export function tableDecisions(
	table: FoundTable,
	tables: readonly FoundTable[],
	isWholeFile: boolean,
	options: TableOptions,
): Decision[] {
	return [
		...headerDecisions(table, options),
		...firstRowDecision(table),
		...tablesDecision(table, tables, isWholeFile, options),
		...footerDecision(table, options),
	];
}

function headerDecisions(
	{ choice, named: { layout } }: FoundTable,
	{ headerRow, headerRows }: TableOptions,
): Decision[] {
	const isSet = headerRow !== undefined;
	const decision: Decision = {
		subject: 'header row',
		value: isSet && layout.headerRows.length === 0 ? headerRow : (layout.headerRows.at(-1) ?? 0),
		confidence: choice.confidence,
		evidence: choice.evidence,
		chosenBy: isSet ? 'setting' : 'detection',
	};
	if (layout.headerRows.length < 2) return [decision];
	const several: Decision = {
		subject: 'header rows',
		value: layout.headerRows.join(', '),
		confidence: headerRows === undefined ? choice.confidence : 1,
		evidence: headerRows === undefined ? 'their texts together name the columns' : 'set by hand',
		chosenBy: headerRows === undefined ? 'detection' : 'setting',
	};
	return [decision, several];
}

/** Said where the data do not begin right below the header. */
function firstRowDecision({ choice, rows, named: { layout } }: FoundTable): Decision[] {
	const above = layout.headerRows.at(-1) ?? 0;
	if (layout.firstRow === above + 1) return [];
	const passed = choice.header.length === 0 ? choice.data : 0;
	const evidence =
		passed > 0
			? `${passed} row${passed === 1 ? '' : 's'} above it look like titles`
			: `the rows above it are blank`;
	return [
		{
			subject: 'first row',
			value: layout.firstRow,
			confidence: passed > 0 ? choice.confidence : 1,
			evidence: rows.length > choice.data ? evidence : 'no row follows the header',
			chosenBy: 'detection',
		},
	];
}

function tablesDecision(
	table: FoundTable,
	tables: readonly FoundTable[],
	isWholeFile: boolean,
	options: TableOptions,
): Decision[] {
	if (tables.length < 2) return [];
	const listed = tables.map((found, index) => {
		const range = rangeOf(found, found.end.next === undefined && !isWholeFile);
		const columns = found.within === undefined ? '' : `${columnsOf(found)}, `;
		return `table ${index + 1}: ${columns}${range} (${namesOf(found)})`;
	});
	return [
		{
			subject: 'tables',
			value: tables.length,
			confidence: options.table === undefined ? table.choice.confidence : 1,
			evidence: `table ${tables.indexOf(table) + 1} is read; ${listed.join('; ')}`,
			chosenBy: options.table === undefined ? 'detection' : 'setting',
		},
	];
}

/** The columns of a table that others stand beside, as a spreadsheet names them. */
export function columnsOf({ named: { layout, columns } }: FoundTable): string {
	const last = layout.firstColumn + columns.length - 1;
	return `columns ${columnLetters(layout.firstColumn)} to ${columnLetters(last)}`;
}

function rangeOf({ choice, rows, end, named: { layout } }: FoundTable, isOpen: boolean): string {
	const from = layout.headerRows[0] ?? rows[choice.data]?.number ?? layout.firstRow;
	if (isOpen) return `from row ${from}`;
	return `rows ${from} to ${end.lastRow ?? rows.at(-1)?.number ?? from}`;
}

function namesOf({ named: { columns } }: FoundTable): string {
	const names = columns.slice(0, NAMES_LISTED).map(({ name }) => name);
	return columns.length > NAMES_LISTED ? `${names.join(', ')}, …` : names.join(', ');
}

function footerDecision({ end, rows }: FoundTable, { footer }: TableOptions): Decision[] {
	if (footer !== undefined) {
		const [value, chosenBy] = [footer, 'setting' as const];
		return [{ subject: 'footer', value, confidence: 1, evidence: 'set by hand', chosenBy }];
	}
	const [first] = end.footers;
	if (first === undefined) return [];
	const numbers =
		end.footers.length === 1 ? `row ${first} is` : `rows ${first} to ${end.footers.at(-1)} are`;
	const text = textOf(
		rows.find(({ number }) => number === first)?.cells.find((cell) => textOf(cell) !== ''),
	);
	return [
		{
			subject: 'footer',
			value: 'skip',
			confidence: 0.85,
			evidence: `${numbers} no record, but a total or a note: “${text.slice(0, 60)}”`,
			chosenBy: 'detection',
		},
	];
}
