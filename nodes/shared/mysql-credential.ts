import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { MySqlConfig } from '../../engine';
import { pem } from './pem';
import type { SshTunnel } from './ssh-tunnel';

/** n8n's own `mySql` credential, as the engine takes it. */
export function mySqlConfig(
	credential: ICredentialDataDecryptedObject,
	tunnel?: SshTunnel,
): MySqlConfig {
	const { host, port, database, user, password, ssl } = credential;
	const config: MySqlConfig = {
		host: host as string,
		port: Number(port),
		database: database as string,
		user: user as string,
		password: password as string,
		...(tunnel !== undefined && { stream: tunnel.stream }),
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
