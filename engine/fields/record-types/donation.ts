import { addressFields, field, type RecordType } from './record-type';

/** A gift or payment. */
export const donation: RecordType = {
	name: 'donation',
	label: 'Donation',
	fields: [
		field('donation_id', 'Donation ID'),
		field('transaction_id', 'Transaction ID'),
		field('donation_date', 'Donation date', 'date', { required: true }),
		field('amount', 'Amount', 'decimal', { required: true }),
		field('currency', 'Currency'),
		field('fee', 'Fee', 'decimal'),
		field('net', 'Net amount', 'decimal'),
		field('refund_amount', 'Refunded amount', 'decimal'),
		field('first_name', 'First name'),
		field('last_name', 'Last name'),
		field('full_name', 'Full name'),
		field('email', 'E-mail', 'email'),
		field('phone', 'Phone', 'phone'),
		field('company', 'Company'),
		...addressFields(),
		field('payment_method', 'Payment method'),
		field('status', 'Status'),
		field('donation_type', 'Donation type'),
		field('frequency', 'Frequency'),
		field('campaign', 'Campaign'),
		field('anonymous', 'Anonymous', 'boolean'),
		field('dedication', 'Dedication'),
		field('receipt', 'Receipt number'),
		field('description', 'Description'),
		field('notes', 'Notes'),
	],
};
