export { explainScore } from './explain';
export { fieldKinds, type FieldKind, type SimilarityField } from './field-kind';
export {
	findSimilar,
	POSSIBLE,
	SIMILAR,
	type SimilarityOptions,
	type SimilarRecords,
} from './find-similar';
export { learnSimilarity } from './learn-similarity';
export type { SimilarityModel } from './model';
export type { SimilarPair } from './settle-pairs';
export { Similarity, type SimilarityRecord, type SimilarityScore } from './similarity';
export type { SimilarMatch } from './row-comparison';
export { SimilarityThread } from './similarity-thread';
