import { Turns } from '../turns';

/**
 * The chunks of a file, the next one asked for while the last one is still worked on: the disk and the parser need not
 * wait for each other. Gives the event loop its turns, which bytes in memory would not do by themselves.
 */
export async function* readAhead(
	chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
	const iterator = chunks[Symbol.asyncIterator]();
	const ask = () => {
		const asked = iterator.next();
		// thrown where it is awaited; until then, or when nobody reads on, it is no one's fault
		asked.catch(() => undefined);
		return asked;
	};
	const turns = new Turns();
	try {
		for (let next = ask(); ;) {
			const result = await next;
			if (result.done === true) return;
			next = ask();
			yield result.value;
			await turns.give();
		}
	} finally {
		await iterator.return?.();
	}
}
