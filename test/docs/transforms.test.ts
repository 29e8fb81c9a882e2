import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	operations,
	type Cell,
	type OperationDescription,
	type ParameterDescription,
} from '../../engine';

const page = join(__dirname, '../../docs/transforms.md');

const cellText = (cell: Cell): string => {
	if (cell === null) return '';
	return typeof cell === 'string'
		? `\`${JSON.stringify(cell).slice(1, -1)}\``
		: JSON.stringify(cell);
};

/** A Markdown table; a bar inside of a cell must not end it. */
function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function parameterRow({ title, summary, required, choices = [], onlyWhen }: ParameterDescription) {
	const options =
		choices.length === 0 ? '' : ` (${choices.map((choice) => choice.title).join('; ')})`;
	const when =
		onlyWhen === undefined ? '' : ` Only with ${Object.values(onlyWhen).flat().join(' or ')}.`;
	return [`${title}${required ? ' *' : ''}`, `${summary}${options}.${when}`];
}

function section({ kind, title, summary, parameters, example }: OperationDescription): string {
	const names = example.columns.map(({ name }) => name);
	const after = example.columnsAfter ?? names;
	const rows = parameters.flatMap((parameter) => [
		parameterRow(parameter),
		...(parameter.entries ?? []).map((entry) => {
			const [entryTitle = '', ...rest] = parameterRow(entry);
			return [`${parameter.title} > ${entryTitle}`, ...rest];
		}),
	]);
	return `## ${title}

${summary}. In steps it is called \`${kind}\`.

${table(['Parameter', 'What it says'], rows)}

Example, with \`${JSON.stringify(example.options)}\`:

${table(
	names,
	example.before.map((cells) => cells.map(cellText)),
)}

becomes

${table(
	after,
	example.after.map((cells) => cells.map(cellText)),
)}
`;
}

/** docs/transforms.md as it must be: what the operations say of themselves. */
function render(): string {
	const sorted = operations
		.map(({ description }) => description)
		.sort((a, b) => a.title.localeCompare(b.title, 'en'));
	const list = sorted.map(({ title, summary }) => `- **${title}**: ${summary}`).join('\n');
	return `# Operations of Transform

Transform runs its operations from top to bottom; drag them into another order. Each works on the columns that reach it,
in batches, so that a file of any length takes the same memory. Those that must see all rows first (Sort, Group and
Aggregate, Rows to Columns, Remove Duplicates where the last is kept) put them into a temporary file meanwhile.

No row gets lost: it goes on, is skipped with a reason, or fails with a code of [errors.md](errors.md). A star marks what
must be set. This page is made from the code by \`npm run docs\`, and a test holds every example true.

## A second table

Lookup and Map Values by Lookup look into a table that comes in by the second input of the node, _Lookup_: a Dataset, such
as another file behind Parse Spreadsheet, or ordinary rows. Other operations need nothing there. The table travels with the
Dataset to the node that runs it, its file by reference; more than 1,000 rows that came as items are put into a file for
that. It is read once in each run, and also once for each preview; a large one lies in a temporary file meanwhile. Keys that
it has more than once are reported (RUN_LOOKUP_DUPLICATE), rows of it that cannot be used as well (RUN_LOOKUP_REJECTED).

## Positions that outlive a run

Assign in Turn, and Number Rows if it is set so, go on where the last run ended. The position is kept in the file that also
holds the [templates](templates.md), under Position Name; without a name it belongs to the workflow, the node and the column.

- A preview and a plan show what comes next and leave the position alone.
- A Dataset moves it on together with its rows: when Match & Upsert commits them, and not at all when the run fails before.
  Should the process end in the moment between both commits, the rows are written and their turns come once more.
- With Output set to Items the node moves it on when it hands the rows over, whatever becomes of them later.
- A row that got a name or a number and fails in a later step has used it up: numbers may have gaps.
- Two runs at the same time both count. Names may then come twice in a row. Numbers are never given twice: the run that ends
  last writes nothing and fails with RUN_STATE; run it again.

## Rows that are computed together

Compute All Rows holds all rows in memory, up to Row Limit and 64 million characters, and ends with RUN_LIMIT beyond. What
comes out are rows of the file where the expression gives back a row as it went in; new rows take the numbers of those that
do not come back, in order. A row that went in and for which none comes out is skipped with ROW_GROUPED, as in Group and
Aggregate. An expression may take 30 s.

## Preview of odd rows

Parse Spreadsheet, Map Fields and Transform show the first rows on _Preview_, or with _Preview: Odd Rows_ in the options those
that a person should look at, from the whole file: the first row with each kind of issue in each column, values and shapes of
values that few rows have, the longest values, and the emptiest rows. \`row\` and \`why\` stand in front of the cells. The file is
read once for it, in bounded memory.

## The operations

${list}

${sorted.map(section).join('\n')}`;
}

test('docs/transforms.md says what the operations say of themselves', () => {
	if (process.env.UPDATE_DOCS === '1') writeFileSync(page, render());
	expect(readFileSync(page, 'utf8')).toBe(render());
});
