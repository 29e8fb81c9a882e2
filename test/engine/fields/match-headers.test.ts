import type { Column } from '../../../engine/dataset';
import { matchHeaders, type FieldSpec } from '../../../engine/fields';

const match = (columns: Array<string | Column>, fields: Array<string | FieldSpec>) =>
	matchHeaders(
		columns.map((column) => (typeof column === 'string' ? { name: column } : column)),
		fields.map((field) => (typeof field === 'string' ? { name: field } : field)),
	);

const pairs = (...input: Parameters<typeof match>) =>
	Object.fromEntries(match(...input).map(({ field, column }) => [field, column]));

test.each([
	['E-Mail', 'email'],
	['E-Mail-Adresse', 'email'],
	['Mail', 'email'],
	['email address', 'Email'],
	['Vorname', 'first_name'],
	['Given Name', 'firstName'],
	['FIRSTNAME', 'first_name'],
	['Nachname', 'last_name'],
	['Surname', 'lastname'],
	['Family name', 'last_name'],
	['Telefon', 'phone'],
	['Phone Number', 'phone'],
	['Mobiltelefon', 'mobile_phone'],
	['Handy', 'mobile'],
	['Cell Phone', 'mobile'],
	['Firma', 'company'],
	['Organisation', 'company'],
	['Company', 'Account Name'],
	['Straße', 'street'],
	['STRASSE', 'street'],
	['Address', 'street'],
	['PLZ', 'postal_code'],
	['ZIP', 'postcode'],
	['Ort', 'city'],
	['Town', 'city'],
	['Land', 'country'],
	['Geburtsdatum', 'birthday'],
	['Date of Birth', 'birthday'],
	['Joined', 'signup_date'],
	['Business City', 'work_city'],
	['Straße geschäftlich 2', 'work_street_2'],
	['Address 2', 'address_line2'],
	['E-mail 2 Address', 'email_2'],
	['Rechnungsadresse', 'billing_address'],
	['geaendert am', 'updated_at'],
	['Customer E-mail', 'email'],
	['Total Amount', 'amount_total'],
	['Adress', 'address'],
])('the header %j finds the field %j', (header, field) => {
	expect(pairs([header], [field])).toEqual({ [field]: header });
});

test.each([
	['E-Mail Type', 'email'],
	["Assistant's Phone", 'phone'],
	['Address 2', 'address'],
	['Phone', 'work_phone'],
	['Home City', 'work_city'],
	['Billing Street', 'shipping_street'],
	['Start Date', 'end_date'],
	['Price', 'prize'],
	['Status', 'state'],
	['Company Phone', 'company'],
	['Order Item ID', 'order_id'],
	['First Name', 'last_name'],
	['Spalte1', 'city'],
	['Notes', 'status'],
	['', 'email'],
	['---', 'email'],
])(
	'the header %j does not find the field %j: a wrong mapping is worse than none',
	(header, field) => {
		expect(match([header], [field])).toEqual([]);
	},
);

test('the same name has confidence 1, another word less, and each says why', () => {
	expect(match(['First_Name', 'Firma'], ['first name', 'company'])).toEqual([
		{ field: 'first name', column: 'First_Name', confidence: 1, reason: 'same name' },
		{ field: 'company', column: 'Firma', confidence: 0.95, reason: 'another word for "company"' },
	]);
});

test('each column and each field is used once, the best pair first', () => {
	expect(pairs(['Mail', 'E-Mail'], ['email'])).toEqual({ email: 'E-Mail' });
	expect(pairs(['Phone', 'Home Phone'], ['home_phone', 'phone'])).toEqual({
		home_phone: 'Home Phone',
		phone: 'Phone',
	});
});

test('a variety is taken for the thing itself only when it is the only one', () => {
	expect(pairs(['Home City'], ['city'])).toEqual({ city: 'Home City' });
	expect(pairs(['Home City', 'Work City'], ['city'])).toEqual({});
});

test('the label of a field is compared as well as its name', () => {
	expect(pairs(['Kundennummer'], [{ name: 'cust_no_x', label: 'Kundennummer' }])).toEqual({
		cust_no_x: 'Kundennummer',
	});
});

test('what a column holds speaks for or against a field', () => {
	const holdsEmails: Column = { name: 'Mail', type: 'email' };
	expect(match([holdsEmails], ['email'])[0]?.confidence).toBe(0.98);
	const holdsDates: Column = { name: 'Contact Mail', type: 'date' };
	expect(match([holdsDates], ['email'])).toEqual([]);
});

test('the only column of e-mail addresses goes to the only e-mail field, when its header says nothing', () => {
	const columns: Column[] = [{ name: 'Kontakt', type: 'email' }, { name: 'City' }];
	expect(match(columns, ['email'])).toEqual([
		{
			field: 'email',
			column: 'Kontakt',
			confidence: 0.75,
			reason: 'the column holds e-mail addresses',
		},
	]);
	expect(match([...columns, { name: 'Other', type: 'email' }], ['email'])).toEqual([]);
	expect(match([{ name: 'Manager E-Mail', type: 'email' }], ['email'])).toEqual([]);
});

test('the order of the columns does not change what is found', () => {
	const columns = [
		'E-Mail',
		'Vorname',
		'Nachname',
		'Firma',
		'Straße',
		'PLZ',
		'Ort',
		'Land',
		'Telefon',
		'Handy',
		'Geburtstag',
		'Notizen',
	];
	const fields = [
		'email',
		'first_name',
		'last_name',
		'company',
		'street',
		'postal_code',
		'city',
		'country',
		'phone',
		'mobile_phone',
		'birthday',
		'notes',
	];
	const expected = Object.fromEntries(fields.map((field, index) => [field, columns[index]]));
	expect(pairs(columns, fields)).toEqual(expected);
	expect(pairs([...columns].reverse(), [...fields].reverse())).toEqual(expected);
});

test('names in any script are the same only when they are written the same', () => {
	expect(pairs(['メール', 'Имя'], ['имя'])).toEqual({ имя: 'Имя' });
});

test.each([
	['Rechnungsort', 'billing_city'],
	['Téléphone portable', 'mobile_phone'],
	['Ville de livraison', 'shipping_city'],
	['Fecha de nacimiento', 'birthday'],
	['Endereço de e-mail', 'email'],
	['Codice postale', 'postal_code'],
	['Huisnummer', 'house_number'],
	['Betrag (EUR)', 'amount'],
	['Geburtsdatum (TT.MM.JJJJ)', 'birthday'],
	['1. Name', 'full_name'],
	['properties.firstname', 'first_name'],
	['contact_email', 'email'],
	['Person: Last Name', 'last_name'],
	['homephone', 'home_phone'],
	['What is your e-mail address?', 'email'],
	['Weiteres/r Bundesland/Kanton', 'other_state'],
	['Address 1 - Extended Address', 'address_line2'],
	['Email / Phone', 'email'],
	['Name / Nom', 'full_name'],
	['Parent/Guardian Email', 'guardian_email'],
	['Order #', 'order_id'],
])('the header %j is understood as the field %j', (header, field) => {
	expect(pairs([header], [field])).toEqual({ [field]: header });
});

test.each([
	['Email opt out', 'email'],
	['Phone type', 'phone'],
	['Owner E-mail', 'email'],
	['Company ID', 'company'],
	['Parent Email', 'email'],
	['Created by', 'created_at'],
	['Updated at', 'created_at'],
	['Shipping City', 'billing_city'],
	['Address 2 - Street', 'address_line2'],
	['Email (opt out)', 'email'],
	['Group Membership', 'full_name'],
	['is-business-order', 'total'],
	['Address 1&2', 'address_line1'],
	['Do Not Call', 'phone'],
	['Email Opt Out', 'email_opt_in'],
])('the header %j is not the field %j', (header, field) => {
	expect(match([header], [field])).toEqual([]);
});

test('the columns beside a header decide what it means', () => {
	expect(pairs(['Vorname', 'Name'], ['full_name', 'first_name', 'last_name'])).toEqual({
		first_name: 'Vorname',
		last_name: 'Name',
	});
	expect(pairs(['Nombre', 'Apellidos'], ['full_name', 'first_name', 'last_name'])).toEqual({
		first_name: 'Nombre',
		last_name: 'Apellidos',
	});
	expect(pairs(['Title', 'Job Title'], ['salutation', 'job_title'])).toEqual({
		salutation: 'Title',
		job_title: 'Job Title',
	});
	expect(pairs(['Salutation', 'Title'], ['salutation', 'job_title'])).toEqual({
		salutation: 'Salutation',
		job_title: 'Title',
	});
	expect(pairs(['Address', 'City'], ['address', 'address_line1', 'city'])).toEqual({
		address_line1: 'Address',
		city: 'City',
	});
	expect(pairs(['Birth Day', 'Birth Month', 'Birth Year'], ['birthday'])).toEqual({});
});

describe('what the cells say', () => {
	const find = (headers: string[], fields: string[], samples: string[][]) =>
		Object.fromEntries(
			matchHeaders(
				headers.map((name) => ({ name })),
				fields.map((name) => ({ name })),
				{ samples },
			).map(({ field, column }) => [field, column]),
		);

	test('a column of e-mail addresses is found whatever its header says', () => {
		expect(find(['Zugang'], ['email'], [['a@b.org'], ['c@d.org']])).toEqual({ email: 'Zugang' });
		expect(find(['Manager'], ['email'], [['a@b.org']])).toEqual({});
	});

	test('countries, currencies and postal codes are found where the header says nothing', () => {
		const rows = [
			['Österreich', 'EUR', 'SW1A 1AA'],
			['France', 'USD', 'EC1A 1BB'],
		];
		const fields = ['country', 'currency', 'postal_code'];
		expect(find(['Column 1', 'Column 2', 'Column 3'], fields, rows)).toEqual({
			country: 'Column 1',
			currency: 'Column 2',
			postal_code: 'Column 3',
		});
	});

	test('forms of address make a title a salutation', () => {
		expect(find(['Title'], ['salutation', 'job_title'], [['Mr.'], ['Mrs.']])).toEqual({
			salutation: 'Title',
		});
		expect(find(['Title'], ['salutation', 'job_title'], [['CEO'], ['Teacher']])).toEqual({
			job_title: 'Title',
		});
	});

	test('a column that holds no addresses is no e-mail column', () => {
		expect(find(['Mail'], ['email'], [['yes'], ['no']])).toEqual({});
	});
});

test('what was chosen before wins over everything else', () => {
	const columns = [{ name: 'E-Mail' }, { name: 'Login' }, { name: 'Phone' }];
	const fields = [{ name: 'email' }, { name: 'phone' }];
	const learned = { login: 'email', PHONE: null };
	expect(matchHeaders(columns, fields, { learned })).toEqual([
		{ field: 'email', column: 'Login', confidence: 1, reason: 'as it was chosen before' },
	]);
});

test('a field that is not there any more is not learned', () => {
	const learned = { 'E-Mail': 'mail_address' };
	expect(matchHeaders([{ name: 'E-Mail' }], [{ name: 'email' }], { learned })).toHaveLength(1);
});

test('a header that is a page of text is read no further than a header goes', () => {
	expect(match([`${'a'.repeat(20_000)} ${'street city '.repeat(3_000)}`], ['city'])).toEqual([]);
});
