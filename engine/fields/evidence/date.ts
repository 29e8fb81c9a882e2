import type { Cell, ColumnFormat } from '../../dataset';
import { hasTimeOfDay, readDate, trimBlanks, type DateOrder } from '../../dataset/values';
import { bearableMisfits, countCells, LEAST_FITTING, type Verdict, type Weigh } from './verdict';

/** What was counted over the cells of a column that may hold dates. */
interface DateCount {
	cells: number;
	dates: number;
	/** Only with the day first: the first part is above 12. */
	dayFirst: number;
	/** Only with the month first: the second part is above 12. */
	monthFirst: number;
	/** Both ways, and the days differ. */
	either: number;
	/** Only with the year first, in two digits. */
	yearFirst: number;
	/** The same day in any order: ISO 8601, a four-digit year first, the name of a month. */
	plain: number;
	/** With a time of day other than midnight. */
	timed: number;
	/** With a time of day. */
	withTime: number;
}

/**
 * Dates and date-times. The order of day and month is the one that cells above 12 show; where every date fits both
 * orders, the column is ambiguous and stays text.
 */
export const weighDates: Weigh = (cells) => {
	const count = countDates(cells);
	return count && judge(count);
};

function countDates(cells: readonly Cell[]): DateCount | undefined {
	const count: DateCount = {
		cells: cells.length,
		dates: 0,
		dayFirst: 0,
		monthFirst: 0,
		either: 0,
		yearFirst: 0,
		plain: 0,
		timed: 0,
		withTime: 0,
	};
	let misfitsLeft = bearableMisfits(cells);
	for (const cell of cells) {
		if (typeof cell === 'string' && countDate(trimBlanks(cell), count)) count.dates++;
		else if (--misfitsLeft < 0) return undefined;
	}
	return count.dates === 0 ? undefined : count;
}

/** Eight digits are a date only for a field that says so: as evidence they are a number. */
const onlyDigits = /^\d+$/;

/** Such a date, and one that begins with a word, is read in the same way whatever the order is. */
const startsWithYear = /^\d{4}[-./]/;

function countDate(text: string, count: DateCount): boolean {
	const first = text.charCodeAt(0);
	const startsWithDigit = first >= 0x30 && first <= 0x39;
	if (startsWithDigit ? onlyDigits.test(text) : !/\d/.test(text)) return false;
	const dayFirst = readDate(text, 'dmy');
	const isSame = !startsWithDigit || startsWithYear.test(text);
	const monthFirst = isSame ? dayFirst : readDate(text, 'mdy');
	const yearFirst = isSame ? dayFirst : readDate(text, 'ymd');
	const iso = dayFirst ?? monthFirst ?? yearFirst;
	if (iso === undefined) return false;

	if (dayFirst === undefined && monthFirst === undefined) count.yearFirst++;
	else if (monthFirst === undefined) count.dayFirst++;
	else if (dayFirst === undefined) count.monthFirst++;
	else if (dayFirst !== monthFirst) count.either++;
	else if (yearFirst === dayFirst) count.plain++;

	if (hasTimeOfDay(iso)) {
		count.withTime++;
		if (!iso.includes('T00:00:00')) count.timed++;
	}
	return true;
}

function judge(count: DateCount): Verdict | undefined {
	const type = count.timed > 0 ? 'date-time' : 'date';
	if (count.dayFirst === 0 && count.monthFirst === 0 && count.either > 0) {
		if (count.dates < count.cells * LEAST_FITTING) return undefined;
		return {
			type: 'text',
			format: { ambiguous: 'date-order' },
			evidence: `ambiguous: ${countCells(count.either)} fit both day-first and month-first`,
		};
	}
	return { type, format: formatOf(count), evidence: describe(count) };
}

function formatOf(count: DateCount): ColumnFormat {
	const dateOrder = decideOrder(count);
	return dateOrder === undefined ? {} : { dateOrder };
}

function decideOrder({
	dayFirst,
	monthFirst,
	yearFirst,
	plain,
	dates,
}: DateCount): DateOrder | undefined {
	if (dayFirst === 0 && monthFirst === 0) {
		return plain + yearFirst === dates ? 'ymd' : undefined;
	}
	return monthFirst > dayFirst ? 'mdy' : 'dmy';
}

function describe(count: DateCount): string {
	const what = count.timed > 0 ? 'dates with a time' : 'dates';
	const { dayFirst, monthFirst } = count;
	switch (decideOrder(count)) {
		case 'ymd':
			return `${what}, year first or with the name of the month, in ${countCells(count.dates)}`;
		case 'dmy':
			return `${what}, day first: the first part is above 12 in ${countCells(dayFirst)}, the second part in ${monthFirst === 0 ? 'none' : monthFirst}`;
		case 'mdy':
			return `${what}, month first: the second part is above 12 in ${countCells(monthFirst)}, the first part in ${dayFirst === 0 ? 'none' : dayFirst}`;
		case undefined:
			return `${what} in ${countCells(count.dates)}, each the same day in any order`;
	}
}
