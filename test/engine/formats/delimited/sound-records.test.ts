import { parseFast } from '../../../../engine/formats/delimited/papa-parse';
import { readSound } from '../../../../engine/formats/delimited/sound-records';
import type { Dialect } from '../../../../engine/formats/delimited/tokenizer';
import { Random } from '../../random';

const plain: Dialect = {
	delimiter: ',',
	quote: '"',
	escape: '"',
	comment: '',
	newline: '\n',
	padded: false,
};

function scatteredText(seed: number, pieces: readonly string[]): string {
	const random = Random.of(seed, 0);
	return random.times(random.between(1, 40), () => random.of(pieces)).join('');
}

const lineEndsIn = (text: string) => text.split('\n').length - 1;

const signs = [
	'a',
	'Ж',
	'x y',
	',',
	',',
	'\n',
	'\n',
	'\r\n',
	'"b"',
	'"c ""d"""',
	'"e,\n"',
	'""',
	'',
];

test('all that is sound is read as Papa Parse reads it', () => {
	let read = 0;
	for (let seed = 1; seed <= 5000; seed++) {
		const text = scatteredText(seed, signs);
		const own = readSound(text, plain, seed % 5);
		if (own === undefined) continue;
		read++;
		// a fault in what is left out is not seen yet
		const papa = parseFast(text, plain) ?? parseFast(text.slice(0, own.length), plain);
		const { records, length } = papa ?? {};
		expect({ text, records: own.records, length: own.length }).toEqual({ text, records, length });
		expect(own.lines).toBe(lineEndsIn(text.slice(0, own.length)));
	}
	expect(read).toBeGreaterThan(1000);
});

test('without quotes each line is cut at its delimiters', () => {
	const dialect = { ...plain, quote: '', escape: '', delimiter: '\t' };
	for (let seed = 1; seed <= 500; seed++) {
		const text = scatteredText(seed, ['a', '"', '\t', '\t', '\n', '\r\n', 'b ']);
		const lines = text.split('\n').slice(0, -1);
		expect(readSound(text, dialect, 2)).toEqual({
			records: lines.map((line) => line.replace(/\r$/, '').split('\t')),
			length: text.lastIndexOf('\n') + 1,
			lines: lines.length,
		});
	}
});

test.each(['"a" ,b\n', '"a"b,c\n', '"a"\r,c\n', '"a\nb" \n'])('%j is left to others', (text) => {
	expect(readSound(text, plain)).toBeUndefined();
});

test('a record that may go on is left out', () => {
	for (const rest of ['a,b', '"a', '"a"', '"a"\r', '"a\n', '"a""', 'a,"b\nc']) {
		const { records, length, lines } = readSound(`1,2\n"3\n",4\n${rest}`, plain, 2) ?? {};
		expect({ records, length, lines }).toEqual({
			records: [
				['1', '2'],
				['3\n', '4'],
			],
			length: 11,
			lines: 3,
		});
	}
});
