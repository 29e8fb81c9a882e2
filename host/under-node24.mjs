/** For programs that need Node 24 themselves, and not just in the processes they start. */
import { spawnSync } from 'node:child_process';
import { installPackages } from './install.mjs';
import { node24 } from './paths.mjs';

/** Gets the packages, and where an older Node runs this program, starts it again with the one that came with them. */
export async function underNode24() {
	await installPackages();
	if (Number(process.versions.node.split('.')[0]) >= 24) return;
	const { status } = spawnSync(node24, process.argv.slice(1), { stdio: 'inherit' });
	process.exit(status ?? 1);
}
