import type { Cell } from '../dataset';
import { isDay, isTime } from '../dataset/values/calendar';
import { ImportError } from '../issues';
import { changeFields, columnOfType, Failure, onFailure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { columns, text } from './definition/parameters';

const iso =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-](?:0\d|1[0-5]):?[0-5]\d)?)?$/;

interface Parts {
	year: string;
	month: string;
	day: string;
	hour: string;
	minute: string;
	second: string;
}

type Write = (parts: Parts) => string;

const unpadded = (digits: string): string => String(Number(digits));

export const formatDate = defineOperation({
	kind: 'format-date',
	title: 'Format Date',
	summary: 'Write dates as a text in the notation that the target wants',
	parameters: {
		fields: columns({
			title: 'Columns',
			summary: 'Columns that hold dates in ISO 8601, as Parse Date gives them',
		}),
		pattern: text({
			title: 'Pattern',
			summary: 'Notation such as dd.MM.yyyy HH:mm or MMM d, yyyy',
		}),
		language: text({
			title: 'Language',
			summary: 'Language of the names of months and days, such as en, de or pt-BR',
			default: 'en',
		}),
		onFailure,
	},
	example: {
		options: { fields: ['Born'], pattern: 'd. MMMM yyyy', language: 'de' },
		columns: [{ name: 'Born', type: 'date' }],
		before: [['1990-03-07'], ['']],
		after: [['7. März 1990'], ['']],
	},
	compile({ fields, pattern, language, onFailure: policy }, columnsIn) {
		const writers = compileWriters(pattern, language);
		const change = (cell: Cell): Cell | Failure => {
			if (isEmpty(cell)) return cell;
			const match = iso.exec(cellText(cell));
			if (match === null) {
				return new Failure(
					'CELL_DATE',
					`${quoted(cell)} is not a date in ISO 8601; use Parse Date first`,
				);
			}
			const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = match;
			const parts = { year, month, day, hour, minute, second };
			if (!exists(parts)) {
				return new Failure('CELL_DATE', `There is no such date or time as ${quoted(cell)}`);
			}
			return writers.map((write) => write(parts)).join('');
		};
		const columnOut = columnOfType('text', policy);
		return changeFields(fields, columnsIn, change, { columnOut, policy });
	},
});

function exists({ year, month, day, hour, minute, second }: Parts): boolean {
	const isOfCalendar = isDay(Number(year), Number(month), Number(day));
	return isOfCalendar && isTime(Number(hour), Number(minute), Number(second));
}

/** The fields of Unicode Technical Standard 35 that dates are written with. */
function compileWriters(pattern: string, language: string): Write[] {
	const fields = fieldsFor(language);
	const tokens = pattern.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
	return tokens.map((token) => {
		if (token.startsWith("'")) return () => (token === "''" ? "'" : token.slice(1, -1));
		if (!/^[A-Za-z]/.test(token)) return () => token;
		const write = fields.get(token);
		if (write !== undefined) return write;
		throw new ImportError(
			'RUN_CONFIG',
			`The date pattern has an unknown field "${token}"; known are ${[...fields.keys()].join(', ')}`,
		);
	});
}

function fieldsFor(language: string): Map<string, Write> {
	const hourOf12 = ({ hour }: Parts) => String(Number(hour) % 12 || 12);
	return new Map<string, Write>([
		['yyyy', ({ year }) => year],
		['yy', ({ year }) => year.slice(2)],
		['MMMM', named(language, 'month', 'long')],
		['MMM', named(language, 'month', 'short')],
		['MM', ({ month }) => month],
		['M', ({ month }) => unpadded(month)],
		['dd', ({ day }) => day],
		['d', ({ day }) => unpadded(day)],
		['EEEE', named(language, 'weekday', 'long')],
		['EEE', named(language, 'weekday', 'short')],
		['HH', ({ hour }) => hour],
		['H', ({ hour }) => unpadded(hour)],
		['hh', (parts) => hourOf12(parts).padStart(2, '0')],
		['h', hourOf12],
		['mm', ({ minute }) => minute],
		['m', ({ minute }) => unpadded(minute)],
		['ss', ({ second }) => second],
		['s', ({ second }) => unpadded(second)],
		['a', ({ hour }) => (Number(hour) < 12 ? 'AM' : 'PM')],
	]);
}

/** Names that the calendar data of Node knows. @throws ImportError RUN_CONFIG when the language is none */
function named(language: string, part: 'month' | 'weekday', length: 'long' | 'short'): Write {
	try {
		const format = new Intl.DateTimeFormat(language, {
			[part]: length,
			// with the day beside it, a month has the case that dates use
			...(part === 'month' && { day: 'numeric' }),
			timeZone: 'UTC',
		});
		return ({ year, month, day }) =>
			format
				.formatToParts(new Date(`${year}-${month}-${day}T00:00:00Z`))
				.find(({ type }) => type === part)?.value ?? '';
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new ImportError('RUN_CONFIG', `"${language}" is not a language such as en, de or pt-BR`);
	}
}
