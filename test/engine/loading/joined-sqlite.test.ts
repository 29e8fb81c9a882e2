import { openSqlite, type DisturbedDatabase } from './databases';
import { describeJoinedSettings } from './joined-cases';

describe('settings that are used together in SQLite', () => {
	let database: DisturbedDatabase;

	beforeAll(async () => {
		database = await openSqlite();
	});

	afterAll(() => database.drop());

	describeJoinedSettings(() => database);
});
