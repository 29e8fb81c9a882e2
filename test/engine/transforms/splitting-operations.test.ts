import type { Cell } from '../../../engine/dataset';
import { cellsOf } from '../fields/apply-step';
import { applyOperation } from './apply-operation';

describe('parse-price', () => {
	const read = async (options: object, ...row: Cell[]) => {
		const columns = ['x', 'y'].slice(0, row.length);
		const batch = await applyOperation('parse-price', { field: 'x', ...options }, columns, [row]);
		return cellsOf(batch)[0]?.slice(row.length);
	};

	test.each<[object, Cell[], Cell[]]>([
		[{}, ['ab 1.234,50 €'], [1234.5, 'EUR']],
		[{ currencyAs: 'written' }, ['ab 1.234,50 €'], [1234.5, '€']],
		[{}, ['$5'], [5, '$']],
		[{}, ['12,-'], [12, null]],
		[{}, [12.5], [12.5, null]],
		[{}, [''], [null, null]],
		[{}, [null], [null, null]],
		[{ currencyField: 'y' }, ['17,95', 'DKK'], [17.95, 'DKK']],
		[{ currencyField: 'y' }, [17.95, '€'], [17.95, 'EUR']],
		[{ currencyField: 'y' }, ['3 €', '$'], [3, 'EUR']],
		[{ decimalSign: 'point' }, ['1.234 €'], [1.234, 'EUR']],
		[{ onFailure: 'empty' }, ['on request'], [null, null]],
	])('%j of %j gives %j', async (options, row, expected) => {
		expect(await read(options, ...row)).toEqual(expected);
	});

	test('a cell without a price fails its row', async () => {
		const batch = await applyOperation('parse-price', { field: 'x' }, ['x'], [['on request']]);
		expect(batch.rejected).toMatchObject([
			{ issues: [{ code: 'CELL_NUMBER', column: 'x', message: '"on request" is not a price' }] },
		]);
	});

	test('a column for the currency that is not there is refused', async () => {
		await expect(read({ currencyField: 'z' }, '1')).rejects.toMatchObject({
			code: 'RUN_NO_COLUMN',
		});
	});
});

describe('split-name', () => {
	test('the columns are named in order, and a hyphen leaves one out', async () => {
		const options = { field: 'x', names: '-, First, , Last' };
		const batch = await applyOperation(
			'split-name',
			options,
			['x'],
			[['Dr. Ada King Lovelace'], ['']],
		);
		expect(batch.columns.map(({ name }) => name)).toEqual(['x', 'First', 'Last']);
		expect(cellsOf(batch)).toEqual([
			['Dr. Ada King Lovelace', 'Ada', 'Lovelace'],
			['', null, null],
		]);
	});

	test.each([
		['-', 'Name at least one column'],
		['a, a', 'The column "a" is there twice'],
		['a, b, c, d, e, f, g', 'There are 7 names for 6 columns'],
	])('the names %j are refused', async (names, message) => {
		const applying = applyOperation('split-name', { field: 'x', names }, ['x'], []);
		await expect(applying).rejects.toThrow(message);
	});
});

describe('split-address', () => {
	const names = 'Street, No, Unit, Code, City, Region, Country';

	test('an address is taken apart as its country writes it', async () => {
		const options = { field: 'x', names, country: 'us' };
		const batch = await applyOperation(
			'split-address',
			options,
			['x'],
			[['123 Main St Apt 4, Springfield, IL 62704'], [null]],
		);
		expect(cellsOf(batch).map((cells) => cells.slice(1))).toEqual([
			['Main St', '123', 'Apt 4', '62704', 'Springfield', 'IL', null],
			[null, null, null, null, null, null, null],
		]);
	});

	test('what is no address leaves the columns empty with a warning, or fails the row', async () => {
		const rows = [['somewhere']];
		const batch = await applyOperation('split-address', { field: 'x' }, ['x'], rows);
		expect(
			cellsOf(batch)[0]
				?.slice(1)
				.every((cell) => cell === null),
		).toBe(true);
		expect(batch.issues).toMatchObject([
			{ code: 'CELL_ADDRESS', severity: 'warning', column: 'x', value: 'somewhere' },
		]);
		const failed = await applyOperation(
			'split-address',
			{ field: 'x', onFailure: 'fail' },
			['x'],
			rows,
		);
		expect(failed.rejected).toMatchObject([
			{ issues: [{ code: 'CELL_ADDRESS', severity: 'error' }] },
		]);
	});

	test('a country that is none is refused', async () => {
		const applying = applyOperation('split-address', { field: 'x', country: 'Germany' }, ['x'], []);
		await expect(applying).rejects.toThrow('is not a country');
	});
});
