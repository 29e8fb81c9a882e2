import type { Cell } from '../../../engine/dataset';
import { applyOperation, applyToColumn } from './apply-operation';

describe('trim', () => {
	test.each<[object, Cell, Cell]>([
		[{}, '  a b ', 'a b'],
		[{}, '\u00a0\u200b\ufeffa\u2060', 'a'],
		[{}, '   ', ''],
		[{}, null, null],
		[{}, 5, 5],
		[{ sides: 'start' }, ' a ', 'a '],
		[{ sides: 'end' }, ' a ', ' a'],
		[{ collapse: true }, ' a \n\u00a0 b ', 'a b'],
	])('with %j, %j becomes %j', async (options, cell, expected) => {
		expect(await applyToColumn('trim', options, [cell])).toEqual([expected]);
	});

	test('takes all columns when none is named', async () => {
		const batch = await applyOperation('trim', {}, ['a', 'b'], [[' x', 'y ']]);
		expect(batch.rows).toEqual([{ number: 2, cells: ['x', 'y'], source: [' x', 'y '] }]);
	});

	test('copies nothing for a row that has nothing to trim', async () => {
		const batch = await applyOperation('trim', {}, ['a'], [['x']]);
		expect(batch.rows).toEqual([{ number: 2, cells: ['x'] }]);
	});
});

describe('change-case', () => {
	test.each([
		['lower', 'ÄPFEL & Birnen', 'äpfel & birnen'],
		['upper', 'Straße', 'STRASSE'],
		['title', 'ADA LOVELACE', 'Ada Lovelace'],
		['title', "sean o'brien", "Sean O'Brien"],
		['title', 'SEAN O’BRIEN', 'Sean O’Brien'],
		['title', "jeanne d'arc", "Jeanne D'Arc"],
		['title', 'RONALD MCDONALD', 'Ronald McDonald'],
		['title', 'jan van der berg', 'Jan van der Berg'],
		['title', 'VAN DER BERG', 'van der Berg'],
		['title', 'ludwig van beethoven', 'Ludwig van Beethoven'],
		['title', 'ANNE-MARIE MÜLLER-LÜDENSCHEIDT', 'Anne-Marie Müller-Lüdenscheidt'],
		['title', 'charles de gaulle', 'Charles de Gaulle'],
		['title', 'De Niro', 'De Niro'],
		['title', 'MacDonald', 'MacDonald'],
		['title', 'henry viii', 'Henry VIII'],
		['title', 'MEIER GMBH', 'Meier GmbH'],
		['title', "it's a dog's life", "It's A Dog's Life"],
		['title', 'école normale', 'École Normale'],
		['sentence', 'HELLO WORLD. HOW ARE YOU? fine!', 'Hello world. How are you? Fine!'],
	])('%s: %s becomes %s', async (letterCase, text, expected) => {
		expect(await applyToColumn('change-case', { case: letterCase }, [text])).toEqual([expected]);
	});

	test('leaves numbers and empty cells alone', async () => {
		expect(await applyToColumn('change-case', { case: 'upper' }, [5, null, true])).toEqual([
			5,
			null,
			true,
		]);
	});

	test('an unknown case is refused with the known ones', async () => {
		await expect(applyToColumn('change-case', { case: 'shouting' }, [])).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			message: 'The parameter "case" must be one of lower, upper, title, sentence',
		});
	});
});

describe('replace', () => {
	test.each<[object, Cell, Cell]>([
		[{ find: 'a', replaceWith: 'b' }, 'banana', 'bbnbnb'],
		[{ find: 'a', replaceWith: 'b', all: false }, 'banana', 'bbnana'],
		[{ find: 'A', replaceWith: 'b', ignoreCase: true }, 'banana', 'bbnbnb'],
		[{ find: '.', replaceWith: '' }, '1.2.3', '123'],
		[{ find: 'x', replaceWith: '$1$&' }, 'axb', 'a$1$&b'],
		[{ find: '^(\\d+)-(\\d+)$', replaceWith: '$2/$1', regularExpression: true }, '12-34', '34/12'],
		[{ find: '[^0-9]', regularExpression: true }, '(030) 12', '03012'],
		[{ find: '5', replaceWith: '6' }, 155, '166'],
		[{ find: 'x' }, 155, 155],
		[{ find: 'x' }, null, null],
	])('with %j, %j becomes %j', async (options, cell, expected) => {
		expect(await applyToColumn('replace', options, [cell])).toEqual([expected]);
	});

	test('the column is text afterwards, because what was known of it may not hold', async () => {
		const column = { name: 'x', type: 'decimal' as const, format: { decimalSign: '.' as const } };
		const batch = await applyOperation(
			'replace',
			{ fields: ['x'], find: '.', replaceWith: ',' },
			[column],
			[['1.5']],
		);
		expect(batch.columns).toEqual([{ name: 'x', type: 'text' }]);
	});

	test('what is no regular expression is refused', async () => {
		const options = { find: '(', regularExpression: true };
		await expect(applyToColumn('replace', options, [])).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			message: expect.stringContaining('"(" is not a regular expression') as string,
		});
	});
});
