import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, type IssueCode } from '../../engine';

const root = join(__dirname, '../..');
const page = join(root, 'docs/errors.md');

const groups: Record<string, string> = {
	FILE: 'The file as a whole',
	HEADER: 'The names of the columns',
	ROW: 'A row',
	CELL: 'A cell',
	MATCH: 'Matching rows with records',
	REFERENCE: 'References to other records',
	WRITE: 'Writing to the database',
	UNDO: 'Undoing a run',
	RUN: 'The run as a whole',
};

/** docs/errors.md as it must be: the catalogue, in words. */
function render(): string {
	const codes = Object.entries(catalogue);
	const sections = Object.entries(groups).map(([prefix, title]) => {
		const entries = codes
			.filter(([code]) => code.startsWith(`${prefix}_`))
			.map(
				([code, { severity, title: what, cause, fix }]) =>
					`### ${code}\n\n**${what}** (${severity})\n\n${cause}\n\nWhat to do: ${fix}\n`,
			);
		return `## ${title}\n\n${entries.join('\n')}`;
	});
	return `# Codes

Every problem that an import meets has a code. Codes do not change, so a workflow may branch on them. An issue also carries
the row (as a person counts the rows of the file), the column, the value, and what to do.

An *error* fails the row, or the run where it concerns the whole file; a *warning* lets the row go on; an *info* explains
why a row was skipped. This page is made from the code by \`npm run docs\`.

${sections.join('\n')}`;
}

test('docs/errors.md says what the catalogue says', () => {
	if (process.env.UPDATE_DOCS === '1') writeFileSync(page, render());
	expect(readFileSync(page, 'utf8')).toBe(render());
});

test('every code is in a group of the page', () => {
	for (const code of Object.keys(catalogue)) {
		expect(Object.keys(groups)).toContain(code.split('_')[0]);
	}
});

function sourcesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return sourcesBelow(path);
		return /\.(ts|mts)$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
	});
}

test('every code is given by the engine or the nodes, and by a test', () => {
	const product = [...sourcesBelow(join(root, 'engine')), ...sourcesBelow(join(root, 'nodes'))]
		.filter((text) => !text.includes('export const catalogue'))
		.join('\n');
	const tests = sourcesBelow(join(root, 'test')).join('\n');
	const codes = Object.keys(catalogue) as IssueCode[];
	expect(codes.filter((code) => !product.includes(`'${code}'`))).toEqual([]);
	expect(codes.filter((code) => !tests.includes(code))).toEqual([]);
});
