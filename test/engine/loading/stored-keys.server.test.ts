import { describeWithMariaDb, TestDatabase } from '../../mariadb-server';
import { describeWithPostgres, TestSchema } from '../../postgres-server';
import { mariaDbBench, postgresBench } from './benches';
import { describeStoredKeys, isLatin1 } from './stored-keys';

describeWithPostgres('keys of texts in PostgreSQL', () => {
	const schema = new TestSchema();

	beforeAll(async () => {
		await schema.create();
		await schema.query('create extension if not exists citext');
	});

	afterAll(() => schema.drop());

	for (const type of ['text', 'varchar(200)', 'citext']) {
		describeStoredKeys(() => postgresBench(schema), type);
	}
});

describeWithMariaDb('keys of texts in MariaDB', () => {
	const database = new TestDatabase();

	beforeAll(() => database.create());

	afterAll(() => database.drop());

	describeStoredKeys(() => mariaDbBench(database), 'varchar(200) character set utf8mb4');

	describeStoredKeys(() => mariaDbBench(database), 'varchar(200) character set latin1', isLatin1);
});
