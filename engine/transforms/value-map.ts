import type { Cell, Column, ColumnType } from '../dataset';
import { decimalText, trimBlanks } from '../dataset/values';
import { ImportError } from '../issues';
import { changeFields, Failure, quoted, type FailurePolicy } from './definition/cell-changes';
import { defineOperation } from './definition/operation';
import { choice, columns, flag, list, value } from './definition/parameters';

type Unknown = 'fail' | 'keep' | 'empty' | 'default';

type MappedValue = string | number | boolean | null;

export const valueMap = defineOperation({
	kind: 'value-map',
	title: 'Map Values',
	summary: 'Translate values by a list, such as M to male',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns whose values are translated' }),
		values: list({
			title: 'Values',
			summary: 'What each value becomes',
			entries: {
				from: value({ title: 'From', summary: 'Value in the file' }),
				to: value({ title: 'To', summary: 'Value that it becomes; empty for an empty cell' }),
			},
		}),
		ignoreCase: flag({
			title: 'Ignore Case',
			summary: 'Whether upper and lower case are the same',
			default: true,
		}),
		unknown: choice<Unknown>({
			title: 'Other Values',
			summary: 'What becomes of a value that is not in the list',
			choices: {
				fail: 'Fail the Row',
				keep: 'Keep the Value',
				empty: 'Empty the Cell, With a Warning',
				default: 'Take the Default',
			},
		}),
		default: value({
			title: 'Default',
			summary: 'What values that are not in the list become',
			onlyWhen: { unknown: ['default'] },
		}),
	},
	example: {
		options: {
			fields: ['Country'],
			values: [
				{ from: 'Germany', to: 'DE' },
				{ from: 'Deutschland', to: 'DE' },
			],
			unknown: 'keep',
		},
		columns: [{ name: 'Country' }],
		before: [['germany'], ['Deutschland'], ['FR']],
		after: [['DE'], ['DE'], ['FR']],
	},
	compile(options, columnsIn) {
		const change = compileMap(options);
		const columnOut = typeOfResults(options);
		const policy: FailurePolicy = options.unknown === 'empty' ? 'empty' : 'fail';
		return changeFields(options.fields, columnsIn, change, { columnOut, policy });
	},
});

interface MapOptions {
	values: Array<{ from: MappedValue; to: MappedValue }>;
	ignoreCase: boolean;
	unknown: Unknown;
	default: MappedValue;
}

function compileMap({
	values,
	ignoreCase,
	unknown,
	default: fallback,
}: MapOptions): (cell: Cell) => Cell | Failure {
	const keyOf = ignoreCase ? (key: string) => trimBlanks(key).toLowerCase() : trimBlanks;
	const map = new Map<string, MappedValue>();
	for (const { from, to } of values) {
		const key = keyOf(textOf(from));
		if (map.has(key)) {
			throw new ImportError('RUN_CONFIG', `The value ${quoted(from)} is in the list twice`);
		}
		map.set(key, to);
	}
	return (cell) => {
		if (typeof cell === 'object' && cell !== null) return notListed(cell);
		const key = keyOf(textOf(cell));
		const to = map.get(key);
		if (to !== undefined) return to;
		if (key === '' || unknown === 'keep') return cell;
		return unknown === 'default' ? fallback : notListed(cell);
	};
}

const notListed = (cell: Cell) =>
	new Failure('CELL_OPTION', `${quoted(cell)} is not in the list of values`);

function textOf(cell: MappedValue): string {
	if (cell === null) return '';
	return typeof cell === 'number' ? decimalText(cell) : String(cell);
}

/** The type that all results have in common; unknown when they have none, or values stay as they are. */
function typeOfResults(options: MapOptions): (column: Column) => Column {
	const results = options.values.map(({ to }) => to);
	if (options.unknown === 'default') results.push(options.default);
	const types = new Set(results.filter((result) => result !== null).map(typeOf));
	const [type] = types;
	const isCertain = types.size === 1 && options.unknown !== 'keep';
	return ({ name }) => (isCertain && type !== undefined ? { name, type } : { name });
}

function typeOf(result: string | number | boolean): ColumnType {
	if (typeof result === 'string') return 'text';
	if (typeof result === 'boolean') return 'boolean';
	return Number.isSafeInteger(result) ? 'integer' : 'decimal';
}
