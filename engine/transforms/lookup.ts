import type { Batch, Cell, Column, Row } from '../dataset';
import { issue, quoteValue } from '../issues';
import { reject } from './definition/cell-changes';
import { indexOfColumn } from './definition/columns';
import { placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, column, list, text, value } from './definition/parameters';
import { broughtColumns, indexInLookup } from './lookup-tables/lookup-columns';
import { keyComparison, keyReader } from './lookup-tables/lookup-keys';
import { LookupTable } from './lookup-tables/lookup-table';
import { lookupTable, openTable } from './lookup-tables/table-option';

type Several = 'first' | 'fail' | 'join';
type None = 'empty' | 'keep' | 'default' | 'fail';

export const lookup = defineOperation({
	kind: 'lookup',
	title: 'Lookup',
	summary: 'Bring columns over from a second table, by a key that both have',
	parameters: {
		table: lookupTable,
		keys: list({
			title: 'Key',
			summary: 'Columns in which a row and a row of the lookup table are the same',
			entries: {
				field: column({ title: 'Column', summary: 'Column of the rows' }),
				lookupField: text({
					title: 'Lookup Column',
					summary: 'Column of the lookup table; empty: the one of the same name',
					default: '',
				}),
			},
		}),
		bring: list({
			title: 'Columns to Bring Over',
			summary: 'What is taken from the lookup table; all but the key when nothing is listed',
			mayBeEmpty: true,
			entries: {
				lookupField: text({ title: 'Lookup Column', summary: 'Column of the lookup table' }),
				name: text({
					title: 'Name',
					summary: 'Column that takes the value; empty: the one of the same name',
					default: '',
				}),
			},
		}),
		...keyComparison,
		several: choice<Several>({
			title: 'Several Found',
			summary: 'What is taken when several rows of the lookup table have the key',
			choices: {
				first: 'The First',
				fail: 'Nothing: Fail the Row',
				join: 'All Different Texts, Joined',
			},
		}),
		separator: text({
			title: 'Separator',
			summary: 'What stands between joined texts',
			default: ', ',
			onlyWhen: { several: ['join'] },
		}),
		none: choice<None>({
			title: 'Nothing Found',
			summary: 'What becomes of a row whose key the lookup table does not have',
			choices: {
				empty: 'Leave the Columns Empty, With a Warning',
				keep: 'Keep What the Columns Hold',
				default: 'Take the Default',
				fail: 'Fail the Row',
			},
		}),
		default: value({
			title: 'Default',
			summary: 'What the columns hold when nothing is found',
			onlyWhen: { none: ['default'] },
		}),
	},
	example: {
		options: {
			table: {
				columns: ['code', 'name', 'region'],
				rows: [
					['DE', 'Germany', 'EMEA'],
					['JP', 'Japan', 'APAC'],
				],
			},
			keys: [{ field: 'Country', lookupField: 'code' }],
			bring: [{ lookupField: 'region', name: 'Region' }],
			none: 'default',
			default: 'Other',
		},
		columns: [{ name: 'Customer' }, { name: 'Country' }],
		before: [
			['ACME', 'de'],
			['Initech', 'JP '],
			['Globex', 'FR'],
		],
		columnsAfter: ['Customer', 'Country', 'Region'],
		after: [
			['ACME', 'de', 'EMEA'],
			['Initech', 'JP ', 'APAC'],
			['Globex', 'FR', 'Other'],
		],
	},
	compile(options, columnsIn, context) {
		const { several, none, separator, default: fallback } = options;
		const attached = openTable(options.table, context);
		const fields = options.keys.map(({ field }) => indexOfColumn(field, columnsIn));
		const keys = options.keys.map(({ field, lookupField }) =>
			indexInLookup(lookupField === '' ? field : lookupField, attached.columns),
		);
		const brought = broughtColumns(options.bring, attached.columns, keys);
		const table = new LookupTable(attached, {
			keyOf: keyReader(keys, options),
			keys,
			kept: brought.map(({ index }) => index),
			...(several === 'join' && { separator }),
		});
		const written = brought.map(({ name, index }) =>
			writtenColumn(name, attached.columns[index], options, columnsIn),
		);
		const places = placesFor(written, columnsIn);
		const keyOf = keyReader(fields, options);
		const defaults = brought.map(() => fallback);
		const place = (row: Row) => ({
			row: row.number,
			column: options.keys[0]?.field,
			value: fields.map((index) => quoteValue(row.cells[index] ?? null)).join(', '),
		});
		/** The cells to write; undefined for a row that fails. */
		const cellsFor = (row: Row, batch: Batch): Cell[] | undefined => {
			const key = keyOf(row.cells);
			const hit = key === undefined ? undefined : table.find(key);
			const at = place(row);
			if (hit !== undefined) {
				if (several !== 'fail' || hit.rows === 1) return hit.cells;
				const message = `${hit.rows} rows of the lookup table have the key "${at.value}"`;
				reject(batch, row, [issue('ROW_LOOKUP_SEVERAL', message, at)]);
				return undefined;
			}
			if (none === 'keep') return places.indexes.map((index) => row.cells[index] ?? null);
			if (none === 'default') return defaults;
			const message =
				key === undefined
					? 'The row has no key to look up'
					: `The lookup table has no row with the key "${at.value}"`;
			const found = issue('ROW_LOOKUP_NONE', message, {
				...at,
				...(none === 'empty' && { severity: 'warning' as const }),
			});
			if (none === 'empty') {
				batch.issues.push(found);
				return [];
			}
			reject(batch, row, [found]);
			return undefined;
		};
		return {
			columnsOut: places.columnsOut,
			open: () => table.open(),
			apply(batch) {
				const { rows } = batch;
				let kept = 0;
				for (const row of rows) {
					const cells = cellsFor(row, batch);
					if (cells === undefined) continue;
					row.source ??= row.cells.slice();
					for (const [i, index] of places.indexes.entries()) row.cells[index] = cells[i] ?? null;
					rows[kept++] = row;
				}
				rows.length = kept;
				batch.columns = places.columnsOut;
			},
			close: () => table.close(),
		};
	},
});

/** The column has the type that it has in the lookup table where no other values can come into it. */
function writtenColumn(
	name: string,
	from: Column | undefined,
	{ several, none }: { several: Several; none: None },
	columnsIn: readonly Column[],
): Column {
	if (none === 'default' || (none === 'keep' && columnsIn.some((known) => known.name === name))) {
		return { name };
	}
	if (several === 'join') return { name, type: 'text' };
	return {
		name,
		...(from?.type && { type: from.type }),
		...(from?.format && { format: from.format }),
	};
}
