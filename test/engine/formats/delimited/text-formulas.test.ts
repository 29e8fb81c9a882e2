import { decided, readAll } from '../../read-all';

describe('formulas that hold a text', () => {
	test.each([
		['as Excel writes them', 'zip;town\n="01067";Dresden\n="04103";Leipzig\n'],
		['between quotes', '"zip";"town"\n"=""01067""";"Dresden"\n"=""04103""";"Leipzig"\n'],
		['in the header too', '="zip";town\n="01067";Dresden\n04103;Leipzig\n'],
	])('are read as that text: %s', async (_, content) => {
		const { dataset, columns, rows, rejected, issues } = await readAll(content);
		expect(columns).toEqual(['zip', 'town']);
		expect(rows).toEqual([
			['01067', 'Dresden'],
			['04103', 'Leipzig'],
		]);
		expect([...rejected, ...issues]).toEqual([]);
		expect(decided(dataset, 'text formulas')).toBe('unwrap');
	});

	test('are kept where that is set, and the decision names them', async () => {
		const content = 'zip,town\n="01067",Dresden\n="04103",Leipzig\n';
		const { dataset, rows } = await readAll(content, { textFormulas: 'keep' });
		expect(rows[0]).toEqual(['="01067"', 'Dresden']);
		expect(dataset.source).toMatchObject({
			decisions: expect.arrayContaining([
				{
					subject: 'text formulas',
					value: 'keep',
					confidence: 1,
					evidence: '2 cells such as ="01067" in column A, and no other formula there',
					chosenBy: 'setting',
				},
			]),
		});
	});

	test('are kept in a column with other formulas', async () => {
		const { dataset, rows } = await readAll('a,b\n"=""01""","=""x"""\n=A1+1,"=""y"""\n');
		expect(rows).toEqual([
			['="01"', 'x'],
			['=A1+1', 'y'],
		]);
		expect(decided(dataset, 'text formulas')).toBe('unwrap');
	});

	test('hold doubled quotes, and are unwrapped far below the head', async () => {
		const lines = Array.from({ length: 3000 }, (_, i) => `"=""0${i}"""\n`).join('');
		const { rows } = await readAll(`text\n${lines}"=""5"""" pipe"""\n`);
		expect(rows[2999]).toEqual(['02999']);
		expect(rows[3000]).toEqual(['5" pipe']);
	});

	test('a rejected row shows what stands in the file', async () => {
		const { rejected } = await readAll('zip;town\n="01067";Dresden\n="04103";Leipzig;more\n');
		expect(rejected).toMatchObject([
			{ number: 3, source: ['04103', 'Leipzig', 'more'], raw: '="04103";Leipzig;more' },
		]);
	});

	test('a file without them has no decision about them', async () => {
		const { dataset } = await readAll('a,b\n1,x\n=A1,y\n');
		expect(decided(dataset, 'text formulas')).toBeUndefined();
	});
});
