import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Column, Decision, Description, InferredColumn, Profile } from '../../engine';
import { shownSign } from '../shared/shown-sign';

/** Says above the output how the file was read, and warns where something about it is doubtful. */
export function showDecisions(context: IExecuteFunctions, description: Description): void {
	const { decisions } = description;
	const hasRows = decisions.some(({ subject }) => subject === 'header rows');
	const phrases = decisions.flatMap((decision) =>
		// a header over several rows is said once
		hasRows && decision.subject === 'header row' ? [] : (phrase(decision) ?? []),
	);
	const columns = columnPhrases(description.columns.map(({ column }) => column));
	const message = [`Read as ${phrases.join(', ')}`, ...columns].join('; ');
	context.addExecutionHints({ message: `${message}.`, type: 'info', location: 'outputPane' });
	for (const warning of [...description.issues, ...ambiguities(description.columns)].slice(
		0,
		MOST_WARNINGS,
	)) {
		context.addExecutionHints({
			message: warning.message,
			type: 'warning',
			location: 'outputPane',
		});
	}
}

const MOST_WARNINGS = 8;

/** More columns than these are not named one by one. */
const MOST_NAMED = 4;

/** How a hint says a decision; what is as nearly always is not worth a word. */
function phrase({ subject, value, chosenBy }: Decision): string | undefined {
	const text = shownSign(value);
	switch (subject) {
		case 'format':
			return text.toUpperCase();
		case 'container':
			return `a file packed with ${text}`;
		case 'encoding':
		case 'delimiter':
			return text;
		case 'quote':
			if (value === '"' && chosenBy === 'detection') return undefined;
			return value === '' ? 'no quotes' : `quote ${text}`;
		case 'escape':
		case 'comment':
			return value === '' || value === '"' ? undefined : `${subject} ${text}`;
		case 'header row':
			return value === 0 ? 'no header' : `header in row ${text}`;
		case 'header rows':
			return `header in rows ${text.replace(/, (\d+)$/, ' and $1')}`;
		case 'tables':
			return Number(value) > 1 ? `the first of ${text} tables` : undefined;
		case 'date system':
			return value === '1904' ? 'dates from 1904' : undefined;
		case 'retry':
			return value === 'failed rows' ? 'a retry of failed rows' : `a retry of run ${text}`;
		case 'drawn lines':
			return 'drawn lines left out';
		case 'text formulas':
			return value === 'keep' ? undefined : 'formulas with a text as that text';
		case 'line ends':
		case 'first row':
		case 'footer':
			return undefined;
		default:
			return `${subject} ${text}`;
	}
}

/** How dates and numbers of columns are written: `column Datum: day first`. */
function columnPhrases(columns: readonly Column[]): string[] {
	const named = (what: string, test: (column: Column) => boolean) => {
		const names = columns.filter(test).map(({ name }) => name);
		if (names.length === 0) return [];
		const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
		const list = names.slice(0, MOST_NAMED).join(', ');
		return [`column${names.length === 1 ? '' : 's'} ${list}${more}: ${what}`];
	};
	return [
		...named('day first', ({ format }) => format?.dateOrder === 'dmy'),
		...named('month first', ({ format }) => format?.dateOrder === 'mdy'),
		...named('decimal comma', ({ format }) => format?.decimalSign === ','),
	];
}

function ambiguities(columns: readonly InferredColumn[]): Array<{ message: string }> {
	return columns
		.filter(({ column }) => column.format?.ambiguous !== undefined)
		.map(({ column, evidence }) => ({
			message: `Column "${column.name}": ${evidence}. It is kept as text until you say which it is.`,
		}));
}

/** What was found out about each column, for the output: the type, why, and cells that do not fit. */
export function typeEvidence(columns: readonly InferredColumn[]): IDataObject {
	return Object.fromEntries(
		columns.map(({ column, filled, fits, misfits, evidence }) => {
			const rest = filled - fits;
			const examples = misfits.map((value) => `"${value}"`).join(', ');
			const misfit = rest > 0 ? `; ${rest} of ${filled} cells do not fit: ${examples}` : '';
			return [column.name, `${column.type ?? 'any'} (${evidence}${misfit})`];
		}),
	);
}

/** The profile as the output shows it: one line of figures for each column, by name. */
export function profileView({ rows, rejected, columns }: Profile): IDataObject {
	return {
		rows,
		rejected,
		columns: Object.fromEntries(
			columns.map(({ name, distinctIsExact, distinct, ...figures }) => [
				name,
				{ ...figures, distinct: distinctIsExact ? distinct : `about ${distinct}` },
			]),
		),
	};
}
