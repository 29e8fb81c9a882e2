import { exactRule, type LoadRules } from '../../../engine';
import { describeBatches, importInBatches } from './batch-cases';
import { rules } from './customers';
import { mariaDb, postgres, type DisturbedDatabase } from './databases';
import { codeOf } from './disturbed';

describe.each([postgres, mariaDb])('$label', ({ label, text, describe, create }) => {
	describe('an import that commits in batches', () => {
		let database: DisturbedDatabase;

		beforeAll(async () => {
			database = await create();
		});

		afterAll(() => database.drop());

		describeBatches(() => database, text);

		test('several rules need a key that a record keeps between two batches', async () => {
			const several: LoadRules = { ...rules, match: [exactRule('email'), exactRule('name')] };
			const ended = await codeOf(
				importInBatches(database, { rules: several }, undefined, 'visits'),
			);
			expect(ended).toBe('RUN_CONFIG');
		});

		if (label !== 'MariaDB') return;

		test('a table of the same name in another database is not locked', async () => {
			const other = await create();
			await other.run(`create table visits (email ${text}, name ${text}, points int)`);
			const connection = await database.connect();
			const [row] = await connection.run(
				"select get_lock(sha1(concat('data import: ', database(), '.visits')), 0) as locked",
			);
			expect(Number(row?.locked)).toBe(1);
			const insert: LoadRules = { ...rules, match: [], onMatch: 'insert' };
			const there = await importInBatches(other, { rules: insert }, undefined, 'visits');
			expect(there.summary.inserted).toBe(4000);
			const options = { rules: insert };
			expect(await codeOf(importInBatches(database, options, undefined, 'visits'))).toBe(
				'RUN_LOCKED',
			);
			const whole = { ...options, commit: 'all' as const };
			expect(await codeOf(importInBatches(database, whole, undefined, 'visits'))).toBe(
				'RUN_LOCKED',
			);
			await connection.close();
			await other.drop();
		});
	});
});
