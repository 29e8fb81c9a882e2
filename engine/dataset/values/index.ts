export { labelUsAddress, readAddress, type AddressLabel, type PostalAddress } from './address';
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
	compileDatesInAnyLanguage,
	compileLocaleDates,
	compileLocaleNumbers,
	knownLocale,
	type LocaleDateOptions,
} from './locale';
export {
	readBareNumber,
	readDigits,
	readNumber,
	takeNumberApart,
	type DecimalSign,
	type NumberParts,
} from './number';
export { readPersonName, type PersonName } from './person-name';
export { readPrice, type Price, type PriceOptions } from './price';
export {
	ambiguous,
	compileDateReading,
	compileNumberReading,
	type DateReading,
	type NumberReading,
} from './reading';
export { readTime } from './time';
