import { addressFields, field, type RecordType } from './record-type';

/** An organisation. */
export const company: RecordType = {
	name: 'company',
	label: 'Company',
	fields: [
		field('record_id', 'Record ID'),
		field('external_id', 'External ID'),
		field('company', 'Company name', 'text', { required: true }),
		field('parent_company', 'Parent company'),
		field('industry', 'Industry'),
		field('employees', 'Number of employees', 'integer'),
		field('revenue', 'Annual revenue', 'decimal'),
		field('tax_id', 'Tax ID'),
		field('email', 'E-mail', 'email'),
		field('phone', 'Phone', 'phone'),
		field('fax', 'Fax', 'phone'),
		field('website', 'Website', 'url'),
		field('linkedin_url', 'LinkedIn URL', 'url'),
		...addressFields(),
		...addressFields('billing'),
		...addressFields('shipping'),
		field('type', 'Type'),
		field('status', 'Status'),
		field('owner', 'Owner'),
		field('description', 'Description'),
		field('tags', 'Tags'),
		field('created_at', 'Created at', 'date-time'),
		field('updated_at', 'Updated at', 'date-time'),
	],
};
