import { describeBatches } from './batch-cases';
import { sqlite, type DisturbedDatabase } from './databases';

describe('an import into SQLite that commits in batches', () => {
	let database: DisturbedDatabase;

	beforeAll(async () => {
		database = await sqlite.create();
	});

	afterAll(() => database.drop());

	describeBatches(() => database, sqlite.text);
});
