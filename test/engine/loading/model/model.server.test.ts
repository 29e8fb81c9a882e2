import { MySqlTarget, PostgresTarget } from '../../../../engine';
import { describeWithMariaDb, mariaDbConfig, TestDatabase } from '../../../mariadb-server';
import { describeWithPostgres, postgresConfig, TestSchema } from '../../../postgres-server';
import { checkWorlds } from './checked';
import { mariaDbTables, postgresTables } from './tables';

/* The same worlds as in model.test.ts, which says how to run others. */
const seed = Number(process.env.MODEL_SEED ?? 20261120);
const worlds = Number(process.env.MODEL_WORLDS ?? 150);
const single = process.env.MODEL_WORLD === undefined ? undefined : Number(process.env.MODEL_WORLD);
const [first, count] = single === undefined ? [0, worlds] : [single, 1];

const name = `${count} made-up worlds come out as the model says (seed ${seed})`;

describeWithPostgres('PostgreSQL and the model', () => {
	const schema = new TestSchema();

	beforeAll(() => schema.create());

	afterAll(() => schema.drop());

	test(
		name,
		async () => {
			const bench = {
				target: new PostgresTarget(postgresConfig),
				table: (table: string) => ({ schema: schema.name, name: table }),
				run: (statement: string) => schema.query(statement),
				...postgresTables,
			};
			await checkWorlds(bench, seed, first, count);
		},
		300_000,
	);
});

describeWithMariaDb('MariaDB and the model', () => {
	const database = new TestDatabase();

	beforeAll(() => database.create());

	afterAll(() => database.drop());

	test(
		name,
		async () => {
			const bench = {
				target: new MySqlTarget({ ...mariaDbConfig, database: database.name }),
				table: (table: string) => ({ name: table }),
				run: (statement: string) => database.query(statement),
				...mariaDbTables,
			};
			await checkWorlds(bench, seed, first, count);
		},
		300_000,
	);
});
