import { sqlite, type DisturbedDatabase } from './databases';
import { describeTrackedRecords } from './tracked-cases';

const COLUMNS = 'email varchar(60) unique, age integer check (age > 0)';

describe('records of rows in SQLite', () => {
	let database: DisturbedDatabase;

	beforeAll(async () => {
		database = await sqlite.create();
	});

	afterAll(() => database.drop());

	describeTrackedRecords(
		() => database,
		[
			{
				name: 'a table with a row id',
				definition: `id integer primary key, ${COLUMNS}`,
				key: ['id'],
			},
			{
				name: 'a table that counts on',
				definition: `id integer primary key autoincrement, ${COLUMNS}`,
				key: ['id'],
			},
			{
				name: 'a table whose key is computed',
				definition: `id text not null primary key default (lower(hex(randomblob(16)))), ${COLUMNS}`,
				key: ['id'],
			},
			{
				name: 'a table whose key the rows bring',
				definition: 'email varchar(60) not null unique, age integer check (age > 0)',
				key: ['email'],
			},
			{
				name: 'a table without row ids and with a key of two columns',
				definition:
					"part text not null default 'p', email varchar(60) not null, age integer check (age > 0), primary key (part, email)",
				suffix: 'without rowid',
				key: ['part', 'email'],
			},
		],
	);
});
