import type { ColumnType } from '../../dataset';
import type { FieldSpec } from '../field';

/**
 * A kind of record that is often imported, with the fields that it usually has. Which headers fit a field follows from its
 * name and label, by the vocabularies in `synonyms/`.
 */
export interface RecordType {
	name: string;
	label: string;
	fields: readonly FieldSpec[];
}

type More = Omit<FieldSpec, 'name' | 'label' | 'type'>;

export const field = (
	name: string,
	label: string,
	type: ColumnType = 'text',
	more: More = {},
): FieldSpec => ({ name, label, type, ...more });

/** The parts of an address; `whose` stands before each name, as in `billing_city`. */
export function addressFields(whose = ''): FieldSpec[] {
	const prefix = whose === '' ? '' : `${whose}_`;
	const label = (text: string) =>
		whose === '' ? text : `${whose[0]?.toUpperCase() ?? ''}${whose.slice(1)} ${text.toLowerCase()}`;
	return [
		field(`${prefix}address_line1`, label('Address line 1')),
		field(`${prefix}address_line2`, label('Address line 2')),
		field(`${prefix}city`, label('City')),
		field(`${prefix}state`, label('State')),
		field(`${prefix}postal_code`, label('Postal code')),
		field(`${prefix}country`, label('Country')),
	];
}
