import { addressFields, field, type RecordType } from './record-type';

/** A person or organisation that may become a customer. */
export const lead: RecordType = {
	name: 'lead',
	label: 'Lead',
	fields: [
		field('record_id', 'Record ID'),
		field('salutation', 'Salutation'),
		field('first_name', 'First name'),
		field('last_name', 'Last name', 'text', { required: true }),
		field('full_name', 'Full name'),
		field('company', 'Company'),
		field('job_title', 'Job title'),
		field('email', 'E-mail', 'email'),
		field('phone', 'Phone', 'phone'),
		field('mobile_phone', 'Mobile phone', 'phone'),
		field('website', 'Website', 'url'),
		field('industry', 'Industry'),
		field('employees', 'Number of employees', 'integer'),
		field('revenue', 'Annual revenue', 'decimal'),
		...addressFields(),
		field('lead_source', 'Lead source'),
		field('lead_status', 'Lead status', 'text', {
			options: ['New', 'Contacted', 'Qualified', 'Unqualified', 'Converted'],
		}),
		field('rating', 'Rating'),
		field('campaign', 'Campaign'),
		field('owner', 'Owner'),
		field('description', 'Description'),
		field('unsubscribed', 'Unsubscribed', 'boolean'),
		field('created_at', 'Created at', 'date-time'),
		field('updated_at', 'Updated at', 'date-time'),
	],
};
