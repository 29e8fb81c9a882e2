import { createCustomers, customers, resetCustomers } from './customers';
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

		test('a deadlock ends the run that the server chooses: its table is as it was', async () => {
			const other = await database.connect();
			if (label === 'PostgreSQL') await other.run("set deadlock_timeout = '20s'");
			await other.run('begin');
			// servers give up the transaction that has written less
			const many = Array.from({ length: 6000 }, (_, i) => `(${i})`).join(',');
			await other.run(`insert into weights values ${many}`);
			await other.run("insert into customers values ('c03999@x.org', 'Other', 0)");
			const running = codeOf(importCustomers(database));
			await until(async () => (await database.waiting!()) > 0, 'the import waits for the key');
			// the import has updated this record
			await other.run("update customers set points = -1 where email = 'c00001@x.org'");
			expect(await running).toBe('WRITE_REFUSED');
			await other.run('rollback');
			await other.close();
			expect(await customers(database)).toBe(before);
		});

		test('a record that changed meanwhile, where the database is to be serializable: the run ends, nothing is written', async () => {
			if (label !== 'PostgreSQL') return;
			const name = String(database.config.database);
			await database.run(
				`alter database ${name} set default_transaction_isolation = 'repeatable read'`,
			);
			const change = () =>
				database.run("update customers set points = -1 where email = 'c00001@x.org'");
			const target = disturbed(database.target, 'apply', change);
			expect(await codeOf(importCustomers(database, {}, target))).toBe('WRITE_REFUSED');
			await database.run(`alter database ${name} reset default_transaction_isolation`);
			expect(await customers(database)).toBe(before.replace('Old,1\n', 'Old,-1\n'));
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
