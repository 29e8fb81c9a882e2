/** Where things are: the repository, the pinned n8n, and the folder for everything generated. */
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const windows = process.platform === 'win32';

export const hostFolder = dirname(fileURLToPath(import.meta.url));
export const repository = dirname(hostFolder);

/** Everything generated is kept here: stamps, the tarball, user folders. Ignored by git, safe to delete. */
export const workFolder = join(repository, '.host');

export const packageName = 'n8n-nodes-data-import';

/** n8n needs Node 24; the npm package `node` brings it where the machine has an older one. */
export const node24 = join(repository, 'node_modules/node/bin', windows ? 'node.exe' : 'node');

export const n8nProgram = join(hostFolder, 'node_modules/n8n/bin/n8n');

const binFolder = join(repository, 'node_modules/.bin');

const searchPath = (folders) => folders.filter(Boolean).join(delimiter);

const outerPath = () =>
	(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== binFolder);

/** The environment for children that use the repository's own tools, Node 24 among them. */
export const withOwnTools = () => ({
	...process.env,
	PATH: searchPath([dirname(node24), binFolder, ...outerPath()]),
});

/** The environment for npm while it replaces node_modules: it must not run on a Node that lies in there. */
export const withoutOwnTools = () => ({ ...process.env, PATH: searchPath(outerPath()) });

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
