export {
	exactRule,
	isExact,
	keyOfRule,
	LONGEST_KEY,
	nameOfRule,
	type MatchField,
	type MatchRule,
} from './match-rule';
export { normalize, normalizers, type Normalizer } from './normalizers';
