/**
 * What a scorer of table readers asks for, on top of the built engine: each function opens a file without any setting and
 * gives what the reader decided by itself. Rows that are longer than the header are kept, and rows that were rejected are
 * given as they stand in the file.
 */
import { promises as fs } from 'node:fs';
import engine from '../dist/engine/index.js';
import values from '../dist/engine/dataset/values/index.js';

const { close, openFile, run } = engine;
const { labelUsAddress } = values;

/** Cells as text, as a person sees them in the file. */
const asText = (cell) => {
	if (cell === null || cell === undefined) return '';
	return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
};

const decided = (decisions, subject) =>
	decisions.find((decision) => decision.subject === subject)?.value;

/** Opens a file, works with it and lets go of it. */
async function withFile(path, options, work) {
	const dataset = await openFile(path, options);
	try {
		return await work(dataset);
	} finally {
		await close(dataset);
	}
}

/** The rows of a dataset, those that were rejected too, in the order of the file; and all issues. */
async function allRows(dataset, maxRows = Infinity) {
	const rows = [];
	const issues = [...dataset.source.issues];
	for await (const batch of run(dataset)) {
		issues.push(...batch.issues, ...batch.rejected.flatMap((row) => row.issues));
		const ordered = [...batch.rows, ...batch.rejected].sort((a, b) => a.number - b.number);
		for (const row of ordered) rows.push(row);
		if (rows.length >= maxRows) break;
	}
	return { rows: rows.slice(0, maxRows), issues };
}

/** How many rows above the data are neither data nor header. */
const linesAbove = ({ options: { layout } }, headerRow) =>
	layout === undefined ? undefined : layout.firstRow - 1 - (headerRow > 0 ? 1 : 0);

const textsOf = (row) => {
	if (row.cells !== undefined) return row.cells.map(asText);
	return row.source.length > 0 ? row.source.map(asText) : [row.raw ?? ''];
};

/** The names as they stand in the header; cells that it does not have are not made up. */
function headerOf({ columns, options: { layout } }) {
	const names = columns.map(({ name, header }) => header ?? name);
	return layout === undefined ? names : names.slice(0, layout.headerWidth - layout.firstColumn);
}

/** The table as it stands in the file: nothing is cut off, filled up or left out. */
const asItStands = {
	longRows: 'keep',
	shortRows: 'reject',
	emptyColumns: 'keep',
	footer: 'keep',
	cells: 'shown',
};

export async function readTable(path, { format, maxRows } = {}) {
	try {
		return await withFile(path, { ...asItStands, format }, async (dataset) => {
			const { decisions } = dataset.source;
			const { rows, issues } = await allRows(dataset, maxRows);
			const headerRow = Number(decided(decisions, 'header row') ?? 0);
			const header = headerRow > 0 ? [headerOf(dataset.source)] : [];
			return {
				rows: [...header, ...rows.map(textsOf)],
				hasHeader: headerRow > 0,
				decisions: {
					delimiter: decided(decisions, 'delimiter'),
					quote: decided(decisions, 'quote'),
					encoding: decided(decisions, 'encoding'),
					headerRow,
					skippedRows: linesAbove(dataset.source, headerRow),
					sheet: decided(decisions, 'sheet'),
				},
				issues,
			};
		});
	} catch (error) {
		if (error.code !== 'FILE_EMPTY') throw error;
		return { rows: [], hasHeader: false, decisions: {}, issues: [error.issue] };
	}
}

export async function detectDialect(path) {
	return await withFile(path, { format: 'csv' }, ({ source: { decisions } }) => ({
		delimiter: decided(decisions, 'delimiter'),
		quote: decided(decisions, 'quote'),
		escape: decided(decisions, 'escape'),
		encoding: decided(decisions, 'encoding'),
	}));
}

export async function decodeText(path) {
	const { encoding, text } = await engine.decodeText(await fs.readFile(path));
	return { encoding, text };
}

export async function readRecords(path) {
	return await withFile(path, {}, recordsOf).catch((error) => {
		if (error.code !== 'FILE_NO_RECORDS') throw error;
		throw Object.assign(new Error(error.message, { cause: error }), { code: 'NO_RECORDS' });
	});
}

async function recordsOf(dataset) {
	const { rows, issues } = await allRows(dataset);
	const names = dataset.source.columns.map(({ name }) => name);
	const records = rows
		.filter(({ cells }) => cells !== undefined)
		.map(({ cells }) => Object.fromEntries(names.map((name, i) => [name, cells[i]])));
	return { records, issues };
}

export function mapHeaders({ headers, samples, fields }) {
	const cells = (samples ?? []).map((row) => headers.map((_, i) => row[i] ?? ''));
	// a name stands for one column: what comes twice is numbered, as the reader of files does
	const seen = new Map();
	const names = headers.map((header) => {
		const count = (seen.get(header) ?? 0) + 1;
		seen.set(header, count);
		return count === 1 ? header : `${header}_${count}`;
	});
	const columns = engine
		.inferColumns(
			names.map((name) => ({ name })),
			cells,
		)
		.map(({ column }) => column);
	const matches = engine.matchHeaders(columns, fields, { samples: cells });
	const matchOf = new Map(matches.map((match) => [match.column, match]));
	return headers.map((header, i) => {
		const match = matchOf.get(names[i]);
		return { header, field: match?.field ?? null, confidence: match?.confidence ?? 0 };
	});
}

/** Puts rows where they stand in the sheet: the first is row 1, rows without values are empty. */
async function sheetGrid(workbook, sheet, cells, toCell) {
	const grid = [];
	const empty = [];
	for await (const rows of workbook.rows(sheet, { cells })) {
		for (const row of rows) {
			while (grid.length < row.number) grid.push(empty);
			grid[row.number - 1] = row.cells.map(toCell);
		}
	}
	return grid;
}

async function readSheet(workbook, sheet) {
	const { name, hidden } = sheet;
	const shown = await sheetGrid(workbook, sheet, 'shown', (cell) =>
		cell === null ? null : asText(cell),
	);
	const values = await sheetGrid(workbook, sheet, 'typed', (cell) => cell);
	return { name, hidden, rows: shown, values, merges: await workbook.merges(sheet) };
}

/** A sign that texts do not hold: with it each line is one cell. */
const NO_DELIMITER = '\u001f';

/** A text table is a workbook of one sheet without a name: all its rows, those of the header and below the table too. */
async function readAsSheet(path) {
	const options = { headerRow: 0, longRows: 'keep', footer: 'keep' };
	// a spreadsheet program does not take blanks for delimiters
	const isWords = await withFile(path, options, ({ source }) => source.options.delimiter === ' ');
	const delimiter = isWords ? NO_DELIMITER : undefined;
	return await withFile(path, { ...options, delimiter }, async (dataset) => {
		const { rows, issues } = await allRows(dataset);
		const grid = [];
		for (const row of rows) {
			while (grid.length < row.number) grid.push([]);
			grid[row.number - 1] = textsOf(row);
		}
		return { sheets: [{ name: '', hidden: false, rows: grid }], issues };
	});
}

export async function readWorkbook(path) {
	const workbook = await engine.openWorkbook(path).catch((error) => {
		if (error.code !== 'FILE_FORMAT' || !/is no workbook/.test(error.message)) throw error;
	});
	if (workbook === undefined) return await readAsSheet(path);
	try {
		const sheets = [];
		for (const sheet of workbook.sheets) sheets.push(await readSheet(workbook, sheet));
		return { sheets, issues: [] };
	} finally {
		await workbook.close();
	}
}

/** Runs one operation over a column of texts and gives the cells of the columns behind it. */
async function operate(texts, kind, options) {
	const dataset = engine.openRows(
		[{ name: 'value' }, { name: 'hint' }],
		texts.map((text) => (Array.isArray(text) ? text : [text])),
	);
	const step = { kind, version: 1, options };
	const { rows } = await engine.head(engine.addStep(dataset, step), texts.length);
	return rows.map(({ cells }) => cells);
}

const column = { fields: ['value'], onFailure: 'empty' };

const first = (cells) => cells[0] ?? null;

const readers = {
	price: async ({ texts, hints }) => {
		const rows = texts.map((text, i) => [text, hints?.[i] ?? null]);
		const options = {
			field: 'value',
			currencyField: 'hint',
			currencyAs: 'written',
			onFailure: 'empty',
		};
		return (await operate(rows, 'parse-price', options)).map(([, , amount, currency]) =>
			amount === null || amount === undefined ? null : { amount, currency },
		);
	},
	number: async ({ texts, locale }) =>
		(await operate(texts, 'parse-number', { ...column, language: locale })).map(first),
	date: async ({ texts, locale, reference }) => {
		const options = {
			...column,
			language: locale ?? 'any',
			reference,
			result: 'date-time',
		};
		return (await operate(texts, 'parse-date', options)).map(
			([cell]) => cell?.slice(0, 'YYYY-MM-DD'.length) ?? null,
		);
	},
	phone: async ({ texts, region }) =>
		(await operate(texts, 'parse-phone', { ...column, country: region })).map(first),
	name: async ({ texts }) => {
		const names = ['title', 'first', 'middle', 'last', 'suffix', 'nickname'];
		const options = { field: 'value', names: names.join(',') };
		return (await operate(texts, 'split-name', options)).map((cells) =>
			Object.fromEntries(names.map((name, i) => [name, cells[i + 2] ?? ''])),
		);
	},
	address: ({ texts }) => texts.map((text) => labelUsAddress(text)),
};

export async function parseValues(request) {
	const read = readers[request.type];
	if (read !== undefined) return await read(request);
	throw Object.assign(new Error(`Values of type ${request.type}`), { code: 'UNSUPPORTED' });
}

export function matchRecords({ records, other, fields }) {
	const { pairs } = engine.findSimilar(fields, records, other);
	return pairs
		.filter(({ isPossible }) => !isPossible)
		.map(({ left, right }) => [records[left].id, (other ?? records)[right].id]);
}
