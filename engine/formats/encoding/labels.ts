import { ImportError } from '../../issues';
import { codePages } from './code-pages';

/** Names in common use that the WHATWG Encoding Standard does not list; as compared, without signs and in small letters. */
const otherNames: Readonly<Record<string, string>> = {
	cp932: 'shift_jis',
	cp936: 'gbk',
	cp949: 'euc-kr',
	cp950: 'big5',
	cp874: 'windows-874',
	macroman: 'macintosh',
	maccyrillic: 'x-mac-cyrillic',
	maccentraleurope: 'x-mac-ce',
	macce: 'x-mac-ce',
	maclatin2: 'x-mac-ce',
	utf32: 'utf-32le',
	utf32le: 'utf-32le',
	utf32be: 'utf-32be',
	ucs4: 'utf-32le',
	ucs4le: 'utf-32le',
	ucs4be: 'utf-32be',
	latin1: 'windows-1252',
	latin2: 'iso-8859-2',
	latin9: 'iso-8859-15',
	latin10: 'iso-8859-16',
	iso885916: 'iso-8859-16',
	ansi: 'windows-1252',
};

/**
 * The canonical name of an encoding: any label of the WHATWG Encoding Standard, the code pages of DOS (cp850, ibm850, 850),
 * UTF-32, and names that other programs use.
 *
 * @throws ImportError RUN_CONFIG when nothing goes by that name
 */
export function canonicalEncoding(label: string): string {
	const plain = label.toLowerCase().replace(/[^a-z0-9]/g, '');
	const named = otherNames[plain] ?? otherNames[plain.replace(/^x/, '')];
	if (named !== undefined) return named;
	const page = /^(?:cp|ibm|oem|dos|cspc)?(\d{3})$/.exec(plain)?.[1];
	if (page !== undefined && codePages[`cp${page}`] !== undefined) return `cp${page}`;
	const candidates = [label, page === '866' ? 'ibm866' : label, label.replace(/_/g, '-')];
	candidates.push(plain.replace(/^(?:cp|win|windows)(125\d)$/, 'windows-$1'));
	candidates.push(plain.replace(/^iso8859(\d+)$/, 'iso-8859-$1'));
	for (const candidate of candidates) {
		try {
			return new TextDecoder(candidate).encoding;
		} catch {
			// not known by this spelling
		}
	}
	throw new ImportError('RUN_CONFIG', `"${label}" is not an encoding that can be read`, {
		value: label,
		hint: 'Use a name such as utf-8, windows-1252, iso-8859-15, shift_jis or gb18030.',
	});
}
