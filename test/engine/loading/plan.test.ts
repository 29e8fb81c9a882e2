import { DataTableTarget } from '../../../engine';
import { DataTableStore } from './data-table-store';
import { openSqlite, type DisturbedDatabase } from './databases';
import { describePlans } from './plan-cases';

describe('plans and choices in SQLite', () => {
	let database: DisturbedDatabase;

	beforeAll(async () => {
		database = await openSqlite();
	});

	afterAll(() => database.drop());

	describePlans(() => database);
});

describe('plans and choices in a Data Table', () => {
	const store = new DataTableStore();

	const bench = {
		target: new DataTableTarget(store),
		table: (name: string) => ({ name }),
		run: (statement: string) => Promise.resolve(store.run(statement)),
	};

	describePlans(() => bench, 'id');
});
