import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputOf, type Message, type Share } from './fuzz-process';

/*
 * Made-up files, good and damaged, for every reader. Each input is made from the seed and its number alone:
 *
 *     FUZZ_SEED=1 FUZZ_RUNS=200000 npm run test:unit -- --testPathPatterns fuzz    another run, and a longer one
 *     FUZZ_SEED=1 FUZZ_INPUT=4711 ...                                              one input again
 */
const seed = Number(process.env.FUZZ_SEED ?? 20261120);
const runs = Number(process.env.FUZZ_RUNS ?? 20_000);
const single = process.env.FUZZ_INPUT === undefined ? undefined : Number(process.env.FUZZ_INPUT);

/** No input of these sizes takes a second: who says nothing for so long hangs. */
const LONGEST_SILENCE_MS = 60_000;
const HEAP_MB = 512;
const MOST_HEAP_GROWTH_MB = 48;

type Done = Extract<Message, { kind: 'done' }>;

interface Outcome {
	violations: string[];
	done?: Done;
}

/** Keeps an input for whoever wants to look at it. */
function save(input: number): string {
	const { file } = inputOf(seed, input);
	const path = join(mkdtempSync(join(tmpdir(), 'fuzz-')), `input-${input}`);
	writeFileSync(path, file.bytes);
	return `FUZZ_SEED=${seed} FUZZ_INPUT=${input} (${file.kind}; ${JSON.stringify(file.options)}): ${path}`;
}

function startProcess(): ChildProcess {
	return fork(join(__dirname, 'load-typescript.cjs'), [join(__dirname, 'fuzz-process.ts')], {
		execArgv: ['--expose-gc', `--max-old-space-size=${HEAP_MB}`],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
}

/** Has a share of the inputs checked in a process of its own, which may crash or hang. */
function checkShare(share: Share): Promise<Outcome> {
	const child = startProcess();
	const outcome: Outcome = { violations: [] };
	let input = share.first;
	return new Promise((resolve) => {
		const give = (why?: string) => {
			clearTimeout(silence);
			child.removeAllListeners('exit');
			child.kill('SIGKILL');
			if (why !== undefined) outcome.violations.push(`${why} at ${save(input)}`);
			resolve(outcome);
		};
		const hang = () => {
			give('A reader hangs');
		};
		let silence = setTimeout(hang, LONGEST_SILENCE_MS);
		child.once('exit', (code, signal) => {
			give(`The process ended with ${code ?? signal}`);
		});
		child.on('message', (message: Message) => {
			clearTimeout(silence);
			silence = setTimeout(hang, LONGEST_SILENCE_MS);
			if (message.kind === 'at') {
				input = message.input;
			} else if (message.kind === 'violation') {
				outcome.violations.push(`${message.text}\n  ${save(message.input)}`);
			} else {
				outcome.done = message;
				give();
			}
		});
		child.send(share);
	});
}

const processes = single === undefined ? Math.min(2, availableParallelism()) : 1;
const shares = Array.from({ length: processes }, (_, index) =>
	single === undefined
		? { seed, first: index, step: processes, end: runs }
		: { seed, first: single, step: 1, end: single + 1 },
);

describe(`files that nobody made on purpose (FUZZ_SEED=${seed})`, () => {
	let outcomes: Outcome[] = [];

	beforeAll(async () => {
		outcomes = await Promise.all(shares.map(checkShare));
	}, 3_600_000);

	test('readers neither crash nor hang, account for every row, and say what is wrong in words for people', () => {
		expect(outcomes.flatMap(({ violations }) => violations)).toEqual([]);
	});

	test('every input was checked, good ones and damaged ones', () => {
		const checked = outcomes.reduce((sum, { done }) => sum + (done?.checked ?? 0), 0);
		expect(checked).toBe(single === undefined ? runs : 1);
		if (single !== undefined) return;
		for (const { done } of outcomes) {
			expect(done?.kinds['well-formed']).toBeGreaterThan(runs / 20);
			expect(done?.kinds.damaged).toBeGreaterThan(runs / 20);
		}
	});

	test('nothing of the files stays in memory', () => {
		for (const { done } of outcomes) expect(done?.heapGrowthMb).toBeLessThan(MOST_HEAP_GROWTH_MB);
	});
});
