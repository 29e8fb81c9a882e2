/** Runs a program to its end, quietly: its output is shown only when it fails. */
import { spawn } from 'node:child_process';

const minute = 60_000;

/** The last lines of a text, for error messages. */
export const tailOf = (text, lines = 30) => text.trimEnd().split('\n').slice(-lines).join('\n');

/** The first and the last lines: npm names the cause first and prints its help after it. */
function endsOf(text, lines = 15) {
	const all = text.trimEnd().split('\n');
	if (all.length <= 2 * lines) return all.join('\n');
	return [...all.slice(0, lines), '...', ...all.slice(-lines)].join('\n');
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, timeout?: number }} options `timeout` in ms
 * @returns {Promise<string>} its standard output
 * @throws {Error} when it does not start, ends with another status than 0, or takes too long; the
 * message names the command and carries the beginning and the end of its output
 */
export function runCommand(command, args, { cwd, env, timeout = 15 * minute }) {
	const line = [command, ...args].join(' ');
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
			// npm and pnpm are .cmd files there
			shell: process.platform === 'win32',
		});
		let output = '';
		let all = '';
		const fail = (reason) => {
			const shown = endsOf(all);
			reject(new Error(`\`${line}\` ${reason}.${shown ? `\nIts output:\n${shown}` : ''}`));
		};
		child.stdout.setEncoding('utf8').on('data', (text) => {
			output += text;
			all += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text) => {
			all += text;
		});
		let timedOut = false;
		const timer = setTimeout(() => {
			timedOut = true;
			child.kill('SIGKILL');
		}, timeout);
		child.on('error', (error) => {
			clearTimeout(timer);
			fail(error.code === 'ENOENT' ? 'was not found on this machine' : `failed: ${error.message}`);
		});
		child.on('close', (status, signal) => {
			clearTimeout(timer);
			if (status === 0) resolve(output);
			else if (timedOut) fail(`did not end within ${Math.round(timeout / minute)} minutes`);
			else fail(status === null ? `was ended by ${signal}` : `ended with status ${status}`);
		});
	});
}
