import { decided, readAll } from '../../read-all';

const TABLE = [
	['4711', 'Chair', '10,50'],
	['4712', '', '1.200,00'],
	['4713', 'Lamp', '5,00'],
];

const LIST = [
	'List of stock',
	'',
	'-------------------------',
	'|Matnr |Text  |    Price|',
	'-------------------------',
	'|  4711|Chair |    10,50|',
	'|  4712|      | 1.200,00|',
	'-------------------------',
	'|Matnr |Text  |    Price|',
	'|-----------------------|',
	'|  4713|Lamp  |     5,00|',
	'-------------------------',
];

describe('tables with drawn lines', () => {
	test.each([
		['a list export of two pages', LIST, [5, 8, 9, 10, 12]],
		[
			'Markdown',
			[
				'| Matnr | Text | Price |',
				'| :--- | --- | ---: |',
				...TABLE.map((row) => `| ${row.join(' | ')} |`),
			],
			[2],
		],
		[
			'Markdown without a frame',
			['Matnr | Text | Price', '--- | --- | ---', ...TABLE.map((row) => row.join(' | '))],
			[2],
		],
		[
			'psql',
			[
				' matnr | text  |  price   ',
				'-------+-------+----------',
				...TABLE.map((row) => ` ${row.join(' | ')}`),
				'(3 rows)',
			],
			[2, 6],
		],
		[
			'mysql',
			[
				'+-------+-------+----------+',
				'| Matnr | Text  | Price    |',
				'+-------+-------+----------+',
				...TABLE.map((row) => `| ${row.join(' | ')} |`),
				'+-------+-------+----------+',
			],
			[3, 7],
		],
		[
			'sqlcmd',
			['Matnr;Text;Price', '-----------;-----;--', ...TABLE.map((row) => row.join(' ;  '))],
			[2],
		],
	])('%s', async (_, lines, skipped) => {
		const { dataset, columns, rows, rejected, issues } = await readAll(lines.join('\r\n'));
		expect(columns.map((name) => name.toLowerCase())).toEqual(['matnr', 'text', 'price']);
		expect(rows).toEqual(TABLE);
		expect(rejected.map(({ number }) => number)).toEqual(skipped);
		expect(rejected.every(({ outcome }) => outcome === 'skipped')).toBe(true);
		expect(rejected.some(({ issues: [found] }) => found?.code === 'ROW_DRAWN')).toBe(true);
		expect(issues).toEqual([]);
		expect(decided(dataset, 'drawn lines')).toBe('skip');
	});

	test('a header that is drawn again on the next page is skipped as such', async () => {
		// a page may begin below a blank line
		for (const between of ['-----', '']) {
			const [first, second] = [LIST.slice(0, 7), LIST.slice(7)];
			const content = [...first, between, ...second].join('\n');
			const { numbers, rejected } = await readAll(content);
			expect(numbers).toEqual([6, 7, 12]);
			const codes = rejected.map(({ number, issues: [found] }) => [number, found?.code]);
			expect(codes).toContainEqual([10, 'ROW_HEADER']);
		}
	});

	test('every drawn line comes out once, with its code', async () => {
		const { rejected } = await readAll(LIST.join('\n'));
		expect(rejected.map(({ number, issues: [found] }) => [number, found?.code])).toEqual([
			[5, 'ROW_DRAWN'],
			[8, 'ROW_DRAWN'],
			[9, 'ROW_HEADER'],
			[10, 'ROW_DRAWN'],
			[12, 'ROW_DRAWN'],
		]);
	});

	test('a drawn line is no blank row: it ends no table', async () => {
		const rows = Array.from({ length: 60 }, (_, i) => `|${i}|Name ${i}|\n|--|-----|\n`).join('');
		const { numbers, rejected } = await readAll(`|Id|Name|\n|--|----|\n${rows}`);
		expect(numbers).toHaveLength(60);
		expect(rejected).toHaveLength(61);
	});

	test.each([
		['a title that is underlined', 'Report\n------\nid,name\n1, Ann\n2, Bob\n', ' Ann'],
		['dashes for missing values', 'id,name,fee\n1, Ann,---\n---,Bob,---\n2,---,---\n', ' Ann'],
		['a cell of dashes in quotes', 'id,name\n1, Ann\n2,"a\n-----\nb"\n', ' Ann'],
	])('nothing is drawn by %s', async (_, content, name) => {
		const { dataset, rows, rejected } = await readAll(content);
		expect(decided(dataset, 'drawn lines')).toBeUndefined();
		expect(rows[0]?.[1]).toBe(name);
		expect(rejected).toEqual([]);
	});
});
