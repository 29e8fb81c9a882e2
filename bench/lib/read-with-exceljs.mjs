/* Reads the workbook named on the command line with exceljs's streaming reader, and prints what it saw as one line of JSON. */
import ExcelJS from 'exceljs';

const started = performance.now();
const workbook = new ExcelJS.stream.xlsx.WorkbookReader(process.argv[2], {
	worksheets: 'emit',
	sharedStrings: 'cache',
	styles: 'cache',
	hyperlinks: 'ignore',
	entries: 'ignore',
});
let rows = 0;
let last = [];
for await (const sheet of workbook) {
	for await (const row of sheet) {
		rows++;
		last = row.values;
	}
}
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
const peakBytes = process.resourceUsage().maxRSS * 1024;
// The values of exceljs begin at index 1; its header row is a row like any other.
console.log(
	JSON.stringify({
		rows: rows - 1,
		rejected: 0,
		last: last.slice(1),
		seconds,
		cpuSeconds,
		peakBytes,
	}),
);
