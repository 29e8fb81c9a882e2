import { stepCompilers } from '../../../engine/fields';
import { ImportError } from '../../../engine/issues';
import { operations } from '../../../engine/transforms';
import { applyStep, cellsOf } from '../fields/apply-step';

test('the operations are known by these names, which workflows store', () => {
	expect(operations.map(({ kind }) => kind)).toEqual([
		'trim',
		'change-case',
		'replace',
		'parse-date',
		'parse-number',
		'value-map',
		'filter-rows',
		'jsonata',
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
