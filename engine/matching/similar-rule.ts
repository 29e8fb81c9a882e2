import { ImportError } from '../issues';
import { nameOfRule, type MatchRule } from './match-rule';
import { fieldKinds, POSSIBLE, SIMILAR } from './similarity';

const SHARES = 'Scores go from 0, nothing in common, to 1, the same: 0.7 stands for 70 %.';

/** @throws ImportError RUN_CONFIG where records cannot be compared as the rule says */
export function checkSimilarity(rule: MatchRule): void {
	if (rule.similarity === undefined) return;
	const { threshold = SIMILAR, possible = Math.min(POSSIBLE, threshold) } = rule.similarity;
	const refuse = (what: string, hint: string): never => {
		throw new ImportError('RUN_CONFIG', `The match rule "${nameOfRule(rule)}" ${what}`, { hint });
	};
	const isShare = (score: number) => score > 0 && score <= 1;
	if (!isShare(threshold) || !isShare(possible)) {
		refuse(`has a score that there is not: ${isShare(threshold) ? possible : threshold}`, SHARES);
	}
	if (possible > threshold) {
		refuse(
			`proposes records from ${possible} on, and takes them from ${threshold} on already`,
			'Records that are less alike are proposed: choose a smaller score for it than the one from which they are taken.',
		);
	}
	for (const { column, weight = 1, kind } of rule.fields) {
		if (!Number.isFinite(weight) || weight < 0) {
			refuse(`has the weight ${weight} for "${column}"`, 'A weight is 0 or greater; 1 is usual.');
		}
		if (kind !== undefined && !fieldKinds.includes(kind)) {
			refuse(`compares "${column}" as "${kind}"`, `It may be ${fieldKinds.join(', ')}.`);
		}
	}
	if (rule.fields.every(({ weight = 1 }) => weight === 0)) {
		refuse('has nothing to compare', 'Give at least one column a weight above 0.');
	}
	if (new Set(rule.fields.map(({ column }) => column)).size < rule.fields.length) {
		refuse('names a column twice', 'Name each column once; a weight of 2 counts it twice.');
	}
}
