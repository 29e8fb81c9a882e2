import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync as Database } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';

/** What the programs of host/ offer, as far as the tests use it. They are ES modules without types. */
export interface Server {
	url: string;
	cookie: string;
	filesFolder: string;
	logTail(lines?: number): string;
	api(method: string, path: string, body?: unknown): Promise<unknown>;
	publicApi(method: string, path: string, body?: unknown): Promise<unknown>;
	importWorkflow(workflow: object): Promise<string>;
	createCredential(credential: object): Promise<string>;
	activate(workflowId: string): Promise<void>;
	deactivate(workflowId: string): Promise<void>;
	webhookUrl(path: string): string;
	runManually(workflowId: string, options?: { timeout?: number }): Promise<Execution>;
	executions(options: { workflowId: string }): Promise<Array<{ id: string; status: string }>>;
	lastExecutionId(workflowId: string): Promise<string>;
	waitForExecution(
		workflowId: string,
		options?: { after?: string; timeout?: number },
	): Promise<Execution>;
	kill(signal?: string): Promise<unknown>;
	stop(): Promise<unknown>;
}

export interface Execution {
	id: string;
	status: string;
	data: {
		resultData: {
			error?: { message: string; description?: string };
			runData: Record<string, Array<{ hints?: Array<{ message: string }> }>>;
		};
	};
}

export interface Workflow {
	id?: string;
	name: string;
	nodes: Array<{
		name: string;
		type: string;
		parameters: Record<string, unknown>;
		credentials?: Record<string, { id: string; name: string }>;
	}>;
	connections: object;
}

interface HostModules {
	install: { prepareN8n(userFolder?: string): Promise<void> };
	server: {
		N8nServer: { start(options: object): Promise<Server> };
		owner: { email: string; password: string };
	};
	runData: {
		jsonOf(run: Execution, node: string, output?: number): Array<Record<string, unknown>>;
		itemsOf(run: Execution, node: string, output?: number): Array<Record<string, unknown>>;
		errorOf(run: Execution): { message: string; description?: string } | undefined;
	};
	examples: {
		prepareExamples(userFolder: string): Promise<string>;
		readExample(name: string, userFolder: string): Workflow;
		sqliteCredentials(workflows: Workflow[], database: string): object[];
	};
	paths: { workFolder: string; repository: string; node24: string };
}

export async function hostModules(): Promise<HostModules> {
	const host = (name: string) => `../../host/${name}.mjs`;
	const [install, server, runData, examples, paths] = (await Promise.all(
		['install', 'server', 'run-data', 'examples', 'paths'].map((name) => import(host(name))),
	)) as [
		HostModules['install'],
		HostModules['server'],
		HostModules['runData'],
		HostModules['examples'],
		HostModules['paths'],
	];
	return { install, server, runData, examples, paths };
}

/** How long a locked database is waited for. */
const LOCKED_MS = 20_000;

/** A real n8n with the packed package, the example files and their SQLite table, made anew. */
export class RealN8n {
	readonly host: HostModules;

	readonly userFolder: string;

	readonly databasePath: string;

	server: Server;

	private constructor(host: HostModules, userFolder: string, databasePath: string, server: Server) {
		this.host = host;
		this.userFolder = userFolder;
		this.databasePath = databasePath;
		this.server = server;
	}

	static async start(name: string): Promise<RealN8n> {
		const host = await hostModules();
		const userFolder = join(host.paths.workFolder, name);
		rmSync(userFolder, { recursive: true, force: true });
		await host.install.prepareN8n(userFolder);
		const databasePath = await host.examples.prepareExamples(userFolder);
		const server = await host.server.N8nServer.start({ userFolder });
		const real = new RealN8n(host, userFolder, databasePath, server);
		const workflows = [real.example('import-contacts.json')];
		for (const credential of host.examples.sqliteCredentials(workflows, databasePath)) {
			await server.createCredential(credential);
		}
		return real;
	}

	/** Starts n8n again in the same user folder, after it was killed. */
	async restart(): Promise<void> {
		this.server = await this.host.server.N8nServer.start({ userFolder: this.userFolder });
	}

	example(name: string): Workflow {
		return this.host.examples.readExample(name, this.userFolder);
	}

	database<T>(use: (database: Database) => T): T {
		if (!existsSync(this.databasePath)) throw new Error('the SQLite file is not there');
		// n8n may be writing at this moment
		const database = new DatabaseSync(this.databasePath, { timeout: LOCKED_MS });
		try {
			return use(database);
		} finally {
			database.close();
		}
	}

	emails(): unknown[] {
		return this.database((database) =>
			database
				.prepare('select email from contacts order by email')
				.all()
				.map(({ email }) => email),
		);
	}

	/** What a query of the SQLite file gives. */
	rows(query: string): Array<Record<string, unknown>> {
		return this.database((database) =>
			database
				.prepare(query)
				.all()
				.map((row) => ({ ...row })),
		);
	}

	emptyTable(): void {
		this.database((database) => {
			database.exec('delete from contacts; delete from leads; delete from subscribers');
			database.exec('delete from report_cards; delete from students');
			database.exec('drop table if exists data_import_files');
		});
	}
}
