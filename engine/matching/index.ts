export { comparedText, rowTest, type RecordCondition, type RowCondition } from './conditions';
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
export {
	explainScore,
	fieldKinds,
	findSimilar,
	learnSimilarity,
	Similarity,
	type FieldKind,
	type SimilarityField,
	type SimilarityModel,
	type SimilarityOptions,
	type SimilarityRecord,
	type SimilarityScore,
	type SimilarPair,
	type SimilarRecords,
} from './similarity';
