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

${list}

${sorted.map(section).join('\n')}`;
}

test('docs/transforms.md says what the operations say of themselves', () => {
	if (process.env.UPDATE_DOCS === '1') writeFileSync(page, render());
	expect(readFileSync(page, 'utf8')).toBe(render());
});
