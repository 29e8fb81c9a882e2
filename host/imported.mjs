/** Remembers in a user folder what has been imported into its n8n, so that it is not imported again. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from './cli.mjs';
import { tailOf } from './command.mjs';
import { hashOf } from './stamp.mjs';

const fileIn = (userFolder) => join(userFolder, 'imported.json');

/** @returns {Record<string, unknown>} by the key of `remember` */
export function importedInto(userFolder) {
	try {
		return JSON.parse(readFileSync(fileIn(userFolder), 'utf8'));
	} catch {
		return {};
	}
}

export function remember(userFolder, key, value) {
	const imported = { ...importedInto(userFolder), [key]: value };
	writeFileSync(fileIn(userFolder), JSON.stringify(imported, null, '\t'));
}

/**
 * Imports by n8n's command line unless exactly this has been imported before; what has the same
 * id is replaced.
 *
 * @param {'workflow' | 'credentials'} kind
 * @param {object[]} entries workflows or credentials, with their ids
 */
export async function importByCli(kind, entries, userFolder) {
	const content = JSON.stringify(entries);
	const hash = hashOf(content);
	if (entries.length === 0 || importedInto(userFolder)[kind] === hash) return;
	const input = join(userFolder, `import-${kind}.json`);
	writeFileSync(input, content);
	const args = [`import:${kind}`, `--input=${input}`];
	const { output } = await runCli(args, { userFolder }).finally(() => rmSync(input));
	// its status is no proof: n8n can crash in its exit after a success
	if (!output.includes('Successfully imported')) {
		throw new Error(`n8n did not import the ${kind}.\n${tailOf(output)}`);
	}
	remember(userFolder, kind, hash);
}
