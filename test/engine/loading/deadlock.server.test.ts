import {
	counts,
	createCustomers,
	customers,
	EVERYTHING,
	FIRST_TIME,
	resetCustomers,
} from './customers';
import { mariaDb, postgres, sqlite, until, type DisturbedDatabase } from './databases';
import { codeOf, disturbed, importCustomers } from './disturbed';

describe.each([postgres, mariaDb])('$label', ({ label, describe, create }) => {
	describe('another transaction is in the way', () => {
		let database: DisturbedDatabase;
		let before: string;

		beforeAll(async () => {
			database = await create();
			await createCustomers(database);
			await database.run('create table weights (id int primary key)');
			before = await customers(database);
		});

		beforeEach(() => resetCustomers(database));

		afterAll(() => database.drop());

		test('a deadlock that the server ends at its cost: the import is begun anew, and written as a whole', async () => {
			const other = await database.connect();
			if (label === 'PostgreSQL') await other.run("set deadlock_timeout = '20s'");
			await other.run('begin');
			// servers give up the transaction that has written less
			const many = Array.from({ length: 6000 }, (_, i) => `(${i})`).join(',');
			await other.run(`insert into weights values ${many}`);
			await other.run("insert into customers values ('c03999@x.org', 'Other', 0)");
			const running = importCustomers(database);
			await until(async () => (await database.waiting!()) > 0, 'the import waits for the key');
			// the import has updated this record
			await other.run("update customers set points = -1 where email = 'c00001@x.org'");
			await other.run('rollback');
			await other.close();
			const result = await running;
			expect(counts(result)).toEqual(FIRST_TIME);
			expect(result.summary.codes).toEqual({ RUN_RETRIED: 1 });
			expect(await customers(database)).toBe(EVERYTHING);
		});

		if (label !== 'PostgreSQL') return;

		describe('where the database is to be serializable', () => {
			const isolate = (how: string) =>
				database.run(`alter database ${String(database.config.database)} ${how}`);

			beforeEach(() => isolate("set default_transaction_isolation = 'repeatable read'"));

			afterEach(() => isolate('reset default_transaction_isolation'));

			const change = () =>
				database.run("update customers set points = points - 1 where email = 'c00001@x.org'");

			test('a record that changed meanwhile: the import is begun anew', async () => {
				const target = disturbed(database.target, 'apply', change);
				const result = await importCustomers(database, {}, target);
				expect(counts(result)).toEqual(FIRST_TIME);
				expect(result.summary.codes).toEqual({ RUN_RETRIED: 1 });
				expect(await customers(database)).toBe(EVERYTHING);
			});

			test('a record that changes each time: the import ends after its fourth try, and nothing is written', async () => {
				const target = disturbed(database.target, 'apply', change, Infinity);
				expect(await codeOf(importCustomers(database, {}, target))).toBe('RUN_CONFLICT');
				expect(await customers(database)).toBe(before.replace('Old,1\n', 'Old,-3\n'));
			});
		});
	});
});

sqlite.describe('SQLite', () => {
	test('has one writer at a time: an import that never gets its turn ends, and nothing is written', async () => {
		const database = await sqlite.create();
		await createCustomers(database);
		const before = await customers(database);
		const other = await database.connect();
		await other.run('begin immediate');
		expect(await codeOf(importCustomers(database))).toBe('RUN_LOCKED');
		await other.run('rollback');
		await other.close();
		expect(await customers(database)).toBe(before);
		await database.drop();
	});
});
