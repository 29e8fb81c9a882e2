import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CUSTOMER_COLUMNS, WRITTEN_COLUMNS } from './customers-file.mjs';

const definition = Object.entries(CUSTOMER_COLUMNS)
	.map(([name, type]) => `${name} ${type}`)
	.join(', ');

const overwrite = WRITTEN_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ');

/** A PostgreSQL table for the benchmark, and the server's own way to load a file into it. */
export class PostgresBench {
	constructor(config) {
		this.config = config;
		this.schema = 'data_import_bench';
		this.table = 'customers';
	}

	async prepare() {
		await this.run(`create schema if not exists ${this.schema}`);
		await this.run(`drop table if exists ${this.name}`);
		await this.run(`create table ${this.name} (${definition})`);
	}

	async empty() {
		await this.run(`truncate ${this.name}`);
		await this.settle();
	}

	/** What the last run left to be written must not fall into the next. */
	async settle() {
		await this.run('checkpoint').catch(() => undefined);
	}

	async count() {
		return Number((await this.run(`select count(*) as n from ${this.name}`)).rows[0].n);
	}

	/** Staging table, COPY, INSERT ... ON CONFLICT: by psql where it is installed, else over the driver. @returns seconds */
	load(file) {
		return this.#timed(file, [
			`insert into ${this.name} select * from stage on conflict (customer_id) do update set ${overwrite}`,
		]);
	}

	/** The staging table and COPY alone. @returns seconds */
	copy(file) {
		return this.#timed(file, []);
	}

	async #timed(file, after) {
		const create = `create temporary table stage (like ${this.name} including defaults)`;
		const started = performance.now();
		const psql = findPsql();
		if (psql !== undefined) this.#withPsql(psql, create, file, after);
		else await this.#withDriver(create, file, after);
		return (performance.now() - started) / 1000;
	}

	async drop() {
		await this.run(`drop schema if exists ${this.schema} cascade`);
	}

	get name() {
		return `${this.schema}.${this.table}`;
	}

	async run(text) {
		const client = new pg.Client(this.config);
		await client.connect();
		try {
			return await client.query(text);
		} finally {
			await client.end();
		}
	}

	#withPsql(psql, create, file, after) {
		const { host, port, user, password, database } = this.config;
		const commands = [create, `\\copy stage from '${file}' csv header`, ...after];
		const { status, stderr } = spawnSync(
			psql,
			['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...commands.flatMap((command) => ['-c', command])],
			{
				encoding: 'utf8',
				env: {
					...process.env,
					PGHOST: host,
					PGPORT: String(port),
					PGUSER: user,
					PGPASSWORD: password,
					PGDATABASE: database,
				},
			},
		);
		if (status !== 0) throw new Error(`psql: ${stderr}`);
	}

	async #withDriver(create, file, after) {
		const client = new pg.Client(this.config);
		await client.connect();
		await client.query(create);
		await pipeline(
			createReadStream(file),
			client.query(copyFrom('copy stage from stdin csv header')),
		);
		for (const statement of after) await client.query(statement);
		await client.end();
	}
}

function findPsql() {
	const folders = (process.env.PATH ?? '').split(':');
	const debian = '/usr/lib/postgresql';
	if (existsSync(debian))
		folders.push(...readdirSync(debian).map((version) => join(debian, version, 'bin')));
	return folders.map((folder) => join(folder, 'psql')).find(existsSync);
}
