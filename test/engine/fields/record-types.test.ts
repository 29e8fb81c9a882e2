import { matchHeaders, recordTypes } from '../../../engine/fields';
import { expectedFields, productHeaders } from './product-headers';

const typeOf = (name: string) => {
	const type = recordTypes.find((candidate) => candidate.name === name);
	if (type === undefined) throw new Error(`no record type ${name}`);
	return type;
};

test.each(recordTypes.map((type) => [type.name, type] as const))(
	'the fields of a %s find themselves by name and by label',
	(_, { fields }) => {
		const names = fields.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const header of ['name', 'label'] as const) {
			const columns = fields.map((field) => ({ name: field[header] ?? '' }));
			const matches = matchHeaders(columns, fields);
			expect(matches.map(({ field, column }) => [field, column])).toEqual(
				fields.map((field) => [field.name, field[header]]),
			);
		}
	},
);

test('each record type is there once, and has headers of a product to prove it', () => {
	const names = recordTypes.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(new Set(productHeaders.map(({ type }) => type))).toEqual(new Set(names));
});

test.each(productHeaders.map((product) => [product.product, product] as const))(
	'the columns of %s reach the right fields, and the others none',
	(_, product) => {
		const expected = expectedFields(product);
		const columns = expected.map(([name]) => ({ name }));
		const matches = matchHeaders(columns, typeOf(product.type).fields);
		const wrong = expected.flatMap(([header, fields]) => {
			const field = matches.find(({ column }) => column === header)?.field ?? null;
			return fields.includes(field)
				? []
				: [`${header}: ${field} instead of ${fields.join(' or ')}`];
		});
		expect(wrong).toEqual([]);
	},
);
