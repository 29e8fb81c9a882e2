import { quoteValue, type IssueCode } from '../issues';

/** A cell that does not fit its field: given back instead of a value, and made only then. */
export class Misfit {
	readonly code: IssueCode;

	readonly message: string;

	constructor(code: IssueCode, message: string) {
		this.code = code;
		this.message = message;
	}
}

/** The value in quotation marks, as messages name it. */
export function quoted(value: unknown): string {
	return `"${quoteValue(value)}"`;
}

/** The misfit of a cell that shows a spreadsheet's formula error. */
export function formulaError(text: string): Misfit {
	return new Misfit('CELL_FORMULA_ERROR', `The cell holds the formula error ${quoteValue(text)}`);
}
