import { PageStore, USUAL_PAGE_BYTES } from '../../../../engine/dataset/spill/page-store';

const PAGES = 1500;

/** Every page begins with its number; each hundredth is larger than usual. */
function page(number: number): Buffer {
	const size = number % 100 === 5 ? 3 * USUAL_PAGE_BYTES : USUAL_PAGE_BYTES - (number % 7);
	const bytes = Buffer.alloc(size, number & 0xff);
	bytes.writeUInt32LE(number, 0);
	return bytes;
}

async function filled(memoryBytes: number): Promise<PageStore> {
	const pages = new PageStore(memoryBytes);
	for (let number = 0; number < PAGES; number++) {
		pages.add(page(number));
		await pages.flush();
	}
	return pages;
}

const isThere = (pages: PageStore, number: number) => {
	const expected = page(number);
	return pages.get(number).subarray(0, expected.length).equals(expected);
};

test.each([
	['in memory', 64 * 1024 ** 2],
	['in memory and in a file', 2 * 1024 ** 2],
	['in a file', 0],
])('pages %s come back in any order, more of them than are kept', async (_, memoryBytes) => {
	const pages = await filled(memoryBytes);
	const wrong: number[] = [];
	for (let step = 0; step < 3 * PAGES; step++) {
		// each in order, then each in leaps, and some of them again and again
		for (const number of [step % PAGES, (step * 701) % PAGES, step % 10]) {
			if (!isThere(pages, number)) wrong.push(number);
		}
	}
	pages.close();
	expect(wrong).toEqual([]);
});

test('pages are copies of what was added', () => {
	const pages = new PageStore(0);
	const bytes = page(1);
	pages.add(bytes);
	bytes.fill(0);
	expect(pages.get(0).readUInt32LE(0)).toBe(1);
	pages.close();
});

test('pages in a file are gone once it is closed', async () => {
	const pages = await filled(0);
	pages.close();
	const read = () => Array.from({ length: PAGES }, (_, number) => pages.get(number));
	expect(read).toThrow('The temporary file ended too early');
});
