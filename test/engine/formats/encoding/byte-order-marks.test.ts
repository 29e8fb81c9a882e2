import { ByteOrderMarks } from '../../../../engine/formats/encoding';

const TEXT = '\ufeff\ufeffa\r\ufeffb\r\n\ufeffc\ufeffd\n\n\ufeff';

test.each([1, 2, 3, 100])(
	'marks are dropped where lines begin, however the text arrives (pieces of %i)',
	(size) => {
		const marks = new ByteOrderMarks();
		let text = '';
		for (let at = 0; at < TEXT.length; at += size) text += marks.drop(TEXT.slice(at, at + size));
		expect(text).toBe('a\rb\r\nc\ufeffd\n\n');
		expect(marks.takeBefore(5)).toEqual([0, 2]);
		expect(marks.takeBefore(100)).toEqual([5, 10]);
		expect(marks.takeBefore(100)).toEqual([]);
	},
);
