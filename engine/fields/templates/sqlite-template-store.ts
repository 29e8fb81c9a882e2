import { isDeepStrictEqual } from 'node:util';
import { SqliteFile } from '../../dataset';
import { ImportError } from '../../issues';
import { readTemplate, type MappingTemplate } from './template';
import { summaryOf, type TemplateStore, type TemplateSummary } from './template-store';

const SCHEMA =
	'create table if not exists templates (name text primary key, saved_at text not null, content text not null)';

/**
 * Templates in an SQLite file, which is made when the first one is saved. Several processes may use the file at the same
 * time: each operation opens it, is one transaction, and waits up to 10 s for others.
 *
 * All methods throw ImportError RUN_TEMPLATE when the file cannot be used.
 */
export class SqliteTemplateStore implements TemplateStore {
	readonly #file: SqliteFile;

	constructor(path: string) {
		this.#file = new SqliteFile({
			path,
			table: 'templates',
			schema: SCHEMA,
			failure: (reason, cause) =>
				new ImportError(
					'RUN_TEMPLATE',
					`The templates in ${path} cannot be used: ${reason}`,
					{ hint: 'Look whether n8n may write there, and whether the file is damaged.' },
					{ cause },
				),
		});
	}

	async list(): Promise<TemplateSummary[]> {
		const rows = await this.#file.read((database) =>
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
		const row = await this.#file.read((database) =>
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
		return await this.#file.write((database) => {
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
		if (!this.#file.exists) return false;
		return await this.#file.write((database) => {
			const { changes } = database.prepare('delete from templates where name = ?').run(name);
			return Number(changes) > 0;
		});
	}
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
