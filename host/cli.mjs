/** Runs n8n's command line: import:workflow, import:credentials, execute ... */
import { mkdirSync } from 'node:fs';
import { tailOf } from './command.mjs';
import { filesFolderOf, n8nEnvironment } from './environment.mjs';
import { freePorts } from './free-ports.mjs';
import { memoryOf } from './memory.mjs';
import { startN8n } from './process-group.mjs';

/** Node 24 can hang in process.exit(): what has printed its result gets this long to end. */
const patienceAfterResult = 5_000;

/**
 * n8n's expression engine (isolated-vm) can crash while the process exits, after the result was
 * printed and saved: in one of ten runs on a busy machine, never with the legacy engine.
 */
const crashes = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS']);

const statusOf = (run) => (run.data.resultData.error ? 1 : 0);

/**
 * The run that `execute` prints as indented JSON, whose outer braces stand on lines of their own.
 * Log lines stand before and behind it, and nodes may have logged objects that look alike.
 */
function cutRun(output) {
	for (const { index } of output.matchAll(/^\{$/gm)) {
		const end = output.indexOf('\n}', index);
		if (end === -1) return undefined;
		try {
			const run = JSON.parse(output.slice(index, end + 2));
			if (run.data?.resultData) return run;
		} catch {
			// an object that a node logged
		}
	}
	return undefined;
}

/**
 * @typedef {object} CliResult
 * @property {number | null} status 0 for success; null when a signal ended it. When n8n printed the
 * run and then crashed or hung in its exit, what the run says
 * @property {string | null} signal the signal that ended it
 * @property {string} output everything it printed
 * @property {object | undefined} run the run that `execute` printed, see run-data.mjs; also of a
 * failed one
 * @property {number | undefined} peakRssMb the most memory it had in use
 * @property {number} duration in ms
 */

/**
 * Starts a command without waiting for its end.
 *
 * @param {string[]} args e.g. `['execute', '--id=abc', '--rawOutput']`
 * @param {{ userFolder: string, env?: Record<string, string>, timeout?: number }} options `timeout`
 * in ms, after which it is ended by SIGKILL and `finished` rejects
 * @returns {Promise<{ pid: number, kill(signal: string): void, finished: Promise<CliResult> }>}
 */
export async function startCli(args, { userFolder, env, timeout = 300_000 }) {
	const [brokerPort] = await freePorts(1);
	mkdirSync(filesFolderOf(userFolder), { recursive: true });
	const started = Date.now();
	const program = startN8n(args, {
		cwd: userFolder,
		env: n8nEnvironment({ userFolder, brokerPort, env }),
		stdio: ['ignore', 'pipe', 'pipe'],
	});

	let output = '';
	let errors = '';
	let peakRssMb;
	let timedOut = false;
	let hung = false;
	let afterResult;
	const endWhatHangs = () => {
		if (!cutRun(output)) return;
		hung = true;
		program.kill('SIGKILL');
	};
	program.stdout.setEncoding('utf8').on('data', (text) => {
		const mayEndHere = (output.slice(-2) + text).includes('\n}\n');
		output += text;
		if (!mayEndHere) return;
		clearTimeout(afterResult);
		afterResult = setTimeout(endWhatHangs, patienceAfterResult);
	});
	program.stderr.setEncoding('utf8').on('data', (text) => {
		errors += text;
	});
	const limit = setTimeout(() => {
		timedOut = true;
		program.kill('SIGKILL');
	}, timeout);
	const sampling = setInterval(() => {
		peakRssMb = memoryOf(program.pid)?.peakRssMb ?? peakRssMb;
	}, 100);

	const drained = (stream) => new Promise((resolve) => stream.once('close', resolve));
	const streams = [drained(program.stdout), drained(program.stderr)];
	const finished = (async () => {
		const { status, signal, error } = await program.ended;
		await Promise.all(streams);
		for (const timer of [limit, afterResult]) clearTimeout(timer);
		clearInterval(sampling);
		if (error) throw error;
		if (timedOut) {
			throw new Error(
				`\`n8n ${args.join(' ')}\` did not end within ${timeout / 1000} s.\n${tailOf(output + errors)}`,
			);
		}
		const run = cutRun(output);
		return {
			status: run && (hung || crashes.has(signal)) ? statusOf(run) : status,
			signal,
			output: output + errors,
			run,
			peakRssMb,
			duration: Date.now() - started,
		};
	})();
	return { pid: program.pid, kill: (signal) => program.kill(signal), finished };
}

/** Runs a command to its end. @returns {Promise<CliResult>} whatever its status */
export async function runCli(args, options) {
	return await (
		await startCli(args, options)
	).finished;
}
