import type { Cell } from '../../dataset/dataset';
import { DateSerials } from './date-serial';
import { builtInTimeKind, TimeKind, timeKindOfCode } from './number-format';
import type { CellMode } from './workbook';

/** What becomes of the numbers in cells of one style. */
export interface NumberFormat {
	/** What its numbers stand for. */
	readonly kind: TimeKind;
	/** The cell of a stored number: typed or as shown, as the workbook is read. */
	cell(value: number): Cell;
}

/** The number formats of a workbook: from what is stored to what the cell holds. */
export class NumberFormats {
	readonly #dates: DateSerials;

	readonly #byCode = new Map<string, NumberFormat>();

	readonly #byId = new Map<number, NumberFormat>();

	/** @param date1904 whether days are counted from 1904-01-01 instead of 1900-01-01 */
	constructor(date1904: boolean, _mode: CellMode) {
		this.#dates = new DateSerials(date1904);
	}

	/** @param code a format code, such as `yyyy-mm-dd` (ECMA-376 part 1, 18.8.31) */
	ofCode(code: string): NumberFormat {
		const known = this.#byCode.get(code);
		if (known !== undefined) return known;
		const format = this.#format(timeKindOfCode(code));
		this.#byCode.set(code, format);
		return format;
	}

	/** @param id number of a format that every spreadsheet program knows (18.8.30) */
	builtIn(id: number): NumberFormat {
		const known = this.#byId.get(id);
		if (known !== undefined) return known;
		const format = this.#format(builtInTimeKind(id));
		this.#byId.set(id, format);
		return format;
	}

	#format(kind: TimeKind): NumberFormat {
		const dates = this.#dates;
		if (kind === TimeKind.none) return { kind, cell: (value) => value };
		return { kind, cell: (value) => dates.toCell(value, kind) };
	}
}
