import type { FuzzFile } from './fuzz-file';
import type { Random } from '../random';

/** What formats are built of, put where nobody expects it. */
const TOKENS = [
	...[
		'"',
		'""',
		"'",
		',',
		';',
		'\t',
		'\n',
		'\r',
		'\r\n',
		'\0',
		'\\',
		'#',
		'\ufeff',
		'\x1e',
		'\x1a',
	],
	...['{', '}', '[', ']', '[[', '{"a":', ':', 'null', 'NaN', '1e999', '-', '"\\ud800"', '"\\u00'],
	...['<', '>', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '&#0;', '&#x110000;', '&nope;', '&'],
	...['<?xml version="1.0" encoding="utf-16"?>', '<!DOCTYPE a [<!ENTITY b "c">]>', 'xmlns:a="b"'],
	...[
		'<c r="XFD1048576"><v>1</v></c>',
		'<c r="A0"/>',
		' r="-1"',
		' t="s"',
		'<v>1e999</v>',
		' s="999"',
	],
	...[
		'<row r="99999999999">',
		'<mergeCell ref="A1:XFD1048576"/>',
		'PK\x03\x04',
		'PK\x01\x02',
		'PK\x05\x06',
	],
	...['é', '東', '🙂', '\ud83d', '\u2028', '\u202e', '__proto__', 'constructor', 'toString'],
];

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const splice = (bytes: Buffer, at: number, removed: number, added: Uint8Array): Buffer =>
	Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);

const place = (bytes: Buffer, random: Random) => random.below(bytes.length + 1);

function piece(bytes: Buffer, random: Random): Buffer {
	const start = place(bytes, random);
	return bytes.subarray(start, start + random.between(1, 64));
}

const mutations: readonly Mutation[] = [
	function flipBits(bytes, random) {
		const copy = Buffer.from(bytes);
		for (let flips = random.between(1, 8); flips > 0 && copy.length > 0; flips--) {
			const at = random.below(copy.length);
			copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
		}
		return copy;
	},
	(bytes, random) => bytes.subarray(0, place(bytes, random)),
	(bytes, random) => bytes.subarray(random.below(Math.min(bytes.length, 40) + 1)),
	(bytes, random) => splice(bytes, place(bytes, random), 0, Buffer.from(random.of(TOKENS))),
	(bytes, random) =>
		splice(bytes, place(bytes, random), random.between(1, 8), Buffer.from(random.of(TOKENS))),
	(bytes, random) => splice(bytes, place(bytes, random), random.between(1, 64), Buffer.alloc(0)),
	(bytes, random) => splice(bytes, place(bytes, random), 0, piece(bytes, random)),
	(bytes, random) => {
		const added = Buffer.from(random.times(random.between(1, 16), () => random.below(256)));
		return splice(bytes, place(bytes, random), 0, added);
	},
	(bytes, random) => {
		const added = Buffer.from(random.of(TOKENS).repeat(random.between(2, 400)));
		return splice(bytes, place(bytes, random), 0, added);
	},
	function extremeNumber(bytes, random) {
		const copy = Buffer.from(bytes);
		const at = random.below(Math.max(1, copy.length - 4));
		const value = random.of([0, 1, 0x7fffffff, 0x80000000, 0xffffffff, copy.length]);
		if (copy.length >= 4) copy.writeUInt32LE(value, at);
		return copy;
	},
];

/** A few changes at random places. */
export function mutate(random: Random, bytes: Uint8Array): Buffer {
	let mutated = Buffer.from(bytes);
	for (let changes = random.of([1, 1, 1, 2, 3, 5]); changes > 0; changes--) {
		mutated = Buffer.from(random.of(mutations)(mutated, random));
	}
	return mutated;
}

/** Text with changes like those, such as the parts of a workbook. */
export const mutateText = (random: Random, text: Uint8Array): Buffer => mutate(random, text);

/** The file with changes; opened with what was known about it, or with nothing. */
export function mutatedFile(random: Random, file: FuzzFile): FuzzFile {
	const options = random.chance(0.4) ? file.options : {};
	return { kind: `${file.kind}, mutated`, bytes: mutate(random, file.bytes), options };
}
