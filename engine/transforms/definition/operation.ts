import {
	RunState,
	type Cell,
	type Column,
	type CompiledStep,
	type StepCompiler,
	type StepContext,
} from '../../dataset';
import { ImportError } from '../../issues';
import type { OptionsOf, ParameterDescription, Parameters } from './parameters';

/** What an operation does to a small table: shown in the documentation, and held true by a test. */
interface OperationExample {
	options: Record<string, unknown>;
	columns: Column[];
	before: Cell[][];
	/** Names of the columns afterwards, where they change. */
	columnsAfter?: string[];
	/** The rows that go on. */
	after: Cell[][];
}

/** All that the documentation and the screens say about an operation. Plain JSON. */
export interface OperationDescription {
	/** Name of the operation in steps. */
	kind: string;
	title: string;
	/** One sentence, without a full stop. */
	summary: string;
	parameters: ParameterDescription[];
	example: OperationExample;
}

/** An operation on rows: its description, and the compiler of its steps. */
export interface Operation extends StepCompiler {
	readonly description: OperationDescription;
}

interface OperationDefinition<P extends Parameters> {
	kind: string;
	title: string;
	summary: string;
	parameters: P;
	example: OperationExample;
	/**
	 * Gets options that are checked and complete.
	 *
	 * @throws ImportError RUN_NO_COLUMN, RUN_CONFIG
	 */
	compile(options: OptionsOf<P>, columnsIn: readonly Column[], context: StepContext): CompiledStep;
}

const VERSION = 1;

/** Makes an operation of its definition: checks the version and the options of a step before they are compiled. */
export function defineOperation<P extends Parameters>(
	definition: OperationDefinition<P>,
): Operation {
	const { kind, title, summary, parameters, example } = definition;
	const description: OperationDescription = {
		kind,
		title,
		summary,
		parameters: Object.entries(parameters).map(([name, parameter]) => ({
			name,
			...parameter.description,
		})),
		example,
	};
	return {
		kind,
		description,
		compile(step, columnsIn, context = alone()) {
			if (step.version !== VERSION) {
				throw new ImportError(
					'RUN_CONFIG',
					`Version ${step.version} of the operation "${kind}" is not known`,
				);
			}
			return definition.compile(readOptions(kind, parameters, step.options), columnsIn, context);
		},
	};
}

/** The context of a step that has nothing but its rows. */
const alone = (): StepContext => ({
	attachment(name) {
		throw new ImportError('RUN_CONFIG', `There is no table "${name}"`);
	},
	state: new RunState(),
});

function readOptions<P extends Parameters>(
	kind: string,
	parameters: P,
	options: Record<string, unknown>,
): OptionsOf<P> {
	const unknown = Object.keys(options).find((name) => !Object.hasOwn(parameters, name));
	if (unknown !== undefined) {
		throw new ImportError(
			'RUN_CONFIG',
			`The operation "${kind}" has no parameter "${unknown}"; it has ${Object.keys(parameters).join(', ')}`,
		);
	}
	const entries = Object.entries(parameters).map(([name, parameter]) => [
		name,
		parameter.read(options[name], name),
	]);
	return Object.fromEntries(entries) as OptionsOf<P>;
}
