import { SqliteFile } from './benches';
import { describeTypes } from './type-cases';

describe('types of SQLite', () => {
	const file = new SqliteFile();
	const { bench } = file;

	afterAll(() => file.drop());

	describeTypes(
		() => bench,
		[
			{ type: 'text collate nocase', value: 'Ann@x.org', sameKey: 'ANN@x.org', shown: 'Ann@x.org' },
			{ type: 'text collate rtrim', value: 'a', sameKey: 'a  ', shown: 'a' },
			{
				type: 'datetime',
				value: '2024-02-29T10:20:30',
				shown: '2024-02-29T10:20:30',
				alike: '2024-02-29 10:20:30',
			},
			{ type: 'timestamp', value: '2024-02-29', shown: '2024-02-29T00:00:00' },
			{ type: '', value: '7', shown: '7' },
			{ type: '', value: 7, shown: 7, alike: '7' },
			{ type: '', value: 'x', shown: 'x' },
			{ type: 'blob', value: 'x', shown: 'x' },
			{ type: 'numeric', value: '1.50', alike: '1.5', shown: 1.5 },
			{ type: 'decimal(10,2)', value: '1.50', alike: '1.5', shown: 1.5 },
			{ type: 'real', value: '7', alike: '7.0', shown: 7 },
			{ type: 'boolean', value: 'yes', alike: 'true', shown: 1 },
			{ type: 'bigint', value: '9007199254740993', shown: '9007199254740993' },
			{ type: 'json', value: '{"a":12345678901234567.123}', shown: '{"a":12345678901234567.123}' },
			{ type: 'varchar(3)', value: 'abcd', shown: 'abcd' },
			{ type: 'date', value: '2024-02-29', shown: '2024-02-29' },
			{ type: 'time', value: '10:20', alike: '10:20:00', shown: '10:20:00' },
		],
		(column) =>
			`case when typeof(${column}) = 'integer' and abs(${column}) > 9007199254740991 then cast(${column} as text) else ${column} end`,
	);
});
