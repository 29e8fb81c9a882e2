/*
 * Reads a file once with one reader, and prints one line of JSON about it.
 *
 *     node bench/lib/read-once.mjs MODULE#READER FILE [check]
 *
 * With `check` every cell is held against the record that it was made from.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { cellText, isoText, record } from './read-files/seeded-records.mjs';

const [name, path, mode] = process.argv.slice(2);
const [module, reader] = name.split('#');
const { read, cells: cellsOf = (cells) => cells } = (
	await import(new URL(`readers/${module}.mjs`, import.meta.url))
)[reader];

const DELAY_RESOLUTION_MS = 10;
const idleBytes = process.memoryUsage.rss();
const delays = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
delays.enable();

let rows = 0;
let wrong = 0;
let firstWrong;

function count() {
	rows++;
}

function check(given) {
	const cells = cellsOf(given);
	record(rows).forEach((expected, column) => {
		if (fits(cells[column], expected, column)) return;
		wrong++;
		firstWrong ??= { row: rows, column, cell: cells[column], expected: cellText(expected, column) };
	});
	rows++;
}

/** Readers differ in what they make of a number or a date; the value has to be the same. */
function fits(cell, expected, column) {
	const { kind, value } = expected;
	if (kind === 'number') return Number(cell) === value;
	if (!kind.startsWith('date')) return cell === cellText(expected, column);
	if (typeof cell === 'number') return Math.abs(cell - value) < 1e-6;
	const text = cell instanceof Date ? isoText(cell.getTime() / 86_400_000 + 25_569) : String(cell);
	return text.replace(' ', 'T').startsWith(isoText(value).slice(0, kind === 'date' ? 10 : 19));
}

// the first delay is counted from the second turn of its timer
await pause(3 * DELAY_RESOLUTION_MS);
const cpuBefore = process.cpuUsage();
const started = performance.now();
const { missing } = await read(path, mode === 'check' ? check : count);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
await pause(3 * DELAY_RESOLUTION_MS);
console.log(
	JSON.stringify({
		missing,
		rows,
		wrong,
		firstWrong,
		seconds,
		cpuSeconds: (user + system) / 1e6,
		idleBytes,
		peakBytes: process.resourceUsage().maxRSS * 1024,
		longestBlockMs: Math.max(0, delays.max / 1e6 - DELAY_RESOLUTION_MS),
	}),
);
