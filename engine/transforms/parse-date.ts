import { targetSettingsOf, type Cell, type Column } from '../dataset';
import {
	ambiguous,
	compileDatePattern,
	compileDateReading,
	compileDatesInAnyLanguage,
	compileLocaleDates,
	hasTimeOfDay,
	knownLocale,
	nameOfOrder,
	readDate,
	trimBlanks,
	type DateOrder,
	type DateReading,
} from '../dataset/values';
import { ImportError } from '../issues';
import { changeCells, columnOfType, Failure, onFailure, quoted } from './definition/cell-changes';
import { indexesOfColumns } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, columns, text } from './definition/parameters';

type Result = 'auto' | 'date' | 'date-time';

/** How the dates of one column are read, and what they become. */
interface Reading {
	read: DateReading;
	/** The notation for messages: `day first`, or the pattern. */
	notation: string;
	result: 'date' | 'date-time';
}

export const parseDate = defineOperation({
	kind: 'parse-date',
	title: 'Parse Date',
	summary: 'Read dates in any notation and write them in ISO 8601',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that hold dates' }),
		order: choice<DateOrder | 'auto'>({
			title: 'Order',
			summary: 'Order of day, month and year',
			choices: {
				auto: 'As Found in the Column',
				dmy: 'Day, Month, Year',
				mdy: 'Month, Day, Year',
				ymd: 'Year, Month, Day',
			},
		}),
		pattern: text({
			title: 'Pattern',
			summary: 'Exact notation such as dd.MM.yyyy HH:mm; goes before the order',
			default: '',
		}),
		language: text({
			title: 'Language',
			summary:
				'Language or locale that the dates are written in, such as de or pt-BR, or any; reads names of months, digits and calendars of that language',
			default: '',
		}),
		reference: text({
			title: 'Reference Date',
			summary:
				'With a language: the day, such as 2024-12-31 or today, that "yesterday" and "2 weeks ago" count from and that gives a missing year',
			default: '',
		}),
		result: choice<Result>({
			title: 'Result',
			summary: 'Whether the time of day is kept',
			choices: {
				auto: 'As Found in the Column',
				date: 'Date',
				'date-time': 'Date and Time',
			},
		}),
		onFailure,
	},
	example: {
		options: { fields: ['Joined'], order: 'dmy' },
		columns: [{ name: 'Joined' }],
		before: [['31.12.2024'], ['5. März 2024']],
		after: [['2024-12-31'], ['2024-03-05']],
	},
	compile(options, columnsIn) {
		const indexes = indexesOfColumns(options.fields, columnsIn);
		const readings = new Map(
			indexes.map((index) => [index, readingOf(options, columnsIn[index] ?? { name: '' })]),
		);
		const changes = [...readings].map(([index, reading]) => ({
			index,
			change: (cell: Cell) => readCell(cell, reading),
		}));
		const columnsOut = columnsIn.map((column, index) => {
			const reading = readings.get(index);
			return reading === undefined
				? column
				: {
						...columnOfType(reading.result, options.onFailure)(column),
						...targetSettingsOf(column),
					};
		});
		return changeCells(changes, columnsOut, options.onFailure);
	},
});

interface DateOptions {
	order: DateOrder | 'auto';
	pattern: string;
	language: string;
	reference: string;
	result: Result;
}

function readingOf(options: DateOptions, column: Column): Reading {
	const { order, pattern, language, result } = options;
	if (pattern !== '') {
		const { read, hasTime } = compilePattern(pattern);
		const found = hasTime ? 'date-time' : 'date';
		return { read, notation: pattern, result: result === 'auto' ? found : result };
	}
	const dateOrder = order === 'auto' ? column.format?.dateOrder : order;
	const found = column.type === 'date-time' ? 'date-time' : 'date';
	if (language !== '') {
		return {
			read: compileLanguage(options, dateOrder),
			notation: language,
			result: result === 'auto' ? found : result,
		};
	}
	return {
		read: compileDateReading({ dateOrder }),
		notation: dateOrder === undefined ? '' : nameOfOrder(dateOrder),
		result: result === 'auto' ? found : result,
	};
}

function compilePattern(pattern: string) {
	try {
		return compileDatePattern(pattern);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new ImportError('RUN_CONFIG', error.message);
	}
}

/** @throws ImportError RUN_CONFIG when there is no such language, or the reference is no date */
function compileLanguage(
	{ language, reference, order }: DateOptions,
	dateOrder: DateOrder | undefined,
): DateReading {
	const day = referenceDay(reference);
	if (language.trim().toLowerCase() === 'any') return compileDatesInAnyLanguage({ reference: day });
	const locale = knownLocale(language);
	if (locale === undefined) {
		throw new ImportError(
			'RUN_CONFIG',
			`"${language}" is not a language such as de or pt-BR, and not any`,
		);
	}
	// an order that the cells of the column show says more than the habit of the locale; year first says nothing of it
	const shown = order === 'auto' && dateOrder === 'ymd' ? undefined : dateOrder;
	return compileLocaleDates(locale, { order: shown, reference: day });
}

function referenceDay(written: string): string | undefined {
	const text = written.trim();
	if (text === '') return undefined;
	if (text.toLowerCase() === 'today') {
		const now = new Date();
		const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
		return local.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
	}
	const iso = /^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(text) ? readDate(text, 'ymd') : undefined;
	if (iso === undefined) {
		throw new ImportError(
			'RUN_CONFIG',
			`The reference date "${written}" is not a date such as 2024-12-31, and not today`,
		);
	}
	return iso;
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;

/** Midnight is how programs write a plain date into a date-time; any other time would be lost. */
const midnight = /T00:00:00(?:$|[Z+-])/;

function readCell(cell: Cell, { read, notation, result }: Reading): Cell | Failure {
	if (cell === null) return null;
	const written = typeof cell === 'string' ? trimBlanks(cell) : undefined;
	if (written === '') return null;
	const iso = written === undefined ? undefined : read(written);
	if (iso === undefined) {
		const suffix = notation === '' ? '' : ` (${notation})`;
		return new Failure('CELL_DATE', `${quoted(cell)} is not a date${suffix}`);
	}
	if (iso === ambiguous) {
		return new Failure(
			'CELL_DATE_AMBIGUOUS',
			`${quoted(cell)} is one day with the day first and another with the month first`,
		);
	}
	if (result === 'date-time') return hasTimeOfDay(iso) ? iso : `${iso}T00:00:00`;
	if (!hasTimeOfDay(iso) || midnight.test(iso)) return iso.slice(0, DATE_LENGTH);
	return new Failure('CELL_DATE', `${quoted(cell)} has a time of day, and the result is a date`);
}
