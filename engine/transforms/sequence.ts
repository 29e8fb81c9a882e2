import { KeptPosition, positionName, type Position } from './counting/kept-position';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, text, wholeNumber } from './definition/parameters';

type Count = 'rows' | 'file';

export const sequence = defineOperation({
	kind: 'sequence',
	title: 'Number Rows',
	summary: 'Number the rows, or write the row of the file that each comes from',
	parameters: {
		field: text({ title: 'Column', summary: 'Column that takes the number', default: 'number' }),
		count: choice<Count>({
			title: 'Number',
			summary: 'What is counted',
			choices: { rows: 'Rows That Come Here', file: 'Row of the File' },
		}),
		start: wholeNumber({
			title: 'Start',
			summary: 'First number',
			default: 1,
			onlyWhen: { count: ['rows'] },
		}),
		step: wholeNumber({
			title: 'Step',
			summary: 'What is added from row to row',
			default: 1,
			onlyWhen: { count: ['rows'] },
		}),
		position: choice<Position>({
			title: 'First Number',
			summary: 'Where the numbers begin',
			choices: {
				anew: 'At Start, in Each Run',
				kept: 'Behind Those of the Last Run',
			},
			onlyWhen: { count: ['rows'] },
		}),
		counter: positionName({ count: ['rows'] }),
		prefix: text({
			title: 'Prefix',
			summary: 'Text in front of the number; the result is a text then',
			default: '',
		}),
		length: wholeNumber({
			title: 'Digits',
			summary: 'Digits at least, filled up with zeros; the result is a text then',
			default: 0,
			least: 0,
			most: 30,
		}),
	},
	example: {
		options: { field: 'No', prefix: 'M-', length: 4, start: 100 },
		columns: [{ name: 'Name' }],
		before: [['Ada'], ['Bo']],
		columnsAfter: ['Name', 'No'],
		after: [
			['Ada', 'M-0100'],
			['Bo', 'M-0101'],
		],
	},
	compile({ field, count, start, step, position, counter, prefix, length }, columnsIn, context) {
		const isText = prefix !== '' || length > 0;
		const places = placesFor([{ name: field, type: isText ? 'text' : 'integer' }], columnsIn);
		const given = new KeptPosition(context, position === 'kept' ? counter : undefined, true);
		const numbered = computeColumns(places, ({ number: row }) => {
			const number = count === 'file' ? row : start + step * given.next('');
			if (!isText) return [number];
			const digits = String(Math.abs(number)).padStart(length, '0');
			return [`${prefix}${number < 0 ? '-' : ''}${digits}`];
		});
		if (count === 'file' || position === 'anew') return numbered;
		return { ...numbered, open: () => given.open().then(() => []) };
	},
});
