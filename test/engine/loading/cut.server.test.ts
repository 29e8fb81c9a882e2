import { MySqlTarget, PostgresTarget } from '../../../engine';
import { mariaDbConfig } from '../../mariadb-server';
import { postgresConfig } from '../../postgres-server';
import {
	counts,
	createCustomers,
	customers,
	EVERYTHING,
	FIRST_TIME,
	resetCustomers,
	SECOND_TIME,
} from './customers';
import { CutProxy, type Cut } from './cut-proxy';
import { mariaDb, postgres, until, type DisturbedDatabase } from './databases';
import { codeOf, disturbed, importCustomers } from './disturbed';

const databases = [
	{
		...postgres,
		port: postgresConfig.port,
		through: (config: object) => new PostgresTarget(config),
	},
	{ ...mariaDb, port: mariaDbConfig.port, through: (config: object) => new MySqlTarget(config) },
];

describe.each(databases)('$label', ({ describe, create, port, through }) => {
	describe('the connection is cut', () => {
		let database: DisturbedDatabase;
		let before: string;

		beforeAll(async () => {
			database = await create();
			await createCustomers(database);
			before = await customers(database);
		});

		beforeEach(() => resetCustomers(database));

		afterAll(() => database.drop());

		const untilNoImport = () =>
			until(async () => (await database.imports()) === 0, 'the server has ended the import');

		test.each(['stage', 'decide', 'apply'] as const)(
			'before the phase "%s": the table is as it was, and the next run writes all of it',
			async (phase) => {
				const target = disturbed(database.target, phase, database.cut!);
				expect(await codeOf(importCustomers(database, {}, target))).toBe('RUN_CONNECTION');
				await untilNoImport();
				expect(await customers(database)).toBe(before);
				expect(counts(await importCustomers(database))).toEqual(FIRST_TIME);
				expect(await customers(database)).toBe(EVERYTHING);
			},
		);

		test('in the middle of the write: the table is as it was', async () => {
			const other = await database.connect();
			await other.run('begin');
			await other.run("update customers set points = -1 where email = 'c00001@x.org'");
			const running = codeOf(importCustomers(database));
			await until(async () => (await database.waiting!()) > 0, 'the import waits for the record');
			await database.cut!();
			expect(await running).toBe('RUN_CONNECTION');
			await other.run('rollback');
			await other.close();
			await untilNoImport();
			expect(await customers(database)).toBe(before);
		});

		test('at the commit, before the database has it: the run does not claim to know', async () => {
			const target = disturbed(database.target, 'commit', database.cut!);
			expect(await codeOf(importCustomers(database, {}, target))).toBe('RUN_OUTCOME_UNKNOWN');
			await untilNoImport();
			expect(await customers(database)).toBe(before);
		});

		test.each<[Cut, string]>([
			['before the commit arrives', 'before'],
			['before its answer arrives', 'everything'],
		])('%s: the run says that it does not know, and the next one tells', async (cut, expected) => {
			const proxy = await CutProxy.start(port, cut);
			const target = through({ ...database.config, host: '127.0.0.1', port: proxy.port });
			const failure = await importCustomers(database, {}, target).catch((error: unknown) => error);
			await proxy.stop();
			await untilNoImport();
			expect(failure).toMatchObject({
				code: 'RUN_OUTCOME_UNKNOWN',
				message: expect.stringContaining('all of it is written, or nothing'),
			});
			const isWritten = expected === 'everything';
			expect(await customers(database)).toBe(isWritten ? EVERYTHING : before);
			expect(counts(await importCustomers(database))).toEqual(isWritten ? SECOND_TIME : FIRST_TIME);
			expect(await customers(database)).toBe(EVERYTHING);
		});
	});
});
