import { load, openRows } from '../../../engine';
import { normalizers, type Normalizer } from '../../../engine/matching';
import { normalizerCases, type NormalizerCase } from '../matching/normalizer-cases';
import { counts, upsertOn, type Bench } from './load-cases';

const MOST_COUNTRIES = 20;

/** Texts that a column in Latin 1 can hold. */
export const isLatin1 = (text: string): boolean => /^[\t\n\x20-\x7e\xa0-\xff]*$/.test(text);

/** How many of the cases are stored and found again: all but those that a database compares itself. */
export const STORED_CASES = normalizerCases.filter(
	({ normalizer }) => normalizer !== 'exact',
).length;

/**
 * Each text of the normalizer cases meets, when it comes in a row, the record in which another text of the same key is stored,
 * and no other: what a database gives back of a text has the same key as the text itself.
 *
 * @param type of the column that holds the texts
 */
export function describeStoredKeys(
	bench: () => Bench,
	type: string,
	fits: (text: string) => boolean = () => true,
): void {
	const importRows = async (columns: string[], rows: string[][], options: object) =>
		await load(
			openRows(
				columns.map((name) => ({ name, type: 'text' as const })),
				rows,
			),
			bench().target,
			{ table: bench().table('stored_keys'), mode: 'apply', rules: upsertOn('number'), ...options },
		);

	/** Texts of several countries stand in a column each, which a rule of its own compares. */
	const check = async (normalizer: Normalizer, cases: readonly NormalizerCase[]) => {
		const countries = [...new Set(cases.map(({ country }) => country))];
		const columns = countries.map((_, i) => `value_${i}`);
		await bench().run('drop table if exists stored_keys');
		await bench().run(
			`create table stored_keys (number integer primary key, ${columns.map((name) => `${name} ${type}`).join(', ')}, note varchar(10))`,
		);
		const cells = ({ country, text }: NormalizerCase) =>
			countries.map((one) => (one === country ? text : ''));
		const nameOf = ({ country, key }: NormalizerCase) => JSON.stringify([country, key]);
		// the last text of each key is stored, and all of them come in rows
		const stored = [...new Map(cases.map((one) => [nameOf(one), one])).values()];
		const first = await importRows(
			['number', ...columns, 'note'],
			stored.map((one, i) => [String(i + 1), ...cells(one), `r${i + 1}`]),
			{},
		);
		expect(counts(first)).toEqual({ rows: stored.length, inserted: stored.length });
		const found = await importRows(
			[...columns, 'note'],
			cases.map((one) => [...cells(one), 'found']),
			{
				mode: 'plan',
				rules: {
					...upsertOn(),
					match: columns.map((column, i) => ({
						fields: [{ column, normalizer, ...(countries[i] && { country: countries[i] }) }],
					})),
					onNoMatch: 'fail',
					duplicates: 'all',
					policies: Object.fromEntries(columns.map((name) => [name, 'never'])),
				},
			},
		);
		const met = new Map(found.written.map(({ number, before }) => [number, before?.note]));
		const numbers = new Map(stored.map((one, i) => [nameOf(one), i + 1]));
		expect(cases.map(({ text }, i) => [text, met.get(i + 1)])).toEqual(
			cases.map((one) => [one.text, `r${numbers.get(nameOf(one))}`]),
		);
	};

	test.each(normalizers.filter((normalizer) => normalizer !== 'exact'))(
		`texts in a column of type ${type} have the keys of %s that they have in a row`,
		async (normalizer) => {
			const cases = normalizerCases.filter(
				(one) => one.normalizer === normalizer && fits(one.text),
			);
			expect(cases.length).toBeGreaterThan(0);
			const countries = [...new Set(cases.map(({ country }) => country))];
			// a statement joins a table for each rule, and databases have a limit for that
			for (let i = 0; i < countries.length; i += MOST_COUNTRIES) {
				const some = countries.slice(i, i + MOST_COUNTRIES);
				await check(
					normalizer,
					cases.filter(({ country }) => some.includes(country)),
				);
			}
		},
		60_000,
	);
}
