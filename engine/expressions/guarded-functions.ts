import jsonata from 'jsonata';

/** A function of JSONata as an expression that names it gives it back. */
interface NativeFunction {
	implementation: (this: unknown, ...args: unknown[]) => unknown;
}

/** A replacement as `$replace` applies it to each match. */
interface Replacer {
	apply(self: unknown, args: unknown[]): unknown;
}

type Implementation = NativeFunction['implementation'];

type Originals = Record<'pad' | 'join' | 'replace', Implementation>;

let originals: Promise<Originals> | undefined;

async function readOriginals(): Promise<Originals> {
	const [pad, join, replace] = (await jsonata('[$pad, $join, $replace]').evaluate(
		undefined,
	)) as NativeFunction[];
	if (!pad || !join || !replace) throw new Error('JSONata has no $pad, $join or $replace');
	return {
		pad: pad.implementation,
		join: join.implementation,
		replace: replace.implementation,
	};
}

/** Throws when a text of that length would be too long. */
type CheckLength = (length: number) => void;

/**
 * Bounds the texts that an expression makes. The time limit does not do that: one call can make hundreds of megabytes, and
 * ends the whole process when memory runs out.
 *
 * @param longest characters
 * @param checkAll also checks every result on the way, for expressions that join what they joined before
 */
export async function guardFunctions(
	expression: jsonata.Expression,
	longest: number,
	checkAll: boolean,
): Promise<void> {
	const { pad, join, replace } = await (originals ??= readOriginals());
	const check: CheckLength = (length) => {
		if (length > longest) throw new RangeError(`The text is longer than ${longest} characters`);
	};
	guardPad(expression, pad, check);
	guardJoin(expression, join, check);
	guardReplace(expression, replace, check);
	removeEval(expression);
	if (checkAll) checkEveryResult(expression, check);
}

function guardPad(expression: jsonata.Expression, pad: Implementation, check: CheckLength): void {
	const guarded: Implementation = function (text, width, ...filling) {
		// JSONata repeats the whole filling for each character that is missing, and cuts it afterwards.
		check(Math.abs(Number(width)) * Math.max(1, lengthOf(filling[0])));
		return pad.call(this, text, width, ...filling);
	};
	expression.registerFunction('pad', guarded, '<s-ns?:s>');
}

function guardJoin(expression: jsonata.Expression, join: Implementation, check: CheckLength): void {
	const guarded: Implementation = function (texts, separator) {
		check(lengthOfAll(texts, lengthOf(separator)));
		return join.call(this, texts, separator);
	};
	expression.registerFunction('join', guarded, '<a<s>s?:s>');
}

function guardReplace(
	expression: jsonata.Expression,
	replace: Implementation,
	check: CheckLength,
): void {
	const guarded: Implementation = function (text, pattern, replacement, limit) {
		// There are at most as many matches as characters, and `$0` repeats each character once for each of its own.
		check((lengthOf(text) + 1) * (lengthOf(replacement) + 1) - 1);
		return replace.call(this, text, pattern, boundReplacer(replacement, check), limit);
	};
	expression.registerFunction('replace', guarded, '<s-(sf)(sf)n?:s>');
}

/** Values of the file must not become expressions. */
function removeEval(expression: jsonata.Expression): void {
	const refuse = () => {
		throw new Error('$eval is not available: values of the file are never evaluated');
	};
	expression.registerFunction('eval', refuse, '<sx?:x>');
}

function lengthOf(text: unknown): number {
	return typeof text === 'string' ? text.length : 0;
}

function lengthOfAll(texts: unknown, separatorLength: number): number {
	if (!Array.isArray(texts)) return 0;
	return texts.reduce((sum: number, text) => sum + lengthOf(text) + separatorLength, 0);
}

/** A replacement that is computed for each match: what they give together is bounded. */
function boundReplacer(replacement: unknown, check: CheckLength): unknown {
	if (!isReplacer(replacement)) return replacement;
	let total = 0;
	const bounded: Replacer = {
		async apply(self, args) {
			const replaced = await replacement.apply(self, args);
			total += lengthOf(replaced);
			check(total);
			return replaced;
		},
	};
	return bounded;
}

function isReplacer(replacement: unknown): replacement is Replacer {
	return (
		typeof replacement === 'function' ||
		(typeof replacement === 'object' && replacement !== null && 'apply' in replacement)
	);
}

/** The hook that JSONata calls behind every evaluation. It costs time at every node, so it is set only where needed. */
const evaluateExit = Symbol.for('jsonata.__evaluate_exit');

function checkEveryResult(expression: jsonata.Expression, check: CheckLength): void {
	// The types know names only; symbols are bound the same way.
	const bind = expression.assign.bind(expression) as unknown as (
		name: symbol,
		value: unknown,
	) => void;
	bind(evaluateExit, (_node: unknown, _input: unknown, _environment: unknown, result: unknown) => {
		check(lengthOf(result));
	});
}
