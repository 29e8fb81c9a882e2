/**
 * Stamps make a step idempotent: a step that succeeded leaves a file with the hash of what it
 * depends on, and is skipped for as long as that hash stays the same.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { workFolder } from './paths.mjs';

/** All files at and below a path, sorted; none when the path does not exist. */
export function filesBelow(path) {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (!stats) return [];
	if (!stats.isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesBelow(join(path, name)));
}

export const hashOf = (content) => createHash('sha256').update(content).digest('hex').slice(0, 16);

/** The hash of the names (relative to `base`) and contents of all files at and below `paths`. */
export function hashOfFiles(paths, base) {
	const hash = createHash('sha256');
	for (const file of paths.flatMap(filesBelow)) {
		const content = readFileSync(file);
		hash.update(`${relative(base, file).split(sep).join('/')}\0${content.length}\0`);
		hash.update(content);
	}
	return hash.digest('hex').slice(0, 16);
}

const stampFile = (name) => join(workFolder, 'stamps', name);

export function readStamp(name) {
	try {
		return readFileSync(stampFile(name), 'utf8');
	} catch {
		return undefined;
	}
}

export function writeStamp(name, hash) {
	mkdirSync(dirname(stampFile(name)), { recursive: true });
	writeFileSync(stampFile(name), hash);
}

export const removeStamp = (name) => rmSync(stampFile(name), { force: true });
