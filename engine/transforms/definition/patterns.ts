import { PatternError, SafePattern } from '../../dataset/patterns';
import { ImportError } from '../../issues';
import { Failure } from './cell-changes';

/** What is looked for in texts. */
interface Search {
	/** Text, or the source of a JavaScript regular expression. */
	find: string;
	regularExpression: boolean;
	ignoreCase?: boolean;
	/** Whether all occurrences are meant, or the first. */
	all?: boolean;
}

const specialCharacters = /[\\^$.*+?()[\]{}|/-]/g;

/** @throws ImportError RUN_CONFIG when it is no regular expression */
export function compilePattern({ find, regularExpression, ignoreCase, all }: Search): SafePattern {
	const flags = `u${all ? 'g' : ''}${ignoreCase ? 'i' : ''}`;
	try {
		const source = regularExpression ? find : find.replace(specialCharacters, '\\$&');
		return new SafePattern(source, flags);
	} catch (error) {
		if (!(error instanceof PatternError)) throw error;
		throw new ImportError('RUN_CONFIG', error.message);
	}
}

/** Gives a failure of the cell where a text is too long for the pattern. */
export function withinPattern<T>(change: () => T): T | Failure {
	try {
		return change();
	} catch (error) {
		if (!(error instanceof PatternError)) throw error;
		return new Failure('CELL_PATTERN', error.message);
	}
}
