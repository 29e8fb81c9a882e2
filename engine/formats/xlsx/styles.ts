import type { Cell } from '../../dataset/dataset';
import { NumberFormats, TimeKind, type CellMode, type NumberFormat } from '../workbook';
import { readXmlPart } from './xml-part';

/** What is done with the numbers of a cell style. */
export const NumberHandling = {
	/** They go into the cell as they are. */
	plain: 0,
	/** They become dates and times, to the millisecond. */
	date: 1,
	/** They become what their format makes of them. */
	formatted: 2,
} as const;

export type NumberHandling = (typeof NumberHandling)[keyof typeof NumberHandling];

/** What a workbook says about the formats of its cells. */
export interface StyleSheet {
	/** For each cell style (`s` of a cell), the number of its format. */
	formatIds: readonly number[];
	/** The codes of the formats that the workbook defines. */
	codes: ReadonlyMap<number, string>;
}

export const noStyleSheet: StyleSheet = { formatIds: [], codes: new Map() };

/** The cell styles of a workbook, for cells in one mode. Styles that are not there have the format General. */
export class CellStyles {
	/** For each cell style, a NumberHandling: the inner loop of the reader looks here first. */
	readonly handling: Uint8Array;

	readonly handlingOfOthers: NumberHandling;

	/** Whether texts may look different from what is stored. */
	readonly hasShownTexts: boolean;

	readonly #numberFormats: NumberFormats;

	readonly #formats: readonly NumberFormat[];

	readonly #general: NumberFormat;

	constructor(
		{ formatIds, codes }: StyleSheet,
		readonly date1904: boolean,
		mode: CellMode,
	) {
		const formats = new NumberFormats(date1904, mode);
		this.#numberFormats = formats;
		this.#general = formats.builtIn(0);
		// A format that the file defines beats the built-in one of its number.
		this.#formats = formatIds.map((id) => {
			const code = codes.get(id);
			return code === undefined ? formats.builtIn(id) : formats.ofCode(code);
		});
		this.hasShownTexts = mode === 'shown';
		this.handling = Uint8Array.from(this.#formats, (format) => handlingOf(format, mode));
		this.handlingOfOthers = handlingOf(this.#general, mode);
	}

	format(style: number): NumberFormat {
		return this.#formats[style] ?? this.#general;
	}

	boolean(value: boolean): Cell {
		return this.#numberFormats.boolean(value);
	}
}

/** The cell styles of a workbook, made once for each mode that is asked for. */
export class WorkbookStyles {
	readonly #read: () => Promise<StyleSheet>;

	readonly #date1904: boolean;

	readonly #byMode = new Map<CellMode, CellStyles>();

	#styleSheet: StyleSheet | undefined;

	/** @param read reads the part; it is called once */
	constructor(read: () => Promise<StyleSheet>, date1904: boolean) {
		this.#read = read;
		this.#date1904 = date1904;
	}

	/** @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE */
	async of(mode: CellMode): Promise<CellStyles> {
		const known = this.#byMode.get(mode);
		if (known !== undefined) return known;
		this.#styleSheet ??= await this.#read();
		const styles = new CellStyles(this.#styleSheet, this.#date1904, mode);
		this.#byMode.set(mode, styles);
		return styles;
	}
}

function handlingOf({ isPlain, kind }: NumberFormat, mode: CellMode): NumberHandling {
	if (isPlain) return NumberHandling.plain;
	return mode === 'typed' && kind !== TimeKind.none
		? NumberHandling.date
		: NumberHandling.formatted;
}

/**
 * Reads the formats of cell styles from the styles part: `cellXfs/xf` (ECMA-376 part 1, 18.8.10) refers to
 * `numFmts/numFmt` (18.8.31) or to a built-in format.
 *
 * @throws ImportError FILE_UNREADABLE
 */
export async function readStyles(
	name: string,
	chunks: AsyncIterable<Uint8Array>,
): Promise<StyleSheet> {
	const codes = new Map<number, string>();
	const formatIds: number[] = [];
	let inCellFormats = false;
	await readXmlPart(
		name,
		chunks,
		({ name: element, attributes }) => {
			if (element === 'cellXfs') inCellFormats = true;
			if (element === 'xf' && inCellFormats) formatIds.push(Number(attributes.numFmtId ?? 0));
			if (element === 'numFmt' && attributes.formatCode !== undefined) {
				codes.set(Number(attributes.numFmtId), attributes.formatCode);
			}
		},
		(element) => {
			if (element === 'cellXfs') inCellFormats = false;
		},
	);
	return { formatIds, codes };
}
