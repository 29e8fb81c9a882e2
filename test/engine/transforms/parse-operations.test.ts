import type { Cell, Column } from '../../../engine/dataset';
import { applyOperation, applyToColumn } from './apply-operation';

const dayFirst: Column = { name: 'x', type: 'date', format: { dateOrder: 'dmy' } };

describe('parse-date', () => {
	test.each<[object, Cell, Cell]>([
		[{}, '05.06.2024', '2024-06-05'],
		[{ order: 'mdy' }, '05/06/2024', '2024-05-06'],
		[{ pattern: 'yyyyMMdd' }, '20240605', '2024-06-05'],
		[{ pattern: 'dd.MM.yyyy HH:mm' }, '05.06.2024 07:08', '2024-06-05T07:08:00'],
		[{ result: 'date-time' }, '05.06.2024', '2024-06-05T00:00:00'],
		[{ result: 'date' }, '05.06.2024 00:00', '2024-06-05'],
		[{}, '  ', null],
		[{}, null, null],
	])('with %j, %j becomes %j', async (options, cell, expected) => {
		expect(await applyToColumn('parse-date', options, [cell], dayFirst)).toEqual([expected]);
	});

	test('the column is a date afterwards, in no notation but ISO 8601', async () => {
		const batch = await applyOperation('parse-date', { fields: ['x'] }, [dayFirst], []);
		expect(batch.columns).toEqual([{ name: 'x', type: 'date' }]);
	});

	const cells: Cell[][] = [['05.06.2024'], ['31.02.2024'], [45000]];

	test('a cell that is no date fails its row', async () => {
		const batch = await applyOperation('parse-date', { fields: ['x'] }, [dayFirst], cells);
		expect(batch.rows.map((row) => row.cells)).toEqual([['2024-06-05']]);
		expect(batch.rejected).toMatchObject([
			{
				number: 3,
				source: ['31.02.2024'],
				outcome: 'failed',
				issues: [
					{
						code: 'CELL_DATE',
						severity: 'error',
						row: 3,
						column: 'x',
						value: '31.02.2024',
						message: '"31.02.2024" is not a date (day first)',
					},
				],
			},
			{ number: 4, issues: [{ code: 'CELL_DATE' }] },
		]);
	});

	test('or is emptied with a warning, or kept with a warning and no type for the column', async () => {
		const emptied = await applyOperation(
			'parse-date',
			{ fields: ['x'], onFailure: 'empty' },
			[dayFirst],
			cells,
		);
		expect(emptied.rows.map((row) => row.cells)).toEqual([['2024-06-05'], [null], [null]]);
		expect(emptied.issues).toMatchObject([
			{ code: 'CELL_DATE', severity: 'warning', row: 3 },
			{ code: 'CELL_DATE', severity: 'warning', row: 4 },
		]);
		const kept = await applyOperation(
			'parse-date',
			{ fields: ['x'], onFailure: 'keep' },
			[dayFirst],
			cells,
		);
		expect(kept.rows.map((row) => row.cells)).toEqual([['2024-06-05'], ['31.02.2024'], [45000]]);
		expect(kept.columns).toEqual([{ name: 'x' }]);
		expect(kept.issues).toHaveLength(2);
	});

	test('a date that can be two days is never guessed', async () => {
		const batch = await applyOperation(
			'parse-date',
			{ fields: ['x'] },
			[{ name: 'x', type: 'text', format: { ambiguous: 'date-order' } }],
			[['05.06.2024'], ['25.06.2024']],
		);
		expect(batch.rows.map((row) => row.cells)).toEqual([['2024-06-25']]);
		expect(batch.rejected).toMatchObject([
			{ number: 2, issues: [{ code: 'CELL_DATE_AMBIGUOUS' }] },
		]);
	});

	test('a time of day is never dropped', async () => {
		const batch = await applyOperation(
			'parse-date',
			{ fields: ['x'], result: 'date' },
			[dayFirst],
			[['05.06.2024 07:08']],
		);
		expect(batch.rejected[0]?.issues[0]?.message).toBe(
			'"05.06.2024 07:08" has a time of day, and the result is a date',
		);
	});

	test('a pattern that is none is refused', async () => {
		await expect(applyToColumn('parse-date', { pattern: 'dd.MM.' }, [])).rejects.toMatchObject({
			code: 'RUN_CONFIG',
		});
	});
});

describe('parse-date in a language', () => {
	test.each<[object, Cell, Cell, Column?]>([
		[{ language: 'de' }, '31. Dez. 2024', '2024-12-31'],
		[{ language: 'en-US' }, '05/12/2023', '2023-05-12'],
		[{ language: 'en_GB' }, '05/12/2023', '2023-12-05'],
		[{ language: 'en-US', order: 'dmy' }, '05/12/2023', '2023-12-05'],
		[{ language: 'en-US' }, '05/12/2023', '2023-12-05', dayFirst],
		[{ language: 'ar-EG' }, '٥ ديسمبر ٢٠٢٣', '2023-12-05'],
		[{ language: 'any' }, '26 gennaio 2014', '2014-01-26'],
		[{ language: 'en', reference: '2024-03-31' }, '2 weeks ago', '2024-03-17'],
		[{ language: 'en', reference: '2024-03-31' }, 'March 5', '2024-03-05'],
		[{ language: 'de', pattern: 'yyyyMMdd' }, '20240605', '2024-06-05'],
	])('with %j, %j becomes %j', async (...row) => {
		const [options, cell, expected, column] = row;
		expect(await applyToColumn('parse-date', options, [cell], column)).toEqual([expected]);
	});

	test.each([
		[{ language: 'en' }, 'yesterday', 'CELL_DATE'],
		[{ language: 'en' }, 'March 5', 'CELL_DATE'],
		[{ language: 'de' }, 'March 5, 2024', 'CELL_DATE'],
		[{ language: 'any' }, '02/03/2024', 'CELL_DATE_AMBIGUOUS'],
	])('with %j, %j is not guessed', async (options, cell, code) => {
		const batch = await applyOperation(
			'parse-date',
			{ fields: ['x'], ...options },
			['x'],
			[[cell]],
		);
		expect(batch.rejected).toMatchObject([{ issues: [{ code }] }]);
	});

	test('today is the day on which the step is run', async () => {
		const options = { language: 'en', reference: 'today', result: 'date' };
		const [today] = await applyToColumn('parse-date', options, ['today']);
		const now = new Date();
		const days = [now, new Date(now.getTime() - 86_400_000)].map((day) =>
			[day.getFullYear(), day.getMonth() + 1, day.getDate()]
				.map((part) => String(part).padStart(2, '0'))
				.join('-'),
		);
		expect(days).toContain(today);
	});

	test.each([
		[{ language: 'no language' }, '"no language" is not a language'],
		[{ language: 'de', reference: 'someday' }, 'The reference date "someday" is not a date'],
	])('%j is refused', async (options, message) => {
		await expect(applyToColumn('parse-date', options, [])).rejects.toThrow(message);
	});
});

describe('parse-number', () => {
	test.each<[object, Cell, Cell, Column?]>([
		[{ decimalSign: 'comma' }, '1.234,50 €', 1234.5],
		[{ decimalSign: 'point' }, '1,234.50', 1234.5],
		[{}, '1.234', 1234, { name: 'x', format: { decimalSign: ',' } }],
		[{}, '-1234567890.123456789', '-1234567890.123456789'],
		[{}, 7, 7],
		[{}, ' ', null],
		[{ onFailure: 'empty' }, 'abc', null],
		[{ onFailure: 'keep' }, 'abc', 'abc'],
		[{ language: 'de' }, '1.234', 1234],
		[{ language: 'de' }, '1,2 Mio. €', 1_200_000],
		[{ language: 'hi' }, '१,२३,४५६.५', 123456.5],
		[{ language: 'de', decimalSign: 'point' }, '1.234', 1.234],
		[{ language: 'de', onFailure: 'empty' }, '1,234.50', null],
	])('with %j, %j becomes %j', async (...row) => {
		const [options, cell, expected, column] = row;
		expect(await applyToColumn('parse-number', options, [cell], column)).toEqual([expected]);
	});

	test('a language that is none is refused', async () => {
		await expect(
			applyToColumn('parse-number', { language: 'no language' }, []),
		).rejects.toMatchObject({ code: 'RUN_CONFIG' });
	});

	test('a number that can be two is never guessed', async () => {
		const batch = await applyOperation(
			'parse-number',
			{ fields: ['x'] },
			['x'],
			[['1.234'], ['much'], [true]],
		);
		expect(batch.rejected.map(({ issues }) => issues[0]?.code)).toEqual([
			'CELL_NUMBER_AMBIGUOUS',
			'CELL_NUMBER',
			'CELL_NUMBER',
		]);
	});
});
