import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { RunState, SqliteCounterStore } from '../../engine';

const FILE_NAME = 'data-import.sqlite';

/**
 * The SQLite file for what is to outlive a run, such as templates and positions: in n8n's own folder, which is where n8n
 * keeps what it must not lose, or the file that the environment variable DATA_IMPORT_TEMPLATES names.
 */
export function keptStatePath(): string {
	const named = process.env.DATA_IMPORT_TEMPLATES?.trim();
	if (named) return resolve(named);
	return join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n', FILE_NAME);
}

/** What a run takes over from earlier ones. Nothing is read before a step asks for it. */
export const runState = (): RunState => new RunState(new SqliteCounterStore(keptStatePath()));
