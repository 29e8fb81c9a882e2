import type { Decision } from '../../dataset/dataset';
import { ImportError, quoteValue } from '../../issues';
import type { Sheet, Workbook } from './workbook';

/** A sheet that was chosen, and why. */
export interface SheetChoice {
	sheet: Sheet;
	decision: Decision;
}

const MOST_LISTED = 30;

/**
 * The sheet that a person asks for.
 *
 * @param wanted its name, upper and lower case being the same as in Excel, or its 1-based position
 * @throws ImportError FILE_SHEET when there is none, with a list of those that are there
 */
export function findSheet(sheets: readonly Sheet[], wanted: string | number): Sheet {
	const sheet = byName(sheets, String(wanted)) ?? byPosition(sheets, wanted);
	if (sheet !== undefined) return sheet;
	const what = typeof wanted === 'number' ? `number ${wanted}` : `“${quoteValue(wanted)}”`;
	throw new ImportError('FILE_SHEET', `The workbook has no sheet ${what}. ${listed(sheets)}`, {
		sheet: String(wanted),
	});
}

export function chosenSheet(sheets: readonly Sheet[], wanted: string | number): SheetChoice {
	const sheet = findSheet(sheets, wanted);
	return {
		sheet,
		decision: {
			subject: 'sheet',
			value: sheet.name,
			confidence: 1,
			evidence: listed(sheets),
			chosenBy: 'setting',
		},
	};
}

/**
 * The first visible sheet that holds a value.
 *
 * @throws ImportError FILE_EMPTY when none does
 */
export async function detectSheet(
	workbook: Workbook,
	holdsValues: (sheet: Sheet) => Promise<boolean>,
): Promise<SheetChoice> {
	const visible = workbook.sheets.filter((sheet) => !sheet.hidden);
	for (const [index, sheet] of visible.entries()) {
		if (!(await holdsValues(sheet))) continue;
		const isOnly = visible.length === 1;
		return {
			sheet,
			decision: {
				subject: 'sheet',
				value: sheet.name,
				confidence: isOnly || index === visible.length - 1 ? 1 : 0.8,
				evidence: isOnly
					? 'It is the only visible sheet.'
					: `Of ${visible.length} visible sheets it is the first that holds values.`,
				chosenBy: 'detection',
			},
		};
	}
	const hidden = workbook.sheets.length - visible.length;
	throw new ImportError(
		'FILE_EMPTY',
		hidden === 0
			? 'No sheet of the workbook holds a value.'
			: `No visible sheet of the workbook holds a value. ${listed(workbook.sheets)}`,
	);
}

function byName(sheets: readonly Sheet[], name: string): Sheet | undefined {
	const folded = fold(name);
	return (
		sheets.find((sheet) => sheet.name === name) ??
		sheets.find((sheet) => fold(sheet.name) === folded)
	);
}

function byPosition(sheets: readonly Sheet[], wanted: string | number): Sheet | undefined {
	const position = Number(wanted);
	return Number.isInteger(position) ? sheets[position - 1] : undefined;
}

function fold(name: string): string {
	return name.trim().toLowerCase();
}

function listed(sheets: readonly Sheet[]): string {
	if (sheets.length === 0) return 'It has no sheets.';
	const names = sheets
		.slice(0, MOST_LISTED)
		.map(({ name, hidden }, index) => `${index + 1} “${name}”${hidden ? ' (hidden)' : ''}`);
	const more = sheets.length > MOST_LISTED ? ` and ${sheets.length - MOST_LISTED} more` : '';
	return `Its sheets are ${names.join(', ')}${more}.`;
}
