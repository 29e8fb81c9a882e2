import { describeWithMariaDb, TestDatabase } from '../../mariadb-server';
import { mariaDbBench } from './benches';
import type { Bench } from './load-cases';
import { describeTypes } from './type-cases';

describeWithMariaDb('types of MariaDB', () => {
	const database = new TestDatabase();
	let bench: Bench;

	beforeAll(async () => {
		await database.create();
		bench = mariaDbBench(database);
	});

	afterAll(() => database.drop());

	describeTypes(
		() => bench,
		[
			{ type: 'datetime', value: '2024-01-01T10:00:00+02:00', shown: '2024-01-01 10:00:00' },
			{
				type: 'timestamp null',
				value: '2024-01-01T10:00:00+02:00',
				alike: '2024-01-01T08:00:00Z',
				shown: '2024-01-01 08:00:00',
			},
			{
				type: 'datetime(6)',
				value: '2024-01-01T10:00:00.123456',
				shown: '2024-01-01 10:00:00.123456',
			},
			{ type: "set('a','b','c')", value: 'c,a', alike: 'a,c', shown: 'a,c' },
			{ type: 'bit(8)', value: '5', shown: '\u0005' },
			{ type: 'bit(1)', value: 'true', alike: '1', shown: '\u0001' },
			{ type: 'binary(4)', value: 'ab', shown: 'ab\0\0' },
			{ type: 'varbinary(8)', value: 'Ab', shown: 'Ab' },
			{ type: 'blob', value: 'Ab\\\0\n\té', shown: 'Ab\\\0\n\té' },
			{ type: 'year', value: '2024', shown: '2024' },
			{ type: 'int unsigned', value: '4294967295', shown: '4294967295' },
			{ type: 'decimal(8,2) unsigned', value: '1.50', alike: '1.5', shown: '1.50' },
			{ type: 'text', value: 'Ann', sameKey: 'ANN', shown: 'Ann' },
			{ type: 'varchar(60) collate utf8mb4_bin', value: 'Ann', shown: 'Ann' },
			{ type: 'varchar(60) character set latin1', value: 'é', shown: 'é' },
			{ type: 'char(5)', value: 'ab', alike: 'ab  ', shown: 'ab' },
			{
				type: 'json',
				value: '{"a":12345678901234567.1234567890}',
				shown: '{"a":12345678901234567.1234567890}',
			},
			{ type: 'double', value: '0.1', shown: '0.1' },
			{ type: 'float', value: '0.1', shown: '0.1' },
			{ type: 'time', value: '10:20', shown: '10:20:00' },
			{ type: 'inet6', value: '::1', shown: '::1' },
			{
				type: 'uuid',
				value: 'C56A4180-65AA-42EC-A945-5FD21DEC0538',
				shown: 'c56a4180-65aa-42ec-a945-5fd21dec0538',
			},
			{ type: "enum('new','it''s')", value: "it's", shown: "it's" },
		],
		(column) => `cast(${column} as char)`,
	);
});
