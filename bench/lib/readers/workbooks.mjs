import { readFileSync } from 'node:fs';

export const excelJsStream = {
	cells: ({ values }) => values.slice(1),
	async read(path, see) {
		const { default: ExcelJS } = await import('exceljs');
		const workbook = new ExcelJS.stream.xlsx.WorkbookReader(path, {
			worksheets: 'emit',
			sharedStrings: 'cache',
			styles: 'cache',
			hyperlinks: 'ignore',
			entries: 'ignore',
		});
		for await (const sheet of workbook) {
			let isHeader = true;
			for await (const row of sheet) {
				if (!isHeader) see(row);
				isHeader = false;
			}
		}
		return {};
	},
};

/** As n8n's Extract from File reads every workbook. */
export const sheetJs = {
	cells: Object.values,
	async read(path, see) {
		const { default: XLSX } = await import('@e965/xlsx');
		const workbook = XLSX.read(readFileSync(path));
		XLSX.utils.sheet_to_json(workbook.Sheets[workbook.SheetNames[0]]).forEach(see);
		return {};
	},
};
