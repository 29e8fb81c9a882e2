import { PageCache } from '../../../../engine/dataset/spill/page-cache';

const PAGE_BYTES = 4;
const PAGES = 1000;

/** Asks for a page as whoever reads a file does. @returns whether it was there */
function ask(cache: PageCache, page: number): boolean {
	const kept = cache.get(page);
	if (kept !== undefined) {
		expect(kept.readUInt32LE(0)).toBe(page);
		return true;
	}
	cache.take(page).writeUInt32LE(page, 0);
	return false;
}

test('memory does not grow where pages are asked for in order', () => {
	const cache = new PageCache(PAGE_BYTES, 10, 300);
	for (let page = 0; page < PAGES; page++) expect(ask(cache, page)).toBe(false);
	expect(cache.size).toBe(10);
});

test('it grows up to a limit where pages are asked for that had to make way', () => {
	const cache = new PageCache(PAGE_BYTES, 10, 300);
	for (let round = 0; round < 5; round++) {
		for (let page = 0; page < PAGES; page++) ask(cache, (page * 7) % PAGES);
	}
	expect(cache.size).toBe(300);
});

test('pages that fit into the larger memory are all there in the end', () => {
	const cache = new PageCache(PAGE_BYTES, 10, 300);
	const round = () => {
		let found = 0;
		for (let page = 0; page < 250; page++) if (ask(cache, page)) found++;
		return found;
	};
	for (let times = 0; times < 3; times++) round();
	expect(round()).toBe(250);
});
