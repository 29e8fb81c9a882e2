import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

/** A server of a test's own, which it may stop as if the power had failed, and start again with its data. */
export interface OwnServer {
	port: number;
	/** A folder that the server may write to. */
	folder: string;
	start(): Promise<void>;
	/** Without any tidying up. */
	crash(): Promise<void>;
	remove(): Promise<void>;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/** The servers refuse to run as root. */
function account(user: string): { uid?: number; gid?: number } {
	if (process.getuid?.() !== 0) return {};
	const id = (kind: string) =>
		Number(spawnSync('id', [kind, user], { encoding: 'utf8' }).stdout.trim());
	return { uid: id('-u'), gid: id('-g') };
}

function ownFolder(prefix: string, { uid, gid }: { uid?: number; gid?: number }): string {
	const folder = mkdtempSync(join(tmpdir(), prefix));
	if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
	return folder;
}

/** The folder of PostgreSQL's programs; undefined where none is installed here. */
function postgresPrograms(): string | undefined {
	const installed = '/usr/lib/postgresql';
	if (!existsSync(installed)) return undefined;
	const [newest] = readdirSync(installed).sort((a, b) => Number(b) - Number(a));
	const programs = join(installed, newest ?? '', 'bin');
	return existsSync(join(programs, 'initdb')) ? programs : undefined;
}

const MARIADB = '/usr/sbin/mariadbd';

export const hasPostgresPrograms = postgresPrograms() !== undefined;
export const hasMariaDbPrograms = existsSync(MARIADB);

export async function ownPostgres(...settings: string[]): Promise<OwnServer> {
	const programs = postgresPrograms() ?? '';
	const user = account('postgres');
	const folder = ownFolder('data-import-own-postgres-', user);
	const data = join(folder, 'data');
	const port = await freePort();
	const run = (program: string, ...args: string[]) => {
		const done = spawnSync(join(programs, program), args, {
			...user,
			cwd: folder,
			stdio: 'ignore',
		});
		if (done.status !== 0) throw new Error(`${program} failed`);
	};
	const all = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`];
	const options = [...all, ...settings].map((setting) => `-c ${setting}`).join(' ');
	run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync');
	const crash = async () => {
		run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
		await Promise.resolve();
	};
	return {
		port,
		folder,
		start: async () => {
			run('pg_ctl', '-D', data, '-o', options, '-w', '-l', join(folder, 'log'), 'start');
			await Promise.resolve();
		},
		crash,
		remove: async () => {
			await crash().catch(() => undefined);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

export async function ownMariaDb(...settings: string[]): Promise<OwnServer> {
	const user = account('mysql');
	const folder = ownFolder('data-import-own-mariadb-', user);
	const data = join(folder, 'data');
	const port = await freePort();
	const options = { ...user, cwd: folder, stdio: 'ignore' } as const;
	const made = spawnSync(
		'mariadb-install-db',
		['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'],
		options,
	);
	if (made.status !== 0) throw new Error('mariadb-install-db failed');
	let server: ChildProcess | undefined;
	const crash = async () => {
		if (server === undefined) return;
		const ended = once(server, 'exit');
		server.kill('SIGKILL');
		server = undefined;
		await ended;
	};
	return {
		port,
		folder,
		start: async () => {
			const place = [`--datadir=${data}`, `--socket=${join(folder, 'socket')}`];
			const network = [`--port=${port}`, '--bind-address=127.0.0.1'];
			server = spawn(MARIADB, ['--no-defaults', ...place, ...network, ...settings], options);
			for (let tries = 0; tries < 600; tries++) {
				try {
					const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' });
					await connection.end();
					return;
				} catch {
					await sleep(100);
				}
			}
			throw new Error('MariaDB does not start');
		},
		crash,
		remove: async () => {
			await crash();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** A disk of a few megabytes in a folder; undefined where this process may not make one. */
export function smallDisk(
	{ folder }: Pick<OwnServer, 'folder'>,
	megabytes: number,
	owner?: 'postgres' | 'mysql',
): { path: string; remove: () => void } | undefined {
	const path = join(folder, 'small-disk');
	mkdirSync(path);
	const { uid = 0, gid = 0 } = owner === undefined ? {} : account(owner);
	const options = `size=${megabytes}m,uid=${uid},gid=${gid},mode=0700`;
	const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
	if (mounted.status !== 0) return undefined;
	return { path, remove: () => void spawnSync('umount', ['-l', path]) };
}
