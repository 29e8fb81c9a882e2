/**
 * Finds ports on this machine that nobody listens on. They are taken from below the range that
 * systems use for outgoing connections: n8n needs seconds until it listens, and a connection made
 * meanwhile must not take the port away.
 */
import { createServer } from 'node:net';

const lowest = 20_000;
const highest = 32_000;

const listen = (port) =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(server));
	});

const close = (server) => new Promise((resolve) => server.close(resolve));

const isTaken = (error) => error.code === 'EADDRINUSE' || error.code === 'EACCES';

/** @returns {Promise<boolean>} whether nobody listens on `port` */
export async function isFree(port) {
	try {
		await close(await listen(port));
		return true;
	} catch (error) {
		if (isTaken(error)) return false;
		throw error;
	}
}

/** Listens on the first free one of the ports that `candidate` names one by one. */
async function listenOnFree(candidate) {
	for (let attempt = 0; attempt < 100; attempt++) {
		try {
			return await listen(candidate(attempt));
		} catch (error) {
			if (!isTaken(error)) throw error;
		}
	}
	throw new Error('No free port was found in 100 attempts.');
}

const anyPort = () => lowest + Math.floor(Math.random() * (highest - lowest));

/** @returns {Promise<number[]>} `count` different free ports */
export async function freePorts(count) {
	const servers = await Promise.all(Array.from({ length: count }, () => listenOnFree(anyPort)));
	const ports = servers.map((server) => server.address().port);
	await Promise.all(servers.map(close));
	return ports;
}

/** @returns {Promise<number>} the first free port from `port` on */
export async function firstFreePort(port) {
	const server = await listenOnFree((attempt) => port + attempt);
	const found = server.address().port;
	await close(server);
	return found;
}
