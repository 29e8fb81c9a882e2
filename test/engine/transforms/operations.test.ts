import type { Cell } from '../../../engine/dataset';
import { stepCompilers } from '../../../engine/fields';
import { ImportError } from '../../../engine/issues';
import { operations } from '../../../engine/transforms';
import { applyStep, cellsOf } from '../fields/apply-step';
import { Random } from '../random';

test('the operations are known by these names, which workflows store', () => {
	expect(operations.map(({ kind }) => kind)).toEqual([
		'trim',
		'change-case',
		'replace',
		'pad',
		'fill-empty',
		'fill-down',
		'parse-date',
		'format-date',
		'parse-number',
		'format-number',
		'arithmetic',
		'parse-boolean',
		'parse-price',
		'parse-phone',
		'clean-email',
		'clean-url',
		'value-map',
		'lookup',
		'lookup-values',
		'filter-rows',
		'jsonata',
		'jsonata-document',
		'split',
		'split-name',
		'split-address',
		'join',
		'extract',
		'rename-columns',
		'select-columns',
		'sort',
		'remove-duplicates',
		'explode',
		'unpivot',
		'pivot',
		'group',
		'hash',
		'uuid',
		'sequence',
		'assign',
		'mask',
	]);
});

test('no operation has the name of another step', () => {
	const kinds = [...operations, ...stepCompilers].map(({ kind }) => kind);
	expect(new Set(kinds).size).toBe(kinds.length);
});

describe.each(operations.map((operation) => [operation.kind, operation] as const))(
	'%s',
	(kind, operation) => {
		const { description } = operation;

		test('does what its example says', async () => {
			const { options, columns, before, columnsAfter, after } = description.example;
			const batch = await applyStep(operation, options, columns, before);
			expect(cellsOf(batch)).toEqual(after);
			const names = columnsAfter ?? columns.map(({ name }) => name);
			expect(batch.columns.map(({ name }) => name)).toEqual(names);
		});

		test('is described in plain JSON, in sentences without a full stop', () => {
			expect(JSON.parse(JSON.stringify(description))).toEqual(description);
			const sentences = [
				description.summary,
				...description.parameters.flatMap(({ summary, entries = [] }) => [
					summary,
					...entries.map((entry) => entry.summary),
				]),
			];
			for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*[^.]$/);
		});

		test('refuses unknown parameters and versions', () => {
			const { columns, options } = description.example;
			expect(() =>
				operation.compile({ kind, version: 1, options: { ...options, colour: 'red' } }, columns),
			).toThrow(`The operation "${kind}" has no parameter "colour"`);
			expect(() => operation.compile({ kind, version: 9, options }, columns)).toThrow(
				`Version 9 of the operation "${kind}" is not known`,
			);
		});

		test('loses no row: each goes on, is skipped or fails with a reason', async () => {
			const { options, columns, before } = description.example;
			const random = new Random(7);
			const pool: Cell[] = [null, '', ' x ', 'ä;b', '["1"]', 12, 0.5, true, ...before.flat()];
			const rows = Array.from({ length: 200 }, () => columns.map(() => random.of(pool)));
			const batch = await applyStep(operation, options, columns, rows);
			const numbers = [...batch.rows, ...batch.rejected].map(({ number }) => number);
			expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i + 2));
			for (const { number, part } of batch.rows) {
				if (part === undefined) expect(numbers.filter((n) => n === number)).toHaveLength(1);
			}
			for (const { issues } of batch.rejected) expect(issues.length).toBeGreaterThan(0);
			for (const { cells } of batch.rows) expect(cells).toHaveLength(batch.columns.length);
		});

		test('keeps the cells as they were read, and the batch of another run alone', async () => {
			const { options, columns, before } = description.example;
			const batch = await applyStep(operation, options, columns, before);
			for (const { number, source, cells } of batch.rows) {
				expect(source ?? cells).toEqual(before[number - 2]);
			}
		});
	},
);

test.each(
	operations.flatMap((operation) => {
		const { example, parameters } = operation.description;
		const named = parameters.find(({ kind }) => kind === 'columns');
		return named ? [[operation.kind, operation, named.name, example] as const] : [];
	}),
)('%s names the columns there are when one is not there', (kind, operation, parameter, example) => {
	const options = { ...example.options, [parameter]: ['Nme'] };
	const columns = [{ name: 'a' }, { name: 'b' }];
	const compile = () => operation.compile({ kind, version: 1, options }, columns);
	expect(compile).toThrow(ImportError);
	expect(compile).toThrow('There is no column "Nme"; the columns are "a", "b"');
});
