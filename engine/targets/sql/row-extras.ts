import type { MatchRule } from '../../matching';
import type { StagedRow } from '../target';
import { placesOfRules } from './key-places';
import type { RowHashes } from './row-hashes';
import type { HashPlaces } from './row-ledger';
import type { RuleKeys } from './rule-keys';

/** Where the texts behind the cells of a staged row stand: the keys of rules first, then what the load needs besides. */
export interface ExtraPlaces {
	/** The cells that empty the record, as `,3,7,`. */
	cleared?: number;
	/** Hashes by which the row is known again. */
	hashes?: HashPlaces;
	count: number;
}

interface ExtraNeeds {
	rules: { match: readonly MatchRule[] };
	clearingValue?: string;
	delta?: boolean;
}

export function extraPlaces({ rules, clearingValue, delta = false }: ExtraNeeds): ExtraPlaces {
	let { count } = placesOfRules(rules.match);
	return {
		...(clearingValue !== undefined && { cleared: count++ }),
		...(delta && { hashes: { keys: rules.match.map(() => count++), row: count++ } }),
		count,
	};
}

/** Adds to a staged row what stands behind its cells. Undefined where that is nothing. */
export function rowCompletion(
	keys: RuleKeys,
	places: ExtraPlaces,
	hashes: RowHashes | undefined,
): ((row: StagedRow) => void) | undefined {
	if (places.count === 0) return undefined;
	const { complete } = keys;
	return ({ values, cleared }) => {
		const known = hashes?.of(values, cleared);
		complete?.(values);
		if (places.cleared !== undefined) values.push(clearedText(cleared));
		if (known !== undefined) values.push(...known);
	};
}

const clearedText = (cleared: readonly number[] | undefined): string | null =>
	cleared === undefined ? null : `,${cleared.join(',')},`;
