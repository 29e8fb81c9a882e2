import { exactRule, type LoadResult, type LoadRules } from '../../../engine';
import { counts } from './load-cases';
import type { DisturbedDatabase } from './databases';

/** Of the rows of the file, the first ones are in the table already, every second of these with other values. */
export const CUSTOMERS = 4000;
const KNOWN = 1000;

export const rules: LoadRules = {
	match: [exactRule('email')],
	onMatch: 'update',
	onNoMatch: 'insert',
	duplicates: 'first',
	blankKey: 'fail',
	emptyCells: 'keep',
};

const email = (i: number) => `c${String(i).padStart(5, '0')}@x.org`;
const name = (i: number) => `Customer ${i}`;

export const customerRows = (): string[][] =>
	Array.from({ length: CUSTOMERS }, (_, i) => [email(i), name(i), String(i)]);

export const customerFile = (): string =>
	['email,name,points', ...customerRows().map((row) => row.join(','))].join('\n');

export const FIRST_TIME = {
	rows: CUSTOMERS,
	inserted: CUSTOMERS - KNOWN,
	updated: KNOWN / 2,
	unchanged: KNOWN / 2,
};
export const SECOND_TIME = { rows: CUSTOMERS, unchanged: CUSTOMERS };

/** The table of an import, as it is before it, with a copy to go back to. */
export async function createCustomers({ run }: DisturbedDatabase): Promise<void> {
	const columns = '(email varchar(60) primary key, name varchar(60), points int)';
	await run(`create table customers ${columns}`);
	await run(`create table customers_before ${columns}`);
	const known = Array.from(
		{ length: KNOWN },
		(_, i) => `('${email(i)}', '${i % 2 === 0 ? name(i) : 'Old'}', ${i})`,
	);
	await run(`insert into customers_before values ${known.join(',')}, ('other@x.org', 'Stays', 1)`);
	await resetCustomers({ run });
}

export async function resetCustomers({ run }: Pick<DisturbedDatabase, 'run'>): Promise<void> {
	await run('delete from customers');
	await run('insert into customers select * from customers_before');
}

/** Everything that is in the table, in order. */
export async function customers({ run }: Pick<DisturbedDatabase, 'run'>): Promise<string> {
	const rows = await run('select email, name, points from customers order by email');
	return rows.map((row) => Object.values(row).join(',')).join('\n');
}

export const EVERYTHING = [
	...customerRows().map((row) => row.join(',')),
	'other@x.org,Stays,1',
].join('\n');

export { counts };
export type { LoadResult };
