import { changeCells } from './definition/cell-changes';
import { cellText } from './definition/cell-text';
import { changeColumns, indexesOfColumns } from './definition/columns';
import { defineOperation } from './definition/operation';
import { columns, flag, text } from './definition/parameters';
import { indexInLookup } from './lookup-tables/lookup-columns';
import { LookupTable } from './lookup-tables/lookup-table';
import { lookupTable, openTable } from './lookup-tables/table-option';
import { listKey, otherValues, translate } from './value-mapping/other-values';

export const lookupValues = defineOperation({
	kind: 'lookup-values',
	title: 'Map Values by Lookup',
	summary: 'Translate values by a second table with a column of values and one of what they become',
	parameters: {
		table: lookupTable,
		fields: columns({ title: 'Columns', summary: 'Columns whose values are translated' }),
		fromField: text({
			title: 'From Column',
			summary: 'Column of the lookup table with the values as they stand in the file',
		}),
		toField: text({
			title: 'To Column',
			summary: 'Column of the lookup table with what they become; empty there empties the cell',
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
			table: {
				columns: ['label', 'code'],
				rows: [
					['Germany', 'DE'],
					['Deutschland', 'DE'],
				],
			},
			fields: ['Country'],
			fromField: 'label',
			toField: 'code',
			unknown: 'keep',
		},
		columns: [{ name: 'Country' }],
		before: [['germany'], ['Deutschland'], ['FR']],
		after: [['DE'], ['DE'], ['FR']],
	},
	compile(options, columnsIn, context) {
		const { unknown, default: fallback } = options;
		const attached = openTable(options.table, context);
		const from = indexInLookup(options.fromField, attached.columns);
		const to = indexInLookup(options.toField, attached.columns);
		const keyOf = listKey(options.ignoreCase);
		const table = new LookupTable(attached, {
			keyOf: (cells) => keyOf(cellText(cells[from] ?? null)) || undefined,
			keys: [from],
			kept: [to],
		});
		const find = (key: string) => {
			const hit = key === '' ? undefined : table.find(key);
			return hit && (hit.cells[0] ?? null);
		};
		const change = translate(find, keyOf, unknown, fallback);
		const indexes = indexesOfColumns(options.fields, columnsIn);
		const type =
			unknown === 'keep' || unknown === 'default' ? undefined : attached.columns[to]?.type;
		const columnsOut = changeColumns(columnsIn, indexes, ({ name }) => ({
			name,
			...(type && { type }),
		}));
		const changes = indexes.map((index) => ({ index, change }));
		return {
			...changeCells(changes, columnsOut, unknown === 'empty' ? 'empty' : 'fail'),
			open: () => table.open(),
			close: () => table.close(),
		};
	},
});
