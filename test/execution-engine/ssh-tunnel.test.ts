import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { describeWithMariaDb, mariaDbConfig, TestDatabase } from '../mariadb-server';
import { describeWithPostgres, postgresConfig, TestSchema } from '../postgres-server';
import { SshServer } from '../ssh-server';
import { fileItem, jsonOf, runNodes, type PlacedNode } from './run-nodes';

const server = new SshServer();
let port: number;

beforeAll(async () => {
	port = await server.listen();
});

afterAll(() => server.close());

const withPassword = () => ({
	sshTunnel: true,
	sshAuthenticateWith: 'password',
	sshHost: '127.0.0.1',
	sshPort: port,
	sshUser: server.user,
	sshPassword: server.password,
});

const withKey = () => ({
	sshTunnel: true,
	sshAuthenticateWith: 'privateKey',
	sshHost: '127.0.0.1',
	sshPort: port,
	sshUser: server.user,
	// as a field of one line makes of it
	privateKey: server.privateKey.trim().replaceAll('\n', ' '),
	passphrase: server.passphrase,
});

const ROWS = 3000;
const file = fileItem(
	['id,name', ...Array.from({ length: ROWS }, (_, i) => `${i + 1},Person ${i + 1}`)].join('\n'),
	'people.csv',
);

const nodes = (database: string, table: string): PlacedNode[] => [
	{ name: 'Parse', type: 'parseSpreadsheet', parameters: {} },
	{
		name: 'Upsert',
		type: 'matchUpsert',
		parameters: {
			database,
			table: { __rl: true, mode: 'name', value: table },
			matchOn: ['id'],
			mode: 'apply',
		},
	},
];

const importFile = (
	database: 'postgres' | 'mySql',
	table: string,
	credential: ICredentialDataDecryptedObject,
) => runNodes(nodes(database, table), [file], { [database]: credential });

describeWithPostgres('PostgreSQL behind an SSH server', () => {
	const schema = new TestSchema();
	beforeAll(() => schema.create());
	afterAll(() => schema.drop());

	test.each([
		['a password', withPassword],
		['a private key with a passphrase', withKey],
	])('rows are written through a tunnel with %s, and no connection stays', async (_, login) => {
		await schema.query('create table if not exists people (id integer primary key, name text)');
		await schema.query('delete from people');
		const before = server.forwarded;
		const run = await importFile('postgres', `${schema.name}.people`, {
			...postgresConfig,
			ssl: 'disable',
			...login(),
		});
		expect(jsonOf(run, 'Upsert')[0]).toMatchObject({ status: 'applied', inserted: ROWS });
		expect(server.forwarded).toBeGreaterThan(before);
		await server.idle();
		expect(server.open.size).toBe(0);
		expect(await schema.query('select count(*)::int as rows from people')).toEqual([
			{ rows: ROWS },
		]);
	});

	test.each([
		[
			'a wrong password',
			() => ({ sshPassword: 'guess' }),
			/^The SSH server 127\.0\.0\.1:\d+ refuses the login of tunnel \[RUN_CONNECTION\]$/,
		],
		[
			'an SSH server that is not there',
			() => ({ sshPort: 1 }),
			/^The SSH server 127\.0\.0\.1:1 cannot be reached: nothing listens there /,
		],
		[
			'a key that is none',
			() => ({ sshAuthenticateWith: 'privateKey', privateKey: 'abc', passphrase: '' }),
			/^The private key for the SSH server 127\.0\.0\.1:\d+ cannot be read: /,
		],
		[
			'a database that the SSH server does not reach',
			() => ({ port: 1 }),
			/^PostgreSQL: The SSH server 127\.0\.0\.1:\d+ does not connect to .*:1: it refused /,
		],
	])('%s ends the import with plain words', async (_, wrong, message) => {
		const run = await importFile('postgres', `${schema.name}.people`, {
			...postgresConfig,
			ssl: 'disable',
			...withPassword(),
			...wrong(),
		});
		const { error } = run.data.resultData;
		expect(error?.message).toMatch(message);
		expect(error).toMatchObject({ context: { code: 'RUN_CONNECTION' } });
	});

	test('an SSH server that goes away during the load ends it, and nothing is written', async () => {
		await schema.query(
			`create table slow (id integer primary key, name text);
			create function wait() returns trigger language plpgsql as
				'begin perform pg_sleep(20); return new; end';
			create trigger waits before insert on slow for each statement execute function wait()`,
		);
		const running = importFile('postgres', `${schema.name}.slow`, {
			...postgresConfig,
			ssl: 'disable',
			...withPassword(),
		});
		const sleeping = async () =>
			(await schema.query(`select 1 from pg_stat_activity where wait_event = 'PgSleep'`)).length;
		while ((await sleeping()) === 0) await new Promise((done) => setTimeout(done, 50));
		server.cut();
		const { error } = (await running).data.resultData;
		expect(error).toMatchObject({ context: { code: 'RUN_CONNECTION' } });
		await schema.query(
			`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'`,
		);
		expect(await schema.query('select count(*)::int as rows from slow')).toEqual([{ rows: 0 }]);
	});
});

describeWithMariaDb('MariaDB behind an SSH server', () => {
	const database = new TestDatabase();
	beforeAll(() => database.create());
	afterAll(() => database.drop());

	test('rows are written through a tunnel, and no connection stays', async () => {
		await database.query('create table people (id integer primary key, name text)');
		const before = server.forwarded;
		const run = await importFile('mySql', 'people', {
			...mariaDbConfig,
			database: database.name,
			...withPassword(),
		});
		expect(jsonOf(run, 'Upsert')[0]).toMatchObject({ status: 'applied', inserted: ROWS });
		expect(server.forwarded).toBeGreaterThan(before);
		await server.idle();
		expect(server.open.size).toBe(0);
		expect(await database.query('select count(*) as n from people')).toEqual([{ n: ROWS }]);
	});

	test('a database that the SSH server does not reach ends the import with plain words', async () => {
		const run = await importFile('mySql', 'people', {
			...mariaDbConfig,
			database: database.name,
			port: 1,
			...withPassword(),
		});
		const { error } = run.data.resultData;
		expect(error?.message).toMatch(
			/^MySQL: The SSH server 127\.0\.0\.1:\d+ does not connect to .*:1: it refused /,
		);
		expect(error).toMatchObject({ context: { code: 'RUN_CONNECTION' } });
	});
});
