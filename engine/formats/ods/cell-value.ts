import { isFormulaError } from '../../dataset/values/formula-error';
import type { Cell } from '../../dataset/dataset';
import { DateSerials, isoDateCell, NumberFormats, TimeKind, type CellMode } from '../workbook';
import { numberCell } from '../xlsx/number-text';

type Attributes = Readonly<Record<string, string>>;

const DURATION =
	/^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d*)?)S)?)?$/;
const SECONDS_PER_DAY = 86_400;
const FRACTION = /\.(\d{3})\d+/;
/** A time of day as it is shown; in ISO 8601 it stands there in any case. */
const CLOCK = /(?:^|\s)\d{1,2}:\d\d/;
/** The day that stands for none (table:null-date, 9.4.3). */
const DAY_ZERO = /^1899-12-3[01]T/;
/** What LibreOffice shows for formulas that fail, besides the errors of Excel. */
const LIBREOFFICE_ERROR = /^(?:Err:\d{3}|#[A-Z]+[!?])$/;
/** Digits that a number format pads or punctuates: codes, whose leading zeros count. */
const CODE = /^(?:0\d+|\d+(?:-\d+)+)$/;

/** What a cell holds: `error` is the text of a formula that failed. */
export type CellContent = { value: Cell } | { error: string };

/** Tells what cells hold from their attributes and their text (OpenDocument 1.3 part 3, 19.385 office:value-type). */
export class CellValues {
	readonly #isShown: boolean;

	readonly #formats: NumberFormats;

	readonly #dates = new DateSerials(false);

	constructor(mode: CellMode) {
		this.#isShown = mode === 'shown';
		this.#formats = new NumberFormats(false, mode);
	}

	/** @param text of the paragraphs; undefined when there are none */
	content(attributes: Attributes, text: string | undefined): CellContent {
		const error = errorOf(attributes, text);
		if (error !== undefined) return { error };
		if (this.#isShown && text !== undefined) return { value: text };
		return { value: this.#typed(attributes, text) };
	}

	#typed(attributes: Attributes, text: string | undefined): Cell {
		switch (attributes['office:value-type']) {
			case 'float':
			case 'currency':
			case 'percentage':
				return this.#number(attributes['office:value'], text);
			case 'date':
				return dateCell(attributes['office:date-value'] ?? '', text) ?? text ?? null;
			case 'time':
				return this.#time(attributes['office:time-value'] ?? '') ?? text ?? null;
			case 'boolean':
				return this.#boolean(attributes['office:boolean-value'], text);
			default:
				return text ?? attributes['office:string-value'] ?? null;
		}
	}

	#number(value: string | undefined, text: string | undefined): Cell {
		if (value === undefined) return text ?? null;
		const cell = numberCell(value);
		if (typeof cell !== 'number') return cell;
		if (this.#isShown) return this.#formats.ofCode('General').cell(cell);
		return text !== undefined && isCode(text, cell) ? text : cell;
	}

	#time(value: string): Cell | undefined {
		const days = durationDays(value);
		return days === undefined ? undefined : this.#dates.toCell(days, TimeKind.duration);
	}

	#boolean(value: string | undefined, text: string | undefined): Cell {
		if (value !== 'true' && value !== 'false') return text ?? null;
		return this.#formats.boolean(value === 'true');
	}
}

function errorOf(attributes: Attributes, text: string | undefined): string | undefined {
	const stringValue = attributes['office:string-value'];
	const shown = text === undefined || text === '' ? (stringValue ?? '') : text;
	if (attributes['calcext:value-type'] === 'error') return shown === '' ? '#ERROR' : shown;
	if (attributes['table:formula'] === undefined) return undefined;
	return isFormulaError(shown) || LIBREOFFICE_ERROR.test(shown) ? shown : undefined;
}

function isCode(text: string, value: number): boolean {
	if (!CODE.test(text) || !Number.isSafeInteger(value) || value < 0) return false;
	return Number(text.replaceAll('-', '')) === value;
}

/** Some programs write a time of day with every date: whether it counts at midnight, the text tells. */
function dateCell(value: string, text = ''): Cell | undefined {
	if (value === '') return undefined;
	const iso = value.replace(FRACTION, '.$1');
	if (DAY_ZERO.test(iso)) return isoDateCell(iso, TimeKind.time);
	return isoDateCell(iso, CLOCK.test(text) ? TimeKind.dateTime : TimeKind.date);
}

/** The days of an XML Schema duration (part 2, 3.2.6); years and months have no certain length. */
function durationDays(value: string): number | undefined {
	const match = DURATION.exec(value);
	if (match === null) return undefined;
	const [, sign, years, months, days, hours, minutes, seconds] = match;
	if (Number(years ?? 0) > 0 || Number(months ?? 0) > 0) return undefined;
	const secondsOfDay =
		Number(hours ?? 0) * 3600 +
		Number(minutes ?? 0) * 60 +
		Number((seconds ?? '0').replace(',', '.'));
	const total = Number(days ?? 0) + secondsOfDay / SECONDS_PER_DAY;
	return sign === '-' ? -total : total;
}
