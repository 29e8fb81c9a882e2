import type { Column, ColumnType } from '../dataset';
import { ImportError } from '../issues';
import { changeFields, quoted, type FailurePolicy } from './definition/cell-changes';
import { cellText } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { columns, flag, list, value } from './definition/parameters';
import { listKey, otherValues, translate, type Unknown } from './value-mapping/other-values';

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
		...otherValues,
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
		const { ignoreCase, unknown, default: fallback } = options;
		const keyOf = listKey(ignoreCase);
		const map = compileMap(options.values, keyOf);
		const change = translate((key) => map.get(key), keyOf, unknown, fallback);
		const columnOut = typeOfResults(options);
		const policy: FailurePolicy = unknown === 'empty' ? 'empty' : 'fail';
		return changeFields(options.fields, columnsIn, change, { columnOut, policy });
	},
});

interface ListedValue {
	from: MappedValue;
	to: MappedValue;
}

function compileMap(
	values: readonly ListedValue[],
	keyOf: (text: string) => string,
): Map<string, MappedValue> {
	const map = new Map<string, MappedValue>();
	for (const { from, to } of values) {
		const key = keyOf(cellText(from));
		if (map.has(key)) {
			throw new ImportError('RUN_CONFIG', `The value ${quoted(from)} is in the list twice`);
		}
		map.set(key, to);
	}
	return map;
}

/** The type that all results have in common; unknown when they have none, or values stay as they are. */
function typeOfResults(options: {
	values: readonly ListedValue[];
	unknown: Unknown;
	default: MappedValue;
}): (column: Column) => Column {
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
