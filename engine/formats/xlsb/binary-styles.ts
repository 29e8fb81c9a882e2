import type { StyleSheet } from '../xlsx/styles';
import { RecordType } from './record-types';
import { readRecords } from './record-window';

/**
 * Reads the formats of cell styles from the styles part: BrtXF between BrtBeginCellXFs and BrtEndCellXFs ([MS-XLSB]
 * 2.4.845) refers to BrtFmt (2.4.697) or to a built-in format.
 *
 * @throws ImportError FILE_UNREADABLE
 */
export async function readBinaryStyles(chunks: AsyncIterable<Uint8Array>): Promise<StyleSheet> {
	const codes = new Map<number, string>();
	const formatIds: number[] = [];
	let inCellFormats = false;
	await readRecords(chunks, (record) => {
		switch (record.type) {
			case RecordType.format:
				codes.set(record.uint16(0), record.text(2));
				break;
			case RecordType.beginCellFormats:
				inCellFormats = true;
				break;
			case RecordType.cellFormat:
				if (inCellFormats) formatIds.push(record.uint16(2));
				break;
			case RecordType.endCellFormats:
				return false;
		}
	});
	return { formatIds, codes };
}
