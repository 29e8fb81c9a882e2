import type { Kind } from './vocabulary';

/** Concepts that may stand for each other when nothing better is there, and how sure that is. */
const relations: ReadonlyArray<readonly [string, string, number]> = [
	['address', 'street', 0.85],
	['amount', 'total', 0.85],
	['notes', 'description', 0.76],
	['country', 'country code', 0.86],
	['record id', 'external id', 0.76],
	['record id', 'student id', 0.8],
	['record id', 'employee id', 0.8],
	['external id', 'employee id', 0.76],
	['external id', 'student id', 0.76],
	['customer id', 'record id', 0.78],
	['customer id', 'external id', 0.76],
	['donation id', 'transaction id', 0.8],
	['donation id', 'record id', 0.85],
	['order date', 'created', 0.78],
	['order date', 'date', 0.85],
	['donation date', 'date', 0.88],
	['paid', 'donation date', 0.8],
	['paid', 'date', 0.78],
	['enrolment date', 'created', 0.76],
	['enrolment date', 'start date', 0.8],
	['hire date', 'start date', 0.8],
	['exit date', 'end date', 0.8],
	['termination date', 'end date', 0.8],
	['lead status', 'status', 0.88],
	['employment status', 'status', 0.86],
	['enrolment status', 'status', 0.86],
	['grade', 'score', 0.8],
	['school', 'company', 0.76],
	['ethnicity', 'race', 0.75],
	['category', 'tags', 0.78],
	['donation type', 'type', 0.86],
	['employment type', 'type', 0.86],
];

export const relatedConcepts: ReadonlyMap<string, number> = new Map(
	relations.flatMap(([a, b, certainty]) => [
		[`${a}|${b}`, certainty],
		[`${b}|${a}`, certainty],
	]),
);

/** The parts of an address. */
export const placeConcepts: ReadonlySet<string> = new Set([
	'address',
	'street',
	'house number',
	'postal code',
	'city',
	'state',
	'country',
	'country code',
	'po box',
]);

const conceptsByKind: Readonly<Record<Kind, string>> = {
	number: `phone, fax, tax id, sku, order number, invoice number, employee id, student id, transaction id,
		tracking number, record id, social security number, national id, barcode, receipt, external id`,
	name: `company, school, department, city, state, country, product, course, section, event, ticket type,
		lead source, language, username, brand, campaign, category, owner, full name, first name, last name,
		middle name, manager, teacher, street, location, job title, assessment, term, spouse, type, nickname`,
	code: `state, country, currency, language, postal code, discount code, ethnicity, race, gender, record id,
		order number, sku, country code`,
	date: `created, updated, birthday, order date, paid, start date, end date, due date, invoice date, shipped date,
		delivery date, hire date, termination date, donation date, enrolment date, exit date, date, check in date,
		anniversary, last activity, time, start time, end time`,
	address:
		'email, street, city, state, country, postal code, country code, website, house number, po box',
	amount: `total, subtotal, discount amount, tax amount, shipping amount, fee, price, amount, refund amount, net,
		cost, salary, revenue, total spent`,
};

/** Kinds that a concept says by itself: a city is a name. */
export const redundantKinds: ReadonlyMap<string, ReadonlySet<Kind>> = collectKinds();

function collectKinds(): Map<string, Set<Kind>> {
	const kinds = new Map<string, Set<Kind>>();
	for (const [kind, list] of Object.entries(conceptsByKind)) {
		for (const concept of list.split(',').map((name) => name.trim())) {
			const known = kinds.get(concept) ?? new Set();
			kinds.set(concept, known.add(kind as Kind));
		}
	}
	return kinds;
}
