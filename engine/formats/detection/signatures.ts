/** How the content of a file that cannot be read as a table gives itself away. */
interface Signature {
	/** What it is, as a person calls it: "The file is ...". */
	name: string;
	/** What a person can do with it. */
	hint?: string;
	/** Bytes in hexadecimal, `..` for any byte. */
	bytes?: string;
	/** Where the bytes stand. Default 0. */
	at?: number;
	/** What the head looks like as Latin-1, where bytes at one place are not enough. */
	looks?: RegExp;
}

const UNPACK =
	'Unpack it, and import the file that is in it; gzip and zip archives can be imported as they are.';
const EXPORT = 'Export the table as CSV or XLSX from the program that made it.';
const NO_TABLE = 'Import the table itself, as CSV, XLSX, JSON or XML.';

const image = (kind: string, bytes: string, at = 0): Signature => ({
	name: `a picture (${kind})`,
	hint: NO_TABLE,
	bytes,
	at,
});
const packed = (name: string, bytes: string, at = 0): Signature => ({
	name,
	hint: UNPACK,
	bytes,
	at,
});
const data = (name: string, bytes: string, at = 0): Signature => ({
	name,
	hint: EXPORT,
	bytes,
	at,
});
const like = (name: string, looks: RegExp, hint = NO_TABLE): Signature => ({ name, looks, hint });

/** From the specifications of the formats; those that text may begin with ask for more than their first letters. */
const SIGNATURES: readonly Signature[] = [
	packed('packed by zstd', '28b52ffd'),
	packed('packed by bzip2', '425a68..314159265359'),
	packed('packed by bzip2', '425a68..177245385090'),
	packed('packed by xz', 'fd377a585a00'),
	packed('packed by lz4', '04224d18'),
	packed('packed by lzip', '4c5a495001'),
	packed('packed by compress (.Z)', '1f9d'),
	packed('a 7z archive', '377abcaf271c'),
	packed('a RAR archive', '526172211a07'),
	packed('a tar archive', '7573746172', 257),
	packed('a cabinet archive (CAB)', '4d53434600000000'),
	{ name: 'a PDF document', hint: EXPORT, looks: /^(?:[^]{0,1000}?[\r\n])??%PDF-\d\.\d/ },
	like('a PostScript document', /^%!PS-/),
	like('a text document (RTF)', /^\{\\rtf\d/, EXPORT),
	like(
		'a web archive (MHTML)',
		/^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*multipart\/related/i,
		'Open it in Excel or a browser, and save the table as XLSX or CSV.',
	),
	like('an e-mail message', /^(?:return-path|received|delivered-to|mime-version):[^\n]*\n/i),
	like('a file of contacts (vCard)', /^\s*BEGIN:VCARD\r?\n/i, 'Export the contacts as CSV.'),
	like('a calendar (iCalendar)', /^\s*BEGIN:VCALENDAR\r?\n/i, 'Export the calendar as CSV.'),
	like(
		'an encrypted message (PGP)',
		/^-----BEGIN PGP MESSAGE-----/,
		'Decrypt it, and import the file that is in it.',
	),
	data('an SQLite database', '53514c69746520666f726d6174203300'),
	data('an Access database', '000100005374616e64617264204a657420444200'),
	data('an Access database', '000100005374616e646172642041434520444200'),
	// eslint-disable-next-line no-control-regex -- what tells it from text that begins alike
	like('a Parquet file', /^PAR1[^]*[\0-\x08]/, EXPORT),
	data('an Avro file', '4f626a01'),
	// eslint-disable-next-line no-control-regex -- what tells it from text that begins alike
	like('an ORC file', /^ORC[\0-\x08]/, EXPORT),
	data('an Arrow file', '4152524f573100'),
	data('a Feather file', '46454131000000'),
	data('an SPSS file', '24464c3240282329'),
	data('an SPSS file', '24464c3340282329'),
	like('a Stata file', /^<stata_dta>/, EXPORT),
	data('a SAS file', 'c2ea8160b31411cfbd92080009c7318c181f1011', 12),
	data('an HDF5 file', '894844460d0a1a0a'),
	// version, a date of year, month and day, and the zeros of the header
	like(
		'a dBASE database',
		// eslint-disable-next-line no-control-regex -- the version and the parts of the date are bytes
		/^[\x02\x03\x30\x31\x83\x8b\xf5][\x00-\xff][\x01-\x0c][\x01-\x1f][^]{8}\0\0/,
		EXPORT,
	),
	data('a backup of a PostgreSQL database', '5047444d50'),
	image('PNG', '89504e470d0a1a0a'),
	image('JPEG', 'ffd8ff'),
	image('GIF', '47494638..61'),
	image('TIFF', '49492a00'),
	image('TIFF', '4d4d002a'),
	image('BMP', '424d........00000000'),
	image('icon', '00000100..00'),
	image('WebP', '52494646........57454250'),
	image('HEIC', '6674797068656963', 4),
	image('AVIF', '6674797061766966', 4),
	image('Photoshop', '384250530001'),
	like(
		'a picture (SVG)',
		/^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[^>]*-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/i,
	),
	{ name: 'a video', hint: NO_TABLE, bytes: '000000..66747970' },
	like('a sound or video file', /^RIFF[^]{4}(?:WAVE|AVI )|^OggS\0|^fLaC\0/),
	{ name: 'a sound file', hint: NO_TABLE, bytes: '49443304' },
	{ name: 'a sound file', hint: NO_TABLE, bytes: '49443303' },
	{ name: 'a video', hint: NO_TABLE, bytes: '1a45dfa3' },
	{ name: 'a font', hint: NO_TABLE, bytes: '774f4632' },
	{ name: 'a program (ELF)', hint: NO_TABLE, bytes: '7f454c46' },
	like('a program (Windows)', /^MZ[^]{2,62}\0/),
	{ name: 'a program (Mach-O)', hint: NO_TABLE, bytes: 'cffaedfe' },
	{ name: 'a program (Mach-O)', hint: NO_TABLE, bytes: 'feedfacf' },
	{ name: 'a program (Java or Mach-O)', hint: NO_TABLE, bytes: 'cafebabe' },
	{ name: 'a program (WebAssembly)', hint: NO_TABLE, bytes: '0061736d' },
];

/** What is read of the head to recognise a file. */
const LOOKED_AT = 4096;

/**
 * What a file is that holds no table, or none that can be read.
 *
 * @param head first bytes of the file
 */
export function recogniseOther(head: Uint8Array): Pick<Signature, 'name' | 'hint'> | undefined {
	const start = Buffer.from(head.subarray(0, LOOKED_AT));
	const hex = start.toString('hex', 0, 512);
	const text = start.toString('latin1');
	return SIGNATURES.find(({ bytes, at = 0, looks }) => {
		if (looks !== undefined) return looks.test(text);
		const pattern = bytes ?? '';
		const found = hex.slice(2 * at, 2 * at + pattern.length);
		if (found.length < pattern.length) return false;
		if (!pattern.includes('.')) return found === pattern;
		return Array.from(pattern).every((digit, i) => digit === '.' || digit === found[i]);
	});
}
