import type { Decision } from '../../dataset/dataset';
import { ImportError, quoteValue } from '../../issues';
import type { Sheet } from './workbook';

/** The sheets that are read, and why. */
export interface SheetChoice {
	/** In the order of the tabs. */
	sheets: Sheet[];
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

/**
 * The sheets that a person asks for.
 *
 * @param wanted a name, a 1-based position, or a pattern in which `*` stands for any text and `?` for one character: it
 * takes all visible sheets whose names fit
 * @throws ImportError FILE_SHEET when there is none
 */
export function chosenSheets(sheets: readonly Sheet[], wanted: string | number): SheetChoice {
	const isPattern = typeof wanted === 'string' && /[*?]/.test(wanted);
	const isName = isPattern && byName(sheets, wanted) !== undefined;
	const found = isPattern && !isName ? fitting(sheets, wanted) : [findSheet(sheets, wanted)];
	return {
		sheets: found,
		decision: {
			subject: 'sheet',
			value: found.map(({ name }) => name).join(', '),
			confidence: 1,
			evidence: listed(sheets),
			chosenBy: 'setting',
		},
	};
}

function fitting(sheets: readonly Sheet[], pattern: string): Sheet[] {
	const expression = new RegExp(
		`^${fold(pattern).replace(/[^*?]/g, literally).replace(/\*+/g, '.*').replace(/\?/g, '.')}$`,
		'su',
	);
	const found = sheets.filter(({ name, hidden }) => !hidden && expression.test(fold(name)));
	if (found.length > 0) return found;
	throw new ImportError(
		'FILE_SHEET',
		`The workbook has no visible sheet whose name fits “${quoteValue(pattern)}”. ${listed(sheets)}`,
		{ sheet: pattern },
	);
}

/**
 * The first visible sheet that holds a value.
 *
 * @throws ImportError FILE_EMPTY when none does
 */
export async function detectSheet(
	sheets: readonly Sheet[],
	holdsValues: (sheet: Sheet) => Promise<boolean>,
): Promise<SheetChoice> {
	const visible = sheets.filter((sheet) => !sheet.hidden);
	for (const [index, sheet] of visible.entries()) {
		if (!(await holdsValues(sheet))) continue;
		const isOnly = visible.length === 1;
		const reason = isOnly
			? 'It is the only visible sheet.'
			: `Of ${visible.length} visible sheets it is the first that holds values.`;
		return {
			sheets: [sheet],
			decision: {
				subject: 'sheet',
				value: sheet.name,
				confidence: isOnly || index === visible.length - 1 ? 1 : 0.8,
				evidence: sheets.length === 1 ? reason : `${reason} ${listed(sheets)}`,
				chosenBy: 'detection',
			},
		};
	}
	throw new ImportError(
		'FILE_EMPTY',
		visible.length === sheets.length
			? 'No sheet of the workbook holds a value.'
			: `No visible sheet of the workbook holds a value. ${listed(sheets)}`,
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

function literally(character: string): string {
	return /[\\^$.+()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

function listed(sheets: readonly Sheet[]): string {
	if (sheets.length === 0) return 'It has no sheets.';
	const names = sheets
		.slice(0, MOST_LISTED)
		.map(({ name, hidden }, index) => `${index + 1} “${name}”${hidden ? ' (hidden)' : ''}`);
	const more = sheets.length > MOST_LISTED ? ` and ${sheets.length - MOST_LISTED} more` : '';
	return `Its sheets are ${names.join(', ')}${more}.`;
}
