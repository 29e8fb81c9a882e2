import XLSX from '@e965/xlsx';
import { sylkFormat } from '../../../../engine/formats/sylk';
import { ImportError } from '../../../../engine/issues';
import { decided, readAll } from '../../read-all';
import { readSheets } from '../read-sheets';

const HEAD = 'ID;PWXL;N;E\r\nP;PGeneral\r\nP;Pyyyy\\-mm\\-dd\r\nP;P00000\r\nP;P0.00\r\n';

async function read(records: string, cells?: 'typed' | 'shown', head = HEAD) {
	const [sheet] = await readSheets(sylkFormat, `${head}${records}\r\nE\r\n`, { cells });
	return sheet!;
}

async function failure(content: string, limits = {}) {
	try {
		await readSheets(sylkFormat, content, limits);
	} catch (error) {
		if (error instanceof ImportError) return error.issue;
		throw error;
	}
	throw new Error('The file was read without an error.');
}

describe('values', () => {
	test.each<[records: string, typed: unknown, shown: unknown]>([
		['C;Y1;X1;K1234.5', 1234.5, '1234.5'],
		['C;Y1;X1;K"007"', '007', '007'],
		['C;Y1;X1;K"a;;b"', 'a;b', 'a;b'],
		['C;Y1;X1;K"say "hi""', 'say "hi"', 'say "hi"'],
		['C;Y1;X1;K"two\x1b :lines"', 'two\nlines', 'two\nlines'],
		['C;Y1;X1;K"M\x1bNHuller, Stra\x1bN{e"', 'Müller, Straße', 'Müller, Straße'],
		['C;Y1;X1;KTRUE', true, 'TRUE'],
		['C;Y1;X1;K12345678901234567890', '12345678901234567890', '12345678901234567890'],
		['F;P1;FG0G;Y1;X1\r\nC;K46082', '2026-03-01', '2026-03-01'],
		['F;P2;FG0G;X1;Y1\r\nC;K42', '00042', '00042'],
		['F;P3;C1\r\nC;Y1;X1;K2', 2, '2.00'],
		['F;P1;R1\r\nC;Y1;X1;K46082', '2026-03-01', '2026-03-01'],
		['C;Y1;X1;K3;ER[-1]C+1', 3, '3'],
	])('%s', async (records, typed, shown) => {
		expect((await read(records)).rows).toEqual([[typed]]);
		expect((await read(records, 'shown')).rows).toEqual([[shown]]);
	});

	test('quotes that are doubled by the programs that double them', async () => {
		const { rows } = await read('C;Y1;X1;K"say ""hi"""', 'typed', 'ID;PSCALC3\n');
		expect(rows).toEqual([['say "hi"']]);
	});

	test('days that are counted from 1904', async () => {
		const { rows } = await read('O;L;V4\r\nF;P1;Y1;X1\r\nC;K44620');
		expect(rows).toEqual([['2026-03-01']]);
	});

	test('an error is a fault of its cell', async () => {
		const { rows, faults } = await read('C;Y1;X1;K"a"\r\nC;X2;K#DIV/0!');
		expect(rows).toEqual([['a', '#DIV/0!']]);
		expect(faults).toEqual([{ row: 1, column: 1, kind: 'formula-error', value: '#DIV/0!' }]);
	});

	test('places that are left out are those before; rows and cells that are missing are empty', async () => {
		const { rows } = await read('C;Y1;X1;K"a"\r\nC;X3;K"b"\r\nC;Y3;K"c"\r\nC;X1;K"d"\r\nF;W1 1 20');
		expect(rows).toEqual([['a', null, 'b'], [], ['d', null, 'c']]);
	});
});

describe('files', () => {
	const table = [
		['Name', 'Town; street', 'Since', 'Member'],
		['Ann', 'Bonn', 46082, true],
		['Bob\nby', 'Ulm', 46083, false],
	];
	const written = () => {
		const sheet = XLSX.utils.aoa_to_sheet(table);
		for (const address of ['C2', 'C3']) (sheet[address] as XLSX.CellObject).z = 'm/d/yy';
		const workbook = XLSX.utils.book_new();
		XLSX.utils.book_append_sheet(workbook, sheet, 'S');
		return XLSX.write(workbook, { type: 'buffer', bookType: 'sylk' }) as Buffer;
	};

	test('are recognised by their records and read as a table', async () => {
		const { dataset, rows } = await readAll(written(), { fileName: 'members.slk' });
		expect(decided(dataset, 'format')).toBe('sylk');
		expect(dataset.source.columns.map(({ name }) => name)).toEqual(table[0]);
		expect(rows).toEqual([
			['Ann', 'Bonn', '2026-03-01', true],
			['Bob\nby', 'Ulm', '2026-03-02', false],
		]);
		expect(dataset.source).toMatchObject({ issues: [] });
	});

	test('however they are named, with a word about the name', async () => {
		const { dataset } = await readAll(written(), { fileName: 'members.csv' });
		expect(dataset.source).toMatchObject({
			format: 'sylk',
			issues: [{ code: 'FILE_FORMAT_MISMATCH' }],
		});
	});

	test.each([
		'ID;Price;Name\n1;2.50;Ann\n2;3.50;Bob\n',
		'ID;P;K\nC;1;K\nE;2;L\n',
		'ID;Place\nP;Ulm\nC;Bonn\n',
	])('a table whose first column is called ID is none: %s', async (text) => {
		const { dataset } = await readAll(Buffer.from(text));
		expect(dataset.source).toMatchObject({ format: 'csv' });
	});

	test('in any encoding, and in chunks of any size', async () => {
		const text = `${HEAD}C;Y1;X1;K"Größe"\r\nC;Y2;K"Fuß"\r\nE\r\n`;
		const [sheet] = await readSheets(sylkFormat, Buffer.from(text, 'latin1'));
		expect(sheet?.rows).toEqual([['Größe'], ['Fuß']]);
	});

	test('of many rows', async () => {
		const rows = Array.from({ length: 20_000 }, (_, i) => `C;Y${i + 1};X1;K${i}\r\nC;X2;K"x${i}"`);
		const sheet = await read(rows.join('\r\n'));
		expect(sheet.rows).toHaveLength(20_000);
		expect(sheet.rows.at(-1)).toEqual([19_999, 'x19999']);
	});
});

describe('what cannot be read', () => {
	test.each([
		['no SYLK', 'a;b\n1;2\n', 'FILE_FORMAT'],
		['nothing', '', 'FILE_EMPTY'],
		['no end', `${HEAD}C;Y1;X1;K1\n`, 'FILE_UNREADABLE'],
		['rows out of order', `${HEAD}C;Y2;X1;K1\nC;Y1;X1;K2\nE\n`, 'FILE_UNREADABLE'],
		['a cell beyond the sheet', `${HEAD}C;Y1;X99999999;K1\nE\n`, 'FILE_UNREADABLE'],
		['a place that is none', `${HEAD}C;Yx;X1;K1\nE\n`, 'FILE_UNREADABLE'],
	])('%s', async (_, content, code) => {
		expect(await failure(content)).toMatchObject({ code });
	});

	test('a text that does not end', async () => {
		const content = `${HEAD}C;Y1;X1;K"${'line\n'.repeat(1000)}`;
		expect(await failure(content, { maxRecordLength: 2000 })).toMatchObject({
			code: 'FILE_TOO_LARGE',
		});
	});
});
