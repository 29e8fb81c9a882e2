import type { Cell } from '../dataset';
import { isBlank, isEmail } from '../dataset/values';
import { readHeader } from './header-meaning';
import { isPhone } from './types/phone';
import { isUrl } from './types/url';

/** The languages that names of countries are known in. */
const languages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl'];

const fold = (text: string) =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\.$/, '').trim().toLowerCase();

/** Names and two-letter codes of all countries, from the CLDR data of the runtime. */
function countryNames(): Set<string> {
	const names = new Set(['usa', 'uk', 'england', 'scotland', 'wales', 'holland', 'deutschland']);
	const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
	const codes = letters.flatMap((first) => letters.map((second) => first + second));
	for (const language of languages) {
		const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
		for (const code of codes) {
			const name = display.of(code);
			if (name !== undefined) names.add(fold(name)).add(code.toLowerCase());
		}
	}
	return names;
}

const lazily = <T>(make: () => T) => {
	let made: T | undefined;
	return () => (made ??= make());
};

const countries = lazily(countryNames);
const currencies = lazily(
	() => new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase())),
);

const words = (list: string) => new Set(list.split(' '));
const salutations = words(
	'mr mrs ms miss mx dr prof herr frau m mme mlle monsieur madame sr sra srta don dona sig dott dottssa ing dhr mevr mw rev sir lady herrn',
);
const genders = words(
	'male female m f w d x mannlich weiblich divers homme femme hombre mujer masculino feminino femenino maschio femmina man vrouw h nonbinary non-binary other unknown',
);

/** The marks of postal codes that plain numbers do not have: Britain, Canada, the Netherlands, Brazil, ZIP+4. */
const postalCode =
	/^(?:[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|[a-z]\d[a-z]\s?\d[a-z]\d|\d{4}\s?[a-z]{2}|\d{5}-\d{3,4}|[a-z]{1,2}-\d{4,5})$/i;

const personName = /^\p{Lu}[\p{L}'’.-]+(?:,?\s+\p{Lu}[\p{L}'’.-]*){1,3}$/u;

/** Whether a text is a value of the concept, for the concepts whose values show what they are. */
const tests: Readonly<Record<string, (text: string) => boolean>> = {
	email: isEmail,
	website: isUrl,
	phone: isPhone,
	salutation: (text) => salutations.has(fold(text)),
	gender: (text) => genders.has(fold(text)),
	'postal code': (text) => postalCode.test(text),
	country: (text) => countries().has(fold(text)),
	currency: (text) => currencies().has(text.toLowerCase()),
	'full name': (text) => personName.test(text),
};

const MOST_CELLS = 200;

/** The filled cells of a column, as texts. */
export function sampleTexts(rows: readonly (readonly Cell[])[], index: number): string[] {
	const texts: string[] = [];
	for (const row of rows) {
		const cell = row[index] ?? null;
		if (cell === null || typeof cell === 'object') continue;
		const text = String(cell).trim();
		if (!isBlank(text)) texts.push(text);
		if (texts.length >= MOST_CELLS) break;
	}
	return texts;
}

/** Share of the texts that are values of the concept; undefined when its values do not show, or there are none. */
export function shareOf(concept: string, texts: readonly string[]): number | undefined {
	const test = tests[concept];
	if (test === undefined || texts.length === 0) return undefined;
	return texts.filter(test).length / texts.length;
}

/** Whether the header says nothing at all: `Column 3`, `F2`, blank. */
export function isGeneric(name: string): boolean {
	const { words: said } = readHeader(name);
	return said.every((word) =>
		/^(?:\d+|column|spalte|colonne|columna|coluna|colonna|kolom|field|feld|champ|campo|unnamed|f|x|v|c|col)$/.test(
			word,
		),
	);
}
