import type { RecordCursor } from './record-cursor';
import { RecordType } from './record-types';

export type BiffVersion = 2 | 3 | 4 | 5 | 8;

/** How a substream begins ([MS-XLS] 2.4.21). */
export interface SubstreamStart {
	version: BiffVersion;
	/** What the substream holds; other kinds hold no cells. */
	kind: 'workbook' | 'sheet' | 'other';
}

const VERSION_BIFF8 = 0x0600;

const KINDS: Readonly<Record<number, SubstreamStart['kind']>> = {
	0x0005: 'workbook',
	0x0100: 'workbook',
	0x0010: 'sheet',
};

/** What the record says about the substream that it begins. @returns undefined when it begins none */
export function substreamStart({
	type,
	buffer,
	start,
	end,
}: RecordCursor): SubstreamStart | undefined {
	const family = familyOf(type);
	if (family === undefined || end - start < 4) return undefined;
	const kind = KINDS[buffer.readUInt16LE(start + 2)] ?? 'other';
	if (family !== 5) return { version: family, kind };
	return { version: buffer.readUInt16LE(start) >= VERSION_BIFF8 ? 8 : 5, kind };
}

/** Whether a record of this number begins a substream. */
export function isBof(type: number): boolean {
	return familyOf(type) !== undefined;
}

/** The oldest version that begins its substreams so. */
function familyOf(type: number): Exclude<BiffVersion, 8> | undefined {
	if (type === RecordType.bof) return 5;
	if (type === RecordType.bofBiff4) return 4;
	if (type === RecordType.bofBiff3) return 3;
	return type === RecordType.bofBiff2 ? 2 : undefined;
}
