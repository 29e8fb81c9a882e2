import type jsonata from 'jsonata';

/** What an expression could make grow without end. */
export interface Growth {
	/** Texts, by joining what was joined before. */
	texts: boolean;
	/** Lists, by ranges, or by appending to what was appended before. */
	lists: boolean;
}

/** Kinds of nodes that let an expression use its own results again: functions and variables. */
const repeating = new Set(['lambda', 'partial', 'bind']);

/** Looks for the parts of an expression that can make its results larger than the row. */
export function growthOf(expression: jsonata.Expression): Growth {
	const kinds = new Set<string>();
	collectKinds(expression.ast(), kinds, new Set());
	const repeats = [...repeating].some((kind) => kinds.has(kind));
	return {
		texts: repeats && kinds.has('binary &'),
		lists: repeats || kinds.has('binary ..') || kinds.has('variable append'),
	};
}

function collectKinds(node: unknown, kinds: Set<string>, seen: Set<unknown>): void {
	if (typeof node !== 'object' || node === null || seen.has(node)) return;
	seen.add(node);
	const { type, value } = node as { type?: unknown; value?: unknown };
	if (typeof type === 'string') {
		kinds.add(type);
		if (typeof value === 'string') kinds.add(`${type} ${value}`);
	}
	for (const part of Object.values(node)) collectKinds(part, kinds, seen);
}

/** All names of fields in the expression, at whatever depth. */
export function namesIn(expression: jsonata.Expression): Set<string> {
	const kinds = new Set<string>();
	collectKinds(expression.ast(), kinds, new Set());
	const names = [...kinds].filter((kind) => kind.startsWith('name '));
	return new Set(names.map((kind) => kind.slice('name '.length)));
}
