import type { Cell } from '../dataset';
import { readAddress, trimBlanks } from '../dataset/values';
import { ImportError } from '../issues';
import { Failure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { indexOfColumn } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, column, text } from './definition/parameters';
import { namedParts } from './definition/part-columns';

const parts = ['street', 'houseNumber', 'unit', 'postalCode', 'city', 'region', 'country'] as const;

type Policy = 'empty' | 'fail';

export const splitAddress = defineOperation({
	kind: 'split-address',
	title: 'Split Address',
	summary: 'Take postal addresses apart: street, house number, unit, postal code, city, region',
	parameters: {
		field: column({ title: 'Column', summary: 'Column that holds whole addresses' }),
		country: text({
			title: 'Country',
			summary:
				'Country of the addresses, by its two letters, such as DE, US or GB; without it the form of the postal code tells',
			default: '',
		}),
		names: text({
			title: 'Names',
			summary:
				'Names of the columns for street, house number, unit, postal code, city, region and country, with commas between; a hyphen leaves one out',
			default: 'Street, House Number, Unit, Postal Code, City, Region, Country',
		}),
		onFailure: choice<Policy>({
			title: 'On Failure',
			summary:
				'What becomes of an address in which neither a postal code nor a house number is found',
			choices: {
				empty: 'Leave Its Columns Empty, With a Warning',
				fail: 'Fail the Row',
			},
		}),
	},
	example: {
		options: { field: 'Address', names: 'Street, No, -, Postcode, City' },
		columns: [{ name: 'Address' }],
		before: [['Hauptstr. 12a, 80331 München'], ['10 High Street, Leeds LS1 4AB']],
		columnsAfter: ['Address', 'Street', 'No', 'Postcode', 'City'],
		after: [
			['Hauptstr. 12a, 80331 München', 'Hauptstr.', '12a', '80331', 'München'],
			['10 High Street, Leeds LS1 4AB', 'High Street', '10', 'LS1 4AB', 'Leeds'],
		],
	},
	compile({ field, country, names, onFailure: policy }, columnsIn) {
		const index = indexOfColumn(field, columnsIn);
		const wanted = namedParts(names, parts);
		if (wanted.length === 0) {
			throw new ImportError('RUN_CONFIG', 'Name at least one column under Names');
		}
		const region = country.trim().toUpperCase();
		if (!/^(?:[A-Z]{2})?$/.test(region)) {
			throw new ImportError(
				'RUN_CONFIG',
				`"${country}" is not a country by its two letters, such as DE`,
			);
		}
		const places = placesFor(
			wanted.map(({ name }) => ({ name, type: 'text' as const })),
			columnsIn,
		);
		return computeColumns(
			places,
			({ cells }) => {
				const written = trimBlanks(cellText(cells[index] ?? null));
				if (isEmpty(written)) return [];
				const read = readAddress(written, region);
				if (read === undefined) {
					return new Failure(
						'CELL_ADDRESS',
						`${quoted(written)} has no postal code and no house number`,
					);
				}
				return wanted.map(({ part }): Cell => (read[part] === '' ? null : read[part]));
			},
			{ from: { name: field, index }, policy },
		);
	},
});
