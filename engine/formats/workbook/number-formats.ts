import type { Cell } from '../../dataset/dataset';
import { builtInCode } from './built-in-formats';
import { isCodeFormat } from './code-format';
import { DateSerials } from './date-serial';
import { builtInTimeKind, TimeKind, timeKindOfCode } from './number-format';
import { ShownText } from './shown-text';
import type { CellMode } from './workbook';

/** What becomes of the values in cells of one style. */
export interface NumberFormat {
	/** What its numbers stand for. */
	readonly kind: TimeKind;
	/** Whether a number goes into the cell as it is. */
	readonly isPlain: boolean;
	/**
	 * The cell of a stored number: typed or as shown, as the workbook is read. Typed, it is the number itself, or a date or
	 * time as ISO 8601 text; under a format that only pads or punctuates digits, such as `00000` or `000-00-0000`, it is
	 * the text as shown, since such numbers are codes whose leading zeros count.
	 */
	cell(value: number): Cell;
	/** The cell of a stored text: as it is, or as the text section of the format shows it. */
	text(value: string): string;
}

/** The number formats of a workbook: from what is stored to what the cell holds. */
export class NumberFormats {
	readonly #date1904: boolean;

	readonly #mode: CellMode;

	readonly #dates: DateSerials;

	readonly #byCode = new Map<string, NumberFormat>();

	readonly #byId = new Map<number, NumberFormat>();

	/** @param date1904 whether days are counted from 1904-01-01 instead of 1900-01-01 */
	constructor(date1904: boolean, mode: CellMode) {
		this.#date1904 = date1904;
		this.#mode = mode;
		this.#dates = new DateSerials(date1904);
	}

	/** @param code a format code, such as `yyyy-mm-dd` (ECMA-376 part 1, 18.8.31) */
	ofCode(code: string): NumberFormat {
		const known = this.#byCode.get(code);
		if (known !== undefined) return known;
		const format = this.#format(code, timeKindOfCode(code));
		this.#byCode.set(code, format);
		return format;
	}

	/** @param id number of a format that every spreadsheet program knows (18.8.30) */
	builtIn(id: number): NumberFormat {
		const known = this.#byId.get(id);
		if (known !== undefined) return known;
		const format = this.#format(builtInCode(id), builtInTimeKind(id));
		this.#byId.set(id, format);
		return format;
	}

	/** The cell of a stored boolean: `TRUE` and `FALSE` are what is shown. */
	boolean(value: boolean): Cell {
		if (this.#mode === 'typed') return value;
		return value ? 'TRUE' : 'FALSE';
	}

	#format(code: string, kind: TimeKind): NumberFormat {
		return this.#mode === 'shown' ? this.#shown(code, kind) : this.#typed(code, kind);
	}

	#shown(code: string, kind: TimeKind): NumberFormat {
		const shown = new ShownText(code, kind, this.#date1904);
		return {
			kind,
			isPlain: false,
			cell: (value) => shown.number(value),
			text: (value) => shown.text(value),
		};
	}

	#typed(code: string, kind: TimeKind): NumberFormat {
		const text = asItIs;
		if (kind !== TimeKind.none) {
			const dates = this.#dates;
			return { kind, isPlain: false, cell: (value) => dates.toCell(value, kind), text };
		}
		if (!isCodeFormat(code)) return { kind, isPlain: true, cell: asItIs, text };
		const shown = new ShownText(code, kind, this.#date1904);
		return { kind, isPlain: false, cell: (value) => codeOrNumber(shown, value), text };
	}
}

function asItIs<T>(value: T): T {
	return value;
}

/** No code is negative or has decimals. */
function codeOrNumber(shown: ShownText, value: number): Cell {
	return Number.isSafeInteger(value) && value >= 0 ? shown.number(value) : value;
}
