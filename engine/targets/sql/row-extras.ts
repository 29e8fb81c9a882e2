import type { MatchRule } from '../../matching';
import type { StagedRow } from '../target';
import { placesOfRules } from './key-places';
import type { RuleKeys } from './rule-keys';

/** Where the texts behind the cells of a staged row stand: the keys of rules first, then what the load needs besides. */
export interface ExtraPlaces {
	/** The cells that empty the record, as `,3,7,`. */
	cleared?: number;
	count: number;
}

interface ExtraNeeds {
	rules: { match: readonly MatchRule[] };
	clearingValue?: string;
}

export function extraPlaces({ rules, clearingValue }: ExtraNeeds): ExtraPlaces {
	let { count } = placesOfRules(rules.match);
	return {
		...(clearingValue !== undefined && { cleared: count++ }),
		count,
	};
}

/** Adds to a staged row what stands behind its cells. Undefined where that is nothing. */
export function rowCompletion(
	keys: RuleKeys,
	places: ExtraPlaces,
): ((row: StagedRow) => void) | undefined {
	if (places.count === 0) return undefined;
	const { complete } = keys;
	return ({ values, cleared }) => {
		complete?.(values);
		if (places.cleared !== undefined) values.push(clearedText(cleared));
	};
}

const clearedText = (cleared: readonly number[] | undefined): string | null =>
	cleared === undefined ? null : `,${cleared.join(',')},`;
