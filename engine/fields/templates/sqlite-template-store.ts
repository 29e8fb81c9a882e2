import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ImportError } from '../../issues';
import { readTemplate, type MappingTemplate } from './template';
import { summaryOf, type TemplateStore, type TemplateSummary } from './template-store';

/** Owner only: mappings may hold constants and value lists that are nobody else's business. */
const FILE_MODE = 0o600;

/** SQLite itself waits synchronously for a lock, so it waits briefly, and the rest is waited for between the attempts. */
const BUSY_TIMEOUT_MS = 50;
const RETRY_MS = 50;
const LONGEST_WAIT_MS = 10_000;

/** https://www.sqlite.org/rescode.html: the low byte is the code, what is above refines it. */
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;

const SCHEMA =
	'create table if not exists templates (name text primary key, saved_at text not null, content text not null)';

/**
 * Templates in an SQLite file, which is made when the first one is saved. Several processes may use the file at the same
 * time: each operation opens it, is one transaction, and waits up to 10 s for others.
 *
 * All methods throw ImportError RUN_TEMPLATE when the file cannot be used.
 */
export class SqliteTemplateStore implements TemplateStore {
	readonly #path: string;

	constructor(path: string) {
		this.#path = path;
	}

	async list(): Promise<TemplateSummary[]> {
		const rows = await this.#read((database) =>
			database.prepare('select name, saved_at, content from templates order by name').all(),
		);
		return (rows ?? []).map(({ name, saved_at: savedAt, content }) => {
			try {
				return summaryOf(readTemplate(content));
			} catch (error) {
				if (!(error instanceof ImportError)) throw error;
				// one that another version wrote must not hide the others
				const nothing = { fields: [], columns: [], hasContract: false };
				return { name: String(name), savedAt: String(savedAt), ...nothing };
			}
		});
	}

	async find(name: string): Promise<MappingTemplate | undefined> {
		const row = await this.#read((database) =>
			database.prepare('select content from templates where name = ?').get(name),
		);
		return row === undefined ? undefined : readTemplate(row.content);
	}

	async read(name: string): Promise<MappingTemplate> {
		const template = await this.find(name);
		if (template !== undefined) return template;
		const names = (await this.list()).map((known) => `"${known.name}"`);
		throw new ImportError('RUN_TEMPLATE', `There is no template "${name}"`, {
			value: name,
			hint:
				names.length === 0
					? 'No template is saved yet. Set Save as Template in the options of Map Fields, and run it once.'
					: `The templates are ${names.join(', ')}.`,
		});
	}

	async save(template: MappingTemplate): Promise<'created' | 'replaced' | 'unchanged'> {
		// what is saved is what can be read again
		const content = readTemplate(JSON.stringify(template));
		return await this.#write((database) => {
			const select = 'select content from templates where name = ?';
			const before = database.prepare(select).get(content.name);
			if (before !== undefined && saysTheSame(before.content, content)) return 'unchanged';
			database
				.prepare('insert or replace into templates values (?, ?, ?)')
				.run(content.name, content.savedAt, JSON.stringify(content));
			return before === undefined ? 'created' : 'replaced';
		});
	}

	async delete(name: string): Promise<boolean> {
		if (!existsSync(this.#path)) return false;
		return await this.#write((database) => {
			const { changes } = database.prepare('delete from templates where name = ?').run(name);
			return Number(changes) > 0;
		});
	}

	/** @returns undefined where nothing was ever saved */
	async #read<T>(work: (database: DatabaseSync) => T): Promise<T | undefined> {
		if (!existsSync(this.#path)) return undefined;
		return await this.#attempt(() =>
			this.#open(true, (database) => (hasTable(database) ? work(database) : undefined)),
		);
	}

	async #write<T>(work: (database: DatabaseSync) => T): Promise<T> {
		return await this.#attempt(() => {
			this.#create();
			return this.#open(false, (database) => {
				// a lock for writing from the start: two that read first and write then could not both go on
				database.exec('begin immediate');
				database.exec(SCHEMA);
				const result = work(database);
				database.exec('commit');
				return result;
			});
		});
	}

	#create(): void {
		if (existsSync(this.#path)) return;
		mkdirSync(dirname(this.#path), { recursive: true });
		closeSync(openSync(this.#path, 'a', FILE_MODE));
	}

	#open<T>(readOnly: boolean, work: (database: DatabaseSync) => T): T {
		const database = new DatabaseSync(this.#path, { readOnly, timeout: BUSY_TIMEOUT_MS });
		try {
			return work(database);
		} finally {
			// what was not committed is taken back
			database.close();
		}
	}

	async #attempt<T>(work: () => T): Promise<T> {
		for (let waited = 0; ; waited += RETRY_MS + BUSY_TIMEOUT_MS) {
			try {
				return work();
			} catch (error) {
				if (error instanceof ImportError) throw error;
				if (!isBusy(error) || waited >= LONGEST_WAIT_MS) throw this.#failure(error);
			}
			await wait(RETRY_MS);
		}
	}

	#failure(error: unknown): ImportError {
		const reason = error instanceof Error ? error.message : String(error);
		return new ImportError(
			'RUN_TEMPLATE',
			`The templates in ${this.#path} cannot be used: ${reason}`,
			{ hint: 'Look whether n8n may write there, and whether the file is damaged.' },
			{ cause: error },
		);
	}
}

const hasTable = (database: DatabaseSync): boolean =>
	database
		.prepare("select 1 from sqlite_master where type = 'table' and name = 'templates'")
		.get() !== undefined;

function isBusy(error: unknown): boolean {
	const { errcode } = error as { errcode?: unknown };
	if (typeof errcode !== 'number') return false;
	const code = errcode % 256;
	return code === SQLITE_BUSY || code === SQLITE_LOCKED;
}

/** The time when it was saved does not count. */
function saysTheSame(saved: unknown, template: MappingTemplate): boolean {
	try {
		const before = readTemplate(saved);
		const plain = JSON.parse(JSON.stringify(template)) as MappingTemplate;
		return isDeepStrictEqual(
			JSON.parse(JSON.stringify({ ...before, savedAt: '' })),
			JSON.parse(JSON.stringify({ ...plain, savedAt: '' })),
		);
	} catch {
		return false;
	}
}
