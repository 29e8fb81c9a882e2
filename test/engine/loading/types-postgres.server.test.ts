import { describeWithPostgres, TestSchema } from '../../postgres-server';
import { postgresBench } from './benches';
import type { Bench } from './load-cases';
import { describeTypes } from './type-cases';

describeWithPostgres('types of PostgreSQL', () => {
	const schema = new TestSchema();
	let bench: Bench;

	beforeAll(async () => {
		await schema.create();
		bench = postgresBench(schema);
		await schema.query("create type mood as enum ('glad', 'sad', 'so, so')");
		await schema.query('create domain plus as integer not null check (value > 0)');
		await schema.query('create domain label as varchar(5)');
		await schema.query('create extension if not exists citext');
	});

	afterAll(() => schema.drop());

	describeTypes(
		() => bench,
		[
			{ type: 'text[]', value: '["a","b, c"]', alike: '{a,"b, c"}', shown: '{a,"b, c"}' },
			{ type: 'text[]', value: ['a', 'b"c'], shown: '{a,"b\\"c"}' },
			{ type: 'integer[]', value: '[1,2,null]', alike: '{1,2,null}', shown: '{1,2,NULL}' },
			{ type: 'integer[]', value: '[[1,2],[3,4]]', shown: '{{1,2},{3,4}}' },
			{ type: 'jsonb[]', value: '[{"a":1}]', shown: '{"{\\"a\\": 1}"}' },
			{ type: 'mood[]', value: '["glad","so, so"]', shown: '{glad,"so, so"}' },
			{ type: 'mood', value: 'so, so', shown: 'so, so' },
			{ type: 'timetz', value: '10:20:30+02', alike: '10:20:30+02:00', shown: '10:20:30+02' },
			{ type: 'plus', value: '7', shown: '7' },
			{ type: 'label', value: 'abc', shown: 'abc' },
			{
				type: 'interval',
				value: '1 day 2 hours',
				alike: '1 day 02:00:00',
				shown: '1 day 02:00:00',
			},
			{ type: 'bytea', value: '\\xdeadbeef', alike: '\\xDEADBEEF', shown: '\\xdeadbeef' },
			{ type: 'int4range', value: '[1,5)', alike: '[1,4]', shown: '[1,5)' },
			{
				type: 'tstzrange',
				value: '[2024-01-01 00:00+00,2024-02-01 00:00+00)',
				shown: '["2024-01-01 00:00:00+00","2024-02-01 00:00:00+00")',
			},
			{ type: 'citext', value: 'Ann', shown: 'Ann' },
			{ type: 'char(5)', value: 'ab', alike: 'ab  ', shown: 'ab' },
			{
				type: 'numeric',
				value: '123456789012345678901234567890.12345678901234567891',
				shown: '123456789012345678901234567890.12345678901234567891',
			},
			{ type: 'numeric', value: '1.50', alike: '1.5', shown: '1.5' },
			{ type: 'money', value: '12.50', alike: '$12.50', shown: '$12.50' },
			{ type: 'real', value: '0.1', shown: '0.1' },
			{
				type: 'jsonb',
				value: '{"a":12345678901234567.1234567890}',
				shown: '{"a": 12345678901234567.1234567890}',
			},
			{
				type: 'json',
				value: '{"a":12345678901234567.1234567890}',
				shown: '{"a":12345678901234567.1234567890}',
				isKey: false,
			},
			{
				type: 'jsonb',
				value: '12345678901234567.1234567890',
				shown: '12345678901234567.1234567890',
			},
			{
				type: 'uuid',
				value: 'C56A4180-65AA-42EC-A945-5FD21DEC0538',
				alike: '{c56a4180-65aa-42ec-a945-5fd21dec0538}',
				shown: 'c56a4180-65aa-42ec-a945-5fd21dec0538',
			},
			{ type: 'inet', value: '10.0.0.1/32', alike: '10.0.0.1', shown: '10.0.0.1/32' },
			{
				type: 'macaddr',
				value: '08-00-2b-01-02-03',
				alike: '08:00:2b:01:02:03',
				shown: '08:00:2b:01:02:03',
			},
			{ type: 'bit(4)', value: '1010', shown: '1010' },
			{ type: 'xml', value: '<a/>', shown: '<a/>', isKey: false },
			{ type: 'point', value: '(1,2)', shown: '(1,2)', isKey: false },
			{ type: 'tsvector', value: "'a' 'b'", shown: "'a' 'b'" },
			{
				type: 'timestamptz',
				value: '2024-01-01T10:00:00+02:00',
				alike: '2024-01-01T08:00:00Z',
				shown: '2024-01-01 08:00:00+00',
			},
			{ type: 'timestamp', value: '2024-01-01T10:00:00+02:00', shown: '2024-01-01 10:00:00' },
			{ type: 'date', value: '2024-01-01', shown: '2024-01-01' },
			{ type: 'time', value: '10:20', shown: '10:20:00' },
		],
		(column) => `${column}::text`,
	);
});
