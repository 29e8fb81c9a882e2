/**
 * One process at a time: the demo, the tests and the benchmark share one build and one
 * installation, and may be started side by side.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { workFolder } from './paths.mjs';

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function take(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		return false;
	}
}

function holder(file) {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/** Runs `action` while no other process runs one of the same name; what a dead process held is taken over. */
export async function withLock(name, action) {
	const file = join(workFolder, 'locks', name);
	mkdirSync(dirname(file), { recursive: true });
	while (!take(file)) {
		const pid = holder(file);
		if (pid && !isAlive(pid)) rmSync(file, { force: true });
		else await sleep(200);
	}
	const release = () => rmSync(file, { force: true });
	process.once('exit', release);
	try {
		return await action();
	} finally {
		process.off('exit', release);
		release();
	}
}
