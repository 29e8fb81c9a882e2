import { mariaDb, postgres, type DisturbedDatabase } from './databases';
import { describePlans } from './plan-cases';

const impatient: Readonly<Record<string, string>> = {
	PostgreSQL: "set lock_timeout = '200ms'",
	MariaDB: 'set innodb_lock_wait_timeout = 1',
};

for (const { label, describe: describeDatabase, create } of [postgres, mariaDb]) {
	describeDatabase(`plans and choices in ${label}`, () => {
		let database: DisturbedDatabase;

		beforeAll(async () => {
			database = await create();
		});

		afterAll(() => database.drop());

		describePlans(() => ({ ...database, impatient: impatient[label] }));
	});
}
