/**
 * The example workflows of `workflows/`, and what they need to run here: their files where the
 * file nodes may read them, and a small SQLite database to import into.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runCommand } from './command.mjs';
import { filesFolderOf } from './environment.mjs';
import { hostFolder, node24, readJson, repository, withOwnTools } from './paths.mjs';

const workflowsFolder = join(repository, 'workflows');

export const exampleNames = () =>
	readdirSync(workflowsFolder).filter((name) => name.endsWith('.json'));

/**
 * Copies the example files and creates the database with the tables of the examples; what exists is kept as it is.
 *
 * @param {string} userFolder
 * @returns {Promise<string>} the path of the database
 */
export async function prepareExamples(userFolder) {
	const files = join(workflowsFolder, 'files');
	const filesFolder = filesFolderOf(userFolder);
	mkdirSync(filesFolder, { recursive: true });
	if (existsSync(files)) cpSync(files, filesFolder, { recursive: true });

	// beside the files: n8n lets nodes reach no other folder
	const database = join(filesFolder, 'contacts.sqlite');
	const isNew = !existsSync(database);
	const tables = readdirSync(hostFolder).filter((name) => name.endsWith('.sql'));
	try {
		const files = tables.map((name) => join(hostFolder, name));
		await runNode('create-table.mjs', [database, ...files]);
	} catch (error) {
		if (isNew) rmSync(database, { force: true });
		throw error;
	}
	return database;
}

/** Runs one of this folder's programs with Node 24, which has SQLite built in. */
export const runNode = async (program, args) =>
	await runCommand(
		node24,
		['--disable-warning=ExperimentalWarning', join(hostFolder, program), ...args],
		{ cwd: repository, env: withOwnTools(), timeout: 60_000 },
	);

/**
 * An example workflow as it can run in this user folder: nodes that read one of the example files
 * from the disk, wherever that was on the author's machine, read the copy.
 */
export function readExample(name, userFolder) {
	const workflow = readJson(join(workflowsFolder, name));
	const filesFolder = filesFolderOf(userFolder);
	for (const { parameters } of workflow.nodes) {
		const selector = parameters?.fileSelector;
		if (typeof selector !== 'string') continue;
		const copy = join(filesFolder, basename(selector));
		if (existsSync(copy)) parameters.fileSelector = copy.replaceAll('\\', '/');
	}
	return workflow;
}

/** The SQLite credentials that workflows name, each once, pointing at the database. */
export function sqliteCredentials(workflows, database) {
	const named = workflows
		.flatMap((workflow) => workflow.nodes)
		.map((node) => node.credentials?.sqliteFile)
		.filter(Boolean);
	const byId = new Map(named.map(({ id, name }) => [id, { id, name }]));
	return [...byId.values()].map(({ id, name }) => ({
		id,
		name,
		type: 'sqliteFile',
		data: { path: database },
	}));
}
