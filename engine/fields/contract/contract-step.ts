import type { Batch, Column, CompiledStep, Step, StepCompiler } from '../../dataset';
import { ImportError, issue } from '../../issues';
import { isEmpty } from '../row-coercion';
import { readContract, type FileContract } from './contract';
import { driftReactions, type DriftReaction } from './drift-policy';

/** The options of a `contract` step. */
export interface ContractOptions {
	contract: FileContract;
	/** What is done when there are too few or too many rows. Default: a warning. */
	rows?: DriftReaction;
	/** What is done when a column has too many empty cells. Default: a warning. */
	empty?: DriftReaction;
	/** Columns that are called otherwise than in the contract: the name there, and the present one. */
	renamed?: Record<string, string>;
}

const VERSION = 1;

/** Makes the step that holds a file to its contract. */
export function contractStep(options: ContractOptions): Step {
	return { kind: 'contract', version: VERSION, options: { ...options } };
}

/**
 * Counts rows and empty cells while they pass, and judges them when all have passed: a warning FILE_CONTRACT, or the end
 * of the run. A load is one transaction, so nothing is written when the run ends here. A run over part of the rows, such
 * as a preview, is not judged.
 */
export const contractCompiler: StepCompiler = {
	kind: 'contract',
	compile(step, columnsIn) {
		const { contract, rows = 'warn', empty = 'warn', renamed = {} } = readOptions(step);
		const columns = contract.columns.flatMap(({ name, maxEmpty }) => {
			const index = indexOf(columnsIn, renamed[name] ?? name);
			return index === -1 ? [] : [{ index, maxEmpty, name: columnsIn[index]?.name ?? '' }];
		});
		const empties = columns.map(() => 0);
		const counts = { passed: 0, all: 0 };
		return {
			columnsOut: columnsIn,
			apply(batch) {
				counts.passed += batch.rows.length;
				counts.all += batch.rows.length + batch.rejected.length;
				for (const { cells } of batch.rows) {
					for (let i = 0; i < columns.length; i++) {
						if (isEmpty(cells[columns[i]?.index ?? -1] ?? null)) empties[i] = (empties[i] ?? 0) + 1;
					}
				}
			},
			*finish(isWhole: boolean): Generator<Batch> {
				if (!isWhole) return;
				const shares = columns.map(({ name, maxEmpty }, i) => ({
					name,
					maxEmpty,
					share: counts.passed === 0 ? 0 : (empties[i] ?? 0) / counts.passed,
				}));
				const complaints = [
					...rowComplaints(contract, counts.all).map((text) => ({ text, reaction: rows })),
					...emptyComplaints(shares).map((text) => ({ text, reaction: empty })),
				];
				yield { columns: columnsIn, rows: [], rejected: [], issues: judge(complaints) };
			},
		} satisfies CompiledStep;
	},
};

function readOptions({ version, options }: Step): ContractOptions {
	if (version !== VERSION) {
		throw new ImportError('RUN_CONFIG', `Version ${version} of the contract step is not known`);
	}
	const { rows, empty, renamed } = options as unknown as ContractOptions;
	for (const reaction of [rows, empty]) {
		if (reaction === undefined || driftReactions.includes(reaction)) continue;
		throw new ImportError('RUN_CONFIG', 'A contract can accept, warn or stop');
	}
	return { contract: readContract(options.contract), rows, empty, renamed };
}

const indexOf = (columns: readonly Column[], name: string) =>
	columns.findIndex((column) => column.name === name);

function rowComplaints({ rows: { min, max } }: FileContract, count: number): string[] {
	if (count >= min && count <= max) return [];
	return [`The file has ${count} rows, the contract expects ${min} to ${max}`];
}

function emptyComplaints(
	shares: ReadonlyArray<{ name: string; maxEmpty: number; share: number }>,
): string[] {
	const tooEmpty = shares.filter(({ share, maxEmpty }) => share > maxEmpty);
	return tooEmpty.map(
		({ name, share, maxEmpty }) =>
			`${percent(share)} of the cells of "${name}" are empty, the contract allows ${percent(maxEmpty)}`,
	);
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

function judge(complaints: ReadonlyArray<{ text: string; reaction: DriftReaction }>) {
	const stopping = complaints.filter(({ reaction }) => reaction === 'stop');
	if (stopping.length > 0) {
		throw new ImportError('FILE_CONTRACT', stopping.map(({ text }) => text).join('; '));
	}
	return complaints
		.filter(({ reaction }) => reaction === 'warn')
		.map(({ text }) => issue('FILE_CONTRACT', text));
}
