import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { SqliteFile } from '../../dataset';
import { ImportError } from '../../issues';
import { CheckedTemplateStore } from './checked-template-store';
import type { StoredTemplate, StoredTemplates } from './template-store';

const SCHEMA =
	'create table if not exists templates (name text primary key, saved_at text not null, content text not null, revision integer not null default 0)';

/** Templates in an SQLite file, which is made when the first one is saved. */
export class SqliteTemplateStore extends CheckedTemplateStore {
	constructor(path: string) {
		super(new SqliteTemplates(path), path);
	}
}

/** The table in the file. All methods throw ImportError RUN_TEMPLATE when the file cannot be used. */
class SqliteTemplates implements StoredTemplates {
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

	async names(): Promise<string[]> {
		const rows = await this.#file.read((database) =>
			database.prepare('select name from templates').all(),
		);
		return (rows ?? []).map(({ name }) => String(name));
	}

	async list(): Promise<StoredTemplate[]> {
		const rows = await this.#file.read((database) =>
			database.prepare('select * from templates').all(),
		);
		return (rows ?? []).map(asStored);
	}

	async find(name: string): Promise<StoredTemplate | undefined> {
		const row = await this.#file.read((database) =>
			database.prepare('select * from templates where name = ?').get(name),
		);
		return row && asStored(row);
	}

	insert({ name, savedAt, content, revision }: StoredTemplate): Promise<boolean> {
		return this.#change(
			'insert into templates (name, saved_at, content, revision) values (?, ?, ?, ?) on conflict do nothing',
			[name, savedAt, content, revision],
		);
	}

	replace({ name, savedAt, content, revision }: StoredTemplate, before: number): Promise<boolean> {
		return this.#change(
			'update templates set saved_at = ?, content = ?, revision = ? where name = ? and revision = ?',
			[savedAt, content, revision, name, before],
		);
	}

	async delete(name: string): Promise<boolean> {
		if (!this.#file.exists) return false;
		return await this.#change('delete from templates where name = ?', [name]);
	}

	/** @returns whether a row was changed */
	#change(statement: string, values: Array<string | number>): Promise<boolean> {
		return this.#file.write((database) => {
			addRevisions(database);
			return Number(database.prepare(statement).run(...values).changes) > 0;
		});
	}
}

/** A file that was made before there were revisions has no column for them, and counts from 0. */
const asStored = (row: Record<string, SQLOutputValue>): StoredTemplate => ({
	name: String(row.name),
	savedAt: String(row.saved_at),
	content: String(row.content),
	revision: Number(row.revision ?? 0),
});

function addRevisions(database: DatabaseSync): void {
	const hasRevision = database
		.prepare("select 1 from pragma_table_info('templates') where name = 'revision'")
		.get();
	if (hasRevision === undefined) {
		database.exec('alter table templates add column revision integer not null default 0');
	}
}
