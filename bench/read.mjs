/*
 * How fast files are read, against the library that people would use otherwise.
 *
 *     npm run bench:read -- [--rows 500000] [--format xlsx] [--json FILE]
 *
 * Every reading is a process of its own; the readers take turns. What each saw of the file is compared, so that a
 * figure cannot come from reading less.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPackage } from '../host/install.mjs';
import { underNode24 } from '../host/under-node24.mjs';
import { record } from './lib/seeded-records.mjs';
import { writeXlsx } from './lib/xlsx-file.mjs';

const RUNS = 3;

/** Each format: how its file is written, and the programs that read it; the first is ours. */
const formats = {
	xlsx: { write: writeXlsx, readers: ['read-with-engine', 'read-with-exceljs'] },
};

const { values: options } = parseArgs({
	options: {
		rows: { type: 'string', default: '500000' },
		format: { type: 'string', default: 'xlsx' },
		json: { type: 'string' },
	},
});

const rows = Number(options.rows);
const format = formats[options.format];
if (format === undefined || !Number.isInteger(rows) || rows < 1) {
	throw new Error(`--rows is a number above 0, --format one of ${Object.keys(formats).join(', ')}`);
}

await underNode24();
await buildPackage();
const folder = await mkdtemp(join(tmpdir(), 'bench-read-'));
try {
	const path = join(folder, `customers.${options.format}`);
	await format.write(path, rows);
	const { size } = await stat(path);
	console.log(`${rows} rows x 12 columns, ${options.format}, ${megabytes(size)} MB`);
	const results = await readInTurns(format.readers, path);
	check(results, format.readers);
	report(results);
	if (options.json !== undefined) {
		const content = {
			rows,
			format: options.format,
			fileBytes: size,
			node: process.version,
			results,
		};
		await writeFile(options.json, `${JSON.stringify(content, undefined, 2)}\n`);
	}
} finally {
	await rm(folder, { recursive: true, force: true });
}

async function readInTurns(readers, path) {
	const results = Object.fromEntries(readers.map((reader) => [reader, []]));
	for (let run = 0; run < RUNS; run++) {
		for (const reader of readers) results[reader].push(await read(reader, path));
	}
	return results;
}

/** A process that has said its result is ended by signal: Node 24 can hang in its own exit (nodejs/node#54918). */
function read(reader, path) {
	const script = fileURLToPath(new URL(`lib/${reader}.mjs`, import.meta.url));
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
		child.on('error', reject);
		child.on('exit', (code) => {
			reject(new Error(`${reader} ended with code ${code} and no result`));
		});
		createInterface(child.stdout).once('line', (line) => {
			resolve(JSON.parse(line));
			child.kill('SIGKILL');
		});
	});
}

/** Both must have seen every row, and ours must have given dates as dates. */
function check(results, [ours]) {
	for (const [reader, runs] of Object.entries(results)) {
		for (const run of runs) {
			if (run.rows !== rows) throw new Error(`${reader} saw ${run.rows} of ${rows} rows`);
		}
	}
	const expected = record(rows - 1).filter(({ kind }) => kind.startsWith('date'));
	const [day, moment] = expected.map(({ value }) => isoText(value));
	const { last, rejected } = results[ours][0];
	if (rejected > 0 || last.at(-2) !== day.slice(0, 10) || last.at(-1) !== moment) {
		throw new Error(`${ours} read the last row as ${JSON.stringify(last)}`);
	}
}

/** A serial number of the 1900 system, after February 1900. */
function isoText(serial) {
	const milliseconds = Math.round((serial - 25_569) * 86_400) * 1000;
	return new Date(milliseconds).toISOString().slice(0, 19);
}

function report(results) {
	const [ours, ...others] = Object.keys(results);
	const seconds = (reader) => median(results[reader].map((run) => run.seconds));
	const table = Object.entries(results).map(([reader, runs]) => ({
		reader,
		'rows/s': Math.round(rows / seconds(reader)),
		'seconds (median)': seconds(reader).toFixed(2),
		'seconds (each)': runs.map((run) => run.seconds.toFixed(2)).join(' '),
		// Of all threads: it tells more than the clock where the machine has other things to do.
		'CPU seconds': median(runs.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
		'peak MB': Math.max(...runs.map(({ peakBytes }) => Number(megabytes(peakBytes)))),
	}));
	console.table(table);
	for (const other of others) {
		console.log(
			`${ours} is ${(seconds(other) / seconds(ours)).toFixed(1)} times as fast as ${other}`,
		);
	}
}

function median(numbers) {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function megabytes(bytes) {
	return (bytes / 1024 ** 2).toFixed(0);
}
