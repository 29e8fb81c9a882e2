import type { NumberFormat, NumberFormats } from '../workbook';
import type { Globals } from './globals';

/** BIFF2 and BIFF3 know no fractions, so that their formats from here on have numbers that are lower by two. */
const FIRST_BEHIND_FRACTIONS = 12;

/** How many formats cells of BIFF2 can tell apart. */
const FORMATS_OF_BIFF2 = 64;

/**
 * For each cell style its number format; in BIFF2, whose cells have no styles, for each number of a format. A format that the
 * file defines beats the one that Excel knows by its number ([MS-XLS] 2.4.126).
 */
export function formatsOf(
	{ version, styles, formatCodes }: Globals,
	formats: NumberFormats,
): NumberFormat[] {
	const format = (id: number): NumberFormat => {
		const code = formatCodes.get(id);
		if (code !== undefined) return formats.ofCode(code);
		return formats.builtIn(version < 4 && id >= FIRST_BEHIND_FRACTIONS ? id + 2 : id);
	};
	if (version === 2) return Array.from({ length: FORMATS_OF_BIFF2 }, (_, id) => format(id));
	return styles.map(format);
}
