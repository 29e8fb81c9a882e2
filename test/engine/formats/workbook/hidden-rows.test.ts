import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import { xlsxFormat } from '../../../../engine/formats/xlsx';
import { readWorkbook, rowsXml, workbook } from '../xlsx/workbook-builder';

const hide = (xml: string, ...numbers: number[]) =>
	numbers.reduce((text, number) => text.replace(`<row r="${number}"`, `$& hidden="1"`), xml);
const rows = hide(
	rowsXml([
		['Name', 'Age'],
		['Ann', 31],
		['Bob', 42],
		['Cid', 53],
		['Dan', 64],
	]),
	3,
	4,
);
const bytes = workbook({ rows });

const decision = (evidence: string) =>
	expect.objectContaining({ subject: 'hidden rows', evidence }) as unknown;

describe('hidden rows', () => {
	test('are read, and it is said how many there are', async () => {
		const { cells, source } = await readWorkbook(bytes);
		expect(cells.map(([name]) => name)).toEqual(['Ann', 'Bob', 'Cid', 'Dan']);
		expect(source.decisions).toContainEqual(
			decision('2 of 5 rows are hidden or filtered out. They are read like the others.'),
		);
	});

	test('are skipped and accounted for where that is wanted', async () => {
		const { rows: read, rejected, source } = await readWorkbook(bytes, { hiddenRows: 'skip' });
		expect(read.map(({ number, cells }) => [number, cells[0]])).toEqual([
			[2, 'Ann'],
			[5, 'Dan'],
		]);
		expect(rejected).toMatchObject([
			{
				number: 3,
				source: ['Bob', 42],
				outcome: 'skipped',
				issues: [{ code: 'ROW_HIDDEN', severity: 'info', row: 3, sheet: 'Sheet1' }],
			},
			{ number: 4, source: ['Cid', 53], outcome: 'skipped' },
		]);
		expect(source.decisions).toContainEqual(
			decision('2 of 5 rows are hidden or filtered out. They are skipped.'),
		);
	});

	test('that could not be read anyway are skipped too', async () => {
		const faulty = hide(
			rowsXml([
				['Name', 'Age'],
				['Ann', 1],
				['Bob', { xml: '<c t="e"><v>#N/A</v></c>' }],
				['Cid', 3],
			]),
			3,
		);
		const { rejected } = await readWorkbook(workbook({ rows: faulty }), { hiddenRows: 'skip' });
		expect(rejected).toMatchObject([{ number: 3, outcome: 'skipped' }]);
	});

	test('are not mentioned where there are none', async () => {
		const { source } = await readWorkbook(
			workbook({ rows: rowsXml([['Name'], ['Ann'], ['Bob']]) }),
		);
		expect(source.decisions.map(({ subject }) => subject)).not.toContain('hidden rows');
	});

	test('carry a mark in the rows of a sheet', async () => {
		const opened = await xlsxFormat.open(new MemoryBytes(bytes), {});
		const marks: (true | undefined)[] = [];
		for (const sheet of opened.sheets) {
			for await (const list of opened.rows(sheet)) marks.push(...list.map(({ hidden }) => hidden));
		}
		expect(marks).toEqual([undefined, undefined, true, true, undefined]);
	});
});
