/** A compound file ([MS-CFB]) of nothing but its directory, with the FAT in sector 0 and the directory behind it. */
export function compoundFile(names: readonly string[]): Buffer {
	const sectors = Math.ceil(names.length / 4);
	const header = Buffer.alloc(512, 0xff);
	Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
	header.writeUInt16LE(3, 26);
	header.writeUInt16LE(0xfffe, 28);
	header.writeUInt16LE(9, 30);
	header.writeUInt16LE(6, 32);
	header.writeUInt32LE(1, 44);
	header.writeUInt32LE(1, 48);
	header.writeUInt32LE(4096, 56);
	header.writeUInt32LE(0xfffffffe, 60);
	header.writeUInt32LE(0, 64);
	header.writeUInt32LE(0xfffffffe, 68);
	header.writeUInt32LE(0, 72);
	header.writeUInt32LE(0, 76);
	const fat = Buffer.alloc(512, 0xff);
	fat.writeUInt32LE(0xfffffffd, 0);
	for (let sector = 1; sector < sectors; sector++) fat.writeUInt32LE(sector + 1, 4 * sector);
	fat.writeUInt32LE(0xfffffffe, 4 * sectors);
	const directory = Buffer.alloc(512 * sectors);
	names.forEach((name, index) => {
		const entry = directory.subarray(128 * index, 128 * index + 128);
		entry.write(name, 0, 'utf16le');
		entry.writeUInt16LE(2 * name.length + 2, 64);
		// the root storage with its first child, then streams that hang on each other
		entry[66] = index === 0 ? 5 : 2;
		entry[67] = 1;
		entry.writeUInt32LE(0xffffffff, 68);
		const isLast = index + 1 === names.length;
		entry.writeUInt32LE(index === 0 || isLast ? 0xffffffff : index + 1, 72);
		entry.writeUInt32LE(index === 0 && !isLast ? 1 : 0xffffffff, 76);
		entry.writeUInt32LE(0xfffffffe, 116);
	});
	return Buffer.concat([header, fat, directory]);
}
