import { once, type EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

interface Login {
	method: string;
	username: string;
	password?: string;
	key?: { data: Buffer };
	accept(): void;
	reject(methods: string[]): void;
}

interface Session {
	on(event: 'authentication', listener: (login: Login) => void): this;
	on(
		event: 'tcpip',
		listener: (
			accept: () => Duplex,
			reject: () => void,
			to: { destIP: string; destPort: number },
		) => void,
	): this;
	on(event: 'error' | 'close', listener: () => void): this;
	end(): void;
}

interface Server {
	listen(port: number, host: string, listening: () => void): void;
	address(): AddressInfo;
	close(closed: () => void): void;
}

/** `ssh2` comes with n8n's engine, and without types. */
const { Client, Server, utils } = createRequire(require.resolve('n8n-core'))('ssh2') as {
	Server: new (options: object, onSession: (session: Session) => void) => Server;
	Client: new () => EventEmitter & { connect(options: object): void };
	utils: {
		generateKeyPairSync(
			type: 'ed25519' | 'rsa',
			options?: object,
		): { private: string; public: string };
		parseKey(text: string): { getPublicSSH(): Buffer };
	};
};

/** An SSH server of this process that forwards connections, with one user who has a password and a key. */
export class SshServer {
	readonly user = 'tunnel';

	readonly password = 'open sesame';

	/** With a passphrase. */
	readonly privateKey: string;

	readonly passphrase = 'two words';

	/** Connections that are forwarded at present. */
	readonly open = new Set<Socket>();

	/** How many connections were forwarded so far. */
	forwarded = 0;

	readonly #server: Server;

	readonly #sessions = new Set<Session>();

	constructor() {
		const options = { cipher: 'aes256-cbc', passphrase: this.passphrase };
		const key = utils.generateKeyPairSync('ed25519', options);
		this.privateKey = key.private;
		const publicKey = utils.parseKey(key.public).getPublicSSH();
		this.#server = new Server(
			{ hostKeys: [utils.generateKeyPairSync('ed25519').private] },
			(session) => {
				this.#sessions.add(session);
				session.on('close', () => this.#sessions.delete(session));
				session.on('error', () => undefined);
				session.on('authentication', (login) => {
					const isUser = login.username === this.user;
					const hasPassword = login.method === 'password' && login.password === this.password;
					const hasKey = login.method === 'publickey' && login.key?.data.equals(publicKey) === true;
					if (isUser && (hasPassword || hasKey)) login.accept();
					else login.reject(['password', 'publickey']);
				});
				session.on('tcpip', (accept, reject, { destIP, destPort }) => {
					const socket = connect(destPort, destIP);
					socket.once('error', reject);
					socket.once('connect', () => {
						socket.off('error', reject);
						this.forwarded++;
						this.open.add(socket);
						socket.on('close', () => this.open.delete(socket));
						const channel = accept();
						const end = () => {
							channel.destroy();
							socket.destroy();
						};
						for (const side of [channel, socket]) side.on('error', end).on('close', end);
						channel.pipe(socket).pipe(channel);
					});
				});
			},
		);
	}

	async listen(): Promise<number> {
		await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
		return this.#server.address().port;
	}

	/** A client that is logged in, as n8n's helper gives it. */
	async connectTo(port: number): Promise<EventEmitter> {
		const client = new Client();
		client.connect({ host: '127.0.0.1', port, username: this.user, password: this.password });
		await once(client, 'ready');
		return client;
	}

	/** Ends when no connection is forwarded any more. */
	async idle(): Promise<void> {
		for (const socket of this.open) await once(socket, 'close');
	}

	/** Cuts every connection, as a server does that is shut down. */
	cut(): void {
		for (const session of this.#sessions) session.end();
	}

	async close(): Promise<void> {
		const closed = new Promise<void>((done) => this.#server.close(done));
		this.cut();
		await closed;
	}
}
