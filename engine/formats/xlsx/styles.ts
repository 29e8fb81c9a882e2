import { builtInTimeKind, TimeKind, timeKindOfCode } from '../workbook';
import { readXmlPart } from './xml-part';

/** For each cell style (`s` of a cell), what its numbers stand for. Styles that are not there are plain numbers. */
export type CellStyles = Uint8Array;

export const noStyles: CellStyles = new Uint8Array(0);

/**
 * Reads which cell styles show dates and times from the styles part: `cellXfs/xf` (ECMA-376 part 1, 18.8.10) refers to
 * `numFmts/numFmt` (18.8.31) or to a built-in format. A format that the file defines beats the built-in one of its number.
 *
 * @throws ImportError FILE_UNREADABLE
 */
export async function readStyles(
	name: string,
	chunks: AsyncIterable<Uint8Array>,
): Promise<CellStyles> {
	const codes = new Map<number, TimeKind>();
	const formatIds: number[] = [];
	let inCellFormats = false;
	await readXmlPart(
		name,
		chunks,
		({ name: element, attributes }) => {
			if (element === 'cellXfs') inCellFormats = true;
			if (element === 'xf' && inCellFormats) formatIds.push(Number(attributes.numFmtId ?? 0));
			if (element === 'numFmt' && attributes.formatCode !== undefined) {
				codes.set(Number(attributes.numFmtId), timeKindOfCode(attributes.formatCode));
			}
		},
		(element) => {
			if (element === 'cellXfs') inCellFormats = false;
		},
	);
	return Uint8Array.from(formatIds, (id) => codes.get(id) ?? builtInTimeKind(id));
}
