import { Turns } from '../../turns';
import { openDecoder } from '../stream-decoder';
import type { BytePattern } from '../unicode-patterns';
import { guessMultiByte, prepareMultiByte } from './multi-byte';
import { takeSample, type Sample } from './sample';
import { guessSingleByte, prepareSingleByte, type Guess } from './single-byte';

/** Beyond so many bytes more of the same is no more evidence for or against a rare encoding. */
const BYTES_THAT_COUNT = 300;

/** Makes the tables of `guessEncoding`, once for the process, with turns for the event loop in between. */
export async function prepareGuess(): Promise<void> {
	const turns = new Turns();
	for (const prepare of [prepareSingleByte, prepareMultiByte]) {
		for (const _ of prepare()) await turns.give();
	}
}

/**
 * Decides between encodings that any bytes could be in: each is held against the letters of the languages that are written
 * in it, and the one that explains the text best is taken.
 */
export function guessEncoding(head: Uint8Array): BytePattern {
	const sample = takeSample(head);
	let highBytes = 0;
	for (let byte = 0x80; byte < 0x100; byte++) highBytes += sample.counts[byte] ?? 0;
	const weight = Math.min(highBytes, BYTES_THAT_COUNT);
	const total = (guess: Guess) => guess.cost * weight + guess.handicap;
	const guesses = [...guessSingleByte(sample), ...guessMultiByte(sample)].sort(
		(a, b) => total(a) - total(b),
	);
	const best = guesses[0];
	if (best === undefined) {
		return { encoding: 'windows-1252', confidence: 0.3, evidence: 'nothing else fits' };
	}
	// encodings that give the same text are no rivals
	const text = openDecoder(best.encoding).decode(sample.lines);
	const rival = guesses
		.slice(1, 6)
		.find(({ encoding }) => openDecoder(encoding).decode(sample.lines) !== text);
	const margin = rival === undefined ? 10 : total(rival) - total(best);
	const confidence = Math.round((0.5 + 0.45 * (1 - Math.exp(-margin / 6))) * 100) / 100;
	return { encoding: best.encoding, confidence, evidence: evidence(best, rival, sample) };
}

/** The first words beyond ASCII are shown, because a person sees at once whether they are right. */
function evidence(best: Guess, rival: Guess | undefined, { lines }: Sample): string {
	const text = openDecoder(best.encoding).decode(lines.subarray(0, 4096));
	const words = new Set<string>();
	for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
		if (/[^a-z]/i.test(word)) words.add(`"${word.slice(0, 20)}"`);
		if (words.size === 3) break;
	}
	const example = words.size > 0 ? `, for example ${[...words].join(', ')}` : '';
	const next = rival === undefined ? '' : `; next would be ${rival.encoding}`;
	return `not valid UTF-8; reads best as ${best.language}${example}${next}`;
}
