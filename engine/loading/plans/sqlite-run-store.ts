import { ImportError } from '../../issues';
import { SqliteFile } from '../../dataset';
import type { ImportParts, KeptPlan, KeptRow, RunStore } from './run-store';

/** Plans beyond these, the oldest first, and plans that are older, are removed when the next one is kept. */
const MOST_PLANS = 20;
const OLDEST_PLAN_MS = 30 * 24 * 60 * 60 * 1000;

/** The rows of a removed plan go so many at a time: others may want to write in between. */
const ROWS_REMOVED_AT_ONCE = 20_000;

const SCHEMA = `
	create table if not exists plans (
		id integer primary key, token text not null unique, made_at text not null, parts text not null,
		columns text not null, complete integer not null
	);
	create table if not exists planned_rows (
		plan integer, row_no integer, action text not null, digest blob not null, primary key (plan, row_no)
	) without rowid;
	create table if not exists last_runs (name text primary key, row_count integer not null, ended_at text not null)`;

/** Plans and counts of runs in an SQLite file. Several processes may use it at the same time. */
export class SqliteRunStore implements RunStore {
	readonly #file: SqliteFile;

	readonly #now: () => Date;

	/** @param now the time that plans are made at and grow old by */
	constructor(path: string, now = () => new Date()) {
		this.#now = now;
		this.#file = new SqliteFile({
			path,
			table: 'plans',
			schema: SCHEMA,
			failure: (reason, cause) =>
				new ImportError(
					'RUN_STATE',
					`The plans in ${path} cannot be used: ${reason}`,
					{ hint: 'Look whether n8n may write there, and whether the file is damaged.' },
					{ cause },
				),
		});
	}

	async keepPlan(
		{ token, madeAt, parts, columns }: KeptPlan,
		pages: AsyncIterable<readonly KeptRow[]>,
	): Promise<void> {
		const id = await this.#file.write((database) =>
			Number(
				database
					.prepare(
						'insert into plans (token, made_at, parts, columns, complete) values (?, ?, ?, ?, 0)',
					)
					.run(token, madeAt, JSON.stringify(parts), JSON.stringify(columns)).lastInsertRowid,
			),
		);
		try {
			for await (const rows of pages) {
				await this.#file.write((database) => {
					const insert = database.prepare('insert into planned_rows values (?, ?, ?, ?)');
					for (const { number, action, digest } of rows) insert.run(id, number, action, digest);
				});
			}
			await this.#file.write((database) => {
				database.prepare('update plans set complete = 1 where id = ?').run(id);
			});
		} catch (error) {
			// what stopped it may keep the rows from being removed, too: then they go with the next plan
			await this.#remove(id).catch(() => undefined);
			throw error;
		}
		await this.#removeOld();
	}

	async plan(token: string): Promise<KeptPlan | undefined> {
		const found = await this.#file.read((database) =>
			database
				.prepare('select made_at, parts, columns from plans where token = ? and complete = 1')
				.get(token),
		);
		if (found === undefined || this.#isTooOld(String(found.made_at))) return undefined;
		return {
			token,
			madeAt: String(found.made_at),
			parts: JSON.parse(String(found.parts)) as ImportParts,
			columns: JSON.parse(String(found.columns)) as string[],
		};
	}

	async plannedRows(token: string, after: number, limit: number): Promise<KeptRow[]> {
		const rows = await this.#file.read((database) =>
			database
				.prepare(
					'select row_no, action, digest from planned_rows where plan = (select id from plans where token = ?) and row_no > ? order by row_no limit ?',
				)
				.all(token, after, limit),
		);
		return (rows ?? []).map(({ row_no, action, digest }) => ({
			number: Number(row_no),
			action: action as KeptRow['action'],
			digest: digest as Uint8Array,
		}));
	}

	async removePlan(token: string): Promise<void> {
		const id = await this.#file.read(
			(database) => database.prepare('select id from plans where token = ?').get(token)?.id,
		);
		if (id !== undefined) await this.#remove(Number(id));
	}

	async lastRows(name: string): Promise<number | undefined> {
		const found = await this.#file.read((database) =>
			database.prepare('select row_count from last_runs where name = ?').get(name),
		);
		return found && Number(found.row_count);
	}

	async keepLastRows(name: string, rows: number): Promise<void> {
		await this.#file.write((database) => {
			database
				.prepare(
					'insert into last_runs values (?, ?, ?) on conflict (name) do update set row_count = excluded.row_count, ended_at = excluded.ended_at',
				)
				.run(name, rows, this.#now().toISOString());
		});
	}

	#isTooOld(madeAt: string): boolean {
		return this.#now().getTime() - Date.parse(madeAt) > OLDEST_PLAN_MS;
	}

	/** An incomplete plan may be in the making by another process: it goes when it is old. */
	async #removeOld(): Promise<void> {
		const plans = await this.#file.read((database) =>
			database.prepare('select id, made_at from plans order by id desc').all(),
		);
		for (const [place, { id, made_at }] of (plans ?? []).entries()) {
			if (place >= MOST_PLANS || this.#isTooOld(String(made_at))) await this.#remove(Number(id));
		}
	}

	/** The plan first, so that nobody finds a part of it. */
	async #remove(id: number): Promise<void> {
		await this.#file.write((database) => {
			database.prepare('update plans set complete = 0 where id = ?').run(id);
		});
		for (;;) {
			const removed = await this.#file.write((database) =>
				Number(
					database
						.prepare(
							'delete from planned_rows where plan = ?1 and row_no in (select row_no from planned_rows where plan = ?1 limit ?2)',
						)
						.run(id, ROWS_REMOVED_AT_ONCE).changes,
				),
			);
			if (removed < ROWS_REMOVED_AT_ONCE) break;
		}
		await this.#file.write((database) => {
			database.prepare('delete from plans where id = ?').run(id);
		});
	}
}
