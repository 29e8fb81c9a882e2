import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

let updated = false;

/** Installs Debian packages where this is root on Debian or a relative. @returns whether they are there afterwards */
export function installDebianPackages(...names) {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
	const options = {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		stdio: 'ignore',
		timeout: 10 * 60_000,
	};
	console.log(`installing ${names.join(', ')} ...`);
	if (!updated) spawnSync('apt-get', ['update', '-qq'], options);
	updated = true;
	return spawnSync('apt-get', ['install', '-y', '-qq', ...names], options).status === 0;
}
