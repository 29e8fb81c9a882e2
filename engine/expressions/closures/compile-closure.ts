import type { Cell } from '../../dataset';
import { asTruth, leaveToLibrary, type Closure, type Scalar } from './closure';
import { functions } from './functions';
import { operatorClosure } from './operators';

/** A node of the syntax tree that JSONata makes; only what is looked at here. */
interface Node {
	type?: string;
	value?: unknown;
	[part: string]: unknown;
}

/** Expressions that people write are not deeper. */
const DEEPEST = 60;

/** Thrown while compiling: the expression is not of the simple kind. */
class NotSimple extends Error {}

/**
 * Compiles the simple kind of expression to closures over the cells of a row: names, literals, `&`, arithmetic,
 * comparison, `and`, `or`, `in` a list of literals, conditions, blocks with variables, and pure functions over single
 * values. They give what the library gives, many times as fast; a row that they do not decide throws NotDecided.
 *
 * @param tree the syntax tree of JSONata 2
 * @param names columns in the order of the cells
 * @returns undefined for an expression of any other kind
 */
export function compileClosure(
	tree: unknown,
	names: readonly string[],
): ((cells: readonly Cell[]) => Scalar | undefined) | undefined {
	try {
		const compiler = new ClosureCompiler(names);
		const closure = compiler.compile(tree, 0);
		const { variables } = compiler;
		return (cells) => closure(cells, new Array<Scalar | undefined>(variables));
	} catch (error) {
		if (error instanceof NotSimple) return undefined;
		throw error;
	}
}

class ClosureCompiler {
	readonly #indexes: ReadonlyMap<string, number>;

	/** Variables in scope, innermost block last. */
	readonly #scopes: Array<Map<string, number>> = [];

	/** How many variables there are in all. */
	variables = 0;

	constructor(names: readonly string[]) {
		// of two columns with one name the record that the library sees keeps the last
		this.#indexes = new Map(names.map((name, index) => [name, index]));
	}

	compile(tree: unknown, depth: number): Closure {
		if (depth > DEEPEST || typeof tree !== 'object' || tree === null) throw new NotSimple();
		const node = tree as Node;
		// predicates, groups, focus and index bindings change what a node means
		for (const part of ['predicate', 'group', 'stages', 'focus', 'index', 'keepArray', 'tuple']) {
			if (node[part] !== undefined) throw new NotSimple();
		}
		switch (node.type) {
			case 'string':
			case 'number':
			case 'value':
				return this.#literal(node);
			case 'path':
				return this.#path(node);
			case 'variable':
				return this.#variable(node);
			case 'binary':
				return this.#binary(node, depth);
			case 'unary':
				return this.#minus(node, depth);
			case 'condition':
				return this.#condition(node, depth);
			case 'block':
				return this.#block(node, depth);
			case 'function':
				return this.#call(node, depth);
			default:
				throw new NotSimple();
		}
	}

	#literal({ value }: Node): Closure {
		if (typeof value === 'string' || typeof value === 'boolean') return () => value;
		if (typeof value === 'number' && Number.isFinite(value)) return () => value;
		throw new NotSimple();
	}

	#path(node: Node): Closure {
		const steps = node.steps as Node[];
		const [step] = steps;
		if (steps.length !== 1 || step === undefined || node.keepSingletonArray === true)
			throw new NotSimple();
		const extra = Object.keys(step).some((key) => !['value', 'type', 'position'].includes(key));
		if (step.type !== 'name' || extra) throw new NotSimple();
		const index = this.#indexes.get(String(step.value));
		if (index === undefined) return () => undefined;
		return (cells) => {
			const cell = cells[index];
			if (typeof cell === 'object' || cell === undefined)
				return cell == null ? undefined : leaveToLibrary();
			return cell;
		};
	}

	#variable({ value }: Node): Closure {
		for (const scope of this.#scopes.toReversed()) {
			const slot = scope.get(String(value));
			if (slot !== undefined) return (_, variables) => variables[slot];
		}
		// the row itself, or a function as a value
		throw new NotSimple();
	}

	#binary(node: Node, depth: number): Closure {
		const sign = String(node.value);
		const left = this.compile(node.lhs, depth + 1);
		if (sign === 'in') return this.#among(left, node.rhs);
		const right = this.compile(node.rhs, depth + 1);
		if (sign === 'and') return (cells, v) => asTruth(left(cells, v)) && asTruth(right(cells, v));
		if (sign === 'or') return (cells, v) => asTruth(left(cells, v)) || asTruth(right(cells, v));
		const closure = operatorClosure(sign, left, right);
		if (closure === undefined) throw new NotSimple();
		return closure;
	}

	#among(left: Closure, list: unknown): Closure {
		const { type, value, expressions } = list as Node;
		if (type !== 'unary' || value !== '[' || !Array.isArray(expressions)) throw new NotSimple();
		const literals = new Set(
			(expressions as Node[]).map((node) => {
				const isLiteral = node.type === 'string' || node.type === 'number';
				if (!isLiteral) throw new NotSimple();
				return node.value;
			}),
		);
		return (cells, variables) => {
			const value = left(cells, variables);
			return value !== undefined && literals.has(value);
		};
	}

	#minus(node: Node, depth: number): Closure {
		if (node.value !== '-') throw new NotSimple();
		const inner = this.compile(node.expression, depth + 1);
		return (cells, variables) => {
			const value = inner(cells, variables);
			if (value === undefined) return undefined;
			return typeof value === 'number' ? -value : leaveToLibrary();
		};
	}

	#condition(node: Node, depth: number): Closure {
		const test = this.compile(node.condition, depth + 1);
		const then = this.compile(node.then, depth + 1);
		const other = node.else === undefined ? undefined : this.compile(node.else, depth + 1);
		return (cells, variables) =>
			asTruth(test(cells, variables)) ? then(cells, variables) : other?.(cells, variables);
	}

	#block(node: Node, depth: number): Closure {
		const scope = new Map<string, number>();
		this.#scopes.push(scope);
		const parts = (node.expressions as Node[]).map((part) =>
			this.#statement(part, scope, depth + 1),
		);
		this.#scopes.pop();
		const [only] = parts;
		if (only === undefined) throw new NotSimple();
		if (parts.length === 1) return only;
		return (cells, variables) => {
			let value: Scalar | undefined;
			for (const part of parts) value = part(cells, variables);
			return value;
		};
	}

	#statement(node: Node, scope: Map<string, number>, depth: number): Closure {
		if (node.type !== 'bind') return this.compile(node, depth);
		const value = this.compile(node.rhs, depth);
		const slot = this.variables++;
		scope.set(String((node.lhs as Node).value), slot);
		return (cells, variables) => (variables[slot] = value(cells, variables));
	}

	#call(node: Node, depth: number): Closure {
		const procedure = node.procedure as Node;
		const known = functions.get(String(procedure.value));
		const args = node.arguments as Node[];
		if (procedure.type !== 'variable' || this.#isShadowed(procedure)) throw new NotSimple();
		if (procedure.value === 'exists' && args.length === 1) return this.#exists(args[0], depth);
		if (known === undefined || args.length < known.fewest || args.length > known.most) {
			throw new NotSimple();
		}
		const closures = args.map((argument) => this.compile(argument, depth + 1));
		const { call } = known;
		const [first, second] = closures;
		if (first !== undefined && closures.length === 1) {
			return (cells, variables) => {
				const value = first(cells, variables);
				return value === undefined ? undefined : call(value);
			};
		}
		if (first !== undefined && second !== undefined && closures.length === 2) {
			return (cells, variables) => {
				const value = first(cells, variables);
				const other = second(cells, variables);
				if (other === undefined) return leaveToLibrary();
				return value === undefined ? leaveToLibrary() : call(value, other);
			};
		}
		return (cells, variables) => {
			const values = closures.map((closure) => closure(cells, variables) ?? leaveToLibrary());
			return call(...values);
		};
	}

	#exists(argument: unknown, depth: number): Closure {
		const inner = this.compile(argument, depth + 1);
		return (cells, variables) => inner(cells, variables) !== undefined;
	}

	#isShadowed({ value }: Node): boolean {
		return this.#scopes.some((scope) => scope.has(String(value)));
	}
}
