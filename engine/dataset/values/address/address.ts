import { labelUsAddress, type AddressLabel } from './us-address';

/** The parts of a postal address; '' for what is not there. */
export interface PostalAddress {
	street: string;
	houseNumber: string;
	unit: string;
	postalCode: string;
	city: string;
	/** State or province. */
	region: string;
	country: string;
}

/** Longer texts are no addresses. */
const LONGEST_ADDRESS = 300;

const empty = (): PostalAddress => ({
	street: '',
	houseNumber: '',
	unit: '',
	postalCode: '',
	city: '',
	region: '',
	country: '',
});

/** Where the number stands in a street: before its name, or behind it. */
type NumberPlace = 'first' | 'last' | 'either';

const numberFirst = new Set(['GB', 'IE', 'FR', 'LU', 'MC']);
const american = new Set(['US', 'PR']);

/**
 * Takes an address in one text apart: `Hauptstr. 12a, 80331 München`, `12 bis rue de la Paix, 75002 Paris`,
 * `Keizersgracht 123-2, 1015 CJ Amsterdam`, `Flat 3, 10 High Street, Leeds LS1 4AB`,
 * `1600 Main St Apt 4, Springfield, IL 62704`.
 *
 * @param country two letters; without them the form of the postal code tells
 * @returns undefined when neither a postal code nor a house number is found
 */
export function readAddress(text: string, country = ''): PostalAddress | undefined {
	if (text.length > LONGEST_ADDRESS) return undefined;
	const parts = text
		.replace(/[ \t\u00a0]+/g, ' ')
		.split(/\s*[,;\n\r]+\s*/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
	if (american.has(country) || (country === '' && isAmerican(parts))) {
		return checked(readAmerican(parts.join(', ')));
	}
	return checked(readOther(parts, country));
}

const checked = (address: PostalAddress): PostalAddress | undefined =>
	address.postalCode === '' && address.houseNumber === '' ? undefined : address;

/** A state and ZIP code at the end. */
const isAmerican = (parts: readonly string[]): boolean =>
	/(?:^|\s)(?:[A-Z]{2}|\p{L}{4,}),? \d{5}(?:-\d{4})?(?:,? (?:USA?|United States(?: of America)?))?$/u.test(
		parts.join(', '),
	) && !/^(?:[A-Z]{1,2}-)?\d{4,5} \p{L}/u.test(parts.at(-1) ?? '');

const streetLabels: readonly AddressLabel[] = [
	'StreetNamePreDirectional',
	'StreetNamePreType',
	'StreetName',
	'StreetNamePostType',
	'StreetNamePostDirectional',
	'USPSBoxGroupType',
	'USPSBoxGroupID',
	'USPSBoxType',
	'USPSBoxID',
];

function readAmerican(text: string): PostalAddress {
	const labelled = labelUsAddress(text);
	const wordsOf = (...labels: readonly AddressLabel[]) =>
		labelled
			.filter(([, label]) => labels.includes(label))
			.map(([word]) => word.replace(/[,;]$/, ''))
			.join(' ');
	return {
		street: wordsOf(...streetLabels),
		houseNumber: wordsOf('AddressNumber', 'AddressNumberSuffix'),
		unit: wordsOf('SubaddressType', 'SubaddressIdentifier', 'OccupancyType', 'OccupancyIdentifier'),
		postalCode: wordsOf('ZipCode'),
		city: wordsOf('PlaceName'),
		region: wordsOf('StateName'),
		country: wordsOf('CountryName'),
	};
}

/** Postal codes that stand before the place, and those that stand behind it. */
const codeFirst =
	/^(?:(?:[A-Z]{1,3})-)?(\d{4} ?[A-Z]{2}(?= )|\d{3} \d{2}(?= )|\d{2}-\d{3}(?= )|\d{4,5})(?: (.+))?$/u;
const codeLast =
	/^(?:(.*?) )?([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|(?:([A-Z]{2,3}) )?(?:[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4}))$/iu;

/** A postal code and place behind a street without a comma: `Hauptstr. 12 80331 München`. */
const inOneLine = /^(.+?\d+ ?[a-z]?) ((?:[A-Z]{1,2}-)?\d{4,5} (?:[A-Z]{2} )?\p{Lu}.+)$/u;

const unitPart =
	/^(?:flat|apt|apartment|appt|appartement|unit|suite|studio|wohnung|whg|top|tür|etage|[eé]tage|eg|og|stock|hinterhaus|hh|b[âa]t(?:iment)?|esc(?:alier)?|floor|level|room|bus)\.? ?[\p{L}\d/-]*$|^\d+\.? (?:og|stock|etage|obergeschoss|[eè]me [eé]tage|[eè]me|floor)$|^#\s?\w+$/iu;

const unitBefore = /^((?:flat|apartment|apt|unit|suite|studio)\.? [\p{L}\d]+) (?=\d)/iu;
const unitBehind =
	/[ ,](?:(?:flat|apt|unit|suite|top|whg|wohnung|appt|bus)\.? ?[\p{L}\d/-]+|#\s?\w+)$/iu;

function readOther(written: readonly string[], country: string): PostalAddress {
	const address = empty();
	const parts = written.flatMap((part) => inOneLine.exec(part)?.slice(1) ?? [part]);
	takeCountry(parts, address);
	const codeAt = takePostalCode(parts, address);
	const streetParts: string[] = [];
	const units: string[] = [];
	for (const [index, part] of parts.entries()) {
		if (index === codeAt) continue;
		if (unitPart.test(part)) units.push(part);
		else streetParts.push(part);
	}
	// "Ottawa, ON K1N 9J7"
	if (/^[A-Z]{2,3}$/.test(address.city) && streetParts.length > 1) {
		address.region = address.city;
		address.city = '';
	}
	// with a code of its own part behind the place, as in Britain, the part before it is the place
	if (address.city === '' && streetParts.length > 1) address.city = streetParts.pop() ?? '';
	const place: NumberPlace = numberFirst.has(country) ? 'first' : 'either';
	const street = joinNumber(streetParts);
	const numbered = street.find((part) => /\d/.test(part)) ?? street.find(isStreet);
	readStreet(numbered ?? street[0] ?? '', place, address);
	address.unit = [address.unit, ...units].filter((unit) => unit !== '').join(', ');
	return address;
}

/** `12, rue de la Paix`: the number has a comma of its own. */
function joinNumber(parts: readonly string[]): string[] {
	const [first = '', second, ...rest] = parts;
	const isNumber = /^\d+(?: ?(?:bis|ter|quater|[a-z]))?$/i.test(first);
	return isNumber && second !== undefined ? [`${first} ${second}`, ...rest] : [...parts];
}

const countries =
	/^(?:deutschland|germany|allemagne|österreich|austria|schweiz|suisse|switzerland|france|frankreich|nederland|netherlands|the netherlands|niederlande|holland|united kingdom|uk|u\.k\.|great britain|england|scotland|wales|northern ireland|ireland|belgium|belgië|belgique|belgien|luxembourg|italia|italy|italien|españa|spain|spanien|portugal|canada|australia)$/i;

function takeCountry(parts: string[], address: PostalAddress): void {
	const last = parts.at(-1);
	if (parts.length < 2 || last === undefined || !countries.test(last)) return;
	address.country = last;
	parts.pop();
}

/** Finds the part with the postal code from the end, and gives its place; -1 when there is none. */
function takePostalCode(parts: readonly string[], address: PostalAddress): number {
	for (let index = parts.length - 1; index >= 0; index--) {
		const part = parts[index] ?? '';
		const before = codeFirst.exec(part);
		// digits alone at the start are a house number
		if (
			before !== null &&
			(before[2] !== undefined ? index > 0 || !isStreet(before[2]) : index > 0)
		) {
			address.postalCode = before[1] ?? '';
			address.city = before[2] ?? '';
			return index;
		}
		const behind = codeLast.exec(part);
		const isCode = behind !== null && (index > 0 || parts.length === 1) && !/^\d{4}$/.test(part);
		if (isCode && (/[a-z]/i.test(behind[2] ?? '') || behind[3] !== undefined)) {
			const code = behind[2] ?? '';
			address.region = behind[3] ?? '';
			address.postalCode = address.region === '' ? code : code.slice(address.region.length + 1);
			address.city = behind[1] ?? '';
			return index;
		}
	}
	return -1;
}

const streetWord =
	/str\.?$|stra(?:ß|ss)e|weg$|allee|platz|gasse|straat|laan|gracht|plein|kade|\b(?:rue|avenue|boulevard|bd|place|chemin|impasse|quai|all[ée]e|cours|route|street|road|lane|drive|close|st|rd|ave|via|viale|piazza|calle|rua)\b/iu;

const isStreet = (text: string) => streetWord.test(text);

const leadingNumber = /^(\d+[a-z]?(?:[-/–]\d+[a-z]?)?(?: (?:bis|ter|quater)(?= ))?),? (\p{L}.*)$/iu;
const trailingNumber =
	/^(.*[\p{L}.)].*?|.*\d\. \p{L}+) (\d+ ?[a-z]?(?:[-/–+] ?\d*[a-z]*)*(?: ?[a-z])?)$/iu;

/** Its number is none of a house. */
const postBox =
	/^(?:postfach|p\.? ?o\.? ?box|bo[iî]te postale|b\.?p\.?|postbus|apartado|casella postale)\b/i;

function readStreet(written: string, place: NumberPlace, address: PostalAddress): void {
	let text = written;
	if (postBox.test(text)) {
		address.street = text;
		return;
	}
	const before = unitBefore.exec(text);
	const behind = unitBehind.exec(text);
	if (before !== null) {
		address.unit = before[1] ?? '';
		text = text.slice(before[0].length);
	} else if (behind !== null && /\d/.test(text.slice(0, behind.index))) {
		address.unit = behind[0].slice(1);
		text = text.slice(0, behind.index);
	}
	const last = place === 'first' ? null : trailingNumber.exec(text);
	const first = leadingNumber.exec(text);
	// "Straße des 17. Juni 135" ends with its number; "12 rue du 8 mai 1945" begins with it
	const found = first !== null && (last === null || isFirst(first[2] ?? '')) ? first : last;
	if (found === null) {
		address.street = text;
		return;
	}
	const [street, number] = found === first ? [found[2], found[1]] : [found[1], found[2]];
	address.street = street ?? '';
	address.houseNumber = number ?? '';
}

const isFirst = (street: string) =>
	/^(?:rue|avenue|boulevard|bd|place|chemin|impasse|quai|all[ée]e|cours|route|ter|bis)\b/i.test(
		street,
	);
