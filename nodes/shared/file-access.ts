import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { ImportError } from '../../engine';

/** Where n8n lets nodes reach files when N8N_RESTRICT_FILE_ACCESS_TO is not set. */
const DEFAULT_FOLDER = join(homedir(), '.n8n-files');

/**
 * Keeps a database file to where n8n lets nodes reach files: not among n8n's own, and inside of the folders that
 * N8N_RESTRICT_FILE_ACCESS_TO names. n8n's own check is asked where it is to be had; lists and tests of credentials do
 * not have it, so the same rule is applied here first.
 *
 * @throws ImportError RUN_CONFIG when the file is out of bounds, whether it exists or not; RUN_CONNECTION when it is
 *   inside and does not exist
 */
export async function refuseForbiddenFile(
	path: string,
	context?: IExecuteFunctions | ILoadOptionsFunctions,
): Promise<void> {
	const real = await followLinks(path);
	const allowed = await Promise.all(allowedFolders().map(followLinks));
	const own = await followLinks(join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n'));
	const isOutside = allowed.length > 0 && !allowed.some((folder) => isInside(real, folder));
	if (isOutside || isInside(real, own)) throw forbidden(path);
	if (!(await exists(real))) {
		throw new ImportError('RUN_CONNECTION', `There is no SQLite file at ${path}`);
	}
	if (context !== undefined && 'isFilePathBlocked' in context.helpers) {
		const { helpers } = context;
		if (helpers.isFilePathBlocked(await helpers.resolvePath(path))) throw forbidden(path);
	}
}

function allowedFolders(): string[] {
	const named = process.env.N8N_RESTRICT_FILE_ACCESS_TO;
	// set, but empty: everything may be reached
	if (named?.trim() === '') return [];
	const folders = named === undefined ? [DEFAULT_FOLDER] : named.split(';');
	return folders.map((folder) => resolve(folder.trim().replace(/^~(?=$|\/)/, homedir())));
}

/** The path without links, as far as it exists. */
async function followLinks(path: string): Promise<string> {
	try {
		return await realpath(path);
	} catch {
		const parent = dirname(path);
		return parent === path ? path : join(await followLinks(parent), path.slice(parent.length));
	}
}

const isInside = (path: string, folder: string): boolean =>
	path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

async function exists(path: string): Promise<boolean> {
	return await realpath(path).then(
		() => true,
		() => false,
	);
}

const forbidden = (path: string): ImportError =>
	new ImportError('RUN_CONFIG', `n8n does not permit access to the file ${path}`, {
		hint: 'Keep the SQLite file in a folder that N8N_RESTRICT_FILE_ACCESS_TO names.',
	});
