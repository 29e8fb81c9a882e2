export { comparedText, rowTest, type RecordCondition, type RowCondition } from './conditions';
export {
	exactRule,
	isExact,
	keyOfRule,
	LONGEST_KEY,
	nameOfRule,
	type MatchField,
	type MatchRule,
	type RuleSimilarity,
} from './match-rule';
export { checkSimilarity } from './similar-rule';
export { normalize, normalizers, type Normalizer } from './normalizers';
export {
	explainScore,
	fieldKinds,
	findSimilar,
	learnSimilarity,
	POSSIBLE,
	Similarity,
	SimilarityThread,
	SIMILAR,
	type FieldKind,
	type SimilarityField,
	type SimilarityModel,
	type SimilarityOptions,
	type SimilarityRecord,
	type SimilarityScore,
	type SimilarPair,
	type SimilarMatch,
	type SimilarRecords,
} from './similarity';
