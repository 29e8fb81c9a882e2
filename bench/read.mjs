/*
 * How fast files are read, beside the libraries that people would use otherwise, and in how much memory.
 *
 *     npm run bench:read -- [--format csv,xlsx] [--rows N] [--repeat 3] [--quick] [--json FILE]
 *     npm run bench:read -- --memory [--format csv,xlsx] [--quick]
 *
 * Every reading is a process of its own; the readers take turns, and the median counts. Before that each reader reads a
 * small file of the same kind, and every cell is held against what was written: a figure cannot come from reading less.
 * With --memory the engine alone reads files of growing size: its peak should not grow with them.
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackage } from '../host/install.mjs';
import { underNode24 } from '../host/under-node24.mjs';
import { runChild } from './lib/child.mjs';
import { formats } from './lib/read-cases.mjs';

const CHECKED_ROWS = 20_000;
const LONGEST_BLOCK_MS = 200;
const QUICK_PART = 10;

/**
 * V8 lets its young generation grow to 100 MB over the first million rows, whatever lives. Of one size from the start, it
 * hides nothing of what the engine keeps.
 */
const YOUNG_GENERATION = ['--min-semi-space-size=16', '--max-semi-space-size=16'];

const { values: options } = parseArgs({
	options: {
		format: { type: 'string', default: Object.keys(formats).join(',') },
		rows: { type: 'string' },
		repeat: { type: 'string' },
		quick: { type: 'boolean', default: false },
		memory: { type: 'boolean', default: false },
		json: { type: 'string' },
	},
});

const chosen = options.format.split(',');
const repeat = Number(options.repeat ?? (options.quick ? 1 : 3));
const rowsOf = (rows) => Number(options.rows ?? (options.quick ? rows / QUICK_PART : rows));
if (
	chosen.some((name) => formats[name] === undefined) ||
	!(rowsOf(QUICK_PART) >= 1 && repeat >= 1)
) {
	throw new Error(
		`--rows and --repeat are numbers above 0, --format some of ${Object.keys(formats).join(',')}`,
	);
}

await underNode24();
await buildPackage();
const folder = await mkdtemp(join(tmpdir(), 'bench-read-'));
try {
	const results = [];
	for (const name of chosen) {
		if (!options.memory) results.push(await compare(name, formats[name]));
		else if (formats[name].memoryRows !== undefined) results.push(await grow(name, formats[name]));
	}
	if (!options.memory) summarize(results);
	if (options.json !== undefined) {
		const content = { node: process.version, repeat, results };
		await writeFile(options.json, `${JSON.stringify(content, undefined, 2)}\n`);
	}
} finally {
	await rm(folder, { recursive: true, force: true });
}

/** Writes a file in a process of its own, has it worked with, and removes it. */
async function withFile(name, rows, work) {
	const path = join(folder, `customers-${rows}.${name}`);
	await runChild('write-file.mjs', [name, path, rows], { answers: false });
	try {
		return await work(path);
	} finally {
		await rm(path);
	}
}

async function compare(name, format) {
	const rows = Math.min(rowsOf(format.rows), format.mostRows ?? Infinity);
	const readers = await checkedReaders(name, format);
	return await withFile(name, rows, async (path) => {
		const { size } = await stat(path);
		console.log(`\n${name}: ${rows} rows x 12 columns, ${megabytes(size)} MB`);
		const runs = new Map(readers.map(({ reader }) => [reader, []]));
		for (let turn = 0; turn < repeat; turn++) {
			for (const { reader } of readers) {
				const run = await runChild('read-once.mjs', [reader, path]);
				if (run.rows !== rows) throw new Error(`${reader} saw ${run.rows} of ${rows} rows`);
				runs.get(reader).push(run);
			}
		}
		const results = readers.map(({ title, reader }) => ({
			title,
			reader,
			...typical(runs.get(reader)),
		}));
		printSpeeds(results, rows, format.reference);
		return {
			format: name,
			rows,
			fileBytes: size,
			readers: results,
			aims: judge(name, format, results),
		};
	});
}

/** The readers that are there, each held against the truth; ours has to be right in every cell. */
async function checkedReaders(name, { readers }) {
	return await withFile(name, CHECKED_ROWS, async (path) => {
		const there = [];
		for (const each of readers) {
			const { missing, rows, wrong, firstWrong } = await runChild('read-once.mjs', [
				each.reader,
				path,
				'check',
			]);
			if (missing !== undefined) {
				console.log(`${name}: ${each.title} is left out: ${missing}`);
				continue;
			}
			const complaint = `${name}: ${each.title} gives ${rows} of ${CHECKED_ROWS} rows, ${wrong} cells wrong: ${JSON.stringify(firstWrong)}`;
			if (rows === CHECKED_ROWS && wrong === 0) there.push(each);
			else if (each.reader.startsWith('engine#')) throw new Error(complaint);
			else {
				console.log(complaint);
				if (rows === CHECKED_ROWS) there.push({ ...each, title: `${each.title} (${wrong} wrong)` });
			}
		}
		return there;
	});
}

function typical(runs) {
	return {
		seconds: median(runs.map((run) => run.seconds)),
		each: runs.map((run) => run.seconds),
		cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
		peakBytes: Math.max(...runs.map((run) => run.peakBytes)),
		longestBlockMs: median(runs.map((run) => run.longestBlockMs)),
	};
}

function printSpeeds(results, rows, reference) {
	const base = results.find(({ reader }) => reader === reference);
	console.table(
		results.map(({ title, reader, seconds, each, cpuSeconds, peakBytes, longestBlockMs }) => ({
			reader: reader === reference ? `${title} (reference)` : title,
			'rows/s': Math.round(rows / seconds),
			'speed to reference': base === undefined ? '' : (base.seconds / seconds).toFixed(2),
			'seconds (median)': seconds.toFixed(2),
			'seconds (each)': each.map((one) => one.toFixed(2)).join(' '),
			// Of all threads: it tells more than the clock where the machine has other things to do.
			'CPU s': cpuSeconds.toFixed(2),
			'by CPU': base === undefined ? '' : (base.cpuSeconds / cpuSeconds).toFixed(2),
			'peak MB': megabytes(peakBytes),
			'longest block ms': longestBlockMs.toFixed(0),
		})),
	);
}

/** What was aimed at and what was reached; aims at readers that are not there are left out. */
function judge(name, { aims, mostPeakMb }, results) {
	const judged = [];
	const find = (wanted) => results.find(({ reader }) => reader === wanted);
	for (const { reader, against, times } of aims) {
		const [own, other] = [find(reader), find(against)];
		if (own === undefined || other === undefined) continue;
		const reached = other.seconds / own.seconds;
		const byCpu = other.cpuSeconds / own.cpuSeconds;
		const figures = `${reached.toFixed(2)} (by CPU ${byCpu.toFixed(2)})`;
		judged.push(
			aim(`${name}: ${own.title} to ${other.title}`, `>= ${times}`, figures, reached >= times),
		);
	}
	for (const { title, reader, peakBytes, longestBlockMs } of results) {
		if (!reader.startsWith('engine#')) continue;
		judged.push(block(`${name}: ${title}`, longestBlockMs));
		if (mostPeakMb === undefined) continue;
		const peak = Number(megabytes(peakBytes));
		judged.push(aim(`${name}: ${title}, peak MB`, `< ${mostPeakMb}`, peak, peak < mostPeakMb));
	}
	return judged;
}

function aim(what, aimed, reached, holds) {
	return { what, aimed, reached, holds: holds ? 'yes' : 'NO' };
}

function block(title, longest) {
	const holds = longest < LONGEST_BLOCK_MS;
	return aim(`${title}, longest block ms`, `< ${LONGEST_BLOCK_MS}`, longest.toFixed(0), holds);
}

function summarize(results) {
	console.log('\nAims');
	console.table(results.flatMap(({ aims }) => aims));
}

/** Peak above what the process needs before it opens the file, over files of growing size. */
async function grow(name, { memoryRows }) {
	const sizes = [];
	for (const rows of memoryRows.map((count) => count / (options.quick ? QUICK_PART : 1))) {
		sizes.push(
			await withFile(name, rows, async (path) => {
				const { size } = await stat(path);
				const run = await runChild('read-once.mjs', ['engine#typed', path], {
					nodeOptions: YOUNG_GENERATION,
				});
				if (run.rows !== rows) throw new Error(`${run.rows} of ${rows} rows were read`);
				return { rows, fileBytes: size, ...run };
			}),
		);
	}
	console.log(`\n${name}, types inferred and checked`);
	console.table(
		sizes.map(({ rows, fileBytes, seconds, idleBytes, peakBytes, longestBlockMs }) => ({
			rows,
			'file MB': megabytes(fileBytes),
			seconds: seconds.toFixed(1),
			'idle MB': megabytes(idleBytes),
			'peak MB': megabytes(peakBytes),
			'peak above idle MB': megabytes(peakBytes - idleBytes),
			'longest block ms': longestBlockMs.toFixed(0),
		})),
	);
	return { format: name, sizes };
}

function median(numbers) {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function megabytes(bytes) {
	return (bytes / 1024 ** 2).toFixed(0);
}
