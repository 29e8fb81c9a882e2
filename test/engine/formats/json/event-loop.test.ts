import { MemoryBytes } from '../../../../engine';
import { jsonReader, ndjsonReader } from '../../../../engine/formats/json';

test('a long search for the records leaves the event loop its turns', async () => {
	const text = `{"notes":[${'"some text of a note",'.repeat(1_500_000)}1],"a":[{"b":1}]}`;
	let turns = 0;
	let isDone = false;
	const count = () => {
		turns++;
		if (!isDone) setImmediate(count);
	};
	setImmediate(count);
	const { columns } = await jsonReader.open(new MemoryBytes(Buffer.from(text)), {});
	isDone = true;
	expect(columns).toEqual([{ name: 'b' }]);
	expect(turns).toBeGreaterThan(1);
});

test('a record with a million keys is refused before it is parsed', async () => {
	const keys = Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join(',');
	const parse = jest.spyOn(JSON, 'parse');
	const open = (reader: typeof jsonReader, text: string) =>
		reader.open(new MemoryBytes(Buffer.from(text)), {});
	await expect(open(ndjsonReader, `{${keys}}\n`)).rejects.toThrow('different names');
	await expect(open(jsonReader, `[{${keys}}]`)).rejects.toThrow('different names');
	expect(parse).not.toHaveBeenCalled();
	parse.mockRestore();
});
