import { createReadStream } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createConnection } from 'mysql2/promise';
import { CUSTOMER_COLUMNS, WRITTEN_COLUMNS } from './customers-file.mjs';

/** MySQL cannot have a text of any length as a key. */
const TYPES = { text: 'varchar(255)', 'text primary key': 'varchar(64) primary key' };

const definition = Object.entries(CUSTOMER_COLUMNS)
	.map(([name, type]) => `${name} ${TYPES[type] ?? type}`)
	.join(', ');

const overwrite = WRITTEN_COLUMNS.map((name) => `${name} = values(${name})`).join(', ');

const CREATE_STAGE = `create temporary table stage (${definition.replace(' primary key', '')})`;
const UPSERT = `insert into customers select * from stage on duplicate key update ${overwrite}`;

const columns = Object.keys(CUSTOMER_COLUMNS).map((name) => (name === 'active' ? '@active' : name));
const copy = (file) =>
	`load data local infile '${file}' into table stage character set utf8mb4 fields terminated by ',' optionally enclosed by '"' escaped by '' lines terminated by '\\n' ignore 1 lines (${columns.join(', ')}) set active = @active = 'true'`;

/** A MySQL or MariaDB table for the benchmark, and the server's own way to load a file into it. */
export class MySqlBench {
	constructor(config) {
		this.config = { ...config, database: 'data_import_bench' };
		this.name = 'customers';
	}

	async prepare() {
		await this.run(`create database if not exists ${this.config.database}`, {
			database: undefined,
		});
		await this.run('drop table if exists customers');
		await this.run(`create table customers (${definition}) character set utf8mb4`);
	}

	async empty() {
		await this.run('truncate customers');
	}

	settle() {
		return Promise.resolve();
	}

	async count() {
		const [rows] = await this.run('select count(*) as n from customers');
		return Number(rows[0].n);
	}

	/** Staging table, LOAD DATA, INSERT ... ON DUPLICATE KEY UPDATE. @returns seconds */
	load(file) {
		return this.#timed([CREATE_STAGE, copy(file), UPSERT], file);
	}

	/** The staging table alone. @returns seconds */
	copy(file) {
		return this.#timed([CREATE_STAGE, copy(file)], file);
	}

	async drop() {
		await this.run(`drop database if exists ${this.config.database}`, { database: undefined });
	}

	async run(text, config = {}) {
		const connection = await createConnection({ ...this.config, ...config });
		try {
			return await connection.query(text);
		} finally {
			await connection.end();
		}
	}

	async #timed(statements, file) {
		const started = performance.now();
		const client = ['mariadb', 'mysql'].find((name) => spawnSync(name, ['--version']).status === 0);
		if (client !== undefined) this.#withClient(client, statements);
		else await this.#withDriver(statements, file);
		return (performance.now() - started) / 1000;
	}

	#withClient(client, statements) {
		const { host, port, user, password, database } = this.config;
		const { status, stderr } = spawnSync(
			client,
			['--local-infile=1', '-h', host, '-P', String(port), '-u', user, database],
			{
				input: statements.map((statement) => `${statement};\n`).join(''),
				encoding: 'utf8',
				env: { ...process.env, MYSQL_PWD: password },
			},
		);
		if (status !== 0) throw new Error(`${client}: ${stderr}`);
	}

	async #withDriver(statements, file) {
		const connection = await createConnection({ ...this.config, flags: ['LOCAL_FILES'] });
		for (const statement of statements) {
			await connection.query({
				sql: statement,
				infileStreamFactory: () => createReadStream(file),
			});
		}
		await connection.end();
	}
}
