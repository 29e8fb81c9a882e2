import { gzipSync } from 'node:zlib';
import type { IRun } from 'n8n-workflow';
import { fileItem, jsonOf, keepBinaryData, runNodes } from './run-nodes';

const parse = (
	content: string | Buffer,
	fileName: string,
	parameters: object = {},
): Promise<IRun> =>
	runNodes(
		[{ name: 'Parse', type: 'parseSpreadsheet', parameters: { output: 'dataset', ...parameters } }],
		[fileItem(content, fileName)],
	);

const hintsOf = (run: IRun) =>
	(run.data.resultData.runData.Parse?.[0]?.hints ?? []).map(({ message, type }) => ({
		message,
		type,
	}));

const members = Buffer.from(
	[
		'Mitgliederliste;;;',
		';;;',
		'Nr;Name;Eintritt;Beitrag',
		'007;Müller;17.03.2024;1.250,50',
		'008;Šimić;01.12.2024;90,00',
		'009;Ødegård;31.01.2025;12,75',
	].join('\r\n'),
);

describe('Parse Spreadsheet', () => {
	beforeAll(() => keepBinaryData('default'));

	test('says in one hint how the file was read, columns included', async () => {
		const [read, ...warnings] = hintsOf(await parse(members, 'members.csv'));
		expect(read).toEqual({
			type: 'info',
			message:
				'Read as CSV, utf-8, semicolon, header in row 3; column Eintritt: day first; column Beitrag: decimal comma.',
		});
		expect(warnings).toEqual([]);
	});

	test('S53, S54: the headers with their types, and the first rows, are to be seen before anything is mapped', async () => {
		const lines = Array.from({ length: 30 }, (_, i) => `${String(i).padStart(3, '0')};Name ${i}`);
		const run = await parse(['Nr;Name', ...lines].join('\n'), 'members.csv');
		expect(jsonOf(run, 'Parse')).toMatchObject([
			{ fields: { Nr: 'text', Name: 'text' }, sample: { Nr: '000', Name: 'Name 0' } },
		]);
		const preview = jsonOf(run, 'Parse', 1);
		expect(preview).toHaveLength(20);
		expect(preview[19]).toEqual({ Nr: '019', Name: 'Name 19' });
	});

	test('says that a file is packed, and which format is inside', async () => {
		const [read] = hintsOf(await parse(gzipSync(members), 'members.csv.gz'));
		expect(read?.message).toMatch(
			/^Read as a file packed with gzip, CSV, utf-8, semicolon, header in row 3;/,
		);
	});

	test('names a header over several rows once', async () => {
		const content =
			'Person,,Address,\nFirst,Last,Street,City\nAnn,Lee,Main 1,York\nBob,Ray,Main 2,Hull\n';
		const [read] = hintsOf(await parse(content, 'a.csv'));
		expect(read?.message).toBe('Read as CSV, utf-8, comma, header in rows 1 and 2.');
	});

	test('gives the evidence for the type of each column', async () => {
		const [item] = jsonOf(await parse(members, 'members.csv'), 'Parse');
		expect(item!.types).toMatchObject({
			Nr: 'text (leading zeros in 3 cells)',
			Eintritt: expect.stringMatching(/^date \(dates, day first: .* 2 cells/),
		});
	});

	test('warns of a column whose dates can be read both ways, with the count, and keeps it as text', async () => {
		const run = await parse('id,seen\n1,01/02/2024\n2,03/04/2024\n3,05/06/2024\n', 'a.csv');
		expect(hintsOf(run)).toContainEqual({
			type: 'warning',
			message:
				'Column "seen": ambiguous: 3 cells fit both day-first and month-first. It is kept as text until you say which it is.',
		});
		expect(jsonOf(run, 'Parse')[0]!.fields).toEqual({ id: 'integer', seen: 'text' });
	});

	test('profiles the whole file on request', async () => {
		const run = await parse(members, 'members.csv', { options: { profile: true } });
		expect(jsonOf(run, 'Parse')[0]!.profile).toMatchObject({
			rows: 3,
			rejected: 0,
			columns: {
				Beitrag: { filled: 3, empty: 0, smallest: 12.75, largest: 1250.5, distinct: 3 },
				Eintritt: { smallest: '2024-03-17', largest: '2025-01-31' },
			},
		});
	});

	test('reads as it is told', async () => {
		const content = "a#b#c\n'1#1'#2#3\n4#5\n6#7#8#9\n";
		const run = await parse(content, 'a.txt', {
			output: 'items',
			format: 'csv',
			options: {
				delimiter: 'other',
				customDelimiter: '#',
				quote: "'",
				comment: '',
				headerRow: 1,
				shortRows: 'reject',
				longRows: 'keep',
			},
		});
		expect(jsonOf(run, 'Parse')).toEqual([
			{ a: '1#1', b: '2', c: '3', 'Column D': '' },
			{ a: '6', b: '7', c: '8', 'Column D': '9' },
		]);
		expect(jsonOf(run, 'Parse', 2)).toMatchObject([{ code: 'ROW_SHORT', row: 3 }]);
	});

	test.each([
		['Delimiter', { delimiter: 'other' }],
		['Delimiter', { delimiter: 'other', customDelimiter: '' }],
		['Quote', { quote: 'other', customQuote: ' ' }],
	])('%s set to Other without a sign is an error, not a guess: %j', async (name, options) => {
		const run = await parse('a;b\n1;2\n', 'a.csv', { options });
		expect(run.data.resultData.error).toMatchObject({
			message: `${name} is Other, but Custom ${name} is empty [RUN_CONFIG]`,
			description: `Add the option Custom ${name} and write the sign there, or set ${name} to Detect.`,
		});
	});

	test('a blank is a delimiter like any other', async () => {
		const run = await parse('a b\n1 2\n', 'a.txt', {
			output: 'items',
			options: { delimiter: 'other', customDelimiter: ' ' },
		});
		expect(jsonOf(run, 'Parse')).toEqual([{ a: '1', b: '2' }]);
	});
});
