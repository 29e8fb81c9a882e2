import { Duplex } from 'node:stream';

/** What is used of the client of `ssh2` that n8n gives. */
export interface SshClient {
	/** RFC 4254, 7.2: asks the SSH server to connect to an address as it is seen from there. */
	forwardOut(
		sourceHost: string,
		sourcePort: number,
		host: string,
		port: number,
		done: (error: Error | undefined, channel: Duplex) => void,
	): unknown;
}

/** How often n8n is told that the SSH connection is in use, in milliseconds. It closes one that is idle for minutes. */
const IN_USE_INTERVAL_MS = 30_000;

/**
 * A connection through an SSH server that looks like a socket to the drivers of databases. No port is opened on this
 * machine, so nobody else can use the way.
 */
export class ForwardedSocket extends Duplex {
	readonly #open: (opened: (error: Error | undefined, channel: Duplex) => void) => void;

	readonly #inUse: NodeJS.Timeout;

	#channel: Duplex | undefined;

	/** @param onUse called at once and now and then as long as the connection is open */
	constructor(
		open: (opened: (error: Error | undefined, channel: Duplex) => void) => void,
		onUse: () => void,
	) {
		super({ allowHalfOpen: false });
		this.#open = open;
		onUse();
		this.#inUse = setInterval(onUse, IN_USE_INTERVAL_MS).unref();
	}

	// the driver of PostgreSQL calls these of `net.Socket`
	connect(): this {
		return this;
	}

	setNoDelay(): this {
		return this;
	}

	setKeepAlive(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	override _construct(done: (error?: Error) => void): void {
		this.#open((error, channel) => {
			if (error !== undefined) {
				done(error);
				return;
			}
			if (this.destroyed) {
				channel.destroy();
				done();
				return;
			}
			this.#channel = channel;
			channel.on('data', (chunk: Buffer) => {
				if (!this.push(chunk)) channel.pause();
			});
			channel.on('end', () => this.push(null));
			channel.on('error', (fault: Error) => this.destroy(fault));
			channel.on('close', () => this.destroy());
			done();
			this.emit('connect');
		});
	}

	override _read(): void {
		this.#channel?.resume();
	}

	override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
		this.#channel?.write(chunk, done);
	}

	override _final(done: () => void): void {
		this.#channel?.end();
		done();
	}

	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		clearInterval(this.#inUse);
		this.#channel?.destroy();
		done(error);
	}
}
