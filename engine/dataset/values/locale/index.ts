export { compileDatesInAnyLanguage } from './any-language';
export { compileLocaleDates, type LocaleDateOptions } from './dates';
export { knownLocale } from './locale';
export { compileLocaleNumbers } from './numbers';
