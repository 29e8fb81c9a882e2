import { decideDialect } from '../../../../engine/formats/delimited/dialect';
import type { ReadOptions } from '../../../../engine';

const decide = (text: string, options: ReadOptions = {}) => {
	const { dialect, decisions } = decideDialect(text, true, options);
	const decided = (subject: string) => decisions.find((decision) => decision.subject === subject);
	return { dialect, decided };
};

/** Lines with the given delimiter, some cells of which hold what misleads. */
const table = (delimiter: string, rows: string[][], end = '\n') =>
	rows.map((cells) => cells.join(delimiter)).join(end) + end;

const people = [
	['id', 'name', 'city', 'joined'],
	['1', 'Ann Smith', 'Berlin', '2024-01-05'],
	['2', "Bob O'Neil", 'Ulm', '2024-02-06'],
	['3', 'Cy Young', 'Kiel', '2024-03-07'],
	['4', 'Dee Dee', 'Bonn', '2024-04-08'],
];

describe('the delimiter', () => {
	test.each([
		['comma', ','],
		['semicolon', ';'],
		['tab', '\t'],
		['pipe', '|'],
		['colon', ':'],
		['caret', '^'],
		['tilde', '~'],
		['number sign', '#'],
		['asterisk', '*'],
		['ampersand', '&'],
		['unit separator', '\u001f'],
		['control character 1', '\u0001'],
		['two pipes', '||'],
		['two colons', '::'],
		['two semicolons', ';;'],
		['tilde, pipe, tilde', '~|~'],
	])('is found: %s', (_, delimiter) => {
		expect(decide(table(delimiter, people)).dialect.delimiter).toBe(delimiter);
	});

	test.each([
		['decimal commas', 'Artikel;Preis;Menge\nStuhl;12,50;3\nTisch;99,00;1\nLampe;7,25;4\n', ';'],
		['decimal commas in every cell', 'a;b\n1,5;2,5\n3,5;4,5\n', ';'],
		['times', 'day;start;end\n28/01/2018;00:00;00:15\n29/01/2018;00:15;00:30\n', ';'],
		['moments', 'from,to\n2015-03-15T15:02:37,2015-03-15 15:02:37\n', ','],
		[
			'addresses of the net',
			'name,page\nAnn,https://a.example/x?y=1&z=2\nBob,http://b.example:80/\n',
			',',
		],
		['lists inside cells', 'file\trgb\nb.jpg\t51,47,45\nc.jpg\t10,20,30\nd.jpg\t37,25,24\n', '\t'],
		['lists with pipes', 'id,tags\n1,a|b\n2,c|d\n3,e|f\n4,g\n', ','],
		[
			'commas in texts',
			'id;text\n1;one, two, three\n2;four, five, six\n3;seven, eight, nine\n',
			';',
		],
		['semicolons in quoted cells', 'a,b\n"x; y",1\n"z; w",2\n"v; u",3\n', ','],
		['commas in quoted cells', '"Field1,1,1";Field2;"Field3";Field4\n', ';'],
		[
			'commas and colons of styles',
			'k,v\nbody,"{color: red; width: 1}"\np,"{top: 1; left: 2}"\n',
			',',
		],
		['e-mail addresses', 'mail|name\na.b@c.example|Ann\nd.e@f.example|Bob\n', '|'],
		['thousands', 'city,people\nUlm,"126,790"\nBonn,"336,465"\n', ','],
		['one line', 'a;b;c', ';'],
		['a header and nothing else', 'Name,E-mail,Phone\n', ','],
		['empty cells', 'a,,,\n,b,,\n,,c,\n', ','],
		['a doubled comma in three columns', 'a,,c\n,,\n1,,2\n', ','],
	])('is not mistaken: %s', (_, text, delimiter) => {
		expect(decide(text).dialect.delimiter).toBe(delimiter);
	});

	test('the first line does not decide', () => {
		const text = 'Name, Vorname;Ort;PLZ\nMeier, Ute;Bonn;53111\nAbel;Ulm;89073\nZorn;Kiel;24103\n';
		expect(decide(text).dialect.delimiter).toBe(';');
	});

	test.each([
		[
			'title and notes',
			`Report: members, guests, others\nDate: 2024-05-01\n\n${table(';', people)}\nSource: office, own count\n`,
		],
		[
			'long notes',
			`${'This file was made by a program, as every week: see the notes.\n'.repeat(4)}\n${table(';', [...people, ...people])}`,
		],
		[
			'two tables',
			`${table(';', people)}\n\n${table(
				';',
				people.map((row) => row.slice(0, 2)),
			)}`,
		],
		[
			'a table under a table',
			`${table(';', people)}${table(
				';',
				people.map((row) => [...row, 'x']),
			)}`,
		],
		['totals', `${table(';', people)};;;4\n`],
		['ragged rows', `${table(';', people)}5;Eve\n6;Fay;Ulm;2024-01-01;;\n`],
	])('is found around: %s', (_, text) => {
		expect(decide(text).dialect.delimiter).toBe(';');
	});

	test.each([
		['names', 'Name\nAnn Smith\nBob Jones\nCy Young\n'],
		['times', 'Time\n12:30\n13:45\n14:00\n'],
		['moments', '2024-01-01 12:00:00\n2024-01-02 13:00:00\n2024-01-03 14:00:00\n'],
		['addresses of the net', 'Page\nhttps://a.example/1\nhttps://a.example/2\n'],
		['decimals', 'Preis\n12,50\n99,00\n7,25\n'],
		['words', 'a\nb\nc\n'],
		['sentences', 'Comment\nThis is good.\nI like it, really.\nNo.\nMaybe: who knows\nWell done\n'],
	])('there is none in a file of one column: %s', (_, text) => {
		const { dialect, decided } = decide(text);
		expect(dialect.width).toBe(1);
		expect(text).not.toContain(decided('delimiter')?.value);
		expect(decided('delimiter')).toMatchObject({
			evidence: 'no delimiter found; the file has one column',
		});
	});

	test('one column with commas in quoted cells needs no other', () => {
		expect(decide('"a, b"\n"c, d"\n').dialect).toMatchObject({ delimiter: ',', width: 1 });
	});

	test('a few wide rows far down in a text are a table', () => {
		const text = `${'Some words of a text.\n'.repeat(40)}a,b,c,d,e\n1,2,3,4,5\n`;
		expect(decide(text).dialect).toMatchObject({ delimiter: ',', width: 5 });
	});

	test('blanks delimit values, not words', () => {
		const text = '1.5 2.5 3.5\n4.0 5.1 6.2\n7.3 8.4 9.5\n1.1 2.2 3.3\n';
		expect(decide(text).dialect.delimiter).toBe(' ');
	});

	test("Excel's own line says it", () => {
		const { dialect, decided } = decide('sep=;\na,b;c\n1,2;3\n');
		expect(dialect.delimiter).toBe(';');
		expect(decided('delimiter')).toMatchObject({ confidence: 1, chosenBy: 'detection' });
	});

	test('set by hand it is taken as it is', () => {
		const { dialect, decided } = decide('a, b\n1, 2\n', { delimiter: ', ' });
		expect(dialect).toMatchObject({ delimiter: ', ', width: 2 });
		expect(decided('delimiter')).toMatchObject({ confidence: 1, chosenBy: 'setting' });
	});

	test('says why, and is less sure of little', () => {
		const sure = decide(table(';', [...people, ...people])).decided('delimiter');
		const unsure = decide('a;b,c\n').decided('delimiter');
		expect(sure).toMatchObject({ evidence: 'semicolon: 4 cells in 100 % of 10 rows' });
		expect(sure?.confidence).toBeGreaterThan(0.9);
		expect(unsure?.confidence).toBeLessThan(0.8);
	});

	test('is found in a head that ends anywhere', () => {
		const text = table(
			';',
			Array.from({ length: 500 }, () => people[1] ?? []),
		);
		for (const length of [100, 101, 102, 103, 1000]) {
			expect(decideDialect(text.slice(0, length)).dialect.delimiter).toBe(';');
		}
	});
});

describe('the quote', () => {
	test('is the double quote where none is seen', () => {
		const { dialect, decided } = decide('a,b\n1,2\n');
		expect(dialect.quote).toBe('"');
		expect(decided('quote')?.confidence).toBeLessThan(0.8);
	});

	test('is a single quote where cells have it at both borders', () => {
		const { dialect } = decide("a,b\n'x, y',1\n'z, w',2\n'it''s',3\n");
		expect(dialect).toMatchObject({ delimiter: ',', quote: "'", escape: "'" });
	});

	test('is a single quote where cells hold it unescaped too', () => {
		const rows = Array.from(
			{ length: 12 },
			(_, i) => `'it${i % 3 ? "''" : "'"}s, of course',${i},'x'\n`,
		);
		expect(decide(rows.join('')).dialect).toMatchObject({ delimiter: ',', quote: "'" });
	});

	test.each([
		['apostrophes', "name,text\nO'Neil,it's 5 o'clock\n'tis,rock 'n' roll\nD'Arcy,'s Gravenhage\n"],
		['one quoted word', "a,b\n'x',1\ny,2\nz,3\nw,4\n"],
		['both kinds', 'a,b\n"x",\'1\'\n"y",\'2\'\n"z",\'3\'\n"w, v",4\n'],
	])('is not the single quote: %s', (_, text) => {
		expect(decide(text).dialect.quote).toBe('"');
	});

	test('is none where cells begin with quotes that do not close', () => {
		const text = 'id\ttext\n1\t"Hello there\n2\t"So he said\n3\tplain\n4\t"And more\n5\t"End\n';
		expect(decide(text).dialect).toMatchObject({ delimiter: '\t', quote: '', escape: '' });
	});

	test('one broken quote does not change it', () => {
		expect(decide('a,b\n1,"x\n2,"y"\n3,"z"\n').dialect.quote).toBe('"');
	});

	test('blanks before quotes belong to neither where cells hold delimiters', () => {
		const { dialect } = decide('a, b, c\n"x, y", "1, 2", 3\n"z, w", "3, 4", 5\n');
		expect(dialect).toMatchObject({ delimiter: ',', padded: true, width: 3 });
		expect(decide('A, "B" ,C\n').dialect.padded).toBe(false);
	});

	test('set by hand is taken as it is', () => {
		expect(decide('a,b\n"1",2\n', { quote: '' }).dialect).toMatchObject({ quote: '', escape: '' });
		expect(decide('a,b\n$1$,2\n', { quote: '$' }).dialect).toMatchObject({
			quote: '$',
			escape: '$',
		});
	});
});

describe('the escape', () => {
	test('is a backslash where quotes have one before them', () => {
		const text = 'a,b\n1,"say \\"hi\\", now"\n2,"48\\""\n3,"x"\n';
		const { dialect, decided } = decide(text);
		expect(dialect).toMatchObject({ quote: '"', escape: '\\' });
		expect(decided('escape')).toMatchObject({ value: '\\' });
	});

	test('is the quote itself where it is doubled, or where none is seen', () => {
		expect(decide('a,b\n1,"say ""hi"""\n').dialect.escape).toBe('"');
		expect(decide('a,b\n1,"C:\\"\n2,"D:\\"\n').dialect.escape).toBe('"');
		expect(decide('a,b\n1,2\n').dialect.escape).toBe('"');
	});

	test('set by hand is taken as it is', () => {
		expect(decide('a,b\n1,"x"\n', { escape: '!' }).dialect.escape).toBe('!');
	});
});

describe('comments', () => {
	test.each([
		['#', '# made by a program\n# on Monday\nid,name\n1,Ann\n2,Bob\n3,Cy\n'],
		['//', '// made by a program\nid,name\n1,Ann\n2,Bob\n3,Cy\n'],
		['%', '% one\n% two\nid;name\n1;Ann\n2;Bob\n3;Cy\n'],
		['--', '-- made by a program\nid,name\n1,Ann\n2,Bob\n3,Cy\n'],
	])('begin with %s', (prefix, text) => {
		const { dialect, decided } = decide(text);
		expect(dialect.comment).toBe(prefix);
		expect(decided('comment')).toMatchObject({ value: prefix });
	});

	test('of a longer sign stand above a header that begins with the shorter', () => {
		const text = '##version=1\n##date=2\n#CHROM\tPOS\tID\nc1\t5\tx\nc2\t6\ty\n';
		expect(decide(text).dialect).toMatchObject({ comment: '##', delimiter: '\t' });
	});

	test.each([
		['a header', '#,name\n1,Ann\n2,Bob\n'],
		['a header that is one cell short', '# id,name,city\n1,Ann,Ulm,\n2,Bob,Bonn,\n'],
		['a column of numbers with the sign', '#1,a\n#2,b\n#3,c\n'],
		['a sign further down', 'tag,count\n#one,1\n#two,2\nthree,3\n'],
		['nothing like it', 'a,b\n1,2\n'],
	])('there are none: %s', (_, text) => {
		expect(decide(text).dialect.comment).toBe('');
	});

	test('do not decide the delimiter', () => {
		const notes = '# If you use it, then say so, please, to us\n'.repeat(20);
		expect(decide(`${notes}a|b|c\n1|2|3\n4|5|6\n`).dialect).toMatchObject({
			delimiter: '|',
			comment: '#',
		});
	});

	test('set by hand are taken as they are', () => {
		expect(decide('a,b\n1,2\n', { comment: '!' }).dialect.comment).toBe('!');
		expect(decide('# x\na,b\n1,2\n', { comment: '' }).dialect.comment).toBe('');
	});
});

describe('line ends', () => {
	test.each([
		['LF', 'a,b\n1,2\n', 'LF', '\n'],
		['CRLF', 'a,b\r\n1,2\r\n', 'CRLF', '\n'],
		['CR', 'a,b\r1,2\r', 'CR', '\r'],
		['CRLF and LF', 'a,b\r\n1,2\n3,4\n', 'mixed', '\n'],
		['all three', 'a,b\r\n1,2\n3,4\r5,6\n', 'mixed', 'any'],
		['CR and LF', 'a,b\n1,2\r3,4\r5,6\n', 'mixed', 'any'],
		['CR first', 'a,b\r1,2\n', 'mixed', 'any'],
		['a single CR between LF, which is text', 'a,b\n1,2\r3,4\n', 'LF', '\n'],
		['CRLF inside quotes', '"a\r\na",b\n1,2\n', 'LF', '\n'],
		['LF inside quotes', '"a\na",b\r1,2\r', 'CR', '\r'],
		['one line', 'a,b', 'LF', '\n'],
	])('%s', (_, text, value, newline) => {
		const { dialect, decided } = decide(text);
		expect(decided('line ends')).toMatchObject({ value });
		expect(dialect.newline).toBe(newline);
	});
});
