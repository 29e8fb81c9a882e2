/* Seeded records as CSV, JSON, NDJSON and XML, written in constant memory. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { cellText, columns, record } from './seeded-records.mjs';

const ROWS_PER_PIECE = 500;

async function writeRows(path, rows, { before = '', row: rowText, between = '', after = '' }) {
	const out = createWriteStream(path);
	let piece = before;
	for (let row = 0; row < rows; row++) {
		piece += rowText(record(row)) + (row < rows - 1 ? between : '');
		if (row % ROWS_PER_PIECE < ROWS_PER_PIECE - 1) continue;
		if (!out.write(piece)) await once(out, 'drain');
		piece = '';
	}
	out.end(piece + after);
	await once(out, 'finish');
}

const inQuotes = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180 with LF. */
export const writeCsv = (path, rows) =>
	writeRows(path, rows, {
		before: `${columns.join(',')}\n`,
		row: (cells) => `${cells.map((cell, i) => inQuotes(cellText(cell, i))).join(',')}\n`,
	});

function asObject(cells) {
	const object = {};
	cells.forEach((cell, i) => {
		object[columns[i]] = cell.kind === 'number' ? cell.value : cellText(cell, i);
	});
	return object;
}

/** One array of objects. */
export const writeJson = (path, rows) =>
	writeRows(path, rows, {
		before: '[\n',
		row: (cells) => JSON.stringify(asObject(cells)),
		between: ',\n',
		after: '\n]\n',
	});

export const writeNdjson = (path, rows) =>
	writeRows(path, rows, { row: (cells) => `${JSON.stringify(asObject(cells))}\n` });

const names = columns.map((name) => name.replace(/\W/g, '_'));

const escaped = (text) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An element for each record, an element for each cell in it. */
export const writeXml = (path, rows) =>
	writeRows(path, rows, {
		before: '<?xml version="1.0" encoding="UTF-8"?>\n<customers>\n',
		row: (cells) => {
			const elements = cells.map(
				(cell, i) => `<${names[i]}>${escaped(cellText(cell, i))}</${names[i]}>`,
			);
			return `<customer>${elements.join('')}</customer>\n`;
		},
		after: '</customers>\n',
	});
