/** Numbers stand for keys: of keys that get the same number by accident the pairs are compared in vain, no more. */
export function hashOf(key: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < key.length; i++) {
		hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
	}
	hash ^= hash >>> 16;
	hash = Math.imul(hash, 0x85ebca6b);
	return (hash ^ (hash >>> 13)) >>> 0;
}

export interface CandidateOptions {
	/** A block with more records is left out. */
	largestBlock: number;
	/** How many partners a record has at most: those with which it shares the rarest keys. */
	mostPartners: number;
}

export interface Candidates {
	/** Positions in the one and the other list, pair by pair. */
	left: Uint32Array;
	right: Uint32Array;
	/** How many blocks were left out because they were too large, and how many records the largest had. */
	skippedBlocks: number;
	largestSkipped: number;
	/** Records that shared keys with more others than were compared. */
	narrowedRecords: number;
}

/** The records of each key, as stretches of one array. */
class BlockIndex {
	readonly hashes: Uint32Array;
	readonly #starts: Uint32Array;
	readonly #members: Uint32Array;

	constructor(keys: readonly Uint32Array[]) {
		const count = keys.reduce((sum, list) => sum + list.length, 0);
		const entries = new Float64Array(count);
		let at = 0;
		for (const [record, list] of keys.entries()) {
			for (const hash of list) entries[at++] = hash * 2 ** 21 + record;
		}
		entries.sort();
		this.#members = new Uint32Array(count);
		const hashes: number[] = [];
		const starts: number[] = [];
		let last = -1;
		for (let i = 0; i < count; i++) {
			const hash = Math.floor((entries[i] as number) / 2 ** 21);
			this.#members[i] = (entries[i] as number) % 2 ** 21;
			if (hash !== last) {
				hashes.push(hash);
				starts.push(i);
				last = hash;
			}
		}
		starts.push(count);
		this.hashes = Uint32Array.from(hashes);
		this.#starts = Uint32Array.from(starts);
	}

	/** The block of a key, or -1. */
	find(hash: number): number {
		let low = 0;
		let high = this.hashes.length - 1;
		while (low <= high) {
			const middle = (low + high) >>> 1;
			const found = this.hashes[middle] as number;
			if (found === hash) return middle;
			if (found < hash) low = middle + 1;
			else high = middle - 1;
		}
		return -1;
	}

	members(block: number): Uint32Array {
		return this.#members.subarray(this.#starts[block], this.#starts[block + 1]);
	}
}

/**
 * Pairs of records that share a key.
 *
 * @param keys the numbers of the keys of each record
 * @param others those of another list; without it a list is compared with itself
 */
export function findCandidates(
	keys: readonly Uint32Array[],
	others: readonly Uint32Array[] | undefined,
	{ largestBlock, mostPartners }: CandidateOptions,
): Candidates {
	const list = others ?? keys;
	const index = new BlockIndex(list);
	const shared = new Float32Array(list.length);
	const found: number[] = [];
	const skipped = new Set<number>();
	let largestSkipped = 0;
	let narrowedRecords = 0;
	for (const [record, hashes] of keys.entries()) {
		const partners: number[] = [];
		for (const hash of hashes) {
			const block = index.find(hash);
			if (block < 0) continue;
			const members = index.members(block);
			if (members.length > largestBlock) {
				skipped.add(block);
				largestSkipped = Math.max(largestSkipped, members.length);
				continue;
			}
			const worth = 1 / Math.log2(1 + members.length + (others === undefined ? 0 : 1));
			for (const member of members) {
				if (others === undefined && member === record) continue;
				if (shared[member] === 0) partners.push(member);
				shared[member] = (shared[member] as number) + worth;
			}
		}
		if (partners.length > mostPartners) {
			narrowedRecords++;
			partners.sort((a, b) => (shared[b] as number) - (shared[a] as number) || a - b);
		}
		for (const [rank, partner] of partners.entries()) {
			shared[partner] = 0;
			if (rank >= mostPartners) continue;
			const isTurned = others === undefined && partner < record;
			found.push(isTurned ? partner * list.length + record : record * list.length + partner);
		}
	}
	const pairs = Float64Array.from(found).sort();
	const left: number[] = [];
	const right: number[] = [];
	for (let i = 0; i < pairs.length; i++) {
		if (i > 0 && pairs[i] === pairs[i - 1]) continue;
		left.push(Math.floor((pairs[i] as number) / list.length));
		right.push((pairs[i] as number) % list.length);
	}
	return {
		left: Uint32Array.from(left),
		right: Uint32Array.from(right),
		skippedBlocks: skipped.size,
		largestSkipped,
		narrowedRecords,
	};
}
