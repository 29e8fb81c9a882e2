/*
 * Checks a share of the inputs, one after the other, and tells its parent which one it is at: a parent that hears
 * nothing for long knows the input that hangs.
 */
import type { FuzzFile } from './fuzz-file';
import { fuzzFile } from './generate';
import { checkFile } from './invariants';
import { Random } from '../random';

/** Inputs number `first`, `first + step` and so on, below `end`. */
export interface Share {
	seed: number;
	first: number;
	step: number;
	end: number;
}

export type Message =
	| { kind: 'at'; input: number }
	| { kind: 'violation'; input: number; file: string; options: string; text: string }
	| { kind: 'done'; checked: number; kinds: Record<string, number>; heapGrowthMb: number };

const WARM_UP_INPUTS = 300;
const MOST_VIOLATIONS = 20;

const send = (message: Message) => process.send?.(message);

/** The file of an input, and the random numbers to go on with. */
export function inputOf(seed: number, input: number): { file: FuzzFile; random: Random } {
	const random = Random.of(seed, input);
	return { file: fuzzFile(random), random };
}

async function check(seed: number, input: number, rejections: unknown[]): Promise<string> {
	const { file, random } = inputOf(seed, input);
	try {
		await checkFile(file, random);
		await new Promise(setImmediate);
		if (rejections.length > 0) throw rejections.pop();
	} catch (error) {
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		const options = JSON.stringify(file.options);
		send({ kind: 'violation', input, file: file.kind, options, text });
		return 'violation';
	}
	return file.truth === undefined ? 'damaged' : 'well-formed';
}

function usedMb(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return (heapUsed + external) / 1024 ** 2;
}

async function work({ seed, first, step, end }: Share): Promise<void> {
	const rejections: unknown[] = [];
	process.on('unhandledRejection', (reason) => rejections.push(reason));
	const kinds: Record<string, number> = {};
	let checked = 0;
	let warm = 0;
	for (let input = first; input < end; input += step) {
		send({ kind: 'at', input });
		const kind = await check(seed, input, rejections);
		kinds[kind] = (kinds[kind] ?? 0) + 1;
		if (++checked === WARM_UP_INPUTS) warm = usedMb();
		if ((kinds.violation ?? 0) >= MOST_VIOLATIONS) break;
	}
	const heapGrowthMb = warm === 0 ? 0 : Math.round(usedMb() - warm);
	send({ kind: 'done', checked, kinds, heapGrowthMb });
}

process.on('message', (share: Share) => {
	work(share).catch((error: unknown) => {
		console.error(error);
		process.exit(1);
	});
});
