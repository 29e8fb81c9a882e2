import { mappingReport, matchHeaders, type FieldSpec } from '../../../engine/fields';

test('the report accounts for every column and every field', () => {
	const columns = [
		{ name: 'E-Mail' },
		{ name: 'Vorname' },
		{ name: 'Spalte 3' },
		{ name: 'Firma' },
	];
	const names = ['email', 'first_name', 'company', 'city', 'country'];
	const matches = matchHeaders(
		columns,
		names.map((name) => ({ name })),
	);
	const fields: FieldSpec[] = [
		{ name: 'email', column: 'E-Mail' },
		{ name: 'first_name', column: 'Spalte 3' },
		{ name: 'company', column: 'Firma' },
		{ name: 'city' },
		{ name: 'country', default: 'DE' },
	];
	const rows = [
		['a@b.de', 'Ada', 'x', null],
		['a@b.de', 'Bob', '', 'ACME'],
		['c@d.de', 'Cleo', 'y', ' '],
	];
	expect(mappingReport(columns, fields, matches, rows)).toEqual([
		{
			column: 'E-Mail',
			field: 'email',
			status: 'automatic',
			confidence: 1,
			reason: 'same name',
			samples: ['a@b.de', 'c@d.de'],
		},
		{
			column: 'Vorname',
			field: null,
			status: 'skipped',
			confidence: 0,
			reason: 'not mapped to "first_name"',
			samples: ['Ada', 'Bob', 'Cleo'],
		},
		{
			column: 'Spalte 3',
			field: 'first_name',
			status: 'by hand',
			confidence: 1,
			reason: 'chosen by hand',
			samples: ['x', 'y'],
		},
		{
			column: 'Firma',
			field: 'company',
			status: 'automatic',
			confidence: 0.95,
			reason: 'another word for "company"',
			samples: ['ACME'],
		},
		{
			column: null,
			field: 'city',
			status: 'unmapped',
			confidence: 0,
			reason: 'no column for the field',
			samples: [],
		},
		{
			column: null,
			field: 'country',
			status: 'unmapped',
			confidence: 0,
			reason: 'no column for the field; the default is "DE"',
			samples: [],
		},
	]);
});

test('a column that no field was found for is unmapped', () => {
	expect(mappingReport([{ name: 'Spalte 3' }], [], [])).toEqual([
		{
			column: 'Spalte 3',
			field: null,
			status: 'unmapped',
			confidence: 0,
			reason: 'no field fits the column',
			samples: [],
		},
	]);
});
