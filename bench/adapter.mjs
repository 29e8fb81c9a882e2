/**
 * What a scorer of table readers asks for, on top of the built engine: each function opens a file without any setting and
 * gives what the reader decided by itself. Rows that are longer than the header are kept, and rows that were rejected are
 * given as they stand in the file.
 */
import { promises as fs } from 'node:fs';
import engine from '../dist/engine/index.js';

const { close, openFile, run } = engine;

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
		const shown = batch.rejected.filter(({ outcome }) => outcome === 'failed');
		const ordered = [...batch.rows, ...shown].sort((a, b) => a.number - b.number);
		for (const row of ordered) rows.push(row);
		if (rows.length >= maxRows) break;
	}
	return { rows: rows.slice(0, maxRows), issues };
}

const textsOf = (row) => {
	if (row.cells !== undefined) return row.cells.map(asText);
	return row.raw === undefined ? row.source.map(asText) : [row.raw];
};

export async function readTable(path, { format, maxRows } = {}) {
	try {
		return await withFile(path, { format, longRows: 'keep', cells: 'shown' }, async (dataset) => {
			const { columns, decisions } = dataset.source;
			const { rows, issues } = await allRows(dataset, maxRows);
			const headerRow = Number(decided(decisions, 'header row') ?? 0);
			const header = headerRow > 0 ? [columns.map(({ name, header }) => header ?? name)] : [];
			return {
				rows: [...header, ...rows.map(textsOf)],
				hasHeader: headerRow > 0,
				decisions: {
					delimiter: decided(decisions, 'delimiter'),
					quote: decided(decisions, 'quote'),
					encoding: decided(decisions, 'encoding'),
					headerRow,
					skippedRows: dataset.source.skippedRows,
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
	return await withFile(path, {}, async (dataset) => {
		const { rows, issues } = await allRows(dataset);
		const names = dataset.source.columns.map(({ name }) => name);
		const records = rows
			.filter(({ cells }) => cells !== undefined)
			.map(({ cells }) => Object.fromEntries(names.map((name, i) => [name, cells[i]])));
		return { records, issues };
	});
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
