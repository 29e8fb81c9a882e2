import type { Batch, Column, Row } from '../dataset';
import { issue, quoteValue } from '../issues';
import { indexOfColumn } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, column, flag, list, splitList, valueOrValues } from './definition/parameters';
import { compileCondition, operators, type Condition, type Test } from './filtering/conditions';

export const filterRows = defineOperation({
	kind: 'filter-rows',
	title: 'Filter Rows',
	summary: 'Keep or drop the rows that meet conditions',
	parameters: {
		conditions: list({
			title: 'Conditions',
			summary: 'What is asked of the rows',
			entries: {
				field: column({ title: 'Column', summary: 'Column whose value is looked at' }),
				operator: choice({
					title: 'Operator',
					summary: 'How the value is compared',
					choices: operators,
				}),
				value: valueOrValues({
					title: 'Value',
					summary: 'What it is compared with; for a list, one value a line or commas between them',
				}),
			},
		}),
		combine: choice({
			title: 'Combine',
			summary: 'Whether a row must meet all conditions or one of them',
			choices: { all: 'All Conditions', any: 'Any Condition' },
		}),
		action: choice({
			title: 'Action',
			summary: 'What happens to the rows that meet the conditions',
			choices: { keep: 'Keep Them', drop: 'Drop Them' },
		}),
		ignoreCase: flag({
			title: 'Ignore Case',
			summary: 'Whether upper and lower case are the same',
			default: false,
		}),
	},
	example: {
		options: { conditions: [{ field: 'Country', operator: 'in-list', value: ['DE', 'AT'] }] },
		columns: [{ name: 'Country' }],
		before: [['DE'], ['FR'], ['AT']],
		after: [['DE'], ['AT']],
	},
	compile(options, columnsIn) {
		const checks = options.conditions.map(({ field, operator, value }) => {
			const isList = operator === 'in-list' || operator === 'not-in-list';
			const values = typeof value === 'string' ? (isList ? splitList(value) : [value]) : value;
			return compileCheck({ operator, values, ignoreCase: options.ignoreCase }, columnsIn, field);
		});
		const filter: Filter = {
			checks,
			all: options.combine === 'all',
			keep: options.action === 'keep',
		};
		return {
			columnsOut: columnsIn,
			apply: (batch) => filterBatch(batch, filter),
		};
	},
});

/** One condition, ready for rows. */
interface Check {
	index: number;
	column: Column;
	test: Test;
	/** The condition in words: `"Country" is one of DE, AT`. */
	words: string;
}

interface Filter {
	checks: readonly Check[];
	all: boolean;
	keep: boolean;
}

function compileCheck(condition: Condition, columnsIn: readonly Column[], field: string): Check {
	const index = indexOfColumn(field, columnsIn);
	const column = columnsIn[index] ?? { name: field };
	const { operator, values: wanted } = condition;
	const words = `"${field}" ${operators[operator].toLowerCase()} ${quoteValue(wanted.join(', '))}`;
	return { index, column, test: compileCondition(condition, column), words: words.trim() };
}

function filterBatch(batch: Batch, filter: Filter): void {
	const { rows } = batch;
	let kept = 0;
	for (const row of rows) {
		const decisive = decisiveCheck(row, filter);
		if (decisive === undefined) rows[kept++] = row;
		else skip(batch, row, decisive, filter);
	}
	rows.length = kept;
}

/** The condition because of which a row is left out; undefined when the row stays. */
function decisiveCheck(row: Row, { checks, all, keep }: Filter): Check | undefined {
	const decidedBy = checks.find(({ index, test }) => test(row.cells[index] ?? null) !== all);
	// Of all conditions, the first that fails decides; of any, the first that holds.
	const isMet = all ? decidedBy === undefined : decidedBy !== undefined;
	if (isMet === keep) return undefined;
	return decidedBy ?? checks[0];
}

function skip(batch: Batch, row: Row, check: Check, { keep }: Filter): void {
	const reason = keep
		? `Not kept, because ${check.words} does not hold`
		: `Dropped, because ${check.words}`;
	batch.rejected.push({
		number: row.number,
		source: row.source ?? row.cells,
		outcome: 'skipped',
		issues: [
			issue('ROW_FILTERED', reason, {
				row: row.number,
				column: check.column.name,
				value: quoteValue(row.cells[check.index] ?? null),
			}),
		],
	});
}
