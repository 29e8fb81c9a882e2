import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from '../../host/free-ports.mjs';
import { installDebianPackages } from './debian.mjs';

const SERVER = '/usr/sbin/mariadbd';

const START_SECONDS = 60;

/**
 * A MariaDB to test on: what answers at MYSQL_HOST, MYSQL_PORT, MYSQL_USER and MYSQL_PASSWORD, or at their defaults
 * (127.0.0.1, 3306, root, none); else a server of the tests' own is started from what is installed; else MariaDB is
 * installed first. The user must be allowed to make databases.
 *
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> } | undefined>}
 */
export async function findMariaDb() {
	const wanted = {
		MYSQL_HOST: process.env.MYSQL_HOST ?? '127.0.0.1',
		MYSQL_PORT: process.env.MYSQL_PORT ?? '3306',
		MYSQL_USER: process.env.MYSQL_USER ?? 'root',
		MYSQL_PASSWORD: process.env.MYSQL_PASSWORD ?? '',
	};
	if (await answers(wanted)) return { env: wanted, stop: async () => {} };
	if (!existsSync(SERVER)) installDebianPackages('mariadb-server');
	return existsSync(SERVER) ? await startOwnServer() : undefined;
}

async function answers({ MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD }) {
	const { default: mysql } = await import('mysql2/promise');
	try {
		const connection = await mysql.createConnection({
			host: MYSQL_HOST,
			port: Number(MYSQL_PORT),
			user: MYSQL_USER,
			password: MYSQL_PASSWORD,
			connectTimeout: 5000,
		});
		await connection.query('select 1');
		await connection.end();
		return true;
	} catch {
		return false;
	}
}

/** A server in a temporary folder, on a free port of this machine, gone when the tests end. */
async function startOwnServer() {
	const [port] = await freePorts(1);
	const data = mkdtempSync(join(tmpdir(), 'data-import-mariadb-'));
	// the server refuses to run as root
	const isRoot = process.getuid?.() === 0;
	const asServer = isRoot ? { uid: userId('-u'), gid: userId('-g') } : {};
	if (isRoot) chownSync(data, asServer.uid, asServer.gid);
	const options = { ...asServer, cwd: data, stdio: 'ignore' };
	const made = spawnSync(
		'mariadb-install-db',
		['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'],
		options,
	);
	if (made.status !== 0) return undefined;
	const server = spawn(
		SERVER,
		[
			'--no-defaults',
			`--datadir=${data}`,
			`--port=${port}`,
			'--bind-address=127.0.0.1',
			`--socket=${join(data, 'socket')}`,
			'--innodb-flush-log-at-trx-commit=0',
		],
		options,
	);
	const stop = async () => {
		server.kill('SIGKILL');
		rmSync(data, { recursive: true, force: true });
	};
	const env = {
		MYSQL_HOST: '127.0.0.1',
		MYSQL_PORT: String(port),
		MYSQL_USER: 'root',
		MYSQL_PASSWORD: '',
	};
	for (let second = 0; second < START_SECONDS; second++) {
		if (await answers(env)) return { env, stop };
		await wait(1000);
	}
	await stop();
	return undefined;
}

/** @param {'-u' | '-g'} kind */
function userId(kind) {
	const { stdout } = spawnSync('id', [kind, 'mysql'], { encoding: 'utf8' });
	return Number(stdout);
}
