import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
	chromium,
	type Browser,
	type BrowserContext,
	type Locator,
	type Page,
} from 'playwright-core';
import type { RealN8n } from '../n8n/host';

const OPENING_MS = 60_000;
const WAITING_MS = 20_000;

/** What a page calls whenever a mouse button is pressed. */
const PRESSED = 'dataImportPressed';

/** Set by the test runner: the path of a Chromium, or "missing". */
const chromiumPath = process.env.DATA_IMPORT_CHROMIUM ?? '/usr/bin/chromium';

export const describeWithChromium = chromiumPath === 'missing' ? describe.skip : describe;

/** n8n's editor in a headless Chromium, used as a person uses it. */
export class Editor {
	readonly #browser: Browser;

	readonly #context: BrowserContext;

	readonly #n8n: RealN8n;

	readonly #images: string;

	readonly #pressed: { count: number };

	#page: Page | undefined;

	private constructor(
		browser: Browser,
		context: BrowserContext,
		n8n: RealN8n,
		pressed: { count: number },
	) {
		this.#pressed = pressed;
		this.#browser = browser;
		this.#context = context;
		this.#n8n = n8n;
		// pictures for the documentation are taken on request; otherwise they go where they disturb nobody
		this.#images =
			process.env.UPDATE_IMAGES === '1'
				? join(n8n.host.paths.repository, 'docs/images')
				: join(n8n.userFolder, 'screenshots');
		mkdirSync(this.#images, { recursive: true });
	}

	/** Counts what a person would have to do from here on. It is printed, and nothing is expected of it. */
	startWork(): { report(what: string): void } {
		const start = { clicks: this.#pressed.count, time: performance.now() };
		const pressed = this.#pressed;
		return {
			report(what) {
				const seconds = (performance.now() - start.time) / 1000;
				const clicks = pressed.count - start.clicks;
				process.stderr.write(`${what}: ${clicks} clicks, ${seconds.toFixed(1)} s\n`);
			},
		};
	}

	static async open(n8n: RealN8n): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: chromiumPath,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		});
		const context = await browser.newContext({ viewport: { width: 1500, height: 900 } });
		context.setDefaultTimeout(WAITING_MS);
		const pressed = { count: 0 };
		await context.exposeFunction(PRESSED, () => {
			pressed.count++;
		});
		await context.addInitScript((name) => {
			const report = (window as unknown as Record<string, () => void>)[name];
			window.addEventListener('mousedown', () => report?.(), true);
		}, PRESSED);
		const { email, password } = n8n.host.server.owner;
		await context.request.post(`${n8n.server.url}/rest/login`, {
			data: { emailOrLdapLoginId: email, password },
		});
		return new Editor(browser, context, n8n, pressed);
	}

	async close(): Promise<void> {
		await this.#context.close();
		await this.#browser.close();
	}

	/** Opens a workflow in a page of its own. */
	async openWorkflow(id: string): Promise<void> {
		await this.#page?.close();
		this.#page = await this.#context.newPage();
		await this.page.goto(`${this.#n8n.server.url}/workflow/${id}`);
		await this.byId('canvas-node').first().waitFor({ timeout: OPENING_MS });
		await this.page.waitForTimeout(1000);
	}

	get page(): Page {
		if (this.#page === undefined) throw new Error('no workflow is open');
		return this.#page;
	}

	byId(id: string): Locator {
		return this.page.locator(`[data-test-id="${id}"]`);
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Runs one node, and what stands before it, from the canvas. */
	async runNode(name: string): Promise<void> {
		await this.node(name).hover();
		await this.node(name).locator('[data-test-id="execute-node-button"]').click();
		await this.node(name).locator('[data-test-id="canvas-node-status-success"]').waitFor();
		await this.closeToasts();
	}

	async runWorkflow(lastNode: string): Promise<void> {
		await this.byId('execute-workflow-button').first().click();
		await this.node(lastNode).locator('[data-test-id="canvas-node-status-success"]').waitFor();
		await this.closeToasts();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.byId('node-parameters').waitFor();
	}

	/** Runs the open node for the first time, and waits for what it says about its output. */
	async executeStep(): Promise<void> {
		await this.byId('node-execute-button').click();
		await this.byId('node-hint').first().waitFor();
		await this.closeToasts();
	}

	async closeNode(): Promise<void> {
		await this.byId('ndv-close-button').click();
		await this.byId('ndv').waitFor({ state: 'hidden' });
	}

	/** What a drop-down of the open node shows. */
	async chosen(parameter: string): Promise<string> {
		return await this.byId(`parameter-input-${parameter}`).locator('input').first().inputValue();
	}

	/** Waits until a drop-down of the open node shows an entry: lists are loaded anew when the node is opened. */
	async untilChosen(parameter: string, entry: string): Promise<void> {
		await this.page.waitForFunction(
			([selector, text]) => document.querySelector<HTMLInputElement>(selector)?.value === text,
			[`[data-test-id="parameter-input-${parameter}"] input`, entry] as const,
		);
	}

	/** The labels of the credentials that the open node asks for. */
	async credentials(): Promise<string[]> {
		return await this.byId('credentials-label').allInnerTexts();
	}

	/** The entries of a drop-down of the open node. */
	async entries(parameter: string): Promise<string[]> {
		const list = await this.#openList(parameter);
		const texts = await list.locator('li').allInnerTexts();
		await this.page.keyboard.press('Escape');
		return texts.map((text) => text.split('\n')[0]?.trim() ?? '');
	}

	async choose(parameter: string, entry: string): Promise<void> {
		const list = await this.#openList(parameter);
		await list.locator('li', { hasText: entry }).first().click();
	}

	/** Goes to a branch of the output panel by its position. */
	async showOutput(branch: number): Promise<void> {
		await this.byId('output-panel').locator(`[data-test-id="tab-${branch}"]`).click();
	}

	async showInputAs(view: 'schema' | 'table' | 'json'): Promise<void> {
		await this.byId('ndv-input-panel').locator(`[data-test-id="radio-button-${view}"]`).click();
	}

	async showTable(): Promise<void> {
		await this.byId('output-panel').locator('[data-test-id="radio-button-table"]').click();
	}

	/** The table of the output panel, by column. */
	async outputRows(): Promise<Array<Record<string, string>>> {
		const table = this.byId('output-panel').locator('[data-test-id="ndv-data-container"] table');
		await table.first().waitFor();
		return await table.first().evaluate((element) => {
			const header = [...element.querySelectorAll('thead th')].map((cell) =>
				(cell as HTMLElement).innerText.trim(),
			);
			return [...element.querySelectorAll('tbody tr')].map((row) =>
				Object.fromEntries(
					[...row.querySelectorAll('td')].map((cell, i) => [
						header[i] ?? '',
						cell.innerText.trim(),
					]),
				),
			);
		});
	}

	async hints(): Promise<string> {
		return (await this.byId('node-hint').allInnerTexts()).join('\n');
	}

	async screenshot(name: string): Promise<void> {
		await this.page.waitForTimeout(400);
		await this.page.screenshot({ path: join(this.#images, `${name}.png`) });
	}

	/** Waits until the editor has saved by itself. */
	async saved(): Promise<void> {
		await this.page.waitForTimeout(3000);
	}

	async closeToasts(): Promise<void> {
		for (const button of await this.page.locator('.el-notification__closeBtn').all()) {
			await button.dispatchEvent('click').catch(() => undefined);
		}
		await this.page.waitForTimeout(300);
	}

	async #openList(parameter: string): Promise<Locator> {
		const select = this.byId(`parameter-input-${parameter}`);
		const input = select.locator('input').first();
		for (let attempt = 0; attempt < 5; attempt++) {
			if ((await input.getAttribute('aria-expanded')) === 'true') break;
			await select.click();
			await this.page.waitForTimeout(250);
		}
		return this.page.locator(`#${(await input.getAttribute('aria-controls')) ?? 'none'}`);
	}
}
