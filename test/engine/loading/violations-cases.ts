import { load, openRows, type Cell, type LoadResult } from '../../../engine';
import { counts, upsertOn, type Bench } from './load-cases';

/** What differs in how a database says that a row is refused. */
export interface ViolationBench extends Bench {
	/** Statements that make the table `orders` raise an error for the amount 666. */
	raise: string[];
	/** Whether the database says which column a reference is in. */
	namesReferences: boolean;
}

const COLUMNS = ['id', 'code', 'amount', 'customer'];

interface Violation {
	what: string;
	/** Spoils a row. */
	spoil: (row: Cell[]) => void;
	code: string;
	field?: string;
	value?: string;
}

const violations = ({ namesReferences }: ViolationBench): Violation[] => [
	{
		what: 'a unique column',
		spoil: (row) => (row[1] = 'taken'),
		code: 'WRITE_UNIQUE',
		field: 'code',
		value: 'taken',
	},
	{ what: 'a check', spoil: (row) => (row[2] = '-1'), code: 'WRITE_CHECK' },
	{
		what: 'a reference',
		spoil: (row) => (row[3] = '99'),
		code: 'WRITE_FOREIGN_KEY',
		...(namesReferences && { field: 'customer', value: '99' }),
	},
	{ what: 'a trigger that raises', spoil: (row) => (row[2] = '666'), code: 'WRITE_REFUSED' },
];

/** Statements about many rows that the table refuses. */
export function describeViolations(bench: () => ViolationBench): void {
	beforeEach(async () => {
		const { run, raise } = bench();
		await run('drop table if exists orders');
		await run('drop table if exists customers');
		await run('create table customers (id integer primary key)');
		await run('insert into customers (id) values (1), (2)');
		await run(
			'create table orders (id integer primary key, code varchar(20) not null unique, amount integer check (amount >= 0), customer integer, foreign key (customer) references customers (id))',
		);
		await run("insert into orders values (0, 'taken', 1, 1)");
		for (const statement of raise) await run(statement);
	});

	const rowsOf = (count: number): Cell[][] =>
		Array.from({ length: count }, (_, i) => [
			String(i + 1),
			`c${i + 1}`,
			String(i % 600),
			String(1 + (i % 2)),
		]);

	const importRows = async (rows: Cell[][]): Promise<LoadResult> =>
		await load(
			openRows(
				COLUMNS.map((name) => ({ name })),
				rows,
			),
			bench().target,
			{ table: bench().table('orders'), rules: upsertOn('id'), mode: 'apply' },
		);

	const failedRows = async ({ failed }: LoadResult) => {
		const rows = await failed.first(Infinity);
		await failed.dispose();
		return rows.map(({ number, issues }) => {
			expect(issues).toHaveLength(1);
			const [found] = issues;
			return {
				number,
				row: found?.row,
				code: found?.code,
				field: found?.field,
				value: found?.value,
			};
		});
	};

	const orders = async () => {
		const [row] = await bench().run(
			'select count(*) as n, sum(id) as ids, sum(amount) as amounts, count(distinct code) as codes from orders',
		);
		return Object.values(row ?? {}).map(Number);
	};

	const sumsOf = (rows: Cell[][]) => [
		rows.length + 1,
		rows.reduce((sum, [id]) => sum + Number(id), 0),
		rows.reduce((sum, row) => sum + Number(row[2]), 1),
		rows.length + 1,
	];

	const ROWS = 10_000;

	test('of 10,000 rows 1 % is refused, here and there, for each reason: these fail, each with it, and all others are written', async () => {
		const all = violations(bench());
		const rows = rowsOf(ROWS);
		const expected = Array.from({ length: ROWS / 100 }, (_, i) => {
			const number = i * 100 + ((i * 37) % 100) + 1;
			const { spoil, code, field, value } = all[i % all.length]!;
			spoil(rows[number - 1]!);
			return { number, row: number, code, field, value };
		});
		const bad = new Set(expected.map(({ number }) => number));
		const good = rows.filter((_, i) => !bad.has(i + 1));
		const result = await importRows(rows);
		expect(counts(result)).toEqual({ rows: ROWS, inserted: ROWS - bad.size, failed: bad.size });
		expect(await failedRows(result)).toEqual(expected);
		expect(await orders()).toEqual(sumsOf(good));
	}, 600_000);

	const ALL = 1500;

	test.each(['a unique column', 'a check', 'a reference', 'a trigger that raises'])(
		'1,500 rows are all refused by %s: each fails with the reason, and the table is as it was',
		async (reason) => {
			const { spoil, code, field, value } = violations(bench()).find(
				({ what }) => what === reason,
			)!;
			const rows = rowsOf(ALL);
			for (const row of rows) spoil(row);
			const result = await importRows(rows);
			expect(counts(result)).toEqual({ rows: ALL, failed: ALL });
			expect(await failedRows(result)).toEqual(
				rows.map((_, i) => ({ number: i + 1, row: i + 1, code, field, value })),
			);
			expect(await orders()).toEqual(sumsOf([]));
		},
		600_000,
	);
}
