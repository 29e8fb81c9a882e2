import type { Cell } from '../../../engine';
import type { Random } from '../random';

/** A table as it was meant: what a reader has to give. No row of it is blank. */
export interface Table<Value extends Cell = Cell> {
	columns: string[];
	rows: Value[][];
}

const NAMES = [
	'Name',
	'City',
	'Nick name',
	'Größe',
	'Remarks',
	'Amount',
	'Code',
	'Joined on',
	'Ref',
	'Note',
	'Group',
	'Street',
];

const WORDS = [
	'Anna',
	'Zoë',
	'Łukasz',
	'O’Neil',
	'Smith & Sons',
	'x',
	'São Paulo',
	'naïve',
	'-',
	'<b>',
];
const LATIN = ['Anna', 'Zoe', 'Jürgen', 'Smith & Sons', 'x', 'Málaga', 'naïve', '-', '<b>', 'A+B'];
const WIDE = ['東京', '佐藤 美咲', 'Ольга', 'Москва', '🙂 ok', 'नमस्ते', 'שלום', 'กรุงเทพ'];
const MARKS = [',', ';', '|', "'", '"', '""', ' ', '\\', '=1+1', '#', '{', '<', '&amp;', '%'];
const NUMBERS = [
	'0',
	'007',
	'12',
	'-3.5',
	'1,234.56',
	'1.234,56',
	'1e5',
	'99999999999999999999',
	'5 %',
];
const DATES = [
	'2024-02-29',
	'31.12.1999',
	'01/02/2003',
	'2024-01-01T10:00:00Z',
	'10:30',
	'Feb 3, 2021',
];

type Alphabet = 'latin' | 'any';

/** A text such as stands in a cell: a word, a number, a date, sometimes with signs that formats need for themselves. */
export function cellText(random: Random, alphabet: Alphabet): string {
	const words = alphabet === 'latin' ? LATIN : random.chance(0.3) ? WIDE : WORDS;
	const kind = random.next();
	if (kind < 0.15) return '';
	if (kind < 0.3) return random.of(NUMBERS);
	if (kind < 0.4) return random.of(DATES);
	if (kind < 0.7) return random.of(words);
	const parts = random.times(random.between(2, 5), () =>
		random.of(random.chance(0.4) ? MARKS : words),
	);
	return parts.join(random.of(['', ' ']));
}

/** Names for columns, each of them once. */
export function columnNames(random: Random, most = 8): string[] {
	const names = [...NAMES];
	const width = random.between(1, most);
	return random.times(width, () => names.splice(random.below(names.length), 1)[0] ?? '');
}

/** A table of texts. The first cell of a row is never blank, so that no row is. */
export function textTable(random: Random, alphabet: Alphabet, mostRows = 12): Table<string> {
	const columns = columnNames(random);
	const rows = random.times(random.between(1, mostRows), () =>
		columns.map((_, index) => (index === 0 ? 'r' : '') + cellText(random, alphabet)),
	);
	return { columns, rows };
}

/** An ordinary table, such as has to be understood without any setting: named columns, one kind of value in each. */
export function ordinaryTable(random: Random, alphabet: Alphabet): Table<string> {
	const kinds = random.times(random.between(2, 6), () => random.of(['word', 'number', 'day']));
	const names = ['Name', ...columnNames(random, kinds.length).filter((name) => name !== 'Name')];
	const columns = names.slice(0, kinds.length + 1);
	const words = alphabet === 'latin' ? LATIN : [...WORDS, ...WIDE];
	const people = words.filter((word) => /^\p{L}/u.test(word));
	const value = (kind: string): string => {
		if (kind === 'number') return String(random.below(10_000));
		return kind === 'day'
			? `20${random.between(10, 24)}-0${random.between(1, 9)}-15`
			: random.of(people);
	};
	const rows = random.times(random.between(8, 30), () =>
		columns.map((_, index) => value(index === 0 ? 'word' : (kinds[index - 1] ?? 'word'))),
	);
	return { columns, rows };
}
