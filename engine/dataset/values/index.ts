export { isBlank, isGraphic, trimBlanks, trimBlanksEnd, trimBlanksStart } from './blank';
export { readBoolean } from './boolean';
export { hasTimeOfDay, nameOfOrder, readDate, readFixedDate, type DateOrder } from './date';
export { compileDatePattern, type DatePattern } from './date-pattern';
export {
	canonicalDecimal,
	compareDecimals,
	countDigits,
	decimalText,
	exactNumber,
} from './decimal-text';
export { isEmail } from './email';
export { isFormulaError, NOT_AVAILABLE } from './formula-error';
export {
	readBareNumber,
	readDigits,
	readNumber,
	takeNumberApart,
	type DecimalSign,
	type NumberParts,
} from './number';
export {
	ambiguous,
	compileDateReading,
	compileNumberReading,
	type DateReading,
	type NumberReading,
} from './reading';
export { readTime } from './time';
