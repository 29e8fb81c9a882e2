/**
 * How a pattern repeats, which tells what backtracking can cost at worst: nothing to speak of, a power of the length, or
 * an amount that doubles with every character.
 */
type Backtracking = 'little' | 'polynomial' | 'exponential';

interface Group {
	/** Whether something inside repeats without a limit that matters. */
	repeats: boolean;
	/** Whether there are alternatives inside. */
	hasChoice: boolean;
}

const unbounded = /^(?:[*+]|\{\d+,\}|\{\d+,(?:[2-9]\d|\d{3,})\}|\{(?:[2-9]\d|\d{3,})\})/;

/**
 * Looks at the source of a JavaScript regular expression. Errs on the careful side: a repeated group that itself repeats,
 * or that has alternatives, counts as exponential.
 */
export function backtrackingOf(source: string): Backtracking {
	const groups: Group[] = [{ repeats: false, hasChoice: false }];
	let repetitions = 0;
	let isExponential = false;
	let position = 0;
	let closed: Group | undefined;
	while (position < source.length) {
		const sign = source[position] ?? '';
		const quantifier = unbounded.exec(source.slice(position, position + 12))?.[0];
		const top = groups.at(-1);
		if (quantifier !== undefined && top !== undefined) {
			repetitions++;
			if (closed !== undefined && (closed.repeats || closed.hasChoice)) isExponential = true;
			top.repeats = true;
			position += quantifier.length;
			closed = undefined;
			continue;
		}
		closed = undefined;
		if (sign === '\\') {
			// what was matched before is as long as that was: to be safe, it counts as a repetition
			if (/[1-9k]/.test(source[position + 1] ?? '')) repetitions++;
			position += 2;
		} else if (sign === '[') {
			position = endOfClass(source, position);
		} else if (sign === '(') {
			groups.push({ repeats: false, hasChoice: false });
			position++;
		} else if (sign === ')') {
			closed = groups.length > 1 ? groups.pop() : undefined;
			const outer = groups.at(-1);
			if (outer !== undefined && closed?.repeats === true) outer.repeats = true;
			position++;
		} else {
			if (sign === '|' && top !== undefined) top.hasChoice = true;
			position++;
		}
	}
	if (isExponential) return 'exponential';
	return repetitions > 1 || (repetitions === 1 && !source.startsWith('^'))
		? 'polynomial'
		: 'little';
}

function endOfClass(source: string, start: number): number {
	for (let position = start + 1; position < source.length; position++) {
		if (source[position] === '\\') position++;
		else if (source[position] === ']') return position + 1;
	}
	return source.length;
}
