import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * Runs a program of this folder in a process of its own. With `answers`, its first line is its result as JSON, and it is
 * ended by signal then: Node 24 can hang in its own exit (nodejs/node#54918).
 */
export function runChild(program, args, { answers = true, nodeOptions = [] } = {}) {
	const script = fileURLToPath(new URL(program, import.meta.url));
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [...nodeOptions, script, ...args], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		child.on('error', reject);
		child.on('exit', (code) => {
			if (code === 0 && !answers) resolve();
			else reject(new Error(`${program} ${args.join(' ')} ended with ${code} and no result`));
		});
		createInterface(child.stdout).once('line', (line) => {
			resolve(JSON.parse(line));
			child.kill('SIGKILL');
		});
	});
}
