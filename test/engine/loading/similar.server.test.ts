import { mariaDb, postgres, type DisturbedDatabase } from './databases';
import { describeSimilar } from './similar-cases';

for (const { label, describe: describeDatabase, create } of [postgres, mariaDb]) {
	describeDatabase(`similar records in ${label}`, () => {
		let database: DisturbedDatabase;

		beforeAll(async () => {
			database = await create();
		});

		afterAll(() => database.drop());

		describeSimilar(() => database);
	});
}
