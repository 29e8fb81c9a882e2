import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../host/free-ports.mjs';
import { installDebianPackages } from './debian.mjs';

const INSTALLED = '/usr/lib/postgresql';

/**
 * A PostgreSQL to test on: what answers at PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE, or at their defaults
 * (127.0.0.1, 5432, postgres, none, postgres); else a cluster of the tests' own is started from what is installed; else
 * PostgreSQL is installed first.
 *
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> } | undefined>}
 */
export async function findPostgres() {
	const wanted = {
		PGHOST: process.env.PGHOST ?? '127.0.0.1',
		PGPORT: process.env.PGPORT ?? '5432',
		PGUSER: process.env.PGUSER ?? 'postgres',
		PGPASSWORD: process.env.PGPASSWORD ?? '',
		PGDATABASE: process.env.PGDATABASE ?? 'postgres',
	};
	if (await answers(wanted)) return { env: wanted, stop: async () => {} };
	if (programs() === undefined) installDebianPackages('postgresql');
	return await startOwnCluster();
}

async function answers({ PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE }) {
	const { default: pg } = await import('pg');
	const client = new pg.Client({
		host: PGHOST,
		port: Number(PGPORT),
		user: PGUSER,
		password: PGPASSWORD,
		database: PGDATABASE,
		connectionTimeoutMillis: 5000,
	});
	client.on('error', () => {});
	try {
		await client.connect();
		await client.query('select 1');
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => {});
	}
}

/** The folder of the newest installed server's programs. */
function programs() {
	if (!existsSync(INSTALLED)) return undefined;
	const [newest] = readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a));
	const folder = newest && join(INSTALLED, newest, 'bin');
	return folder && existsSync(join(folder, 'initdb')) ? folder : undefined;
}

/** A cluster in a temporary folder, on a free port of this machine, gone when the tests end. */
async function startOwnCluster() {
	const folder = programs();
	if (folder === undefined) return undefined;
	const [port] = await freePorts(1);
	const data = mkdtempSync(join(tmpdir(), 'data-import-postgres-'));
	// the server refuses to run as root
	const asServer = process.getuid?.() === 0 ? { uid: userId(), gid: userId() } : {};
	if (asServer.uid !== undefined) chownSync(data, asServer.uid, asServer.gid);
	const run = (program, ...args) =>
		spawnSync(join(folder, program), args, { ...asServer, cwd: data, stdio: 'ignore' }).status ===
		0;
	const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${data} -c fsync=off`;
	const started =
		run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8') &&
		run('pg_ctl', '-D', data, '-o', options, '-w', '-l', join(data, 'log'), 'start');
	const stop = async () => {
		run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
		rmSync(data, { recursive: true, force: true });
	};
	const env = {
		PGHOST: '127.0.0.1',
		PGPORT: String(port),
		PGUSER: 'postgres',
		PGPASSWORD: '',
		PGDATABASE: 'postgres',
	};
	if (started && (await answers(env))) return { env, stop };
	await stop();
	return undefined;
}

function userId() {
	const { stdout } = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
	return Number(stdout);
}
