import { parse } from 'csv-parse/sync';
import {
	CommentLine,
	MalformedRecord,
	splitRecords,
	type FileRecord,
	type RecordBatch,
} from '../../../../engine/formats/delimited/records';
import type { Dialect } from '../../../../engine/formats/delimited/tokenizer';
import { Random } from '../../random';

const plain: Dialect = {
	delimiter: ',',
	quote: '"',
	escape: '"',
	comment: '',
	newline: '\n',
	padded: false,
};

/** Gives a text in chunks of a size, or of sizes that a function gives. */
async function* inChunks(text: string, size: number | (() => number)): AsyncGenerator<string> {
	for (let at = 0; at < text.length;) {
		const length = typeof size === 'number' ? size : size();
		yield await Promise.resolve(text.slice(at, at + length));
		at += length;
	}
}

async function split(
	text: string,
	dialect: Partial<Dialect> = {},
	{ chunk = 1 << 20, limit = 1 << 22 }: { chunk?: number | (() => number); limit?: number } = {},
) {
	const batches: RecordBatch[] = [];
	const texts = inChunks(text, chunk);
	for await (const batch of splitRecords(texts, { ...plain, ...dialect }, limit))
		batches.push(batch);
	return batches;
}

const shown = (record: FileRecord): unknown => {
	if (record instanceof MalformedRecord) return { malformed: record.line };
	return record instanceof CommentLine ? { comment: record.line } : record;
};

/** All records with what is said of each, however they were cut into batches. */
async function records(...args: Parameters<typeof split>): Promise<unknown[]> {
	return (await split(...args)).flatMap((batch) => [...batch].map(shown));
}

async function codes(...args: Parameters<typeof split>): Promise<string[]> {
	return (await split(...args)).flatMap((batch) =>
		batch.records.flatMap((_, i) => batch.issueOf(i)?.code ?? []),
	);
}

/** Where each record stands, as the batches say. */
async function places(...args: Parameters<typeof split>) {
	return (await split(...args)).flatMap((batch) =>
		batch.records.map((_, i) => [batch.firstRecord + i, batch.lineOf(i), batch.rawOf(i)]),
	);
}

describe('sound records', () => {
	test.each([
		['quoted cells', 'a,"b, c","d ""e"""\n', {}, [['a', 'b, c', 'd "e"']]],
		['empty cells', ',"",\n', {}, [['', '', '']]],
		['blank lines', 'a\n\nb\n', {}, [['a'], [''], ['b']]],
		['blanks behind quotes', '"a" ,"b"  \n', {}, [['a', 'b']]],
		['blanks before quotes are text', 'a, "b"\n', {}, [['a', ' "b"']]],
		['padded cells', 'a , "b, c" , d\n', { padded: true }, [['a', 'b, c', 'd']]],
		[
			'no line end at the end',
			'a,b\n1,"2"',
			{},
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		['several signs as delimiter', 'a||"b||c"||d|e\n', { delimiter: '||' }, [['a', 'b||c', 'd|e']]],
		['no quotes', '"a,b\n', { quote: '', escape: '' }, [['"a', 'b']]],
		['single quotes', "'a, b','it''s'\n", { quote: "'", escape: "'" }, [['a, b', "it's"]]],
		[
			'backslashes before quotes',
			'"say \\"hi\\"","C:\\dir"\n',
			{ escape: '\\' },
			[['say "hi"', 'C:\\dir']],
		],
		['backslashes before backslashes', '"C:\\\\","x"\n', { escape: '\\' }, [['C:\\', 'x']]],
		['NUL characters', 'a\0b,"\0"\n', {}, [['a\0b', '\0']]],
		['blanks as delimiters', '1 "a b" 2\n', { delimiter: ' ' }, [['1', 'a b', '2']]],
		['tabs as delimiters behind quotes', '"a"\t\t"b"\n', { delimiter: '\t' }, [['a', '', 'b']]],
		['a return inside quotes at their end', '"a\r"\n"b\r"\r\n', {}, [['a\r'], ['b\r']]],
	] as Array<[string, string, Partial<Dialect>, unknown]>)(
		'%s, however the text is cut',
		async (_, text, dialect, expected) => {
			for (const chunk of [1, 2, 3, 5, 1000]) {
				expect(await records(text, dialect, { chunk })).toEqual(expected);
			}
			expect(await codes(text, dialect)).toEqual(
				text.includes(', "b"') && !dialect.padded ? ['ROW_QUOTES'] : [],
			);
		},
	);

	test.each([
		['LF', '\n', 'a,b\n1,"x\ny"\n3,4'],
		['CRLF', '\n', 'a,b\r\n1,"x\ny"\r\n3,4\r\n'],
		['CR', '\r', 'a,b\r1,"x\ny"\r3,4\r'],
		['LF and CRLF', '\n', 'a,b\r\n1,"x\ny"\n3,4'],
		['all three', 'any', 'a,b\r\n1,"x\ny"\r3,4\n'],
		['all three without quotes around the last cells', 'any', 'a,b\r1,"x\ny"\r\n3,4\r'],
	] as Array<[string, Dialect['newline'], string]>)(
		'line ends: %s; no return stays in a cell, breaks inside quotes do',
		async (_, newline, text) => {
			for (const chunk of [1, 2, 3, 1000]) {
				expect(await records(text, { newline }, { chunk })).toEqual([
					['a', 'b'],
					['1', 'x\ny'],
					['3', '4'],
				]);
			}
		},
	);

	test('comments are records of their own, and are named', async () => {
		const text = '# one\na,b\n# two, "three\n1,"x\n# no comment"\n#end';
		expect(await records(text, { comment: '#' }, { chunk: 4 })).toEqual([
			{ comment: '# one' },
			['a', 'b'],
			{ comment: '# two, "three' },
			['1', 'x\n# no comment'],
			{ comment: '#end' },
		]);
		expect(await codes(text, { comment: '#' })).toEqual([
			'ROW_COMMENT',
			'ROW_COMMENT',
			'ROW_COMMENT',
		]);
	});
});

describe('broken quotes', () => {
	const head = 'id,name,town\n0,Zoe,Ulm\n';
	const first = [
		['id', 'name', 'town'],
		['0', 'Zoe', 'Ulm'],
	];

	test.each([
		['a word in quotes', '1,"Bob" Smith,x', ['1', '"Bob" Smith', 'x']],
		['text behind quotes and a delimiter inside', '1,"a, "b" c",x', ['1', 'a, "b" c', 'x']],
		['an odd quote inside', '1,"Hey, I missed " it",3', ['1', 'Hey, I missed " it', '3']],
		['a quote that begins a cell', '1,"Bob,x', ['1', '"Bob', 'x']],
		['a quote that begins the last cell', '1,Bob,"', ['1', 'Bob', '"']],
		['a quote too many before a text with delimiters', '1,""Bob, Al","x"', ['1', '"Bob, Al', 'x']],
		['a quote too many behind', '1,"Bob"",x', ['1', '"Bob""', 'x']],
		['a nickname in quotes', '1,"Bob "the Bull" Smith",x', ['1', 'Bob "the Bull" Smith', 'x']],
	])('are read as the number of columns suggests: %s', async (_, line, expected) => {
		for (const chunk of [1, 7, 1000]) {
			const text = `${head}${line}\n2,"Cy, Dee",y\n3,"E ""F""",z\n`;
			expect(await records(text, {}, { chunk })).toEqual([
				...first,
				expected,
				['2', 'Cy, Dee', 'y'],
				['3', 'E "F"', 'z'],
			]);
			expect(await codes(text, {}, { chunk })).toEqual(['ROW_QUOTES']);
		}
	});

	test('a quote in the middle of a cell does not pair with one of a later row', async () => {
		const text = `${head}1,"Bob" Smith,x\n2,Cy,y\n3,"Al" Jones,z\n4,"D","w"\n`;
		expect(await records(text)).toEqual([
			...first,
			['1', '"Bob" Smith', 'x'],
			['2', 'Cy', 'y'],
			['3', '"Al" Jones', 'z'],
			['4', 'D', 'w'],
		]);
	});

	test('a line that no reading fits is malformed, and costs itself alone', async () => {
		const text = `${head}1,"Bob\n2,"Cy, Dee",y\n3,z,"\n4,"D, E, F, G,x\n5,e,f\n`;
		expect(await records(text)).toEqual([
			...first,
			{ malformed: '1,"Bob' },
			['2', 'Cy, Dee', 'y'],
			['3', 'z', '"'],
			{ malformed: '4,"D, E, F, G,x' },
			['5', 'e', 'f'],
		]);
		expect(await codes(text)).toEqual(['ROW_MALFORMED', 'ROW_QUOTES', 'ROW_MALFORMED']);
	});

	test('a cell over several lines may hold an odd quote', async () => {
		const text = `${head}1,"one\ntwo "three" four\nfive",x\n2,b,c\n`;
		expect(await records(text)).toEqual([
			...first,
			['1', 'one\ntwo "three" four\nfive', 'x'],
			['2', 'b', 'c'],
		]);
	});

	test('a blank line before a broken one says nothing about its cells', async () => {
		for (const chunk of [3, 1000]) {
			const all = await records(`${head}\n"1" a,"Bob","x"\n2,b,c\n`, {}, { chunk });
			expect(all).toEqual([...first, [''], ['"1" a', 'Bob', 'x'], ['2', 'b', 'c']]);
		}
	});

	test('the header is read with the width of the rows', async () => {
		const text = 'id,"name,town\n1,"a",b\n2,"c",d\n';
		expect(await records(text, { width: 3 })).toEqual([
			['id', '"name', 'town'],
			['1', 'a', 'b'],
			['2', 'c', 'd'],
		]);
	});

	test('a quote inside a cell without quotes is text, said once', async () => {
		const text = `${head}1,a 5" pipe,x\n2,a 6" pipe,y\n`;
		const all = await split(text);
		expect(all.flatMap((batch) => [...batch])).toEqual([
			...first,
			['1', 'a 5" pipe', 'x'],
			['2', 'a 6" pipe', 'y'],
		]);
		expect(await codes(text)).toEqual(['ROW_QUOTES']);
		expect(all[0]?.issueOf(2)).toMatchObject({
			severity: 'warning',
			row: 3,
			value: '1,a 5" pipe,x',
		});
	});

	test('every line of a text of random quotes is in exactly one record', async () => {
		const random = new Random(7);
		for (let round = 0; round < 300; round++) {
			const signs = ['"', '"', ',', '\n', 'a', 'b ', '\r\n', '\\"', '#'];
			const text = Array.from({ length: 60 }, () => random.of(signs)).join('');
			const all = await split(text, { width: 3 }, { chunk: () => 1 + random.below(20) });
			const raws = all.flatMap((batch) => batch.records.map((_, i) => batch.rawOf(i)));
			const lines = all.flatMap((batch) => batch.records.map((_, i) => batch.lineOf(i)));
			const expected = text.replace(/(?:\r\n|\n)$/, '');
			expect(raws.join('\n').replaceAll('\r\n', '\n')).toBe(expected.replaceAll('\r\n', '\n'));
			let line = 1;
			raws.forEach((raw, i) => {
				expect(lines[i]).toBe(line);
				line += raw.split('\n').length;
			});
		}
	});
});

describe('however the text is cut', () => {
	const random = new Random(11);

	/** Everything that is said of every record. */
	async function account(...args: Parameters<typeof split>): Promise<unknown[]> {
		return (await split(...args)).flatMap((batch) =>
			batch.records.map((record, i) => {
				const { code, message } = batch.issueOf(i) ?? {};
				return [shown(record), batch.lineOf(i), batch.rawOf(i), code, message];
			}),
		);
	}

	const signs = [
		...['"', '"', '""', ',', ',', 'a', 'b ', ' ', '5"', '\n', '\n', '\r\n', '\r', '\t', '\u00a0'],
		...['\\"', '\\', '#', '\n#', '1,2,3\n', '"x","y","z"\r\n', '"a\nb",c,"d"\n', "'", '||'],
	];

	test('rows, lines, raw texts and issues are the same', async () => {
		for (let round = 0; round < 1500; round++) {
			const dialect: Partial<Dialect> = {
				newline: random.of(['\n', '\n', '\r', 'any'] as const),
				escape: random.of(['"', '"', '\\']),
				comment: random.of(['', '', '#']),
				delimiter: random.of([',', ',', '||', ' ']),
				padded: random.below(5) === 0,
				...(random.below(2) === 0 && { width: 3 }),
			};
			const limit = random.of([1 << 22, 1 << 22, 5, 12, 30]);
			const text = Array.from({ length: 1 + random.below(60) }, () => random.of(signs)).join('');
			const whole = await account(text, dialect, { limit });
			for (const chunk of [1, 2, () => 1 + random.below(20)]) {
				const cut = await account(text, dialect, { limit, chunk });
				expect({ text, dialect, limit, cut }).toEqual({ text, dialect, limit, cut: whole });
			}
		}
	});

	test('where a broken row and what follows it are longer than all that is looked at', async () => {
		const long = 'x'.repeat(20_000);
		const lines = [`1,"a" b, ${long},c`, '2,"d', `3,"e${long}`, `"${long}`, '4,"f" g,h', '5,i,j'];
		for (let round = 0; round < 20; round++) {
			const some = Array.from({ length: 12 }, () => random.of(lines)).join('\n');
			const text = `id,name,town\n${some}\n6,k,l\n`;
			const whole = await account(text);
			for (const chunk of [1000, () => 1 + random.below(30_000)]) {
				expect(await account(text, {}, { chunk })).toEqual(whole);
			}
		}
	});

	test('the first loose quote, also behind so much text that it is not searched', async () => {
		const line = `${'y'.repeat(999)},z\n`;
		const lines = line.repeat(4300);
		for (const text of [`1,a 5" pipe\n${lines}2,b 6" pipe\n`, `${lines}2,b 6" pipe\n1,"c" d\n`]) {
			const whole = await codes(text);
			for (const chunk of [60_000, 1_000_000])
				expect(await codes(text, {}, { chunk })).toEqual(whole);
		}
	});
});

describe('limits', () => {
	const limit = 4000;

	test('a line that never ends is one malformed record, and reading goes on behind it', async () => {
		const text = `a,b\n1,${'x'.repeat(300_000)}\n2,y\n`;
		const all = await split(text, {}, { chunk: 1000, limit });
		expect(all.flatMap((batch) => [...batch].map(shown))).toEqual([
			['a', 'b'],
			{ malformed: expect.stringMatching(/^1,x+$/) as string },
			['2', 'y'],
		]);
		expect(all.map((batch) => batch.firstLine)).toEqual([1, 2, 3]);
		expect(all[1]?.issueOf(0)).toMatchObject({
			code: 'ROW_MALFORMED',
			message: 'Row 2 cannot be read: it is longer than 4000 characters',
		});
		expect(all[1]?.rawOf(0).length).toBeLessThan(70_000);
	});

	test('such a line at the end of the text', async () => {
		const text = `a,b\n1,${'x'.repeat(300_000)}`;
		expect(await records(text, {}, { chunk: 1000, limit })).toHaveLength(2);
	});

	test('a quote that is never closed costs one line however much follows', async () => {
		const rows = Array.from({ length: 20_000 }, (_, i) => `${i},y`);
		const all = await records(`a,b\nz,"x,1\n${rows.join('\n')}\n`, {}, { chunk: 1 << 16, limit });
		expect(all).toHaveLength(20_002);
		expect(all[1]).toEqual({ malformed: 'z,"x,1' });
	});

	test('a quote in each line that is never closed', async () => {
		const all = await records(`id,t,u\n${'1,"b\n'.repeat(20_000)}2,c,d\n`);
		expect(all).toHaveLength(20_002);
		expect(all.at(-1)).toEqual(['2', 'c', 'd']);
	});

	test('a long cell within the limit is whole', async () => {
		const long = 'line\n'.repeat(100_000);
		const text = `a,b\n1,"${long}"\n2,y\n`;
		expect(await records(text, {}, { chunk: 1 << 16 })).toEqual([
			['a', 'b'],
			['1', long],
			['2', 'y'],
		]);
	});
});

describe('where records stand', () => {
	const text = 'a,b\n\n1,"x\n\ny"\n2,"z\n3,w\n';

	test('number, line and raw text of each', async () => {
		for (const chunk of [1, 4, 1000]) {
			expect(await places(text, { width: 2 }, { chunk })).toEqual([
				[1, 1, 'a,b'],
				[2, 2, ''],
				[3, 3, '1,"x\n\ny"'],
				[4, 6, '2,"z'],
				[5, 7, '3,w'],
			]);
		}
	});

	test('CRLF and CR count as one line each', async () => {
		expect(await places('a,b\r\n1,"x\r\ny"\r\n2,z\r\n')).toEqual([
			[1, 1, 'a,b'],
			[2, 2, '1,"x\r\ny"'],
			[3, 4, '2,z'],
		]);
		expect(await places('a\r"b\rc"\rd', { newline: '\r' })).toEqual([
			[1, 1, 'a'],
			[2, 2, '"b\rc"'],
			[3, 4, 'd'],
		]);
	});

	test('over many batches', async () => {
		const lines = Array.from({ length: 30_000 }, (_, i) =>
			i % 3 === 0 ? `${i},"p\nq"` : `${i},r`,
		);
		const all = await places(lines.join('\n'), {}, { chunk: 50_000 });
		expect(all).toHaveLength(30_000);
		expect(all.at(-1)).toEqual([30_000, 39_998 + 2, '29999,r']);
		expect(all.map(([, , raw]) => raw)).toEqual(lines);
	});
});

describe('beside another parser', () => {
	const random = new Random(42);
	const pieces = [
		'a',
		'Ünï',
		' ',
		',',
		';',
		'"',
		'\n',
		'\r\n',
		"'",
		'||',
		'日本',
		'0.5',
		'',
		'#',
		'\\',
	];

	/** A file as any program may write it, and its cells. */
	function wellFormed() {
		const delimiter = random.of([',', ';', '\t', '|', '||', '~', '::']);
		const quote = random.of(['"', '"', "'"]);
		const end = random.of(['\n', '\r\n']);
		const width = 1 + random.below(5);
		const rows = Array.from({ length: 1 + random.below(30) }, () =>
			Array.from({ length: width }, () =>
				Array.from({ length: random.below(5) }, () => random.of(pieces)).join(''),
			),
		);
		const write = (cell: string) => {
			const isSafe =
				!/[\r\n\s]/.test(cell) && !cell.includes(quote) && !cell.includes(delimiter[0] ?? '');
			if (isSafe && (cell !== '' || width > 1) && random.below(3) > 0) return cell;
			return quote + cell.replaceAll(quote, quote + quote) + quote;
		};
		const text =
			rows.map((cells) => cells.map(write).join(delimiter)).join(end) + random.of(['', end]);
		return { text, delimiter, quote };
	}

	test('300 files in random chunks', async () => {
		for (let i = 0; i < 300; i++) {
			const { text, delimiter, quote } = wellFormed();
			const expected: unknown = parse(text, {
				delimiter,
				quote,
				escape: quote,
				relax_column_count: true,
				record_delimiter: ['\r\n', '\n'],
			});
			const longest = random.of([1, 3, 10, 100, 5000]);
			const dialect = { delimiter, quote, escape: quote };
			const all = await split(text, dialect, { chunk: () => 1 + random.below(longest) });
			expect(all.flatMap((batch) => [...batch])).toEqual(expected);
			expect(all.some((batch) => batch.hasIssues && quote === '"')).toBe(false);
		}
	});
});
