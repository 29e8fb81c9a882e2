import type { RowRecord } from '../../../engine';
import { describeWithMariaDb, mariaDbConfig } from '../../mariadb-server';
import { openMariaDb, type DisturbedDatabase } from './databases';
import { upsertOn } from './load-cases';
import { hasMariaDbPrograms, ownMariaDb, type OwnServer } from './own-servers';

const STARTING_MS = 120_000;
const ROWS = 3000;

/** A server on another machine has its programs there: none can be started here. */
const describeWithOwnServer = hasMariaDbPrograms ? describeWithMariaDb : describe.skip;

describeWithOwnServer('MariaDB that gives numbers to several at once, in steps of three', () => {
	let server: OwnServer;
	let database: DisturbedDatabase;

	beforeAll(async () => {
		server = await ownMariaDb('--innodb-autoinc-lock-mode=2', '--auto-increment-increment=3');
		await server.start();
		database = await openMariaDb({
			...mariaDbConfig,
			host: '127.0.0.1',
			port: server.port,
			user: 'root',
			password: '',
		});
	}, STARTING_MS);

	afterAll(async () => {
		await database.drop();
		await server.remove();
	}, STARTING_MS);

	beforeEach(async () => {
		await database.run('drop table if exists tracked');
		await database.run(
			'create table tracked (id int auto_increment primary key, email varchar(60) unique)',
		);
	});

	/** @returns by e-mail address the id that the record is said to have */
	const load = async (prefix: string, rows: number) => {
		const { target, table } = database;
		const session = await target.startLoad({
			table: await target.describeTable(table('tracked')),
			columns: ['email'],
			rules: upsertOn('email'),
			trackRecords: true,
		});
		try {
			const emails = Array.from({ length: rows }, (_, i) => `${prefix}${i}@x.org`);
			await session.stage(emails.map((email, i) => ({ number: i + 1, values: [email] })));
			await session.decide();
			await session.apply((refused) => expect(refused).toEqual([]));
			const records: RowRecord[] = await session.records!(rows + 1);
			await session.commit(false);
			return records.map(({ number, record }) => [emails[number - 1], record.id]);
		} finally {
			await session.close();
		}
	};

	const stored = async () =>
		(await database.run('select email, id from tracked order by id')).map(({ email, id }) => [
			email,
			id,
		]);

	test('the numbers of new records are known', async () => {
		const records = await load('a', ROWS);
		expect(records).toHaveLength(ROWS);
		expect(await stored()).toEqual(records);
	});

	/** Somebody inserts all the time while the work is done. */
	const meanwhile = async (work: () => Promise<void>) => {
		const other = await database.connect();
		const ended = new AbortController();
		const inserting = (async () => {
			for (let i = 0; !ended.signal.aborted; i++) {
				await other.run(`insert into tracked (email) values ('o${i}')`);
			}
		})();
		try {
			await work();
		} finally {
			ended.abort();
			await inserting;
			await other.close();
		}
	};

	test('two loads at once, and somebody who inserts meanwhile: each knows its own records', async () => {
		await meanwhile(async () => {
			const loads = await Promise.all([load('a', ROWS), load('b', ROWS)]);
			const ids = new Map((await stored()).map(([email, id]) => [email, id]));
			for (const records of loads) {
				expect(records).toHaveLength(ROWS);
				for (const [email, id] of records) expect(ids.get(email)).toBe(id);
			}
		});
	});

	test('numbers that others take in between are not taken for those of the rows', async () => {
		await database.run(
			"create trigger slow before insert on tracked for each row set new.email = if(new.email like 'slow%' and sleep(0.03) = 0, new.email, new.email)",
		);
		await meanwhile(async () => {
			const records = await load('slow', 12);
			expect((await stored()).filter(([email]) => /^slow/.test(String(email)))).toEqual(records);
			const steps = records.slice(1).map(([, id], i) => Number(id) - Number(records[i]?.[1]));
			expect(steps.some((step) => step > 3)).toBe(true);
		});
	});
});
