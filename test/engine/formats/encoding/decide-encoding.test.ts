import { ImportError } from '../../../../engine';
import { decideEncoding, decodeHead, HEAD_BYTES } from '../../../../engine/formats/encoding';
import { encode } from './encode';

/** What a file reads as when its encoding is detected. */
function detected(bytes: Uint8Array): string {
	return decodeHead(bytes, String(decideEncoding(bytes).value));
}

const rows = (...lines: string[]) => `${lines.join('\n')}\n`;

/** Tables as people export them; few words beyond ASCII in each. */
const tables: Record<string, string> = {
	German: rows(
		'Kunde;Straße;Ort',
		'Böttcher GmbH;Mühlweg 3;Tübingen',
		'Weiss KG;Hafenstr. 9;Köthen',
	),
	French: rows('nom,ville', 'Lemaître,Orléans', 'Gérard Pélissier,Sète', 'Maïté Duchêne,Béziers'),
	Spanish: rows('nombre;población', 'Nuria Ordóñez;Alcalá', 'Iñaki Peña;Mérida'),
	Portuguese: rows('nome;endereço', 'Estêvão Falcão;Praça da Sé', 'Irmãos Leitão;Viseu'),
	Swedish: rows('namn,ort', 'Märta Ångström,Östersund', 'Göte Hjälmar,Åmål'),
	Danish: rows('navn;by', 'Sørine Brøndum;Rødovre', 'Åge Kjærgaard;Tårnby'),
	Finnish: rows('nimi,kaupunki', 'Väinämö Kylmälä,Hyvinkää', 'Pentti Räsänen,Äänekoski'),
	Dutch: rows('naam,land', 'Daniëlle de Boer,België', 'Jan Coöper,Tunesië'),
	Italian: rows('nome;città', 'Niccolò Amato;Forlì', 'Zoe Riva;Mondovì', 'Sarà;Cantù'),
	Icelandic: rows('nafn,staður', 'Þórður Ægisson,Egilsstaðir', 'Ásdís Hreiðarsdóttir,Höfn'),
	Polish: rows('nazwa;miejscowość', 'Grażyna Żak;Świdnica', 'Bogusław Mączyński;Łomża'),
	Czech: rows('název,město', 'Řehoř Blažek,Jeseník', 'Světlana Šťastná,Třebíč'),
	Slovak: rows('názov;obec', 'Ľuboš Kráľ;Žarnovica', 'Zdenka Ďurišová;Púchov'),
	Hungarian: rows('név;város', 'Győző Bödőcs;Hódmezővásárhely', 'Fűrész Ödön;Kőszeg'),
	Croatian: rows('ime;mjesto', 'Ðurdica'.slice(1) + ' Šimić;Đurđevac', 'Žarko Čović;Opuzen'),
	Romanian: rows('nume;oraş', 'Ştefania Brânză;Făgăraş', 'Ţurcanu Dănuţ;Târnăveni'),
	Turkish: rows('ad,şehir', 'Gülşah Erdoğan,Beyşehir', 'Işıl Çağlar,Kuşadası'),
	Lithuanian: rows('vardas;miestas', 'Žydrūnas Šležas;Kėdainiai', 'Dovilė Čiurlytė;Ukmergė'),
	Latvian: rows('vārds;pilsēta', 'Mārtiņš Šķēle;Ķekava', 'Ģirts Āboliņš;Sigulda'),
	Estonian: rows('nimi;linn', 'Ülo Õispuu;Tõrva', 'Märt Kõrv;Häädemeeste'),
	Russian: rows('клиент;город', 'Зайцева Вера;Тула', 'Борис Щукин;Ярославль'),
	Ukrainian: rows('клієнт;місто', 'Ганна Їжакевич;Ужгород', 'Євген Лісовий;Рівне'),
	Bulgarian: rows('клиент;град', 'Росица Въчкова;Търговище', 'Ангел Щерев;Хасково'),
	Serbian: rows('купац;место', 'Душан Ћирић;Ваљево', 'Снежана Џунић;Краљево'),
	Greek: rows('πελάτης;πόλη', 'Σπύρος Καραμάνος;Καλαμάτα', 'Ευγενία Ψαρρού;Χανιά'),
	Hebrew: rows('לקוח,עיר', 'נועה ברק,רמת גן', 'איתי שגיא,הרצליה'),
	Arabic: rows('العميل;البلد', 'ليلى منصور;طرابلس', 'سامر الخطيب;حلب'),
	Thai: rows('ลูกค้า,จังหวัด', 'วิชัย ใจดี,ลำปาง', 'มาลี ศรีสุข,ระยอง'),
	Japanese: rows('顧客名,住所', '吉岡 さくら,横浜市緑区', '株式会社タナカ,札幌市'),
	Chinese: rows('客户名称,城市', '吴建国,成都', '上海新华贸易公司,上海'),
	Taiwanese: rows('客戶名稱,城市', '蔡美玲,高雄', '大同貿易公司,臺中'),
	Korean: rows('고객명,도시', '박지훈,대전', '한빛무역,수원'),
	signs: rows('article,price', 'Café,“5 €”', 'Thé – “vert”,7 €'),
};

const western = ['windows-1252', 'macintosh', 'cp850'];
const cases: Array<[string, readonly string[]]> = [
	['German', [...western, 'cp437']],
	['French', [...western, 'cp437']],
	['Spanish', [...western, 'cp437']],
	['Portuguese', western],
	['Swedish', [...western, 'cp437']],
	['Danish', western],
	['Finnish', western],
	['Dutch', western],
	['Italian', western],
	['Icelandic', ['windows-1252']],
	['signs', ['windows-1252', 'macintosh']],
	['Polish', ['windows-1250', 'iso-8859-2', 'cp852']],
	['Czech', ['windows-1250', 'iso-8859-2', 'cp852']],
	['Slovak', ['windows-1250', 'iso-8859-2', 'cp852']],
	['Hungarian', ['windows-1250', 'iso-8859-2', 'cp852']],
	['Croatian', ['windows-1250', 'iso-8859-2', 'cp852']],
	['Romanian', ['windows-1250', 'iso-8859-2', 'cp852']],
	['Turkish', ['windows-1254', 'cp857']],
	['Lithuanian', ['windows-1257', 'iso-8859-13']],
	['Latvian', ['windows-1257', 'iso-8859-13']],
	['Estonian', ['windows-1252', 'windows-1257']],
	['Russian', ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic', 'cp855']],
	['Ukrainian', ['windows-1251', 'koi8-u', 'iso-8859-5', 'x-mac-cyrillic']],
	['Bulgarian', ['windows-1251', 'iso-8859-5', 'x-mac-cyrillic', 'ibm866']],
	['Serbian', ['windows-1251', 'iso-8859-5', 'cp855']],
	['Greek', ['windows-1253', 'iso-8859-7', 'cp737']],
	['Hebrew', ['windows-1255', 'iso-8859-8', 'cp862']],
	['Arabic', ['windows-1256', 'iso-8859-6']],
	['Thai', ['windows-874']],
	['Japanese', ['shift_jis', 'euc-jp']],
	['Chinese', ['gb18030', 'gbk']],
	['Taiwanese', ['big5']],
	['Korean', ['euc-kr']],
];
const pairs = cases.flatMap(([table, encodings]) =>
	encodings.map((encoding) => [table, encoding, tables[table] ?? ''] as const),
);

describe('the encoding of a table is detected', () => {
	test.each(pairs)('%s in %s', (_, encoding, text) => {
		expect(detected(encode(text, encoding))).toBe(text);
	});

	test.each(pairs)('%s in %s, 64 KB of it behind ASCII', (_, encoding, text) => {
		const [header = '', ...others] = text.split('\n');
		const long = `id,name\n${'1,only ascii\n'.repeat(500)}${header}\n${others.join('\n')}`;
		const full = long + others.join('\n').repeat(Math.ceil(64_000 / text.length));
		expect(detected(encode(full, encoding))).toBe(full);
	});

	test.each([
		['Łódź, Kraków, Gdańsk', 'windows-1250'],
		['Łódź, Kraków, Gdańsk', 'iso-8859-2'],
		['Łódź, Kraków, Gdańsk', 'cp852'],
		['Müller, Größe, für', 'windows-1252'],
		['Müller, Größe, für', 'macintosh'],
		['Müller, Größe, für', 'cp850'],
		['café, élève, garçon', 'windows-1252'],
		['café, élève, garçon', 'cp850'],
		['José, Muñoz, León', 'windows-1252'],
		['José, Muñoz, León', 'macintosh'],
		['Příbram, Děčín, Kyjov u Žďáru', 'windows-1250'],
		['Příbram, Děčín, Kyjov u Žďáru', 'iso-8859-2'],
		['Ağaç, Şişli, Çığ', 'windows-1254'],
		['Тула, Пермь, Рязань', 'windows-1251'],
		['Тула, Пермь, Рязань', 'koi8-r'],
		['Тула, Пермь, Рязань', 'ibm866'],
		['Ρόδος, Κέρκυρα, Σάμος', 'windows-1253'],
		['Ρόδος, Κέρκυρα, Σάμος', 'iso-8859-7'],
	])('three words are enough: %s in %s', (text, encoding) => {
		expect(detected(encode(text, encoding))).toBe(text);
	});

	test('one euro sign far down decides for the encoding that has it', () => {
		const text = `${'Müller;Köln;5\n'.repeat(20_000)}Bär;Ulm;5 €\n`;
		expect(detected(encode(text, 'windows-1252'))).toBe(text);
		expect(detected(encode(text, 'iso-8859-15'))).toBe(text);
	});

	test('the evidence shows words as they were read', () => {
		const decision = decideEncoding(encode(tables.Polish ?? '', 'windows-1250'));
		expect(decision).toMatchObject({
			subject: 'encoding',
			value: 'windows-1250',
			chosenBy: 'detection',
		});
		expect(decision.evidence).toMatch(
			/^not valid UTF-8; reads best as Polish, for example "miejscowość", "Grażyna", "Żak"/,
		);
		expect(decision.confidence).toBeGreaterThan(0.8);
		expect(decision.confidence).toBeLessThan(0.96);
	});
});

describe('what the bytes themselves tell', () => {
	const text = 'näme,木,😀\n1,2,3\n';

	test.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
		'%s with a byte order mark',
		(encoding) => {
			const bytes = encode(`\ufeff${text}`, encoding);
			expect(decideEncoding(bytes)).toMatchObject({
				value: encoding,
				confidence: 1,
				evidence: 'byte order mark',
			});
			expect(detected(bytes)).toBe(text);
		},
	);

	test.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
		'%s without a byte order mark',
		(encoding) => {
			for (const table of [text, tables.German, tables.Russian, tables.Chinese, 'a,b']) {
				expect(decideEncoding(encode(table ?? '', encoding)).value).toBe(encoding);
			}
		},
	);

	test.each([1, 2, 3])('UTF-8 that is cut %d bytes into its last character', (cut) => {
		const bytes = encode('naïve,😀', 'utf-8');
		const head = bytes.subarray(0, bytes.length - 4 + cut);
		expect(decideEncoding(head)).toMatchObject({ value: 'utf-8', evidence: 'valid UTF-8' });
	});

	test('an empty file and plain ASCII are UTF-8', () => {
		expect(decideEncoding(new Uint8Array(0)).value).toBe('utf-8');
		expect(decideEncoding(Buffer.from('a,b\n1,2\n')).evidence).toBe('only ASCII so far');
	});

	test('UTF-8 with one stray byte stays UTF-8', () => {
		const bytes = Buffer.concat([
			encode('Müller;Köln\n'.repeat(20), 'utf-8'),
			encode('Bär', 'windows-1252'),
		]);
		expect(decideEncoding(bytes)).toMatchObject({
			value: 'utf-8',
			evidence: 'UTF-8 but for 1 byte that does not fit',
		});
	});

	test('ISO-2022-JP is told by its escape sequences', () => {
		const bytes = Buffer.from('name\n\x1b$BElK\\\x1b(B\n', 'latin1');
		expect(decideEncoding(bytes).value).toBe('iso-2022-jp');
		expect(detected(bytes)).toBe('name\n東本\n');
	});

	test.each([
		['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 7919) >> 5))],
		['one byte', Buffer.from([0xe9])],
		['controls only', Buffer.from([0x81, 0x8d, 0x90, 0xff])],
	])('%s are decoded to some text', (_, bytes) => {
		expect(typeof detected(bytes)).toBe('string');
	});
});

describe('an encoding that was set', () => {
	test.each([
		['UTF8', 'utf-8'],
		['latin1', 'windows-1252'],
		['Latin-9', 'iso-8859-15'],
		['ISO8859_2', 'iso-8859-2'],
		['cp1251', 'windows-1251'],
		['cp850', 'cp850'],
		['IBM850', 'cp850'],
		['ibm-437', 'cp437'],
		['850', 'cp850'],
		['CP866', 'ibm866'],
		['cp932', 'shift_jis'],
		['MacRoman', 'macintosh'],
		['x-mac-ce', 'x-mac-ce'],
		['UTF-32LE', 'utf-32le'],
		['utf32be', 'utf-32be'],
		['gb2312', 'gbk'],
	])('%s is %s', (label, encoding) => {
		expect(decideEncoding(Buffer.from('a'), label)).toEqual({
			subject: 'encoding',
			value: encoding,
			confidence: 1,
			evidence: 'set by hand',
			chosenBy: 'setting',
		});
	});

	test.each(['klingon', '', 'cp999'])('"%s" is refused with RUN_CONFIG', (label) => {
		expect.assertions(2);
		const decide = () => decideEncoding(Buffer.from('a'), label);
		expect(decide).toThrow(ImportError);
		try {
			decide();
		} catch (error) {
			expect(error).toMatchObject({ issue: { code: 'RUN_CONFIG', value: label } });
		}
	});
});

describe('a head of 1 MB', () => {
	test.each([
		['valid UTF-8', 'utf-8', 'Russian'],
		['Windows-1251', 'windows-1251', 'Russian'],
		['Windows-1252', 'windows-1252', 'French'],
		['Shift_JIS', 'shift_jis', 'Japanese'],
	])('%s is decided', (_, encoding, table) => {
		const bytes = encode(tables[table] ?? '', encoding);
		const head = Buffer.alloc(HEAD_BYTES, bytes);
		expect(decideEncoding(head).value).toBe(encoding);
	});
});
