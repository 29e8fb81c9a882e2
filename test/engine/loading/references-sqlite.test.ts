import { describeReferencing } from './reference-cases';
import { sqlite, type DisturbedDatabase } from './databases';

describe('references in SQLite', () => {
	let database: DisturbedDatabase;

	beforeAll(async () => {
		database = await sqlite.create();
	});

	afterAll(() => database.drop());

	describeReferencing(() => database, { generatedId: 'integer primary key' });
});
