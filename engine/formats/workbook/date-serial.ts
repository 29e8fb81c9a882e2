import type { Cell } from '../../dataset/dataset';
import { TimeKind } from './number-format';

const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;
const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1000;

// Days from 1970-01-01 to day 0 of the systems (ECMA-376 part 1, 18.17.4.1).
const EPOCH_1900 = -25_569;
const EPOCH_1904 = -24_107;

/** The 1900 system counts 1900-02-29, a day that never was. */
const LEAP_DAY_THAT_NEVER_WAS = 60;

/** The day after 9999-12-31, counted from 1970-01-01: no spreadsheet shows dates from here on. */
const END_OF_CALENDAR = 2_932_897;

/** As many days as a century and a half has: columns of dates repeat their days. */
const LARGEST_CACHE = 50_000;

const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

/** Turns the serial numbers of a workbook's dates into ISO 8601 text, in no time zone. */
export class DateSerials {
	readonly #date1904: boolean;

	readonly #dateTexts = new Map<number, string>();

	/** @param date1904 whether days are counted from 1904-01-01 instead of 1900-01-01 (`workbookPr`, 18.2.28) */
	constructor(date1904: boolean) {
		this.#date1904 = date1904;
	}

	/**
	 * @param serial days, with the time of day as the fraction
	 * @returns `2026-03-01`, `2026-03-01T09:30:00`, `09:30:00`, with `.123` where milliseconds are not 0, `26:30:00` for a
	 * span of time; the number itself where it is no date of the calendar
	 */
	toCell(serial: number, kind: TimeKind): Cell {
		// To the millisecond, so that 0.395833333333333 is 09:30:00 and not 09:29:59.999.
		const ms = Math.round(serial * MS_PER_DAY);
		if (kind === TimeKind.duration) return durationText(ms);
		const day = Math.floor(ms / MS_PER_DAY);
		const msOfDay = ms - day * MS_PER_DAY;
		if (day === 0 && this.#isTimeAlone(kind, msOfDay)) return timeText(msOfDay);
		const date = this.#dateText(day);
		if (date === undefined) return serial;
		return kind === TimeKind.date && msOfDay === 0 ? date : `${date}T${timeText(msOfDay)}`;
	}

	/** Day 0 of the 1900 system is no day: a fraction alone is a time even where the format would show a date too. */
	#isTimeAlone(kind: TimeKind, msOfDay: number): boolean {
		if (kind === TimeKind.time) return true;
		return kind === TimeKind.dateTime && !this.#date1904 && msOfDay > 0;
	}

	#dateText(day: number): string | undefined {
		const known = this.#dateTexts.get(day);
		if (known !== undefined) return known;
		const sinceEpoch = this.#daysSince1970(day);
		if (sinceEpoch === undefined || sinceEpoch >= END_OF_CALENDAR) return undefined;
		const text = new Date(sinceEpoch * MS_PER_DAY).toISOString().slice(0, 10);
		if (this.#dateTexts.size >= LARGEST_CACHE) this.#dateTexts.clear();
		this.#dateTexts.set(day, text);
		return text;
	}

	#daysSince1970(day: number): number | undefined {
		if (this.#date1904) return day < 0 ? undefined : day + EPOCH_1904;
		if (day < 1 || day === LEAP_DAY_THAT_NEVER_WAS) return undefined;
		return day + EPOCH_1900 + (day < LEAP_DAY_THAT_NEVER_WAS ? 1 : 0);
	}
}

function timeText(ms: number): string {
	const hours = Math.floor(ms / MS_PER_HOUR);
	const minutes = Math.floor((ms % MS_PER_HOUR) / MS_PER_MINUTE);
	return `${twoDigits[hours] ?? String(hours)}:${twoDigits[minutes]}:${secondsText(ms)}`;
}

function durationText(ms: number): string {
	return ms < 0 ? `-${timeText(-ms)}` : timeText(ms);
}

function secondsText(ms: number): string {
	const seconds = twoDigits[Math.floor((ms % MS_PER_MINUTE) / MS_PER_SECOND)] ?? '';
	const fraction = ms % MS_PER_SECOND;
	return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(3, '0')}`;
}

const ISO_DATE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z?)?$/;

/**
 * The text of a cell that holds its date as ISO 8601 (`t="d"`, ECMA-376 part 1, 18.18.11), in the same notation as the
 * others: no time of day where the format shows a date only, seconds always, no time zone. Other text stays as it is.
 */
export function isoDateCell(text: string, kind: TimeKind): Cell {
	const match = ISO_DATE.exec(text);
	if (match === null) return text;
	const [, date = '', time] = match;
	if (time === undefined) return kind === TimeKind.dateTime ? `${date}T00:00:00` : date;
	const normal = (time.length === 5 ? `${time}:00` : time).replace(/\.0+$/, '');
	if (kind === TimeKind.time && date <= '1904-01-01') return normal;
	return normal === '00:00:00' && kind !== TimeKind.dateTime ? date : `${date}T${normal}`;
}

/** The serial number of a date in ISO 8601 text; `undefined` for other text. */
export function isoDateSerial(text: string, date1904: boolean): number | undefined {
	const match = ISO_DATE.exec(text);
	if (match === null) return undefined;
	const [, date = '', time = '00:00'] = match;
	const days = Date.parse(`${date}T${time}Z`) / MS_PER_DAY;
	if (Number.isNaN(days)) return undefined;
	if (date1904) return days - EPOCH_1904;
	const serial = days - EPOCH_1900;
	return serial <= LEAP_DAY_THAT_NEVER_WAS ? serial - 1 : serial;
}
