/** Talks to a running n8n: the editor's own API with a login cookie, the public API with a key. */

/** An answer that is no success. */
export class N8nApiError extends Error {
	name = 'N8nApiError';

	/**
	 * @param {string} request e.g. `POST /rest/workflows`
	 * @param {number} status the HTTP status
	 * @param {string} text the body of the answer
	 */
	constructor(request, status, text) {
		let message = text;
		try {
			message = JSON.parse(text).message ?? text;
		} catch {
			// not every answer is JSON
		}
		super(`n8n answered ${request} with ${status}: ${String(message).slice(0, 500)}`);
		this.status = status;
	}
}

export class RestClient {
	#url;
	#cookie;
	#apiKey;

	/** @param {string} url n8n's address, without a slash at its end */
	constructor(url) {
		this.#url = url;
	}

	/** The login cookie, `name=value`. */
	get cookie() {
		return this.#cookie;
	}

	/** Logs in, after creating the owner account when the instance has none yet. */
	async login({ email, password, firstName, lastName }) {
		const settings = await this.rest('GET', '/settings');
		const response = settings.userManagement.showSetupOnFirstLoad
			? await this.#send('POST', '/rest/owner/setup', { email, password, firstName, lastName })
			: await this.#send('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		const cookie = response.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
		if (!cookie) throw new Error('n8n accepted the login but sent no cookie.');
		this.#cookie = cookie.split(';')[0];
	}

	/** The editor's own API below /rest. @returns what the answer holds in `data` */
	async rest(method, path, body) {
		const response = await this.#send(method, `/rest${path}`, body, { cookie: this.#cookie ?? '' });
		const text = await response.text();
		const answer = text === '' ? undefined : JSON.parse(text);
		return answer && typeof answer === 'object' && 'data' in answer ? answer.data : answer;
	}

	/** The public API below /api/v1. @returns the answer as it is */
	async publicApi(method, path, body) {
		const headers = { 'x-n8n-api-key': await this.apiKey() };
		const response = await this.#send(method, `/api/v1${path}`, body, headers);
		const text = await response.text();
		return text === '' ? undefined : JSON.parse(text);
	}

	/** A key for the public API with all rights, made at the first call. */
	async apiKey() {
		if (!this.#apiKey) {
			const scopes = await this.rest('GET', '/api-keys/scopes');
			const key = { label: `host ${Date.now()}`, expiresAt: null, scopes };
			this.#apiKey = (await this.rest('POST', '/api-keys', key)).rawApiKey;
		}
		return this.#apiKey;
	}

	async #send(method, path, body, headers = {}) {
		const response = await fetch(this.#url + path, {
			method,
			headers: {
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!response.ok)
			throw new N8nApiError(`${method} ${path}`, response.status, await response.text());
		return response;
	}
}
