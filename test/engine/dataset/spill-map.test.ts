import fs from 'node:fs';
import type { Cell } from '../../../engine/dataset';
import { SpillMap } from '../../../engine/dataset/spill';

const entries = Array.from({ length: 1000 }, (_, i): [string, Cell] => [
	`key ${i}`,
	[i, `value ${i}`, null, { deep: [true] }],
]);

test.each([
	['in memory', 1_000_000, true],
	['in a temporary file', 10_000, false],
])('a map gives back what was put in: %s', (_, most, isInMemory) => {
	const map = new SpillMap<Cell>(most);
	for (const [key, value] of entries) map.set(key, value);
	map.set('key 7', 'seven');
	expect(map.isInMemory).toBe(isInMemory);
	for (const [key, value] of entries) {
		expect(map.get(key)).toEqual(key === 'key 7' ? 'seven' : value);
	}
	expect(map.get('key 1000')).toBeUndefined();
	map.close();
});

test('the file is gone when the map is closed', () => {
	const made = jest.spyOn(fs, 'mkdtempSync');
	const map = new SpillMap<Cell>(100);
	map.set('a', 'x'.repeat(100));
	const folder = String(made.mock.results[0]?.value);
	expect(fs.existsSync(folder)).toBe(true);
	map.close();
	expect(fs.existsSync(folder)).toBe(false);
});
