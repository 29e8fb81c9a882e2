import { decodeText } from '../../../../engine';
import { encode } from './encode';

describe('a text is decoded by what is known of it', () => {
	const cyrillic = 'Привет, это просто текст для проверки.';

	test.each([
		['its byte order mark', Buffer.from('\ufeffid,näme', 'utf16le'), 'id,näme', 'utf-16le'],
		['valid UTF-8', Buffer.from('id,näme'), 'id,näme', 'utf-8'],
		[
			'the declaration of an XML document',
			encode(`<?xml version="1.0" encoding="KOI8-R"?><a>${cyrillic}</a>`, 'koi8-r'),
			`<?xml version="1.0" encoding="KOI8-R"?><a>${cyrillic}</a>`,
			'koi8-r',
		],
		[
			'the charset of a page',
			encode('<meta charset=windows-1250><p>ž', 'windows-1250'),
			'<meta charset=windows-1250><p>ž',
			'windows-1250',
		],
		[
			'the content type of a page',
			encode(
				'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>š',
				'iso-8859-2',
			),
			'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>š',
			'iso-8859-2',
		],
		[
			'its language, where nothing is declared',
			encode(cyrillic.repeat(5), 'windows-1251'),
			cyrillic.repeat(5),
			'windows-1251',
		],
		[
			'an encoding that not every Node knows',
			encode('<?xml version="1.0" encoding="ISO-8859-16"?><a>Știința în țară</a>', 'iso-8859-16'),
			'<?xml version="1.0" encoding="ISO-8859-16"?><a>Știința în țară</a>',
			'iso-8859-16',
		],
	])('%s', (_, bytes, text, encoding) => {
		expect(decodeText(bytes)).toEqual({ text, encoding });
	});

	test.each([
		[
			'that the bytes do not fit',
			'<?xml version="1.0" encoding="utf-8"?><a>Größe für Käse</a>',
			'windows-1252',
		],
		[
			'that nobody knows',
			'<?xml version="1.0" encoding="klingon"?><a>Größe für Käse</a>',
			'windows-1252',
		],
		[
			'that cannot be',
			'<?xml version="1.0" encoding="utf-16"?><a>Größe für Käse</a>',
			'windows-1252',
		],
	])('a declaration %s is not believed', (_, text, encoding) => {
		expect(decodeText(Buffer.from(text, 'latin1'))).toEqual({ text, encoding });
	});

	test('nothing is a text, too', () => {
		expect(decodeText(new Uint8Array())).toMatchObject({ text: '' });
	});
});
