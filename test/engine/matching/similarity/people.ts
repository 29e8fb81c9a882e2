/** Made-up people, the same for the same seed. */
export interface Person {
	[field: string]: string;
	first: string;
	last: string;
	born: string;
	city: string;
	email: string;
}

const FIRST =
	'Ann Bela Carla Dario Elena Farid Greta Hugo Ines Jonas Karin Leo Mira Nils Olga Pavel Rosa Stefan Tessa Umar Vera Wanda Yusuf Zoe'.split(
		' ',
	);
const SYLLABLES =
	'bar ben cor dal der fel gan hol jor kel lem mar nov pol quin ros sal tor ver wil zan'.split(' ');
const CITIES = 'Arden Birch Calder Dover Elton Fenwick Garth Holm Ilford Kendal Lorne Marsh'.split(
	' ',
);

function generator(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

export function people(count: number, seed: number): Person[] {
	const draw = generator(seed);
	const of = (list: readonly string[]) => list[draw(list.length)]!;
	const two = (value: number) => String(value).padStart(2, '0');
	return Array.from({ length: count }, () => {
		const first = of(FIRST);
		const last = of(SYLLABLES) + of(SYLLABLES) + of(SYLLABLES);
		return {
			first,
			last: last.charAt(0).toUpperCase() + last.slice(1),
			born: `${1930 + draw(80)}-${two(1 + draw(12))}-${two(1 + draw(28))}`,
			city: of(CITIES),
			email: `${first}.${last}${draw(100)}@example.org`.toLowerCase(),
		};
	});
}

const misspelt = (text: string, at: number): string =>
	text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);

/** The person with one or two slips: which ones, the number says. */
export function damaged(person: Person, number: number): Person {
	const { first, last, born, city, email } = person;
	const slips: Array<Partial<Person>> = [
		{ last: misspelt(last, 2) },
		{ first: last, last: first },
		{ born: `${born.slice(0, 9)}${(Number(born.slice(9)) + 1) % 10}` },
		{ email: '' },
		{ city: misspelt(city, 1), first: misspelt(first, 1) },
		{ email: misspelt(email, 3), city: '' },
	];
	return { ...person, ...slips[number % 6], ...slips[(number >> 2) % 6] } as Person;
}
