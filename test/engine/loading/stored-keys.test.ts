import { DataTableTarget } from '../../../engine';
import { SqliteFile } from './benches';
import { DataTableStore } from './data-table-store';
import { describeStoredKeys, STORED_CASES } from './stored-keys';

test('there are at least 300 texts to be found again', () => {
	expect(STORED_CASES).toBeGreaterThanOrEqual(300);
});

describe('keys of texts in SQLite', () => {
	const file = new SqliteFile();

	afterAll(() => file.drop());

	describeStoredKeys(() => file.bench, 'text');
});

describe('keys of texts in a Data Table', () => {
	const store = new DataTableStore();

	describeStoredKeys(
		() => ({
			target: new DataTableTarget(store),
			table: (name) => ({ name }),
			run: (statement) => Promise.resolve(store.run(statement)),
		}),
		'text',
	);
});
