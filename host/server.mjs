/** A real n8n server for tests, the benchmark and the editor. */
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tailOf } from './command.mjs';
import { filesFolderOf, n8nEnvironment } from './environment.mjs';
import { freePorts, isFree } from './free-ports.mjs';
import { memoryOf, resetPeak } from './memory.mjs';
import { startN8n } from './process-group.mjs';
import { RestClient } from './rest-client.mjs';

/** The account of every instance started here. It listens on this machine only. */
export const owner = {
	email: 'owner@example.com',
	password: 'Import-every-row-1',
	firstName: 'Data',
	lastName: 'Owner',
};

const unfinished = new Set(['new', 'running', 'waiting', 'unknown']);

/** Calls `look` until it gives something other than undefined. @throws after `timeout` ms */
async function waitFor(look, { timeout, pause = 200, what }) {
	const end = Date.now() + timeout;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > end) throw new Error(`${what} took longer than ${timeout / 1000} s.`);
		await sleep(pause);
	}
}

/** The node a manual run starts from: the manual trigger if there is one, else one without input. */
function startNodeOf({ nodes, connections }) {
	const targets = new Set(
		Object.values(connections)
			.flatMap((outputs) => outputs.main ?? [])
			.flatMap((output) => output ?? [])
			.map((connection) => connection.node),
	);
	const start =
		nodes.find((node) => node.type === 'n8n-nodes-base.manualTrigger') ??
		nodes.find((node) => !targets.has(node.name) && !node.disabled);
	if (!start) throw new Error('The workflow has no node to start from.');
	return start.name;
}

/**
 * @typedef {object} StartOptions
 * @property {string} userFolder n8n's user folder; `loadPackage` puts the nodes there
 * @property {number} [port] a free one when not given
 * @property {Record<string, string>} [env] environment variables, which win over the defaults, e.g.
 * `N8N_RESTRICT_FILE_ACCESS_TO` (default: the folder `files` in the user folder)
 * @property {number} [timeout] ms until it must be ready; the first start migrates the database
 */

export class N8nServer {
	#process;
	#client;
	/** Where the output of this start begins in the log. */
	#logStart;

	/** The address, e.g. `http://localhost:5678`. */
	url;
	port;
	userFolder;
	/** Where the file nodes may read and write by default. */
	filesFolder;
	/** Everything n8n printed, of all starts in this user folder. */
	logFile;

	constructor({ userFolder, port, brokerPort, env }) {
		this.port = port;
		this.url = `http://localhost:${port}`;
		this.userFolder = userFolder;
		this.filesFolder = filesFolderOf(userFolder);
		this.logFile = join(userFolder, 'n8n.log');
		mkdirSync(this.filesFolder, { recursive: true });
		const log = openSync(this.logFile, 'a');
		this.#logStart = fstatSync(log).size;
		this.#process = startN8n(['start'], {
			cwd: userFolder,
			env: n8nEnvironment({ userFolder, brokerPort, port, env }),
			stdio: ['ignore', log, log],
		});
		closeSync(log);
		this.#client = new RestClient(this.url);
	}

	/**
	 * Starts n8n, waits until it is ready, and logs in as the owner.
	 *
	 * @param {StartOptions} options
	 * @returns {Promise<N8nServer>}
	 * @throws {Error} when the port is taken; with the end of the log, when n8n ends or is not ready in
	 * time
	 */
	static async start({ userFolder, port, env, timeout = 180_000 }) {
		// another n8n on that port would answer in place of this one
		if (port !== undefined && !(await isFree(port))) throw new Error(`Port ${port} is taken.`);
		const [freePort, brokerPort] = await freePorts(2);
		const server = new N8nServer({ userFolder, port: port ?? freePort, brokerPort, env });
		try {
			await server.#untilReady(timeout);
			await server.#client.login(owner);
			return server;
		} catch (error) {
			await server.kill('SIGKILL');
			throw error;
		}
	}

	async #untilReady(timeout) {
		await waitFor(
			async () => {
				if (this.#process.hasEnded) {
					throw new Error(`n8n ended before it was ready.\n${this.logTail()}`);
				}
				const response = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
				return response?.ok || undefined;
			},
			{ timeout, what: 'The start of n8n' },
		).catch((error) => {
			throw this.#process.hasEnded ? error : new Error(`${error.message}\n${this.logTail()}`);
		});
	}

	get pid() {
		return this.#process.pid;
	}

	/** Resolves with `{ status, signal }` when n8n has ended. */
	get ended() {
		return this.#process.ended;
	}

	/** The login cookie, `n8n-auth=...`, for requests of one's own. */
	get cookie() {
		return this.#client.cookie;
	}

	/** What n8n printed since this start. */
	log() {
		return readFileSync(this.logFile).subarray(this.#logStart).toString('utf8');
	}

	logTail(lines = 30) {
		return tailOf(this.log(), lines);
	}

	/** The editor's own API: `api('GET', '/workflows')`. @returns what the answer holds in `data` */
	async api(method, path, body) {
		return await this.#client.rest(method, path, body);
	}

	/** The public API: `publicApi('GET', '/executions')`. @returns the answer as it is */
	async publicApi(method, path, body) {
		return await this.#client.publicApi(method, path, body);
	}

	/** A key for the public API (header X-N8N-API-KEY), made at the first call. */
	async apiKey() {
		return await this.#client.apiKey();
	}

	/**
	 * @param {object} workflow `{ name, nodes, connections, settings? }`; an `id` in it is kept
	 * @returns {Promise<string>} its id
	 */
	async importWorkflow(workflow) {
		const inactive = { settings: {}, ...workflow, active: false };
		return (await this.api('POST', '/workflows', inactive)).id;
	}

	/**
	 * @param {{ name: string, type: string, data: object }} credential
	 * @returns {Promise<string>} its id
	 */
	async createCredential(credential) {
		return (await this.api('POST', '/credentials', credential)).id;
	}

	/**
	 * Publishes a workflow and waits until its triggers really listen: n8n answers before they do.
	 *
	 * @throws {Error} with n8n's reasons, when a trigger cannot be started
	 */
	async activate(workflowId, { timeout = 30_000 } = {}) {
		const { versionId } = await this.api('GET', `/workflows/${workflowId}`);
		await this.api('POST', `/workflows/${workflowId}/activate`, { versionId });
		await this.#untilPublication(workflowId, timeout, (state) => {
			if (state.status === 'failed' || state.status === 'partial') {
				const reasons = state.triggers.map((trigger) => trigger.errorMessage).filter(Boolean);
				throw new Error(`The workflow could not be activated: ${reasons.join('; ')}`);
			}
			return state.status === 'published' && state.liveVersionId === versionId;
		});
	}

	/** Unpublishes a workflow and waits until its triggers are gone. */
	async deactivate(workflowId, { timeout = 30_000 } = {}) {
		await this.api('POST', `/workflows/${workflowId}/deactivate`, {});
		const isGone = (state) => state.status === 'not_published';
		await this.#untilPublication(workflowId, timeout, isGone);
	}

	async #untilPublication(workflowId, timeout, isReached) {
		const look = async () =>
			isReached(await this.api('GET', `/workflows/${workflowId}/publication-status`)) || undefined;
		await waitFor(look, { timeout, what: 'Publishing the workflow' });
	}

	/** The address of a production webhook. */
	webhookUrl(path) {
		return `${this.url}/webhook/${path}`;
	}

	/**
	 * Runs a workflow as a click on "Execute workflow" does.
	 *
	 * @param {string} workflowId
	 * @param {{ startNode?: string, timeout?: number }} [options]
	 * @returns {Promise<object>} the finished execution, see `execution`
	 */
	async runManually(workflowId, { startNode, timeout } = {}) {
		return await this.waitForEnd(await this.startManually(workflowId, { startNode }), { timeout });
	}

	/** Starts a workflow as a click on "Execute workflow" does. @returns {Promise<string>} the execution's id */
	async startManually(workflowId, { startNode } = {}) {
		const workflow = await this.api('GET', `/workflows/${workflowId}`);
		const name = startNode ?? startNodeOf(workflow);
		const answer = await this.api('POST', `/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name },
		});
		if (!answer.executionId) {
			throw new Error(`"${name}" waits for a call from outside: it cannot be run by itself.`);
		}
		return answer.executionId;
	}

	/** Executions without their data, newest first: `{ id, status, startedAt, stoppedAt, ... }`. */
	async executions({ workflowId, limit = 50 } = {}) {
		const filter = encodeURIComponent(JSON.stringify(workflowId ? { workflowId } : {}));
		return (await this.api('GET', `/executions?filter=${filter}&limit=${limit}`)).results;
	}

	/** One execution with its data, `{ id, status, data: { resultData } }`; see run-data.mjs. */
	async execution(executionId) {
		const query = 'includeData=true&ignoreDataSizeLimit=true';
		return await this.publicApi('GET', `/executions/${executionId}?${query}`);
	}

	/** Waits until an execution has ended. @returns {Promise<object>} it with its data */
	async waitForEnd(executionId, options) {
		await this.waitForOutcome(executionId, options);
		return await this.execution(executionId);
	}

	/**
	 * Waits until an execution has ended. An n8n that works so hard that it does not answer is waited for.
	 *
	 * @returns {Promise<{ status: string, startedAt: string, stoppedAt: string }>} it without its data
	 * @throws {Error} when it takes too long, or when n8n is gone
	 */
	async waitForOutcome(executionId, { timeout = 120_000 } = {}) {
		const look = async () => {
			try {
				const execution = await this.publicApi('GET', `/executions/${executionId}`);
				return unfinished.has(execution.status) ? undefined : execution;
			} catch (error) {
				// fetch says TypeError when no answer comes at all
				if (!(error instanceof TypeError)) throw error;
				if (this.#process.hasEnded) throw new Error(`n8n ended.\n${this.logTail()}`);
				return undefined;
			}
		};
		return await waitFor(look, { timeout, what: `Execution ${executionId}` });
	}

	/** The id of the newest execution of a workflow, '0' when there is none: for `after` below. */
	async lastExecutionId(workflowId) {
		return (await this.executions({ workflowId, limit: 1 }))[0]?.id ?? '0';
	}

	/**
	 * Waits for the next execution of a workflow that something else started, and for its end.
	 *
	 * @param {string} workflowId
	 * @param {{ after?: string, timeout?: number }} [options] `after`: the id of an execution; only
	 * a later one counts
	 * @returns {Promise<object>} it with its data
	 */
	async waitForExecution(workflowId, { after = '0', timeout = 120_000 } = {}) {
		const isLater = ({ id }) => Number(id) > Number(after);
		const look = async () => (await this.executions({ workflowId })).filter(isLater).at(-1)?.id;
		const id = await waitFor(look, { timeout, what: 'Waiting for an execution' });
		return await this.waitForEnd(id, { timeout });
	}

	/** MB of memory that n8n has in use now; undefined where the system does not tell. */
	rssMb() {
		return memoryOf(this.pid)?.rssMb;
	}

	/** The most MB that n8n had in use since its start or the last `resetPeak`. */
	peakRssMb() {
		return memoryOf(this.pid)?.peakRssMb;
	}

	/** @returns {boolean} whether the peak could be reset */
	resetPeak() {
		return resetPeak(this.pid);
	}

	/** Ends n8n by a signal, for tests of crashes; SIGKILL takes its task runner along. */
	async kill(signal = 'SIGKILL') {
		this.#process.kill(signal);
		return await this.#process.ended;
	}

	/** Ends n8n in good order, and by force when it takes longer than 10 s. */
	async stop() {
		return await this.#process.stop();
	}
}
