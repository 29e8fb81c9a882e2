import { readAll } from '../../read-all';

/** Numbers of the rows that were skipped as no records. */
async function footers(text: string, options = {}): Promise<number[]> {
	const { rejected, rows } = await readAll(text, options);
	const skipped = rejected.filter(({ issues: [found] }) => found?.code === 'ROW_FOOTER');
	expect(rows.length + rejected.length).toBe(
		text.split('\n').filter((line) => /[^,]/.test(line)).length - 1,
	);
	return skipped.map(({ number }) => number);
}

describe('what stands below the records', () => {
	test.each([
		['a total', 'Region,Product,Q1\nNorth,Chairs,10\nSouth,Tables,5\nTotal,,15\n', [4]],
		['a total in the second column', 'Id,Name,Fee\n1,Ann,10\n2,Bob,5\n,Summe:,15\n', [4]],
		['a total under a blank first cell', 'Id,Name,Fee\n1,Ann,10\n2,Bob,5\n,Total,15\n', [4]],
		[
			'a total, and a text over a column of numbers',
			'Id,Name,Fee\n1,Ann,10\n2,Bob,5\n3,Cid,5\nTotal,,20\n\nSeen by the board\n',
			[5, 7],
		],
		['a date of printing', 'Name,Fee\nAnn,10\nBob,5\n\ngedruckt am 3.11.2025\n', [5]],
		['a grand total of two columns', 'Name,Fee\nAnn,10\nBob,5\nGrand total,15\n', [4]],
		['a total below a blank row', 'Name,Fee\nAnn,10\nBob,5\n\nTotal,15\n', [5]],
		[
			'a total and notes',
			'Id,Name,Fee\n1,Ann,10\n2,Bob,5\nTotal,,15\n\nSource: school office\n* provisional\n',
			[4, 6, 7],
		],
		['a note right below the records', 'Id,Name,Fee\n1,Ann,10\n2,Bob,5\nQuelle: Schulamt,,\n', [4]],
		['a French note', 'Id,Nom,Prix\n1,Anne,10\n2,Luc,5\n\nRemarque : prix sans taxe,,\n', [5]],
		[
			'a sentence below a blank row',
			'Name,Town,Fee\nAnn,Bonn,10\nBob,Ulm,5\n\nAll fees are those of the last year.\n',
			[5],
		],
		[
			'a page of notes',
			'Field,1990,1991,1992,1993\nBonn,10,5,3,4\nUlm,5,6,7,8\n\n******\nFootnotes\n******\n\n1.,As of the end of the year\n\nSource:\nSchool office\nRegion:,All of it\nSex:,Both\n',
			[5, 6, 7, 9, 11, 12, 13, 14],
		],
		['a count of rows', 'Id,Name,Fee\n1,Ann,10\n2,Bob,5\n(2 rows affected)\n', [4]],
	])('%s is skipped', async (_, text, expected) => {
		expect(await footers(text)).toEqual(expected);
	});

	test.each([
		['a record named Total', 'Name,Company,Fee\nAnn,Shell,10\nTotal,France,5\n'],
		['a total that may be a record', 'Name,Fee\nAnn,10\nBob,5\nTotal,15\n'],
		['totals inside the table', 'Region,Product,Q1\nNorth,Chairs,10\nTotal,,10\nSouth,Tables,5\n'],
		['a record of a stand', 'Name,Street,Town\nAnn,Main,Bonn\nBob,High,Ulm\n\nStand 12,,\n'],
		['a name alone at the end', 'Name,Street,Town\nAnn,Main,Bonn\nBob,High,Ulm\nUte,,\n'],
		[
			'a name alone below a blank row',
			'Name,Street,Town\nAnn,Main,Bonn\nBob,High,Ulm\n\nMustermann,,\n',
		],
		['a note inside the table', 'Id,Name,Fee\n1,Ann,10\nNote: Bob is new,,\n2,Bob,5\n'],
		['one column', 'Name\nAnn\nBob\n\nTotal\n'],
	])('%s is kept', async (_, text) => {
		expect(await footers(text)).toEqual([]);
	});

	test('all of it is kept where that is set', async () => {
		expect(
			await footers('Id,Name,Fee\n1,Ann,10\n2,Bob,5\nTotal,,15\n', { footer: 'keep' }),
		).toEqual([]);
	});

	test('a footer behind many rows is found while they are read', async () => {
		const records = Array.from({ length: 3000 }, (_, i) => `${i},Name ${i},${i * 3}\n`).join('');
		expect(
			await footers(`Id,Name,Score\n${records}Total,,13500\n\nSource: school office,,\n`),
		).toEqual([3002, 3004]);
	});

	test('a skipped row is told with its text and what it holds', async () => {
		const { rejected } = await readAll('Id,Name,Fee\n1,Ann,10\n2,Bob,5\nTotal,,15\n');
		expect(rejected).toMatchObject([
			{
				number: 4,
				outcome: 'skipped',
				source: ['Total', '', '15'],
				raw: 'Total,,15',
				issues: [{ code: 'ROW_FOOTER', severity: 'info', row: 4, value: 'Total' }],
			},
		]);
	});
});
