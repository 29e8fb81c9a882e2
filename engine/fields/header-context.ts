import type { Header, Reading } from './header-meaning';
import { placeConcepts } from './synonyms';

/**
 * Reads each header again in the light of the others: `Address` beside `City` is a street, `Name` beside `Vorname` a last
 * name.
 */
export function readTogether(headers: readonly Header[]): Header[] {
	const beside = new Neighbours(headers);
	return contactsOfStudents(headers).map((header) => ({
		...header,
		readings: header.readings.map((reading) => rereadAll(reading, header, beside)),
	}));
}

/** The same for the fields of a record, whose names are chosen with more care: only addresses are read again. */
export function readFieldsTogether(fields: readonly Header[]): Header[] {
	const beside = new Neighbours(fields);
	return fields.map((field) => ({
		...field,
		readings: surest(field).map((reading) => addressBesideItsParts(reading, field, beside)),
	}));
}

/** `full_name` is the name of a person, whatever a column of that name might hold. */
function surest({ readings }: Header): readonly Reading[] {
	return readings[0]?.certainty === 1 ? readings.slice(0, 1) : readings;
}

/** What is surely named by the headers of a file. */
class Neighbours {
	readonly #names = new Set<string>();

	constructor(headers: readonly Header[]) {
		for (const { readings } of headers) {
			const [first] = readings;
			if (first === undefined) continue;
			this.#names.add(key(first));
			if (readings.length === 1) this.#names.add(`${key(first)} surely`);
		}
	}

	/** Whether a column is certain to be this, of the same variety and of the same people as the reading. */
	has(concept: string, like?: Reading, ordinal = 1): boolean {
		const { qualifiers = [], others = [] } = like ?? {};
		return this.#names.has(`${key({ concept, qualifiers, others, ordinal })} surely`);
	}

	mentions(concept: string, qualifier: string): boolean {
		return this.#names.has(key({ concept, qualifiers: [qualifier], others: [], ordinal: 1 }));
	}
}

function key({
	concept,
	qualifiers,
	others,
	ordinal,
}: Pick<Reading, 'concept' | 'qualifiers' | 'others' | 'ordinal'>): string {
	return [concept, ordinal, qualifiers.join(), others.join()].join('|');
}

/** A reading that the other columns speak for, and one that they speak against. */
const FAVOURED = 0.97;
const DISFAVOURED = 0.7;

type Reread = (reading: Reading, header: Header, beside: Neighbours) => Reading;

/** Where the parts of an address have columns of their own, the address itself is the street. */
const addressBesideItsParts: Reread = (reading, _, beside) => {
	if (reading.concept !== 'address') return reading;
	const hasLines = ['street', 'address'].some((line) => beside.has(line, reading, 2));
	const isLine = reading.ordinal > 1 || (hasLines && reading.isNumbered);
	if (!isLine && beside.has('street', reading)) return reading;
	const hasParts = ['city', 'postal code'].some((part) => beside.has(part, reading));
	return isLine || hasLines || hasParts ? { ...reading, concept: 'street' } : reading;
};

const rereadAll: Reread = (reading, header, beside) =>
	rereadings.reduce((read, reread) => reread(read, header, beside), reading);

const rereadings: readonly Reread[] = [
	addressBesideItsParts,
	function birthdayInParts(reading, _, beside) {
		const inParts = beside.has('birth month') || beside.has('birth year');
		const isDay = reading.concept === 'birthday' && inParts && beside.has('birth month');
		return isDay ? { ...reading, concept: 'birth day' } : reading;
	},
	function nameBesideFirstOrLastName(reading, { readings }, beside) {
		const concepts = readings.map(({ concept }) => concept);
		if (!concepts.includes('full name') || readings.length === 1) return reading;
		const first = beside.has('first name', reading);
		const last = beside.has('last name', reading);
		if (first === last) return reading;
		return favour(reading, first ? 'last name' : 'first name');
	},
	function nameBesideNamesOfOthers(reading, { readings, words }, beside) {
		const isBare = words.length === 1 && readings.some(({ concept }) => concept === 'full name');
		const others = ['billing', 'shipping'].some((whose) => beside.mentions('full name', whose));
		return isBare && others ? weaken(reading) : reading;
	},
	function titleBesideSalutationOrPosition(reading, { readings, words }, beside) {
		const concepts = readings.map(({ concept }) => concept);
		if (!concepts.includes('salutation') || !concepts.includes('job title')) return reading;
		if (beside.has('job title')) return favour(reading, 'salutation');
		if (!beside.has('salutation')) return reading;
		// where there is a form of address as well, an English title is a position, and a German one a degree
		return words.includes('title') ? favour(reading, 'job title') : weaken(reading);
	},
	function stateBesideState(reading, { readings }, beside) {
		const concepts = readings.map(({ concept }) => concept);
		if (!concepts.includes('state') || !concepts.includes('status')) return reading;
		if (beside.has('state')) return favour(reading, 'status');
		return beside.has('status') || beside.has('city') ? favour(reading, 'state') : reading;
	},
	function placeAloneBesideAddresses(reading, { readings }, beside) {
		const isPlace = reading.concept === 'city' && readings.length > 1;
		if (!isPlace || reading.qualifiers.length > 0) return reading;
		const hasOwnParts = ['street', 'postal code', 'country', 'state'].some((part) =>
			beside.has(part, reading),
		);
		const hasOthers = ['work', 'home', 'other'].some((kind) => beside.mentions('city', kind));
		return hasOthers && !hasOwnParts ? weaken(reading) : reading;
	},
];

/** Where a column says how the contact is related to the student, the contact is a parent or the like. */
function contactsOfStudents(headers: readonly Header[]): readonly Header[] {
	const isContact = ({ words }: Header) => words[0] === 'contact';
	const areRelated = headers.some(
		(header) => isContact(header) && header.readings[0]?.concept === 'guardian relationship',
	);
	if (!areRelated) return headers;
	return headers.map((header) =>
		isContact(header) && header.readings[0]?.concept !== 'guardian relationship'
			? {
					...header,
					readings: header.readings.map((reading) => ({
						...reading,
						hasOwner: false,
						others: [...reading.others, 'guardian'].sort(),
					})),
				}
			: header,
	);
}

const favour = (reading: Reading, concept: string): Reading =>
	reading.concept === concept ? { ...reading, certainty: FAVOURED } : weaken(reading);

const weaken = (reading: Reading): Reading => ({
	...reading,
	certainty: Math.min(reading.certainty, DISFAVOURED),
});

/** An address that only its word tells from others, as in `PO City` and `PO Street`: its parts share the word. */
const FEWEST_PARTS = 3;

/** Takes a word that at least three parts of an address share for the name of that address. */
export function nameAddresses(headers: readonly Header[]): Header[] {
	const counts = new Map<string, number>();
	for (const { readings } of headers) {
		const { concept, others } = readings[0] ?? { concept: '', others: [] };
		const [only] = others;
		if (only === undefined || others.length > 1 || !placeConcepts.has(concept)) continue;
		counts.set(only, (counts.get(only) ?? 0) + 1);
	}
	const isAddress = ([only, ...more]: readonly string[]) =>
		only !== undefined && more.length === 0 && (counts.get(only) ?? 0) >= FEWEST_PARTS;
	return headers.map((header) => ({
		...header,
		readings: header.readings.map((reading) =>
			placeConcepts.has(reading.concept) && isAddress(reading.others) && !header.hasParty
				? {
						...reading,
						others: [],
						qualifiers: [...reading.qualifiers, ...reading.others].sort(),
					}
				: reading,
		),
	}));
}
