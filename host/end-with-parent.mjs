/**
 * Loaded into every n8n that is started here (`node --import`): when the process that started it
 * is gone, however it ended, n8n and its task runner end too. Nothing is left running behind a
 * test or a benchmark that was killed.
 */
import { isMainThread } from 'node:worker_threads';

const parent = process.ppid;

// Programs that n8n forks inherit the flag; they are no group of their own and end with n8n.
if (isMainThread && process.env.DATA_IMPORT_HOST_PID === String(parent)) {
	setInterval(() => {
		if (process.ppid !== parent) process.kill(-process.pid, 'SIGKILL');
	}, 500).unref();
}
