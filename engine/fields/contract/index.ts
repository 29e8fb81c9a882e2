export { makeContract, readContract, type FileContract, type ProfiledFile } from './contract';
export { contractCompiler, contractStep, type ContractOptions } from './contract-step';
export { headerDrift, type Drift, type RenamedColumn, type RetypedColumn } from './drift';
export {
	checkDrift,
	defaultDriftPolicy,
	driftReactions,
	type DriftPolicy,
	type DriftReaction,
} from './drift-policy';
