import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
	/** How many files of this process lie in the folder: those that have a name, and those that are open without one. */
	filesInUse(): number;
	remove(): void;
}

/** Does work with a folder of its own for temporary files. */
export async function inTemporaryFolder(
	work: (folder: TemporaryFolder) => Promise<void>,
): Promise<void> {
	const path = mkdtempSync(join(os.tmpdir(), 'temporary-files-'));
	const remove = () => rmSync(path, { recursive: true, force: true });
	const spy = jest.spyOn(os, 'tmpdir').mockReturnValue(path);
	try {
		await work({ filesInUse: () => readdirSync(path).length + openWithoutName(path), remove });
	} finally {
		spy.mockRestore();
		remove();
	}
}

/** Linux alone tells which files a process has open. */
function openWithoutName(path: string): number {
	if (process.platform !== 'linux') return 0;
	const targets = readdirSync('/proc/self/fd').map((descriptor) => {
		try {
			return readlinkSync(`/proc/self/fd/${descriptor}`);
		} catch {
			// the one that the list itself was read with
			return '';
		}
	});
	return targets.filter((target) => target.startsWith(path) && target.endsWith(' (deleted)'))
		.length;
}
