import {
	CheckedTemplateStore,
	MySqlDocuments,
	PostgresDocuments,
	type TemplateStore,
} from '../../../../engine';
import { describeWithMariaDb, mariaDbConfig, TestDatabase } from '../../../mariadb-server';
import { describeWithPostgres, postgresConfig, TestSchema } from '../../../postgres-server';
import { describeTemplateStore, template } from './store-cases';

const TABLE = 'data_import_templates';

const rowOf = (name: string, content: string) => `('${name}', '2030-01-01', '${content}', 1)`;

describeWithPostgres('templates in PostgreSQL', () => {
	const schema = new TestSchema();

	const open = (more: object = {}, schemaName = schema.name): TemplateStore =>
		new CheckedTemplateStore(
			new PostgresDocuments({ ...postgresConfig, ...more }, { schema: schemaName, name: TABLE }),
			'PostgreSQL',
		);

	beforeAll(() => schema.create());

	afterEach(() => schema.query(`drop table if exists ${TABLE}`));

	afterAll(() => schema.drop());

	describeTemplateStore(() => ({
		open,
		put: async (name, content) => {
			await schema.query(`insert into ${TABLE} values ${rowOf(name, content)}`);
		},
	}));

	test('where the table is there, a user needs no right to make one; each right that is missing is named', async () => {
		const role = `${schema.name}_user`;
		await schema.query(`create role ${role} login`);
		const asRole = open({ user: role });
		const denied = (what: string) => ({
			code: 'WRITE_DENIED',
			message: `The templates in PostgreSQL cannot be used: PostgreSQL: permission denied for ${what}`,
			issue: { hint: expect.stringContaining('select, insert, update and delete') },
		});
		try {
			await expect(asRole.names()).rejects.toMatchObject(denied(`schema ${schema.name}`));
			await schema.query(`grant usage on schema ${schema.name} to ${role}`);
			expect(await asRole.names()).toEqual([]);
			const saving = asRole.save(template('Leads'));
			await expect(saving).rejects.toMatchObject(denied(`schema ${schema.name}`));
			await open().save(template('Leads'));
			await expect(asRole.names()).rejects.toMatchObject(denied(`table ${TABLE}`));
			await schema.query(`grant select on ${TABLE} to ${role}`);
			expect(await asRole.names()).toEqual(['Leads']);
			const writing = asRole.save(template('Other'));
			await expect(writing).rejects.toMatchObject(denied(`table ${TABLE}`));
			await schema.query(`grant insert, update, delete on ${TABLE} to ${role}`);
			expect(await asRole.save(template('Other'))).toBe('created');
			expect(await asRole.save(template('Leads', { unmapped: 'keep' }))).toBe('replaced');
			expect(await asRole.delete('Other')).toBe(true);
		} finally {
			await schema.query(`drop owned by ${role}`);
			await schema.query(`drop role ${role}`);
		}
	});

	test('without a schema the table is in that of the connection', async () => {
		const role = `${schema.name}_user`;
		await schema.query(`create role ${role} login`);
		await schema.query(`alter role ${role} set search_path = ${schema.name}`);
		await schema.query(`grant usage, create on schema ${schema.name} to ${role}`);
		try {
			const documents = new PostgresDocuments({ ...postgresConfig, user: role }, { name: TABLE });
			await new CheckedTemplateStore(documents, 'PostgreSQL').save(template('Leads'));
			expect(await schema.query(`select name, revision from ${schema.name}.${TABLE}`)).toEqual([
				{ name: 'Leads', revision: 1 },
			]);
		} finally {
			await schema.query(`drop owned by ${role}`);
			await schema.query(`drop role ${role}`);
		}
	});

	test('a schema that is not there, and a table of another form, are said', async () => {
		await expect(open({}, 'no_such').save(template('Leads'))).rejects.toMatchObject({
			code: 'RUN_TEMPLATE',
			message:
				'The templates in PostgreSQL cannot be used: PostgreSQL: schema "no_such" does not exist',
		});
		await schema.query(`create table ${TABLE} (name text)`);
		await expect(open().list()).rejects.toMatchObject({
			code: 'RUN_TEMPLATE',
			message: expect.stringContaining('column "saved_at" does not exist'),
		});
	});

	test('a server that does not answer is said to be unreachable', async () => {
		await expect(open({ port: 1 }).names()).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
			message: expect.stringContaining('ECONNREFUSED'),
		});
		await expect(open({ user: 'no_such_user' }).names()).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
		});
	});
});

describeWithMariaDb('templates in MariaDB', () => {
	const database = new TestDatabase();

	const open = (more: object = {}): TemplateStore =>
		new CheckedTemplateStore(
			new MySqlDocuments({ ...mariaDbConfig, ...more }, { schema: database.name, name: TABLE }),
			'MySQL',
		);

	beforeAll(() => database.create());

	afterEach(() => database.query(`drop table if exists ${TABLE}`));

	afterAll(() => database.drop());

	describeTemplateStore(() => ({
		open,
		put: async (name, content) => {
			await database.query(`insert into ${TABLE} values ${rowOf(name, content)}`);
		},
	}));

	test('where the table is there, a user needs no right to make one; a right that is missing is named', async () => {
		const user = `u${database.name.slice(-10)}`;
		await database.query(`create user '${user}'@'%' identified by 'p'`);
		const asUser = open({ user, password: 'p' });
		const denied = {
			code: 'WRITE_DENIED',
			// of the database, and later of the table
			message: expect.stringMatching(/(?:Access denied for|command denied to) user '/),
			issue: { hint: expect.stringContaining('select, insert, update and delete') },
		};
		const grant = (rights: string) =>
			database.query(`grant ${rights} on ${database.name}.${TABLE} to '${user}'@'%'`);
		try {
			await expect(asUser.names()).rejects.toMatchObject(denied);
			await open().save(template('Leads'));
			await grant('select');
			expect(await asUser.names()).toEqual(['Leads']);
			await expect(asUser.save(template('Other'))).rejects.toMatchObject(denied);
			await grant('insert, update, delete');
			expect(await asUser.save(template('Other'))).toBe('created');
			expect(await asUser.save(template('Leads', { unmapped: 'keep' }))).toBe('replaced');
			expect(await asUser.delete('Other')).toBe(true);
		} finally {
			await database.query(`drop user '${user}'@'%'`);
		}
	});

	test('a database is named in the schema or in the connection; without one it is said', async () => {
		const at = (connected: string | undefined) =>
			new CheckedTemplateStore(
				new MySqlDocuments({ ...mariaDbConfig, database: connected }, { name: TABLE }),
				'MySQL',
			);
		await expect(at(undefined).names()).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			message: 'The credential names no database',
		});
		expect(await at(database.name).save(template('Leads'))).toBe('created');
		expect(await open().names()).toEqual(['Leads']);
	});

	test('a database that is not there, and a table of another form, are said', async () => {
		await expect(open({ database: 'no_such' }).names()).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
			message: "MySQL: Unknown database 'no_such'",
		});
		await database.query(`create table ${TABLE} (name text)`);
		await expect(open().list()).rejects.toMatchObject({
			code: 'RUN_TEMPLATE',
			message: expect.stringContaining("Unknown column 'saved_at'"),
		});
	});

	test('a server that does not answer, or refuses the login, is said to be unreachable', async () => {
		await expect(open({ port: 1 }).names()).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
			message: expect.stringContaining('ECONNREFUSED'),
		});
		await expect(open({ user: 'no_such_user', password: 'x' }).names()).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
			message: expect.stringContaining('Access denied'),
		});
	});
});
