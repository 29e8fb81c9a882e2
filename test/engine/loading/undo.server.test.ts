import {
	load,
	MySqlTarget,
	openRows,
	PostgresTarget,
	undo,
	type LoadResult,
	type Target,
} from '../../../engine';
import { freshName, mariaDb, postgres, type DisturbedDatabase } from './databases';
import { counts, upsertOn } from './load-cases';
import { describeUndo, describeUndoneTypes, type UndoBench, type UndoneType } from './undo-cases';

const importOne = async (target: Target, database: DisturbedDatabase): Promise<LoadResult> =>
	await load(openRows([{ name: 'id' }], [['1']]), target, {
		table: database.table('kept'),
		rules: upsertOn('id'),
		mode: 'apply',
		journal: { run: freshName() },
	});

/** The right to make tables is missing; what the person is told to have made is made by another. */
const describeRights = (
	database: () => DisturbedDatabase,
	limited: (user: string) => Promise<Target>,
	dropUser: (user: string) => Promise<void>,
	grant: (user: string, rights: string, table: string) => string,
) => {
	test('without the right to make the journal the import says so and writes nothing; made by another, it works', async () => {
		const { run, table } = database();
		const user = freshName();
		await run('create table kept (id integer primary key)');
		const target = await limited(user);
		try {
			await run(grant(user, 'select, insert, update, delete', 'kept'));
			const denied = await importOne(target, database()).catch((error: unknown) => error);
			expect(denied).toMatchObject({
				code: 'WRITE_DENIED',
				message: expect.stringContaining('data_import_journal'),
				issue: { hint: expect.stringContaining('Keep for Undo off') },
			});
			expect(await run('select * from kept')).toEqual([]);
			const { hint } = (denied as { issue: { hint: string } }).issue;
			await run(/create table if not exists .* (?=\. Or)|create table.*?(?=\. Or)/.exec(hint)![0]);
			await run(grant(user, 'select, insert, update', 'data_import_journal'));
			const result = await importOne(target, database());
			expect(counts(result)).toEqual({ rows: 1, inserted: 1 });
			const undone = await undo(target, {
				table: table('kept'),
				run: result.summary.run!,
				mode: 'apply',
			});
			expect(undone.summary).toMatchObject({ status: 'undone', deleted: 1 });
		} finally {
			await run('drop table kept');
			await run('drop table if exists data_import_journal');
			await dropUser(user);
		}
	});
};

const postgresTypes: UndoneType[] = [
	{ type: 'text', before: "E'it''s \"x\" \\\\ \\n\\t ü 日本'", after: 'new' },
	{ type: 'text', before: "''", after: 'new' },
	{ type: 'text', before: 'null', after: 'new' },
	{ type: 'char(5)', before: "'a'", after: 'b' },
	{ type: 'bytea', before: "'\\x00ff0041'", after: '\\x01' },
	{ type: 'bigint', before: '9223372036854775807', after: '1' },
	{ type: 'numeric', before: '12345678901234567890.123456789012345678901234567890', after: '1' },
	{ type: 'numeric', before: "'NaN'", after: '1' },
	{ type: 'numeric(10,3)', before: '1.500', after: '1' },
	{ type: 'real', before: '0.1', after: '1' },
	{ type: 'real', before: '16777216', after: '1' },
	{ type: 'double precision', before: '0.1::float8 + 0.2::float8', after: '1' },
	{ type: 'double precision', before: "'-Infinity'", after: '1' },
	{ type: 'money', before: '1234.56', after: '1' },
	{ type: 'boolean', before: 'true', after: 'no' },
	{ type: 'date', before: "'0044-03-15 BC'", after: '2024-01-01' },
	{ type: 'date', before: "'infinity'", after: '2024-01-01' },
	{ type: 'time', before: "'10:20:30.123456'", after: '10:20:00' },
	{ type: 'timetz', before: "'10:20:30.123456+05:30'", after: '10:20:00Z' },
	{ type: 'timestamp', before: "'2024-10-27 02:30:00.123456'", after: '2024-01-01T00:00:00' },
	{
		type: 'timestamptz',
		before: "'2024-10-27 02:30:00.123456 Europe/Berlin'",
		after: '2024-01-01T00:00:00Z',
	},
	{ type: 'interval', before: "'1 year -2 mons 3 days -04:05:06.789'", after: '1 day' },
	{ type: 'json', before: `'{"b": 1.50,  "a":[12345678901234567890], "b":2}'`, after: '{"a":1}' },
	{ type: 'jsonb', before: `'{"b": 1.50, "a":[12345678901234567890]}'`, after: '{"a":1}' },
	{
		type: 'uuid',
		before: "'6f9619ff-8b86-d011-b42d-00c04fc964ff'",
		after: '00000000-0000-0000-0000-000000000001',
	},
	{ type: 'integer[]', before: "'{{1,2},{3,NULL}}'", after: '[1]' },
	{ type: 'timestamptz[]', before: "'{2024-10-27 02:30:00+02,infinity}'", after: '["2024-01-01"]' },
	{ type: 'text[]', before: `'{"a,b",NULL,"null","\\"q\\""}'`, after: '["x"]' },
	{ type: 'inet', before: "'192.168.0.1/24'", after: '10.0.0.1' },
	{ type: 'bit varying(8)', before: "B'0101'", after: '1' },
	{ type: 'tstzrange', before: "'[2024-01-01 00:00+00, infinity)'", after: 'empty' },
	{ type: 'tsvector', before: "'a:1A b:2'", after: 'c' },
	{ type: 'xml', before: '\'<a b="1"/>\'', after: '<c/>' },
	{ type: 'point', before: "'(0.1,-0.2)'", after: '(1,2)' },
];

const mariaDbTypes: UndoneType[] = [
	{ type: 'text', before: "'it''s \"x\" \\\\ \\n\\t ü 日本 😀'", after: 'new' },
	{ type: 'varchar(20)', before: "concat('a', char(0), 'b')", after: 'new' },
	{ type: 'varchar(20)', before: "'null'", after: 'new' },
	{ type: 'varchar(20)', before: 'null', after: 'new' },
	{ type: 'varchar(20) character set latin1', before: "'ÄÖÜ '", after: 'new' },
	{ type: 'varchar(20) collate utf8mb4_general_ci', before: "'ABC '", after: 'abc' },
	{ type: 'binary(4)', before: "x'00ff0000'", after: 'abcd' },
	{ type: 'varbinary(8)', before: "x'00ff5c27'", after: 'abcd' },
	{ type: 'longblob', before: "x'deadbeef00'", after: 'abcd' },
	{ type: 'bit(1)', before: "b'1'", after: 'no' },
	{
		type: 'bit(64)',
		before: "b'1111111111111111111111111111111111111111111111111111111111111111'",
		after: '1',
	},
	{ type: 'bigint', before: '-9223372036854775808', after: '1' },
	{ type: 'bigint unsigned', before: '18446744073709551615', after: '1' },
	{ type: 'int(5) zerofill', before: '42', after: '1' },
	{
		type: 'decimal(65,30)',
		before: '12345678901234567890.123456789012345678901234567890',
		after: '1',
	},
	{ type: 'float', before: '0.1', after: '1' },
	{ type: 'float', before: '16777217', after: '1' },
	{ type: 'float', before: '3.4028234e38', after: '1' },
	{ type: 'double', before: '0.1e0 + 0.2e0', after: '1' },
	{ type: 'double', before: '1.7976931348623157e308', after: '1' },
	{ type: 'double', before: '4.9406564584124654e-324', after: '1' },
	{ type: 'date', before: "'0000-00-00'", after: '2024-01-01' },
	{ type: 'time(6)', before: "'-838:59:58.999999'", after: '10:20:00' },
	{ type: 'datetime(6)', before: "'2024-10-27 02:30:00.123456'", after: '2024-01-01T00:00:00' },
	{
		type: 'timestamp(6) null',
		before: 'from_unixtime(1729989000.123456)',
		after: '2024-01-01T00:00:00Z',
	},
	{
		type: 'timestamp(6) null',
		before: 'from_unixtime(1729992600.123456)',
		after: '2024-01-01T00:00:00Z',
	},
	{ type: 'year', before: '2024', after: '2000' },
	{ type: "enum('a','b','it''s')", before: "'it''s'", after: 'b' },
	{ type: "set('a','b','c')", before: "'a,c'", after: 'b' },
	{ type: 'json', before: `'{"b": 1.50,  "a":[12345678901234567890]}'`, after: '{"a":1}' },
	{
		type: 'uuid',
		before: "'6f9619ff-8b86-d011-b42d-00c04fc964ff'",
		after: '00000000-0000-0000-0000-000000000001',
	},
	{ type: 'inet6', before: "'2001:db8::1'", after: '::1' },
	{ type: 'point null', before: 'point(0.1, -0.2)', after: null },
];

describe.each([postgres, mariaDb])('$label', ({ label, describe, create }) => {
	describe(`undo in ${label}`, () => {
		let database: DisturbedDatabase;

		const bench = (): UndoBench => ({
			...database,
			numbered: label === 'PostgreSQL' ? 'serial primary key' : 'bigint auto_increment primary key',
			quote: (name) =>
				label === 'PostgreSQL'
					? `"${name.replaceAll('"', '""')}"`
					: `\`${name.replaceAll('`', '``')}\``,
		});

		beforeAll(async () => {
			database = await create();
		});

		afterAll(() => database.drop());

		describeUndo(bench);

		if (label === 'PostgreSQL') {
			describeUndoneTypes(
				bench,
				postgresTypes,
				(left, right) => `${left}::text is not distinct from ${right}::text`,
			);

			describeRights(
				() => database,
				async (user) => {
					await database.run(`create role ${user} login`);
					await database.run('revoke create on schema public from public');
					return new PostgresTarget({ ...database.config, user });
				},
				async (user) => {
					await database.run(`drop owned by ${user}`);
					await database.run(`drop role ${user}`);
				},
				(user, rights, table) => `grant ${rights} on ${table} to ${user}`,
			);
		} else {
			describeUndoneTypes(
				bench,
				mariaDbTypes,
				(left, right) => `hex(${left}) <=> hex(${right}) and (${left} <> ${right}) is not true`,
			);

			describeRights(
				() => database,
				async (user) => {
					await database.run(`create user ${user}@'%' identified by 'secret'`);
					await database.run(
						`grant create temporary tables on ${String(database.config.database)}.* to ${user}@'%'`,
					);
					return new MySqlTarget({ ...database.config, user, password: 'secret' });
				},
				async (user) => {
					await database.run(`drop user ${user}@'%'`);
				},
				(user, rights, table) => `grant ${rights} on ${table} to ${user}@'%'`,
			);
		}
	});
});
