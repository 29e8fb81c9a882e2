import { catalogue, type IssueCode } from './catalogue';

export type Severity = 'error' | 'warning' | 'info';

/**
 * One thing that is wrong, doubtful or worth knowing. Fields first: a caller acts on the fields, a person on the message.
 *
 * `row` is the 1-based row of the file as a person counts it; `cell` is a spreadsheet address such as `C17`.
 * `column` names the column of the file, `field` the field or database column it was meant for.
 */
export interface Issue {
	code: IssueCode;
	severity: Severity;
	row?: number;
	/** Line of the file on which the row begins, 1-based, where that is not its number. */
	line?: number;
	/** How many rows the issue stands for, where it is more than the one of the row. */
	count?: number;
	sheet?: string;
	column?: string;
	cell?: string;
	value?: string;
	field?: string;
	message: string;
	hint?: string;
	/** Records that the row may be meant for, where there are several, as `engine/targets` describes them. */
	candidates?: ReadonlyArray<{
		record: Record<string, unknown>;
		values: Record<string, unknown>;
		rule: string;
		score?: number;
		why?: string;
	}>;
}

const LONGEST_VALUE = 200;

/** The text of a value as an issue quotes it: at most 200 characters. */
export function quoteValue(value: unknown): string {
	// what JSON has no word for, such as undefined, has no text either
	const json = (): string | undefined => JSON.stringify(value);
	const text = typeof value === 'string' ? value : (json() ?? '');
	return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** Makes an issue with the severity and the hint that the catalogue gives its code, unless the fields say otherwise. */
export function issue(
	code: IssueCode,
	message: string,
	fields: Omit<Partial<Issue>, 'code' | 'message'> = {},
): Issue {
	const { severity, fix } = catalogue[code];
	return { code, severity, hint: fix, ...fields, message };
}

/** An issue that ends the run or keeps it from starting: a file that cannot be read, a setting that is wrong. */
export class ImportError extends Error {
	override readonly name = 'ImportError';

	readonly issue: Issue;

	constructor(
		code: IssueCode,
		message: string,
		fields: Omit<Partial<Issue>, 'code' | 'message'> = {},
		options?: ErrorOptions,
	) {
		super(message, options);
		this.issue = issue(code, message, { severity: 'error', ...fields });
	}

	get code(): IssueCode {
		return this.issue.code;
	}
}
