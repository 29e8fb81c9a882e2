import { createHash } from 'node:crypto';
import { Rc4 } from '../../../../engine/formats/xls/decryption/rc4';
import { compoundFile } from '../compound-file/compound-file-builder';
import {
	bof,
	eof,
	label,
	number,
	record,
	shared,
	sharedTextTable,
	text,
	u16,
	u32,
	u8,
	workbookStream,
} from './biff-builder';
import { readCells, readSheets } from './read-xls';

const DEFAULT_PASSWORD = 'VelvetSweatshop';
const SALT = Buffer.from('17f6d16b09b15f7b4c9d03b481b5b44a', 'hex');
const VERIFIER = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
/** BOF, FILEPASS and InterfaceHdr stay as they are. */
const PLAIN = [0x0809, 0x002f, 0x00e1];

const hash = (algorithm: string, ...parts: Buffer[]) =>
	createHash(algorithm).update(Buffer.concat(parts)).digest();
const encrypted = (key: Buffer, bytes: Buffer) => {
	const copy = Buffer.from(bytes);
	new Rc4(key).apply(copy);
	return copy;
};

/** [MS-OFFCRYPTO] 2.3.6.2 */
function officeKey(password: string, block: number): Buffer {
	const first = hash('md5', Buffer.from(password, 'utf16le')).subarray(0, 5);
	const salted = Buffer.concat(Array.from({ length: 16 }, () => [first, SALT]).flat());
	return hash('md5', hash('md5', salted).subarray(0, 5), u32(block));
}

/** [MS-OFFCRYPTO] 2.3.5.2 */
function cryptoApiKey(password: string, block: number, bits: number): Buffer {
	const base = hash('sha1', SALT, Buffer.from(password, 'utf16le'));
	const key = hash('sha1', base, u32(block)).subarray(0, bits / 8);
	return bits === 40 ? Buffer.concat([key, Buffer.alloc(11)]) : key;
}

function officeFilePass(password: string): Buffer {
	const check = Buffer.concat([VERIFIER, hash('md5', VERIFIER)]);
	return record(0x002f, u16(1, 1, 1), SALT, encrypted(officeKey(password, 0), check));
}

function cryptoApiFilePass(password: string, bits: number): Buffer {
	const provider = Buffer.from('Test Provider\0', 'utf16le');
	const header = [u32(4, 0, 0x6801, 0x8004, bits, 1, 0, 0), provider];
	const check = encrypted(
		cryptoApiKey(password, 0, bits),
		Buffer.concat([VERIFIER, hash('sha1', VERIFIER)]),
	);
	return record(
		0x002f,
		u16(1, 2, 2),
		u32(4, 32 + provider.length),
		...header,
		u32(16),
		SALT,
		check.subarray(0, 16),
		u32(20),
		check.subarray(16),
	);
}

/** Encrypts all records but those that stay plain; their headers take part in the key stream. */
function encryptStream(
	stream: Buffer,
	encrypt: (content: Buffer, position: number) => Buffer,
): Buffer {
	const result = Buffer.from(stream);
	for (let at = 0; at < stream.length;) {
		const type = stream.readUInt16LE(at);
		const start = at + 4;
		at = start + stream.readUInt16LE(at + 2);
		if (PLAIN.includes(type)) continue;
		const content = encrypt(stream.subarray(start, at), start);
		// the position of a sheet stays readable
		const plain = type === 0x0085 ? 4 : 0;
		content.copy(result, start + plain, plain);
	}
	return result;
}

const byBlocks = (keyOf: (block: number) => Buffer) => (content: Buffer, position: number) =>
	Buffer.from(
		content.map((byte, i) => {
			const at = position + i;
			const keyStream = encrypted(keyOf(Math.floor(at / 1024)), Buffer.alloc((at % 1024) + 1));
			return byte ^ keyStream[at % 1024]!;
		}),
	);

const names = Array.from({ length: 40 }, (_, i) => `Name ${i} of a longer list`);

function encryptedWorkbook(
	filePass: Buffer,
	encrypt: (content: Buffer, position: number) => Buffer,
	version = 0x0600,
): Buffer {
	const stream = workbookStream({
		version,
		globals: [filePass, record(0x00e1, u16(1200))],
		sharedTexts: sharedTextTable(names.length, Buffer.concat(names.map((name) => text(name)))),
		sheets: [{ records: names.flatMap((_, i) => [shared(i, 0, i), number(i, 1, i / 2)]) }],
	});
	return compoundFile({ Workbook: encryptStream(stream, encrypt) });
}

const expected = names.map((name, i) => [name, i / 2]);

describe('workbooks that are protected against changes only', () => {
	test('are read when Excel 97 encrypted them', async () => {
		const file = encryptedWorkbook(
			officeFilePass(DEFAULT_PASSWORD),
			byBlocks((block) => officeKey(DEFAULT_PASSWORD, block)),
		);
		expect(await readCells(file)).toEqual(expected);
	});

	test.each([40, 128])('are read when Excel 2002 encrypted them with %i bits', async (bits) => {
		const file = encryptedWorkbook(
			cryptoApiFilePass(DEFAULT_PASSWORD, bits),
			byBlocks((block) => cryptoApiKey(DEFAULT_PASSWORD, block, bits)),
		);
		expect(await readCells(file)).toEqual(expected);
	});

	test('are read when Excel 95 or 97 obfuscated them', async () => {
		// key and verifier that Excel stores for this password
		const parameters = u16(0xb359, 0x9a0a);
		const key = Buffer.from(`${DEFAULT_PASSWORD}\xbb`, 'latin1').map((byte, i) => {
			const mixed = byte ^ (i % 2 === 0 ? 0x59 : 0xb3);
			return (mixed >> 1) | ((mixed & 1) << 7);
		});
		const obfuscate = (content: Buffer, position: number) =>
			Buffer.from(
				content.map((byte, i) => {
					const turned = (byte << 5) | (byte >> 3);
					return turned ^ key[(position + content.length + i) % 16]!;
				}),
			);
		const biff8 = encryptedWorkbook(record(0x002f, u16(0), parameters), obfuscate);
		expect(await readCells(biff8)).toEqual(expected);
		const biff5 = Buffer.concat([
			bof(0x10, 0x0500),
			record(0x002f, parameters),
			number(0, 0, 12.5),
			eof,
		]);
		expect(await readCells(encryptStream(biff5, obfuscate))).toEqual([[12.5]]);
	});
});

describe('workbooks with a password', () => {
	test.each<[string, Buffer, number]>([
		['Excel 97', officeFilePass('secret'), 0x0600],
		['Excel 2002', cryptoApiFilePass('secret', 128), 0x0600],
		['Excel 95', record(0x002f, u16(0x1234, 0x5678)), 0x0500],
		['a program that is not known', record(0x002f, u8(9)), 0x0600],
	])('of %s are refused', async (_, filePass, version) => {
		const stream = workbookStream({
			version,
			globals: [filePass],
			sheets: [{ records: [label(0, 0, 'x')] }],
		});
		await expect(readSheets(compoundFile({ Workbook: stream }))).rejects.toMatchObject({
			code: 'FILE_ENCRYPTED',
			message: expect.stringContaining('password-protected'),
		});
	});
});

test('the key stream is that of RC4', () => {
	// RFC 6229, section 2: key of 40 bits, offset 0
	const keyStream = encrypted(Buffer.from('0102030405', 'hex'), Buffer.alloc(16));
	expect(keyStream.toString('hex')).toBe('b2396305f03dc027ccc3524a0a1118a8');
});
