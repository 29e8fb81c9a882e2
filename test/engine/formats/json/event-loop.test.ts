import { MemoryBytes } from '../../../../engine';
import { jsonReader } from '../../../../engine/formats/json';

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
