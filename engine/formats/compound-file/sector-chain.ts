import { damaged } from './damaged';

/**
 * Follows a chain of sectors through an allocation table ([MS-CFB] 2.3): each sector names the next one. The chain ends at a
 * number that is no sector, so that a stream can turn out shorter than the directory says; who reads it finds out.
 *
 * @param table for each sector, the next one of its chain
 * @param most sectors that are wanted
 * @throws ImportError FILE_UNREADABLE when the chain comes back to a sector that it went through
 */
export function followChain(
	table: Uint32Array,
	start: number,
	most = Number.POSITIVE_INFINITY,
): Uint32Array {
	const visited = new Uint8Array(table.length);
	const chain = new Uint32Array(Math.min(most, table.length));
	let length = 0;
	let sector = start;
	while (length < chain.length && sector < table.length) {
		if (visited[sector] === 1) throw damaged('a chain of its sectors runs in a circle');
		visited[sector] = 1;
		chain[length++] = sector;
		sector = table[sector] ?? table.length;
	}
	return chain.subarray(0, length);
}
