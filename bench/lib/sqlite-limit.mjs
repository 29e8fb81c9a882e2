import { createReadStream, existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { spawnSync } from 'node:child_process';
import Papa from 'papaparse';
import { CUSTOMER_COLUMNS, WRITTEN_COLUMNS } from './customers-file.mjs';

const definition = Object.entries(CUSTOMER_COLUMNS)
	.map(([name, type]) => `${name} ${type}`)
	.join(', ');

const overwrite = WRITTEN_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ');
const UPSERT = `insert into customers select * from stage where true on conflict (customer_id) do update set ${overwrite}`;

/** A SQLite table for the benchmark, and SQLite's own way to load a file into it. */
export class SqliteBench {
	table = 'customers';

	constructor(path) {
		this.path = path;
	}

	prepare() {
		this.#remove();
		this.#use((database) => database.exec(`create table customers (${definition})`));
	}

	empty() {
		this.prepare();
	}

	settle() {
		return Promise.resolve();
	}

	count() {
		return this.#use((database) =>
			Number(database.prepare('select count(*) as n from customers').get().n),
		);
	}

	/** A temporary table, .import, INSERT ... ON CONFLICT: by the sqlite3 shell where it is installed, else by node:sqlite. @returns seconds */
	load(file) {
		return this.#timed(file, `${UPSERT};`);
	}

	/** The temporary table alone. @returns seconds */
	copy(file) {
		return this.#timed(file, '');
	}

	async #timed(file, then) {
		const started = performance.now();
		if (spawnSync('sqlite3', ['-version']).status === 0) this.#withShell(file, then);
		else await this.#withNode(file, then);
		return (performance.now() - started) / 1000;
	}

	drop() {
		this.#remove();
	}

	#withShell(file, then) {
		const create = `create temp table stage (${definition});`;
		const commands = `.bail on\nbegin;\n${create}\n.import --csv --skip 1 ${file} stage\n${then}\ncommit;\n`;
		const { status, stderr } = spawnSync('sqlite3', [this.path], {
			input: commands,
			encoding: 'utf8',
		});
		if (status !== 0) throw new Error(`sqlite3: ${stderr}`);
	}

	async #withNode(file, then) {
		const database = new DatabaseSync(this.path);
		database.exec(`begin; create temp table stage (${definition})`);
		const places = Object.keys(CUSTOMER_COLUMNS)
			.map(() => '?')
			.join(', ');
		const insert = database.prepare(`insert into stage values (${places})`);
		let first = true;
		await new Promise((resolve, reject) => {
			Papa.parse(createReadStream(file, 'utf8'), {
				step: ({ data }) => {
					if (!first && data.length > 1) insert.run(...data);
					first = false;
				},
				complete: resolve,
				error: reject,
			});
		});
		database.exec(`${then} commit`);
		database.close();
	}

	#use(work) {
		const database = new DatabaseSync(this.path);
		try {
			return work(database);
		} finally {
			database.close();
		}
	}

	#remove() {
		for (const suffix of ['', '-journal', '-wal', '-shm']) {
			if (existsSync(this.path + suffix)) rmSync(this.path + suffix);
		}
	}
}
