/** The environment n8n runs in: quiet, offline, and independent of the shell it is started from. */
import { join } from 'node:path';
import { withOwnTools } from './paths.mjs';

/**
 * What would change n8n's behaviour if it leaked in: its own settings, and those of a test runner
 * (with NODE_ENV=test n8n keeps silent and skips parts of its start).
 */
const foreign =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|CREDENTIALS_|NODES_|GENERIC_|NODE_ENV$|NODE_OPTIONS$|NODE_PATH$|JEST_|E2E_|VITEST|npm_)/i;

const quietAndOffline = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	// both ask n8n's own servers at every start
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_NATIVE_PYTHON_RUNNER: 'false',
};

const fixed = {
	// this package is not a verified one; n8n announces that the default will change
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	// the address is http://localhost, and Safari sends no secure cookie there
	N8N_SECURE_COOKIE: 'false',
	// dates come out alike on every machine
	GENERIC_TIMEZONE: 'UTC',
	N8N_LOG_LEVEL: 'info',
};

/** The folder that the file nodes may read and write, when the caller names no other. */
export const filesFolderOf = (userFolder) => join(userFolder, 'files');

/**
 * @param {{ userFolder: string, brokerPort: number, port?: number, env?: Record<string, string> }} options
 * `env` is added last and wins
 */
export function n8nEnvironment({ userFolder, brokerPort, port, env = {} }) {
	const inherited = Object.entries(withOwnTools()).filter(([name]) => !foreign.test(name));
	return {
		...Object.fromEntries(inherited),
		...quietAndOffline,
		...fixed,
		N8N_USER_FOLDER: userFolder,
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolderOf(userFolder),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		...(port === undefined ? {} : { N8N_PORT: String(port) }),
		...env,
	};
}
