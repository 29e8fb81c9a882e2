import { mappingReport, matchHeaders, typeClashes, type FieldSpec } from '../../../engine/fields';

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

test('S56, S58, S61, S126: the report tells constants, joined columns, skipped and doubtful columns apart', () => {
	const columns = ['Street', 'City', 'Fax', 'Notes'].map((name) => ({ name }));
	const fields: FieldSpec[] = [
		{ name: 'address', columns: ['Street', 'City'] },
		{ name: 'town', expression: '$uppercase(City)' },
		{ name: 'owner', constant: 'ada' },
	];
	const doubtful = [{ field: 'comment', column: 'Notes', confidence: 0.72, reason: 'similar' }];
	const report = mappingReport(columns, fields, [], [], { skipped: ['Fax'], doubtful });
	expect(
		report.map(({ column, field, status, reason }) => [column, field, status, reason]),
	).toEqual([
		['Street', 'address', 'by hand', 'joined with "City"'],
		['City', 'address', 'by hand', 'joined with "Street"'],
		['City', 'town', 'by hand', 'named in the expression of the field'],
		['Fax', null, 'skipped', 'left out on purpose'],
		['Notes', null, 'unmapped', 'perhaps "comment" (similar), but only 72 % sure'],
		[null, 'owner', 'by hand', 'always "ada"'],
	]);
});

test('S63: columns that hold other values than their fields are a warning with counts', () => {
	const columns = [
		{ name: 'Born', type: 'text' as const },
		{ name: 'Age', type: 'integer' as const },
	];
	const fields: FieldSpec[] = [
		{ name: 'birthdate', column: 'Born', type: 'date' },
		{ name: 'age', column: 'Age', type: 'integer' },
	];
	const rows = [
		['2001-02-03', '1'],
		['unknown', '2'],
		['', '3'],
		['n/a', '4'],
	];
	expect(typeClashes(columns, fields, rows)).toEqual([
		expect.objectContaining({
			code: 'HEADER_TYPE',
			severity: 'warning',
			column: 'Born',
			field: 'birthdate',
			value: 'unknown',
			message:
				'The column "Born" (text) is mapped to the field "birthdate" (date), and 2 of the first 3 values do not fit, such as "unknown"',
		}),
	]);
});
