import type { Duplex } from 'node:stream';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	SSHCredentials,
} from 'n8n-workflow';
import { ImportError, type Target } from '../../engine';
import { ForwardedSocket, type SshClient } from './forwarded-socket';
import { pem } from './pem';

/** A way to a database through an SSH server. */
export interface SshTunnel {
	/** A new connection to the database. */
	stream: () => Duplex;
	/** Cuts the connections that are still open. The SSH connection stays: n8n shares it between nodes and closes it. */
	close: () => void;
}

/** What n8n's helpers offer, without the types of `ssh2`, which are not among the dependencies. */
interface TunnelHelpers {
	getSSHClient(credentials: SSHCredentials): Promise<unknown>;
	updateLastUsed(client: unknown): void;
}

/**
 * The tunnel that a credential of n8n asks for, with its fields sshTunnel, sshAuthenticateWith, sshHost and so on; undefined
 * where it asks for none.
 *
 * @throws ImportError RUN_CONNECTION when the SSH server cannot be reached or refuses the login
 */
export async function sshTunnel(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	credential: ICredentialDataDecryptedObject,
): Promise<SshTunnel | undefined> {
	if (credential.sshTunnel !== true) return undefined;
	const helpers = context.helpers as unknown as TunnelHelpers;
	const address = `${credential.sshHost as string}:${Number(credential.sshPort)}`;
	let client: SshClient;
	try {
		client = (await helpers.getSSHClient(sshCredentials(credential))) as SshClient;
	} catch (error) {
		throw loginFailure(error, address, credential);
	}
	const [host, port] = [credential.host as string, Number(credential.port)];
	const sockets = new Set<ForwardedSocket>();
	return {
		stream: () => {
			const socket = new ForwardedSocket(
				(opened) => {
					const fail = (error: Error) =>
						new Error(
							`The SSH server ${address} does not connect to ${host}:${port}: ${reasonOf(error)}`,
							{ cause: error },
						);
					try {
						client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
							opened(error === undefined ? undefined : fail(error), channel);
						});
					} catch (error) {
						// a client that was closed meanwhile does not call back
						opened(fail(error as Error), undefined as unknown as Duplex);
					}
				},
				() => helpers.updateLastUsed(client),
			);
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
			return socket;
		},
		close: () => {
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** The target, which cuts what is left of the tunnel when it is closed. */
export function behindTunnel<T extends Target>(target: T, tunnel: SshTunnel | undefined): T {
	if (tunnel === undefined) return target;
	const close = target.close.bind(target);
	target.close = async () => {
		try {
			await close();
		} finally {
			tunnel.close();
		}
	};
	return target;
}

function sshCredentials(credential: ICredentialDataDecryptedObject): SSHCredentials {
	const { sshHost, sshPort, sshUser, sshPassword, passphrase } = credential;
	const server = {
		sshHost: sshHost as string,
		sshPort: Number(sshPort),
		sshUser: sshUser as string,
	};
	if (credential.sshAuthenticateWith !== 'privateKey') {
		return { ...server, sshAuthenticateWith: 'password', sshPassword: sshPassword as string };
	}
	return {
		...server,
		sshAuthenticateWith: 'privateKey',
		privateKey: pem(credential.privateKey) ?? '',
		...(typeof passphrase === 'string' && passphrase !== '' && { passphrase }),
	};
}

/** Also because n8n puts a sentence of its own in the place of a message that holds one of these codes. */
const words: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'nothing listens there',
	ECONNRESET: 'it cut the connection',
	EHOSTUNREACH: 'there is no way to that address',
	ENOTFOUND: 'the name is not known',
	ETIMEDOUT: 'it does not answer',
};

function reasonOf({ code, message }: Error & { code?: unknown }): string {
	// OpenSSH often gives no description of why a channel was not opened
	const said = message.replace(/^\(SSH\) Channel open failure: ?/, '').trim();
	return words[String(code)] ?? (said === '' ? 'it refused' : said);
}

function loginFailure(
	error: unknown,
	address: string,
	{ sshUser, sshAuthenticateWith }: ICredentialDataDecryptedObject,
): ImportError {
	const { level, message } = error as Error & { level?: string };
	const [said, hint] =
		level === 'client-authentication'
			? [
					`The SSH server ${address} refuses the login of ${sshUser as string}`,
					`Check the SSH user and the ${sshAuthenticateWith === 'privateKey' ? 'private key' : 'password'} in the credential.`,
				]
			: /privateKey|passphrase/i.test(message)
				? [
						`The private key for the SSH server ${address} cannot be read: ${message}`,
						'Paste the whole key into the credential, from BEGIN to END, and give its passphrase if it has one.',
					]
				: [
						`The SSH server ${address} cannot be reached: ${reasonOf(error as Error)}`,
						'Check the SSH host and port in the credential, and whether this machine may connect to them.',
					];
	return new ImportError('RUN_CONNECTION', said, { hint }, { cause: error });
}
