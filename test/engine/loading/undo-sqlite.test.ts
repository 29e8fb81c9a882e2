import { sqlite, type DisturbedDatabase } from './databases';
import { describeUndo, describeUndoneTypes } from './undo-cases';

describe('undo in SQLite', () => {
	let database: DisturbedDatabase;

	beforeAll(async () => {
		database = await sqlite.create();
	});

	afterAll(() => database.drop());

	const bench = () => ({
		...database,
		numbered: 'integer primary key',
		quote: (name: string) => `"${name.replaceAll('"', '""')}"`,
	});

	describeUndo(bench);

	describeUndoneTypes(
		bench,
		[
			{ type: 'text', before: "'it''s \"x\" \\ \n\t ü 日本'", after: 'new' },
			{ type: 'text', before: "''", after: 'new' },
			{ type: 'text', before: "'a' || char(0) || 'b'", after: 'new' },
			{ type: 'text', before: "X'00FF41'", after: 'new' },
			{ type: 'text', before: "'X''41'''", after: 'new' },
			{ type: 'text', before: "'42'", after: '43' },
			{ type: 'integer', before: '9007199254740993', after: '1' },
			{ type: 'integer', before: '-9223372036854775808', after: '1' },
			{ type: 'integer', before: "'no number'", after: '1' },
			{ type: 'real', before: '0.1', after: '0.2' },
			{ type: 'real', before: '1.7976931348623157e308', after: '0.2' },
			{ type: 'real', before: '5e-324', after: '0.2' },
			{ type: 'real', before: '9e999', after: '0.2' },
			{ type: 'real', before: '-9e999', after: '0.2' },
			{ type: 'real', before: '-0.1234567890123456789', after: '0.2' },
			{ type: 'numeric', before: '12345678901234567.5', after: '1' },
			{ type: 'decimal(10,2)', before: '3', after: '1.5' },
			{ type: 'blob', before: "X''", after: 'x' },
			{ type: 'blob', before: "X'DEADBEEF00'", after: 'x' },
			{ type: '', before: '7.0', after: 8 },
			{ type: '', before: "'7'", after: 8 },
			{ type: '', before: '7', after: 'x' },
			{ type: '', before: "'Inf'", after: 'x' },
			{ type: 'boolean', before: '1', after: 'no' },
			{ type: 'date', before: "'2024-02-29'", after: '2025-01-01' },
			{ type: 'datetime', before: "'2024-02-29 10:20:30.123456'", after: '2025-01-01T00:00:00' },
			{ type: 'json', before: `'{"b": 1.50, "a":[12345678901234567890]}'`, after: '{"a":1}' },
			{ type: 'text', before: 'null', after: 'x' },
			{ type: 'text collate nocase', before: "'ABC'", after: 'abc' },
		],
		(left, right) => `typeof(${left}) = typeof(${right}) and quote(${left}) is quote(${right})`,
	);
});
