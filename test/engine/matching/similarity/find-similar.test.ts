import {
	explainScore,
	findSimilar,
	learnSimilarity,
	Similarity,
	type SimilarityModel,
} from '../../../../engine/matching';
import { findCandidates } from '../../../../engine/matching/similarity/candidates';
import { growing } from '../../../../engine/matching/similarity/evidence';
import { damaged, people, type Person } from './people';

const fields = [
	{ name: 'first', type: 'first_name' },
	{ name: 'last', type: 'last_name' },
	{ name: 'born', type: 'date' },
	{ name: 'city' },
	{ name: 'email', type: 'email' },
];

const sure = (pairs: ReturnType<typeof findSimilar>['pairs']) =>
	pairs.filter(({ isPossible }) => !isPossible).map(({ left, right }) => [left, right]);

const known = people(200, 1);
const misspelt = known.map((person, i) => damaged(person, i));

const linked = findSimilar(fields, known, misspelt);

test('people who were misspelt are found in the other list, and nobody else', () => {
	const strangers = people(200, 77_777);
	const { pairs } = findSimilar(fields, known, [...misspelt, ...strangers]);
	const found = sure(pairs);
	const right = found.filter(([left, other]) => left === other);
	expect(right.length).toBeGreaterThanOrEqual(190);
	expect(found.length - right.length).toBeLessThanOrEqual(4);
});

test('doubles are found within one list, each pair once', () => {
	const found = sure(findSimilar(fields, [...known, ...misspelt]).pairs);
	const right = found.filter(([left = 0, other = 0]) => other - left === known.length);
	expect(right.length).toBeGreaterThanOrEqual(190);
	expect(found.length - right.length).toBeLessThanOrEqual(4);
});

test('lists that have nobody in common give no pairs', () => {
	expect(sure(findSimilar(fields, known, people(200, 77_777)).pairs)).toEqual([]);
	expect(sure(findSimilar(fields, known).pairs)).toEqual([]);
});

test('empty lists and records without values give no pairs', () => {
	expect(findSimilar(fields, []).pairs).toEqual([]);
	expect(findSimilar(fields, known, []).pairs).toEqual([]);
	expect(findSimilar(fields, [{}, { first: null, last: '' }, { first: '-' }]).pairs).toEqual([]);
});

test('the same lists give the same pairs and scores', () => {
	expect(findSimilar(fields, known, misspelt).pairs).toEqual(linked.pairs);
});

test('a model is plain JSON: keys and scores, record by record, are those of the lists', () => {
	const { model, pairs } = linked;
	const similarity = new Similarity(JSON.parse(JSON.stringify(model)) as SimilarityModel, fields);
	for (const { left, right, score } of pairs.slice(0, 50)) {
		const [a, b] = [known[left]!, misspelt[right]!];
		expect(similarity.score(a, b).score).toBeCloseTo(score, 9);
		const keys = new Set(similarity.blockKeys(a));
		expect(similarity.blockKeys(b).some((key) => keys.has(key))).toBe(true);
	}
});

test("first and last name in each other's place are nearly as good", () => {
	const similarity = new Similarity(linked.model, fields);
	const person = known[3] as Person;
	const turned = { ...person, first: person.last, last: person.first };
	expect(similarity.score(person, turned).score).toBeGreaterThan(0.9);
});

test('missing values speak neither for nor against; a weight of 0 leaves a field out', () => {
	const similarity = new Similarity(linked.model, fields);
	const [a, b] = [known[5]!, { ...known[5]!, city: '', email: null }];
	expect(similarity.score(a, b).byField.map(({ field }) => field)).toEqual([
		'first',
		'last',
		'born',
	]);
	const without = fields.map((field) => (field.name === 'city' ? { ...field, weight: 0 } : field));
	expect(learnSimilarity(without, known).fields.map(({ name }) => name)).not.toContain('city');
});

test('a weight changes what a field says', () => {
	const model = linked.model;
	const other = { ...known[5]!, email: 'someone.else@quite.example' };
	const bits = (weight: number) =>
		new Similarity(
			model,
			fields.map((field) => ({ ...field, weight: field.name === 'email' ? weight : 1 })),
		).score(known[5]!, other).bits;
	expect(bits(3)).toBeLessThan(bits(1));
});

test('a score is told in words, the strongest field first', () => {
	const score = {
		score: 0.876,
		bits: 3,
		byField: [
			{ field: 'city', likeness: 0.1, evidence: -1 },
			{ field: 'last', likeness: 0.9, evidence: 3 },
			{ field: 'email', likeness: 1, evidence: 8 },
			{ field: 'street', likeness: 0.6, evidence: 0.5 },
		],
	};
	expect(explainScore(score)).toBe(
		'87 % alike: email the same, last nearly the same, street alike; city different',
	);
	expect(explainScore({ score: 0, bits: -9, byField: [] })).toBe(
		'0 % alike: no field has a value in both',
	);
});

test('a pair with a clearly better partner is only possible; one to one leaves it out', () => {
	const twin = { ...known[0]!, email: 'zz.other@nowhere.example', city: 'Elsewhere' };
	const others = [...misspelt.slice(1), known[0]!, twin];
	const ofFirst = (options = {}) =>
		findSimilar(fields, known, others, { possible: 0.01, ...options }).pairs.filter(
			({ left }) => left === 0,
		);
	expect(ofFirst()[0]).toMatchObject({ right: others.length - 2, isPossible: false });
	expect(ofFirst()[1]).toMatchObject({
		right: others.length - 1,
		isPossible: true,
		reason: 'has a better partner',
	});
	expect(ofFirst({ outdone: 'keep' })[1]?.reason).toBeUndefined();
	expect(ofFirst({ oneToOne: true })).toHaveLength(1);
});

test('thresholds set what is the same and what is possible', () => {
	const { pairs } = findSimilar(fields, known, misspelt, { threshold: 0.99, possible: 0.5 });
	expect(Math.min(...pairs.map(({ score }) => score))).toBeGreaterThanOrEqual(0.5);
	for (const { score, isPossible } of pairs) if (score < 0.99) expect(isPossible).toBe(true);
});

test('a block that is too large is left out and counted; partners are bounded', () => {
	const keys = Array.from({ length: 60 }, (_, i) => Uint32Array.from([7, i % 2]));
	const found = findCandidates(keys, undefined, { largestBlock: 40, mostPartners: 5 });
	expect(found).toMatchObject({ skippedBlocks: 1, largestSkipped: 60, narrowedRecords: 60 });
	expect(found.left.length).toBeLessThanOrEqual(60 * 5);
	for (const [i, left] of found.left.entries()) expect(left % 2).toBe(found.right[i]! % 2);
});

test('what was left out is said in words', () => {
	const alike = Array.from({ length: 600 }, (_, i) => ({ title: `red ale number ${i % 3}` }));
	const { notes, compared } = findSimilar([{ name: 'title' }], alike);
	expect(notes).toEqual([
		expect.stringContaining('600 records hold nothing but frequent values'),
		expect.stringContaining('600 records resemble very many others'),
	]);
	expect(compared).toBeLessThanOrEqual(600 * 30);
});

test('the number of a model is found within a title', () => {
	const products = known.map(({ last, city }, i) => ({
		title: `${last} ${city} lamp`,
		model: `lx-${5000 + 37 * i}`,
	}));
	const shop = products.map(({ title, model }) => ({ title: `${title} ${model} new`, model: '' }));
	const fieldsOf = [{ name: 'title' }, { name: 'model', type: 'sku' }];
	const similarity = new Similarity(learnSimilarity(fieldsOf, products, products), fieldsOf);
	expect(similarity.score(products[4]!, shop[4]!).byField.map(({ field }) => field)).toContain(
		'model',
	);
	expect(
		similarity.score(products[4]!, { title: 'other', model: '' }).byField.map(({ field }) => field),
	).not.toContain('model');
});

test('evidence grows with likeness', () => {
	expect(growing([1, 3, 2, 5], [1, 1, 1, 1])).toEqual([1, 2.5, 2.5, 5]);
});
