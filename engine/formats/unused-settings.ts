import type { ReadOptions } from '../dataset';
import { issue, type Issue } from '../issues';
import { formatLabel } from './detection';

type Setting = keyof ReadOptions;

/** Where a setting has an effect, and how people know it. */
interface Use {
	/** Its name on the screen. */
	name: string;
	formats: readonly string[];
	/** The value that is the same as none. */
	byDefault?: ReadOptions[Setting];
}

const records = ['json', 'ndjson', 'xml'];
const sheets = ['xlsx', 'xls', 'xlsb', 'ods', 'spreadsheetml', 'sylk'];
const tables = ['csv', ...sheets];

/** What a setting is for; `always` where no format is without it. A new setting needs a line here. */
const uses: Readonly<Record<Setting, Use | 'always'>> = {
	format: 'always',
	limit: 'always',
	longRows: 'always',
	maxRecordLength: 'always',
	maxUnpackedBytes: 'always',
	encoding: { name: 'Encoding', formats: ['csv', ...records] },
	delimiter: { name: 'Delimiter', formats: ['csv'] },
	quote: { name: 'Quote', formats: ['csv'] },
	escape: { name: 'Escape', formats: ['csv'] },
	comment: { name: 'Comment Prefix', formats: ['csv'] },
	textFormulas: { name: 'Text Formulas', formats: ['csv'], byDefault: 'unwrap' },
	headerRow: { name: 'Header Row', formats: tables },
	headerRows: { name: 'Header Rows', formats: tables },
	table: { name: 'Table', formats: tables, byDefault: 1 },
	footer: { name: 'Footer and Totals', formats: tables, byDefault: 'skip' },
	shortRows: { name: 'Short Rows', formats: tables, byDefault: 'pad' },
	emptyColumns: { name: 'Empty Columns', formats: ['csv'], byDefault: 'drop' },
	sheet: { name: 'Sheet', formats: sheets },
	sheetColumn: { name: 'Sheet Name Column', formats: sheets },
	cells: { name: 'Cell Values', formats: sheets, byDefault: 'typed' },
	hiddenRows: { name: 'Hidden Rows', formats: sheets, byDefault: 'read' },
	mergedCells: { name: 'Merged Cells', formats: sheets, byDefault: 'first' },
	nested: { name: 'Nested Objects', formats: ['json', 'ndjson'], byDefault: 'flatten' },
	recordPath: { name: 'Record Path', formats: ['json', 'xml'] },
	entry: { name: 'File in Archive', formats: ['zip'] },
};

/**
 * Names the settings that have no effect on a file, in one FILE_SETTING warning: whoever set them expects one. A setting
 * that is empty, or as it would be by itself, is none.
 *
 * @param format that of the file
 * @param archives what the file is packed in, such as `zip`
 */
export function unusedSettings(
	options: ReadOptions,
	format: string,
	archives: readonly string[],
): Issue[] {
	const names: string[] = [];
	for (const setting of Object.keys(uses) as Setting[]) {
		const use = uses[setting];
		const value = options[setting];
		if (use === 'always' || !isSet(value, use)) continue;
		const isUsed = use.formats.some((used) => used === format || archives.includes(used));
		if (!isUsed) names.push(use.name);
	}
	if (names.length === 0) return [];
	const apply = names.length === 1 ? 'does not apply' : 'do not apply';
	const message = `${names.join(', ')} ${apply} to this file, which is ${formatLabel(format)}`;
	return [issue('FILE_SETTING', message, { value: names[0] })];
}

/** Empty says that there is none, such as no comments: that is so already. */
const isSet = (value: ReadOptions[Setting], { byDefault }: Use): boolean =>
	value !== undefined && value !== '' && value !== byDefault;
