import { TextStore } from '../../../../engine/formats/workbook/text-store';
import { inTemporaryFolder } from './temporary-folder';

const SCRIPTS = ['Zoë', '東京都', '😀', 'Иван', 'plain'];

/** Texts of all lengths: none, short, about a page, several pages. */
const texts = Array.from({ length: 30_000 }, (_, index) => {
	if (index % 97 === 0) return '';
	const script = SCRIPTS[index % SCRIPTS.length] ?? '';
	return `${index} ${script.repeat(index % 5000 === 1 ? 9000 : index % 400 === 1 ? 500 : 1)}`;
});

const encodingOf = (index: number) => (index % 3 === 0 ? 'utf16le' : 'utf8');

async function filled(memoryBytes?: number, flushEvery = 100): Promise<TextStore> {
	const store = new TextStore({ memoryBytes });
	for (const [index, text] of texts.entries()) {
		const bytes = Buffer.from(`>${text}<`, encodingOf(index));
		const mark = Buffer.from('>', encodingOf(index)).length;
		store.add(bytes, mark, bytes.length - mark, encodingOf(index));
		if (index % flushEvery === 0) await store.flush();
	}
	return store;
}

/** All indexes, each once, in an order without rule. */
function shuffled(): number[] {
	const order = texts.map((_, index) => index);
	let seed = 1;
	for (let last = order.length - 1; last > 0; last--) {
		seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
		const other = seed % (last + 1);
		[order[last], order[other]] = [order[other]!, order[last]!];
	}
	return order;
}

describe('texts come back as they were, in any order', () => {
	test.each<[where: string, memoryBytes: number | undefined, flushEvery: number]>([
		['in memory', undefined, 100],
		['in a file, but for the first ones', 100_000, 100],
		['in a file', 0, 1],
		['in memory as long as nobody writes them', 0, Infinity],
	])('%s', async (_, memoryBytes, flushEvery) => {
		const store = await filled(memoryBytes, flushEvery);
		try {
			const inOrder = texts.map((_text, index) => store.get(index));
			expect(inOrder).toEqual(texts);
			const order = shuffled();
			expect(order.map((index) => store.get(index))).toEqual(order.map((index) => texts[index]));
			expect(store.size).toBe(texts.length);
			expect([-1, texts.length, NaN].map((index) => store.get(index))).toEqual(
				Array(3).fill(undefined),
			);
		} finally {
			store.close();
		}
	});

	test('while more are added', async () => {
		const store = new TextStore({ memoryBytes: 0 });
		const found: (string | undefined)[] = [];
		for (let index = 0; index < 200_000; index++) {
			const bytes = Buffer.from(`text ${index}`);
			store.add(bytes, 0, bytes.length, 'utf8');
			if (index % 1000 !== 999) continue;
			await store.flush();
			found.push(store.get(index), store.get(index >>> 1), store.get(0));
		}
		store.close();
		expect(found).toEqual(
			Array.from({ length: 200 }, (_, step) => {
				const index = step * 1000 + 999;
				return [`text ${index}`, `text ${index >>> 1}`, 'text 0'];
			}).flat(),
		);
	});

	test('of single bytes', () => {
		const store = new TextStore();
		store.add(Buffer.from([0x5a, 0x6f, 0xeb]), 0, 3, 'latin1');
		expect(store.get(0)).toBe('Zoë');
	});
});

test('texts are limited in all', () => {
	const store = new TextStore({ maxBytes: 5 * 1024 ** 2 });
	const bytes = Buffer.alloc(1024 ** 2);
	const add = () => store.add(bytes, 0, bytes.length, 'latin1');
	for (let count = 0; count < 4; count++) add();
	expect(add).toThrow('The texts of the workbook take more than 5 MB, which is the limit.');
});

describe('the temporary file', () => {
	test('is there only once it is needed, and removed by close', async () => {
		await inTemporaryFolder(async (folder) => {
			const inMemory = await filled();
			expect(folder.filesInUse()).toBe(0);
			const store = await filled(100_000);
			expect(folder.filesInUse()).toBe(1);
			inMemory.close();
			store.close();
			expect(folder.filesInUse()).toBe(0);
			expect(store.get(0)).toBeUndefined();
		});
	});

	test('that cannot be made ends in a clear error', async () => {
		await inTemporaryFolder(async (folder) => {
			folder.remove();
			await expect(filled(100_000)).rejects.toMatchObject({
				code: 'FILE_UNREADABLE',
				message: expect.stringMatching(/^A temporary file cannot be written: ENOENT/) as string,
			});
		});
	});
});
