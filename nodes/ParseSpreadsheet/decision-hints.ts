import type { IExecuteFunctions } from 'n8n-workflow';
import type { Dataset, Decision } from '../../engine';

const NAMES: Readonly<Record<string, string>> = {
	',': 'comma',
	';': 'semicolon',
	'\t': 'tab',
	'|': 'pipe',
};

/** Says above the output how the file was read, and warns where something about it is doubtful. */
export function showDecisions(context: IExecuteFunctions, { source }: Dataset): void {
	if (source.kind !== 'file') return;
	const read = source.decisions.map(phrase).join(', ');
	context.addExecutionHints({ message: `Read as ${read}.`, type: 'info', location: 'outputPane' });
	for (const { message } of [
		...source.issues.slice(0, MOST_WARNINGS),
		...ambiguities(source.columns),
	]) {
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
}

const MOST_WARNINGS = 5;

function phrase({ subject, value }: Decision): string {
	const text = NAMES[String(value)] ?? String(value);
	if (subject === 'format') return text.toUpperCase();
	if (subject === 'header row') return value === 0 ? 'no header' : `header in row ${text}`;
	if (subject === 'encoding') return text;
	return `${subject} ${text}`;
}

function ambiguities(columns: Dataset['source']['columns']): Array<{ message: string }> {
	return columns
		.filter(({ format }) => format?.ambiguous !== undefined)
		.map(({ name, format }) => ({
			message:
				format?.ambiguous === 'date-order'
					? `Column "${name}": its dates fit both day-first and month-first. It stays text until you say which it is.`
					: `Column "${name}": its numbers fit both a decimal comma and a decimal point. It stays text until you say which it is.`,
		}));
}
