import type { DatabaseSync } from 'node:sqlite';
import { ImportError } from '../../issues';
import { SqliteFile } from '../store/sqlite-file';
import type { CounterChange, CounterStore, KeptCounts } from './counter-store';

const SCHEMA = `
	create table if not exists counters (name text primary key, version integer not null);
	create table if not exists counts (
		name text, key text, count integer not null, primary key (name, key)
	) without rowid`;

/** Counts in an SQLite file, which may hold other things as well. Several processes may use it at the same time. */
export class SqliteCounterStore implements CounterStore {
	readonly #file: SqliteFile;

	constructor(path: string) {
		this.#file = new SqliteFile({
			path,
			table: 'counters',
			schema: SCHEMA,
			failure: (reason, cause) =>
				new ImportError(
					'RUN_STATE',
					`The positions in ${path} cannot be used: ${reason}`,
					{ hint: 'Look whether n8n may write there, and whether the file is damaged.' },
					{ cause },
				),
		});
	}

	async read(name: string): Promise<KeptCounts> {
		const kept = await this.#file.read((database) => {
			const rows = database.prepare('select key, count from counts where name = ?').all(name);
			const counts = new Map(rows.map(({ key, count }) => [String(key), Number(count)]));
			return { version: versionOf(database, name), counts };
		});
		return kept ?? { version: 0, counts: new Map() };
	}

	async commit<T>(changes: readonly CounterChange[], work: () => Promise<T>): Promise<T> {
		return await this.#file.writeAround((database) => {
			for (const change of changes) add(database, change);
		}, work);
	}
}

function versionOf(database: DatabaseSync, name: string): number {
	const row = database.prepare('select version from counters where name = ?').get(name);
	return Number(row?.version ?? 0);
}

function add(database: DatabaseSync, { name, version, added, isExclusive }: CounterChange): void {
	if (isExclusive && versionOf(database, name) !== version) {
		throw new ImportError(
			'RUN_STATE',
			`Another run has gone on counting under "${name}" meanwhile, so numbers would be given twice`,
			{
				value: name,
				hint: 'Nothing was written. Run the import again; it takes the next numbers.',
			},
		);
	}
	database
		.prepare(
			'insert into counters values (?, 1) on conflict (name) do update set version = version + 1',
		)
		.run(name);
	const insert = database.prepare(
		'insert into counts values (?, ?, ?) on conflict (name, key) do update set count = count + excluded.count',
	);
	for (const [key, amount] of added) insert.run(name, key, amount);
}
