import { describeWithMariaDb, TestDatabase } from '../../mariadb-server';
import { describeWithPostgres, TestSchema } from '../../postgres-server';
import { mariaDbBench, postgresBench } from './benches';
import { describeViolations } from './violations-cases';

describeWithPostgres('rows that PostgreSQL refuses', () => {
	const schema = new TestSchema();

	beforeAll(() => schema.create());

	afterAll(() => schema.drop());

	describeViolations(() => ({
		...postgresBench(schema),
		raise: [
			"create or replace function refuse() returns trigger language plpgsql as $$ begin if new.amount = 666 then raise exception 'not this one'; end if; return new; end $$",
			'create trigger refuse before insert on orders for each row execute function refuse()',
		],
		namesReferences: true,
	}));
});

describeWithMariaDb('rows that MariaDB refuses', () => {
	const database = new TestDatabase();

	beforeAll(() => database.create());

	afterAll(() => database.drop());

	describeViolations(() => ({
		...mariaDbBench(database),
		raise: [
			"create trigger refuse before insert on orders for each row if new.amount = 666 then signal sqlstate '45000' set message_text = 'not this one'; end if",
		],
		namesReferences: true,
	}));
});
