import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** Where the connection is cut, seen from the statement that commits: before the server gets it, or before it answers. */
export type Cut = 'before the commit arrives' | 'before its answer arrives';

/** The statement, and not the word in another one: behind it comes the end of a text, or of the message. */
const COMMIT = /[^ \w]commit(\0|$)/;

/** Stands between an import and its server, and cuts the connection at a commit. */
export class CutProxy {
	readonly #server: Server;

	readonly #sockets: readonly Socket[];

	readonly port: number;

	private constructor(server: Server, sockets: readonly Socket[]) {
		this.#server = server;
		this.#sockets = sockets;
		this.port = (server.address() as AddressInfo).port;
	}

	/** @param nth which commit it is that the connection is cut at; undefined: the first one of each connection */
	static async start(port: number, cut: Cut, nth?: number): Promise<CutProxy> {
		let commits = 0;
		const sockets: Socket[] = [];
		const server = createServer((client) => {
			const upstream = connect(port, '127.0.0.1');
			sockets.push(client, upstream);
			let isCommitting = false;
			const end = () => {
				client.destroy();
				upstream.destroy();
			};
			for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
			client.on('data', (chunk) => {
				if (COMMIT.test(chunk.toString('latin1'))) {
					commits++;
					isCommitting ||= nth === undefined || commits === nth;
				}
				if (isCommitting && cut === 'before the commit arrives') end();
				else upstream.write(chunk);
			});
			upstream.on('data', (chunk) => {
				if (isCommitting) end();
				else client.write(chunk);
			});
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new CutProxy(server, sockets);
	}

	async stop(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		this.#server.close();
		await once(this.#server, 'close');
	}
}
