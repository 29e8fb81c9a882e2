import { Client } from 'pg';
import type { PostgresConfig } from '../engine';

/** Where the tests look for PostgreSQL: the usual variables, or the defaults on this machine. */
export const postgresConfig = {
	host: process.env.PGHOST ?? '127.0.0.1',
	port: Number(process.env.PGPORT ?? 5432),
	user: process.env.PGUSER ?? 'postgres',
	password: process.env.PGPASSWORD ?? '',
	database: process.env.PGDATABASE ?? 'postgres',
} satisfies PostgresConfig;

/** Set by the test runner, which has looked for the server and tried to start or install it. */
const available = process.env.DATA_IMPORT_POSTGRES !== 'missing';

/** Tests that need PostgreSQL; skipped, and counted by the runner, where no server is to be had. */
export const describeWithPostgres = available ? describe : describe.skip;

/** A schema of its own for one test file, gone at the end. */
export class TestSchema {
	readonly name = `data_import_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;

	readonly client = new Client({ ...postgresConfig });

	async create(): Promise<void> {
		await this.client.connect();
		await this.client.query(`create schema ${this.name}`);
		await this.client.query(`set search_path to ${this.name}`);
	}

	async query(text: string): Promise<Array<Record<string, unknown>>> {
		const { rows } = await this.client.query<Record<string, unknown>>(text);
		return rows;
	}

	async drop(): Promise<void> {
		await this.client.query(`drop schema ${this.name} cascade`);
		await this.client.end();
	}
}
