/* Seeded records as a workbook of the older and rarer formats. The library holds all of it in memory. */
import { writeFileSync } from 'node:fs';
import XLSX from '@e965/xlsx';
import { cellText, columns, record } from './seeded-records.mjs';

const FORMATS = { date: 'yyyy\\-mm\\-dd', 'date-time': 'yyyy\\-mm\\-dd hh:mm:ss' };

function cell(given, column) {
	const { kind, value } = given;
	if (kind === 'number') return { t: 'n', v: value };
	const z = FORMATS[kind];
	return z === undefined ? { t: 's', v: cellText(given, column) } : { t: 'n', v: value, z };
}

/** @param {'biff8' | 'ods' | 'xlsb'} bookType */
export const writeWithSheetJs = (bookType) => (path, rows) => {
	const table = [columns.map((name) => ({ t: 's', v: name }))];
	for (let row = 0; row < rows; row++) table.push(record(row).map(cell));
	const workbook = XLSX.utils.book_new();
	XLSX.utils.book_append_sheet(workbook, XLSX.utils.aoa_to_sheet(table), 'Customers');
	writeFileSync(path, XLSX.write(workbook, { type: 'buffer', bookType }));
};
