import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';

/** Where the tests look for MariaDB: set by the test runner, or the defaults. */
export const mariaDbConfig = {
	host: process.env.MYSQL_HOST ?? '127.0.0.1',
	port: Number(process.env.MYSQL_PORT ?? 3306),
	user: process.env.MYSQL_USER ?? 'root',
	password: process.env.MYSQL_PASSWORD ?? '',
};

/** Set by the test runner, which has looked for the server and tried to start or install it. */
const available = process.env.DATA_IMPORT_MARIADB !== 'missing';

/** Tests that need MariaDB; skipped, and counted by the runner, where no server is to be had. */
export const describeWithMariaDb = available ? describe : describe.skip;

/** A database of its own for one test file, gone at the end. */
export class TestDatabase {
	readonly name = `data_import_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;

	#connection: Connection | undefined;

	async create(): Promise<void> {
		this.#connection = await createConnection(mariaDbConfig);
		await this.#connection.query(
			`create database \`${this.name}\` character set utf8mb4 collate utf8mb4_general_ci`,
		);
		await this.#connection.query(`use \`${this.name}\``);
	}

	async query(text: string): Promise<Array<Record<string, unknown>>> {
		if (this.#connection === undefined) throw new Error('the database is not made yet');
		const [rows] = await this.#connection.query<RowDataPacket[]>(text);
		return rows;
	}

	async drop(): Promise<void> {
		await this.#connection?.query(`drop database \`${this.name}\``);
		await this.#connection?.end();
	}
}
