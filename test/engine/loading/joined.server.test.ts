import { mariaDb, postgres, type DisturbedDatabase } from './databases';
import { describeJoinedSettings } from './joined-cases';

for (const { label, describe: describeDatabase, create } of [postgres, mariaDb]) {
	describeDatabase(`settings that are used together in ${label}`, () => {
		let database: DisturbedDatabase;

		beforeAll(async () => {
			database = await create();
		});

		afterAll(() => database.drop());

		describeJoinedSettings(() => database);
	});
}
