import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadJob } from './load-process';

export const PHASES = ['read', 'stage', 'decide', 'apply', 'commit'] as const;
export type Phase = (typeof PHASES)[number] | 'ready' | 'end';

/** A process that imports, from its start to its end. */
export class StartedImport {
	readonly #child: ChildProcess;

	readonly #times = new Map<Phase, number>();

	readonly #exit: Promise<unknown>;

	constructor() {
		const program = join(__dirname, 'load-process.ts');
		this.#child = fork(join(__dirname, '../fuzz/load-typescript.cjs'), [program], { execArgv: [] });
		this.#exit = once(this.#child, 'exit');
		this.#child.on('message', ({ phase }: { phase: Phase }) => {
			if (!this.#times.has(phase)) this.#times.set(phase, performance.now());
			this.#child.emit('phase');
		});
	}

	/** Resolves when the phase has begun; a process that ended has no more phases. */
	async begins(phase: Phase): Promise<void> {
		while (!this.#times.has(phase)) {
			if (this.#child.exitCode !== null) throw new Error(`The process ended before "${phase}"`);
			await Promise.race([once(this.#child, 'phase'), this.#exit]);
		}
	}

	async start(job: LoadJob): Promise<void> {
		await this.begins('ready');
		this.#child.send(job);
	}

	/** Milliseconds from the begin of a phase to that of the next. */
	duration(phase: Phase): number {
		const at = [...PHASES, 'end' as const].map((name) => this.#times.get(name) ?? 0);
		const index = PHASES.indexOf(phase as (typeof PHASES)[number]);
		return (at[index + 1] ?? 0) - (at[index] ?? 0);
	}

	async kill(): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.#exit;
	}
}
