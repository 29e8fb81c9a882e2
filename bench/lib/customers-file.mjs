import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** The table that the benchmark imports into. */
export const CUSTOMER_COLUMNS = {
	customer_id: 'text primary key',
	first_name: 'text',
	last_name: 'text',
	email: 'text',
	phone: 'text',
	signup_date: 'date',
	balance: 'numeric(12,2)',
	orders: 'integer',
	active: 'boolean',
	notes: 'text',
	street: 'text',
	country: 'text',
};

/** What an upsert overwrites: all but the key. */
export const WRITTEN_COLUMNS = Object.keys(CUSTOMER_COLUMNS).slice(1);

const HEADER =
	'Customer ID,First Name,Last Name,E-mail,Phone Number,Signup Date,Balance,Orders,Active,Notes,Street Address,Country';

const FIRST =
	'Aino Bartłomiej Cécile Dušan Elif Fernando Gudrún Hanako İpek Jürgen Katarzyna Léon Mónica Nikos Ömer Paula Rūta Siân Tomáš Uğur Véronique Wim Xiu Yvette Zbigniew'.split(
		' ',
	);
const LAST =
	"Andersson Böhm Castañeda D'Amico Eriksen Fournier Grünwald Håkansson Ibáñez Jónsdóttir Kovačević Lindqvist Małecki Novotný O'Neill Peña Quintero Řezník Šimić Takahashi Ünal Villanueva Wójcik Yılmaz Žukauskas".split(
		' ',
	);
const COUNTRIES = ['AT', 'BR', 'CA', 'DE', 'ES', 'FI', 'GB', 'JP', 'PL', 'US'];
const NOTES = ['', 'called in spring', '"prefers mail, ""no phone"""', '"first line\nsecond line"'];

/** Numbers that look random and are the same each time (mulberry32). */
function seededRandom(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/**
 * Writes a CSV file of so many customers, unless it is there already.
 *
 * @param edition the same customers with other values in every column but the key, for another number
 * @returns its path
 */
export async function customersFile(folder, rows, edition = 0) {
	const path = join(folder, `customers-${rows}${edition === 0 ? '' : `-${edition}`}.csv`);
	if (existsSync(path)) return path;
	mkdirSync(folder, { recursive: true });
	const random = seededRandom(20 + edition);
	const below = (n) => Math.floor(random() * n);
	const of = (list) => list[below(list.length)];
	const padded = (n, width) => String(n).padStart(width, '0');
	const file = createWriteStream(`${path}.part`);
	let text = `${HEADER}\n`;
	for (let i = 1; i <= rows; i++) {
		const last = of(LAST);
		const date = `${2008 + below(18)}-${padded(1 + below(12), 2)}-${padded(1 + below(28), 2)}`;
		text += `K${padded(i, 8)},${of(FIRST)},${last},Person${i}@Mail${below(60)}.example,+44 20 ${padded(below(10000), 4)} ${padded(below(10000), 4)},${date},${(random() * 90000 - 900).toFixed(2)},${below(400)},${random() < 0.5},${of(NOTES)},"${1 + below(9000)} ${last} Road, Flat ${1 + below(90)}",${of(COUNTRIES)}\n`;
		if (text.length > 1 << 20) {
			if (!file.write(text)) await once(file, 'drain');
			text = '';
		}
	}
	file.end(text);
	await once(file, 'finish');
	renameSync(`${path}.part`, path);
	return path;
}
