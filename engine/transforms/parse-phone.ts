import {
	parsePhoneNumberFromString,
	type CountryCode,
	isSupportedCountry,
} from 'libphonenumber-js/max';
import type { Cell } from '../dataset';
import { trimBlanks } from '../dataset/values';
import { ImportError } from '../issues';
import { changeFields, columnOfType, Failure, onFailure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { choice, columns, text } from './definition/parameters';

type Form = 'E.164' | 'INTERNATIONAL' | 'NATIONAL';

/** Columns repeat their numbers now and then; memory stays bounded. */
const LARGEST_CACHE = 20_000;

export const parsePhone = defineOperation({
	kind: 'parse-phone',
	title: 'Parse Phone Number',
	summary: 'Write phone numbers in one form, such as +49301234567, and check that they can exist',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that hold phone numbers' }),
		country: text({
			title: 'Country',
			summary: 'Country of numbers without a country code, by its two letters, such as DE or US',
			default: '',
		}),
		form: choice<Form>({
			title: 'Form',
			summary: 'How the numbers are written',
			choices: {
				'E.164': 'E.164 (+49301234567)',
				INTERNATIONAL: 'International (+49 30 1234567)',
				NATIONAL: 'National (030 1234567)',
			},
		}),
		onFailure,
	},
	example: {
		options: { fields: ['Phone'], country: 'DE' },
		columns: [{ name: 'Phone' }],
		before: [['030 / 12 34 56 78'], ['+44 20 7946 0018']],
		after: [['+493012345678'], ['+442079460018']],
	},
	compile({ fields, country, form, onFailure: policy }, columnsIn) {
		const region = country.trim().toUpperCase();
		if (region !== '' && !isSupportedCountry(region)) {
			throw new ImportError(
				'RUN_CONFIG',
				`"${country}" is not a country by its two letters, such as DE`,
			);
		}
		const known = new Map<string, Cell | Failure>();
		const change = (cell: Cell): Cell | Failure => {
			const written = trimBlanks(cellText(cell));
			if (isEmpty(written)) return null;
			let phone = known.get(written);
			if (phone === undefined) {
				phone = read(written, region === '' ? undefined : region, form);
				if (known.size >= LARGEST_CACHE) known.clear();
				known.set(written, phone);
			}
			return phone;
		};
		const columnOut = columnOfType('phone', policy);
		return changeFields(fields, columnsIn, change, { columnOut, policy });
	},
});

function read(written: string, region: CountryCode | undefined, form: Form): Cell | Failure {
	// what a person writes for the international prefix
	const text = written.replace(/^\(?00\)?(?=\s*[1-9])/, '+');
	const phone = parsePhoneNumberFromString(text, region);
	if (phone?.isValid() === true) return phone.format(form);
	const hint = region === undefined && !text.startsWith('+') ? '; it has no country code' : '';
	return new Failure(
		'CELL_PHONE',
		`${quoted(written)} is not a phone number that can exist${hint}`,
	);
}
