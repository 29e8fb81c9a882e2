/**
 * A program that runs in a process group of its own, so that it ends together with whatever it
 * started (n8n starts a task runner), and that never outlives this process.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { n8nProgram, node24 } from './paths.mjs';

const running = new Set();

process.on('exit', () => {
	for (const group of running) group.kill('SIGKILL');
});

/** Whether `pid` names a process group; Windows has none. */
const groups = process.platform !== 'win32';

export class ProcessGroup {
	#child;

	/** Resolves when the program has ended: `status` is null when a signal ended it. */
	ended;

	constructor(command, args, options) {
		this.#child = spawn(command, args, { ...options, detached: groups });
		running.add(this);
		this.ended = new Promise((resolve) => {
			this.#child.on('error', (error) => {
				running.delete(this);
				resolve({ status: 1, signal: null, error });
			});
			this.#child.on('exit', (status, signal) => {
				// what the program started and did not end itself
				this.#killGroup('SIGKILL');
				running.delete(this);
				resolve({ status, signal });
			});
		});
	}

	get pid() {
		return this.#child.pid;
	}

	get stdout() {
		return this.#child.stdout;
	}

	get stderr() {
		return this.#child.stderr;
	}

	get hasEnded() {
		return !running.has(this);
	}

	/** SIGKILL goes to the whole group; any other signal to the program, which ends what it started. */
	kill(signal) {
		if (this.hasEnded) return;
		if (signal === 'SIGKILL' || signal === constants.signals.SIGKILL) this.#killGroup(signal);
		else this.#child.kill(signal);
	}

	/** Ends the program by SIGTERM, and by SIGKILL when it has not ended after `patience` ms. */
	async stop(patience = 10_000) {
		this.kill('SIGTERM');
		const timer = setTimeout(() => this.kill('SIGKILL'), patience);
		const result = await this.ended;
		clearTimeout(timer);
		return result;
	}

	#killGroup(signal) {
		if (!groups) {
			this.#child.kill(signal);
			return;
		}
		try {
			process.kill(-this.#child.pid, signal);
		} catch (error) {
			if (error.code !== 'ESRCH') throw error;
		}
	}
}

/** Starts the pinned n8n: `args` as on its command line, `options` as for `spawn`. */
export const startN8n = (args, { env, ...options }) =>
	new ProcessGroup(
		node24,
		['--import', new URL('end-with-parent.mjs', import.meta.url).href, n8nProgram, ...args],
		{ ...options, env: { ...env, DATA_IMPORT_HOST_PID: String(process.pid) } },
	);
