import { gzipSync } from 'node:zlib';
import { zip } from '../formats/xlsx/workbook-builder';
import type { FuzzFile } from './fuzz-file';
import { mutate } from './mutations';
import type { Random } from '../random';

/** What people and systems put into archives beside a table. */
const COMPANIONS = ['README.txt', '.DS_Store', '__MACOSX/._data', 'notes/'];

/** One member, or several that a reader has to put together. */
function gzipped(random: Random, bytes: Uint8Array): Buffer {
	const middle = random.chance(0.3) ? random.below(bytes.length + 1) : 0;
	const parts = [bytes.subarray(0, middle), bytes.subarray(middle)];
	return Buffer.concat(
		parts
			.filter((part, index) => index > 0 || part.length > 0)
			.map((part) => gzipSync(part, { level: random.of([0, 1, 9]) })),
	);
}

function zipped(random: Random, bytes: Uint8Array): Buffer {
	const others = COMPANIONS.filter(() => random.chance(0.2)).map((name) => ({
		name,
		content: name.endsWith('/') ? '' : 'text',
	}));
	const data = {
		name: random.of(['data', 'export/data']),
		content: Buffer.from(bytes),
		method: random.of([0, 8]),
	};
	return zip([...others, data], { zip64: random.chance(0.1) });
}

/** A file in a gzip or zip container, or in both; what is true of the file is true of the container. */
export function packedFile(random: Random, file: FuzzFile): FuzzFile {
	let { bytes } = file;
	const names: string[] = [];
	for (let depth = random.of([1, 1, 1, 2]); depth > 0; depth--) {
		const isZip = random.chance(0.5);
		names.push(isZip ? 'zip' : 'gzip');
		bytes = isZip ? zipped(random, bytes) : gzipped(random, bytes);
	}
	return { ...file, kind: `${file.kind}, in ${names.join(' in ')}`, bytes };
}

/** A container that is damaged itself. */
export function brokenPackedFile(random: Random, file: FuzzFile): FuzzFile {
	const { kind, bytes, options } = packedFile(random, file);
	return { kind: `${kind}, mutated`, bytes: mutate(random, bytes), options };
}
