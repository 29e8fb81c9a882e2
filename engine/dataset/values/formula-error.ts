/** What a spreadsheet shows for a formula that failed (ECMA-376 part 1, 18.17.3, and the newer ones of Excel). */
const formulaErrors = new Set([
	'#DIV/0!',
	'#N/A',
	'#NAME?',
	'#NULL!',
	'#NUM!',
	'#REF!',
	'#VALUE!',
	'#SPILL!',
	'#CALC!',
	'#FIELD!',
	'#GETTING_DATA',
	'#CONNECT!',
	'#BLOCKED!',
	'#UNKNOWN!',
]);

/** The value Excel's NA() gives on purpose: people use it as a mark for "nothing known". */
export const NOT_AVAILABLE = '#N/A';

export function isFormulaError(text: string): boolean {
	return text.charCodeAt(0) === 0x23 && formulaErrors.has(text);
}
