import { asText, leaveToLibrary, type Closure, type Scalar } from './closure';

/** Beyond this, in characters, the library decides: it has the limit and the error. */
const LONGEST_TEXT = 1_000_000;

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': (a, b) => a / b,
	'%': (a, b) => a % b,
};

const comparison: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
	'<': (a, b) => a < b,
	'<=': (a, b) => a <= b,
	'>': (a, b) => a > b,
	'>=': (a, b) => a >= b,
};

/** The closure of an operator with two sides that are both evaluated; undefined for one that is not known. */
export function operatorClosure(sign: string, left: Closure, right: Closure): Closure | undefined {
	const calculate = arithmetic[sign];
	if (calculate !== undefined) return calculation(calculate, left, right);
	const compare = comparison[sign];
	if (compare !== undefined) return comparing(compare, left, right);
	if (sign === '&') return joining(left, right);
	if (sign === '=') return equality(left, right, true);
	return sign === '!=' ? equality(left, right, false) : undefined;
}

function calculation(
	calculate: (a: number, b: number) => number,
	left: Closure,
	right: Closure,
): Closure {
	return (cells, variables) => {
		const a = left(cells, variables);
		const b = right(cells, variables);
		if (typeof a === 'number' && typeof b === 'number') {
			const result = calculate(a, b);
			return Number.isFinite(result) ? result : leaveToLibrary();
		}
		// what is not there makes the result not there; a wrong type is an error
		if ((a === undefined || typeof a === 'number') && (b === undefined || typeof b === 'number')) {
			return undefined;
		}
		return leaveToLibrary();
	};
}

function comparing(
	compare: (a: string | number, b: string | number) => boolean,
	left: Closure,
	right: Closure,
): Closure {
	return (cells, variables) => {
		const a = left(cells, variables);
		const b = right(cells, variables);
		if (typeof a === 'boolean' || typeof b === 'boolean') return leaveToLibrary();
		if (a === undefined || b === undefined) return undefined;
		return typeof a === typeof b ? compare(a, b) : leaveToLibrary();
	};
}

function joining(left: Closure, right: Closure): Closure {
	return (cells, variables) => {
		const joined = asText(left(cells, variables)) + asText(right(cells, variables));
		return joined.length > LONGEST_TEXT ? leaveToLibrary() : joined;
	};
}

function equality(left: Closure, right: Closure, wanted: boolean): Closure {
	return (cells, variables) => {
		const a: Scalar | undefined = left(cells, variables);
		const b: Scalar | undefined = right(cells, variables);
		// what is not there is neither equal nor unequal to anything
		return a !== undefined && b !== undefined && (a === b) === wanted;
	};
}
