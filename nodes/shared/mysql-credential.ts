import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ImportError, type MySqlConfig } from '../../engine';

/** n8n's own `mySql` credential, as the engine takes it. @throws ImportError RUN_CONFIG */
export function mySqlConfig(credential: ICredentialDataDecryptedObject): MySqlConfig {
	const { host, port, database, user, password, ssl } = credential;
	if (credential.sshTunnel === true) {
		throw new ImportError(
			'RUN_CONFIG',
			'The credential asks for an SSH tunnel, which is not supported yet',
			{
				hint: 'Use a credential that reaches the MySQL server directly.',
			},
		);
	}
	const config: MySqlConfig = {
		host: host as string,
		port: Number(port),
		database: database as string,
		user: user as string,
		password: password as string,
	};
	if (Number(credential.connectTimeout) > 0) {
		config.connectTimeout = Number(credential.connectTimeout);
	}
	if (ssl === true) {
		config.ssl = {
			ca: pem(credential.caCertificate),
			cert: pem(credential.clientCertificate),
			key: pem(credential.clientPrivateKey),
		};
	}
	return config;
}

/** A certificate or key; n8n's field of one line may have made its line breaks blanks. */
function pem(text: unknown): string | undefined {
	if (typeof text !== 'string' || text.trim() === '') return undefined;
	const [, head = '', body = '', foot = ''] =
		/^\s*(-----BEGIN [^-]+-----)([^]*?)(-----END [^-]+-----)\s*$/.exec(text) ?? [];
	if (head === '') return text;
	return [head, ...body.trim().split(/\s+/), foot, ''].join('\n');
}
