import type { IExecuteFunctions } from 'n8n-workflow';
import { catalogue, type Issue, type IssueCode } from '../../engine';

interface Group {
	count: number;
	/** The message of the first one. */
	first: string;
	row: number | undefined;
}

/** Counts the warnings of a run by code, to say above the output what items cannot carry. */
export class WarningHints {
	readonly #groups = new Map<IssueCode, Group>();

	add(issues: readonly Issue[]): void {
		for (const { code, severity, message, row } of issues) {
			if (severity === 'info') continue;
			const group = this.#groups.get(code);
			if (group === undefined) this.#groups.set(code, { count: 1, first: message, row });
			else group.count++;
		}
	}

	show(context: IExecuteFunctions): void {
		for (const [code, { count, first, row }] of this.#groups) {
			const place = row === undefined ? '' : `row ${row}: `;
			const message =
				count === 1
					? `${place}${first} [${code}].`
					: `${count} warnings "${catalogue[code].title}" [${code}], the first: ${place}${first}.`;
			context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		}
	}
}
