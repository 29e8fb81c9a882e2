import { isExact, type MatchRule } from '../../matching';

/** Which of the texts behind the cells of a staged row belong to a rule. */
export interface RulePlaces {
	/** The key of the row under the rule; undefined where the database compares the columns themselves. */
	key?: number;
	/** Filled where the rule is for the row; undefined where the key says so, or the rule is for every row. */
	applies?: number;
}

export function placesOfRules(rules: readonly MatchRule[]): {
	places: readonly RulePlaces[];
	count: number;
} {
	let count = 0;
	const places = rules.map((rule): RulePlaces => {
		if (!isExact(rule)) return { key: count++ };
		return rule.rows === undefined ? {} : { applies: count++ };
	});
	return { places, count };
}
