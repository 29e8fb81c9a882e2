import { setImmediate as turn } from 'node:timers/promises';

/** The longest time in milliseconds for which one piece of work keeps the event loop to itself, as far as it can be cut. */
const LONGEST_TURN_MS = 40;

/** Gives the event loop its turns during work that awaits nothing else, such as that on bytes in memory. */
export class Turns {
	#started = performance.now();

	/** To be awaited wherever the work can be interrupted: it is where it has gone on for long. */
	async give(): Promise<void> {
		if (performance.now() - this.#started <= LONGEST_TURN_MS) return;
		await turn();
		this.#started = performance.now();
	}
}
