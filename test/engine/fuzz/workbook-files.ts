import XLSX from '@e965/xlsx';
import { readers } from '../../../engine/formats';
import { escapeXml, workbookParts, zip, type WorkbookXml } from '../formats/xlsx/workbook-builder';
import type { FuzzFile } from './fuzz-file';
import { mutateText } from './mutations';
import type { Random } from '../random';
import { cellText, columnNames, type Table } from './tables';

type SheetCell = string | number | null;

/** Columns hold texts or numbers; cells may be missing, but never the first of a row. */
function workbookTable(random: Random): Table<SheetCell> {
	const columns = ['Key', ...columnNames(random, 6).filter((name) => name !== 'Key')];
	const numeric = columns.map((_, index) => index > 0 && random.chance(0.4));
	const value = (index: number): SheetCell => {
		if (index > 0 && random.chance(0.1)) return null;
		if (numeric[index] === true) return random.between(-500, 100_000) / random.of([1, 1, 4]);
		const text = cellText(random, 'any').trim();
		return index === 0 ? `k${text}` : text === '' ? null : text;
	};
	return {
		columns,
		rows: random.times(random.between(1, 15), () => columns.map((_, i) => value(i))),
	};
}

const settings = { headerRow: 1, headerRows: 1, footer: 'keep' } as const;

/** A workbook of hand-written XML: shared, inline and computed texts, numbers, addresses or none. */
function xlsxXml(random: Random, { columns, rows }: Table<SheetCell>): WorkbookXml {
	const texts: string[] = [];
	const withAddresses = random.chance(0.8);
	const cellXml = (cell: SheetCell, column: number, row: number): string => {
		const place = withAddresses ? ` r="${String.fromCharCode(65 + column)}${row}"` : '';
		if (cell === null) return withAddresses ? '' : '<c/>';
		if (typeof cell === 'number') return `<c${place}><v>${cell}</v></c>`;
		const text = escapeXml(cell);
		const kind = random.next();
		if (kind < 0.5) return `<c${place} t="s"><v>${texts.push(`<t>${text}</t>`) - 1}</v></c>`;
		if (kind < 0.8) return `<c${place} t="inlineStr"><is><t>${text}</t></is></c>`;
		return `<c${place} t="str"><f>A1&amp;"x"</f><v>${text}</v></c>`;
	};
	const xml = [columns, ...rows].map((cells, index) => {
		const inside = cells.map((cell, column) => cellXml(cell, column, index + 1)).join('');
		return `<row${withAddresses ? ` r="${index + 1}"` : ''}>${inside}</row>`;
	});
	return {
		rows: xml.join(''),
		texts,
		formats: ['yyyy\\-mm\\-dd', '0.00'],
		strict: random.chance(0.2),
	};
}

export function xlsxFile(random: Random): FuzzFile {
	const truth = workbookTable(random);
	const parts = [...workbookParts(xlsxXml(random, truth))];
	const bytes = zip(
		parts.map(([name, content]) => ({ name, content, method: random.of([0, 8]) })),
		{ zip64: random.chance(0.1) },
	);
	return { kind: 'xlsx', bytes, options: settings, truth };
}

/** A good archive whose parts are broken: what a damaged archive would keep from its readers. */
export function brokenXlsxFile(random: Random): FuzzFile {
	const parts = [...workbookParts(xlsxXml(random, workbookTable(random)))];
	const broken = random.below(parts.length);
	const bytes = zip(
		parts.flatMap(([name, content], index) => {
			if (index !== broken) return [{ name, content }];
			return random.chance(0.1) ? [] : [{ name, content: mutateText(random, content) }];
		}),
	);
	return { kind: 'xlsx, a part broken', bytes, options: {} };
}

/** Formats that SheetJS writes, by the name of our reader. */
const bookTypes: ReadonlyArray<readonly [format: string, bookType: XLSX.BookType]> = [
	['xlsx', 'xlsx'],
	['xls', 'biff8'],
	['xls', 'biff5'],
	['xls', 'biff2'],
	['ods', 'ods'],
	['ods', 'fods'],
	['xlsb', 'xlsb'],
	['spreadsheetml', 'xlml'],
	['sylk', 'sylk'],
];
const readable = bookTypes.filter(([format]) => readers.has(format));

export function sheetJsFile(random: Random): FuzzFile {
	const [, bookType] = random.of(readable);
	const table = workbookTable(random);
	const workbook = XLSX.utils.book_new();
	XLSX.utils.book_append_sheet(
		workbook,
		XLSX.utils.aoa_to_sheet([table.columns, ...table.rows]),
		'Sheet1',
	);
	const options = { type: 'buffer', bookType, bookSST: random.chance(0.5) } as const;
	const bytes = XLSX.write(workbook, options) as Uint8Array;
	// the oldest formats have one byte a character, and quotes are lost in SYLK: that is not the reader's fault
	const keepsText = bookType !== 'biff5' && bookType !== 'biff2' && bookType !== 'sylk';
	return { kind: bookType, bytes, options: settings, ...(keepsText && { truth: table }) };
}
