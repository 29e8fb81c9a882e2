import { describeReferencing } from './reference-cases';
import { mariaDb, postgres, type DisturbedDatabase } from './databases';

const generatedIds = new Map([
	[postgres, 'integer generated always as identity primary key'],
	[mariaDb, 'integer auto_increment primary key'],
]);

for (const [tested, generatedId] of generatedIds) {
	tested.describe(`references in ${tested.label}`, () => {
		let database: DisturbedDatabase;

		beforeAll(async () => {
			database = await tested.create();
		});

		afterAll(() => database.drop());

		describeReferencing(() => database, { generatedId });
	});
}
