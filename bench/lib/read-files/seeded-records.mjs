/*
 * Records that look like an address book of customers, made from nothing but a row's number: the same number gives the same
 * record, so that a writer can go through them twice without keeping them.
 */

const FIRST_NAMES = [
	'Anna',
	'José',
	'Zoë',
	'Łukasz',
	'Ольга',
	'美咲',
	'Jürgen',
	'Amélie',
	'Noah',
	'Fatima',
];
const LAST_NAMES = [
	'Müller',
	'García',
	'Иванова',
	'佐藤',
	"O'Neil",
	'Smith & Sons',
	'Nguyễn',
	'Kovács',
	'Brown',
	'Rossi',
];
const CITIES = [
	'Zürich',
	'São Paulo',
	'Москва',
	'東京',
	'Kraków',
	'Berlin',
	'Ghent',
	'Oslo',
	'Québec',
	'Leeds',
];
const STATES = ['active', 'dormant', 'new', 'closed'];

/** Names of the columns, in order. */
export const columns = [
	'Id',
	'First name',
	'Last name',
	'E-mail',
	'Phone',
	'Street',
	'City',
	'State',
	'Balance',
	'Orders',
	'Customer since',
	'Last order',
];

/** Columns whose values repeat, with all values they can have. */
export const vocabularies = { 1: FIRST_NAMES, 2: LAST_NAMES, 6: CITIES, 7: STATES };

/** The text of a cell of `record`, as it stands in a file without types: dates and times as in ISO 8601 with a blank. */
export function cellText({ kind, value }, column) {
	if (kind === 'choice') return vocabularies[column][value];
	if (kind === 'date') return isoText(value).slice(0, 10);
	return kind === 'date-time' ? isoText(value).replace('T', ' ') : String(value);
}

/** `YYYY-MM-DDTHH:MM:SS` of a serial number of the 1900 system, after February 1900. */
export function isoText(serial) {
	const milliseconds = Math.round((serial - 25_569) * 86_400) * 1000;
	return new Date(milliseconds).toISOString().slice(0, 19);
}

/** First day of the dates, as a serial number of the 1900 system: 2010-01-01. */
export const FIRST_DAY = 40179;
const DAYS = 6000;
const SECONDS_PER_DAY = 86_400;

/** A whole number from 0 to below `bound`, scattered evenly over row and column (a 32-bit mixing function). */
function scatter(row, column, bound) {
	let mixed = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(column + 1, 0x85ebca77);
	mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3ced);
	mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
	return ((mixed ^ (mixed >>> 15)) >>> 0) % bound;
}

/** Every third street has a comma in it, every tenth a line break, every thirtieth quotes. */
function street(row) {
	const name = `${1 + scatter(row, 5, 200)} Rue de l’Église ${row % 997}`;
	const house = row % 30 === 0 ? ' "Haus am See"' : '';
	const floor = row % 3 === 0 ? ', 2nd floor' : '';
	return name + house + floor + (row % 10 === 0 ? '\n京都市' : '');
}

/**
 * The record of a row, counted from 0. Texts of a vocabulary are given as `choice`, its index; dates as serial numbers.
 *
 * @returns {{ kind: 'number' | 'text' | 'choice' | 'date' | 'date-time', value: number | string }[]}
 */
export function record(row) {
	const choice = (column) => ({
		kind: 'choice',
		value: scatter(row, column, vocabularies[column].length),
	});
	const day = FIRST_DAY + scatter(row, 10, DAYS);
	const second = scatter(row, 11, SECONDS_PER_DAY);
	return [
		{ kind: 'number', value: 100_000 + row },
		choice(1),
		choice(2),
		{ kind: 'text', value: `customer.${row}@example-${scatter(row, 3, 500)}.org` },
		{ kind: 'text', value: `+49 30 ${String(1_000_000 + scatter(row, 4, 9_000_000))}` },
		{ kind: 'text', value: street(row) },
		choice(6),
		choice(7),
		{ kind: 'number', value: (scatter(row, 8, 10_000_000) - 2_000_000) / 100 },
		{ kind: 'number', value: scatter(row, 9, 250) },
		{ kind: 'date', value: day },
		{ kind: 'date-time', value: day + second / SECONDS_PER_DAY },
	];
}
