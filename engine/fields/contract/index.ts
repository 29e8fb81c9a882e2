export { makeContract, readContract, type FileContract, type ProfiledFile } from './contract';
export { contractStep, type ContractOptions } from './contract-step';
export { headerDrift, type Drift, type RenamedColumn, type RetypedColumn } from './drift';
export {
	checkDrift,
	defaultDriftPolicy,
	type DriftPolicy,
	type DriftReaction,
} from './drift-policy';
