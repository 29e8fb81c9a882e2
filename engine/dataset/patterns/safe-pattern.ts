import type { RE2JS } from 're2js';
import { linearPattern } from './linear-pattern';
import { backtrackingOf } from './repetition';

/** A power of this length is still quick. */
const LONGEST_FOR_BACKTRACKING = 2000;

/** Why a regular expression is not taken; the message is for a person. */
export class PatternError extends Error {
	override readonly name = 'PatternError';
}

/**
 * A regular expression that cannot hold the process up, whatever pattern a person writes and whatever a cell holds.
 *
 * Patterns that cannot backtrack far run in JavaScript's own engine, the others in RE2, whose time is linear. It does what
 * RegExp does with `exec`, `test` and the flags i, m, s, u and g, and `String.replace`, `split` and `matchAll` work with it.
 */
export class SafePattern {
	readonly source: string;

	readonly flags: string;

	lastIndex = 0;

	readonly #native: RegExp;

	readonly #linear: RE2JS | undefined;

	/** Longest text for the native engine. */
	readonly #longest: number;

	/** @throws PatternError when it is no regular expression, or could take for ever and RE2 does not know it */
	constructor(pattern: string | RegExp, flags = typeof pattern === 'string' ? 'u' : pattern.flags) {
		this.source = typeof pattern === 'string' ? pattern : pattern.source;
		this.flags = flags;
		this.#native = compile(this.source, flags);
		const cost = backtrackingOf(this.source);
		this.#linear = linearPattern(this.#native);
		this.#longest =
			cost === 'little' ? Infinity : cost === 'polynomial' ? LONGEST_FOR_BACKTRACKING : 0;
		if (cost === 'exponential' && this.#linear === undefined) {
			throw new PatternError(
				`The regular expression ${this.source} repeats a part that itself repeats, and it looks ahead, behind or back: it could take for ever. Write it without one of the two.`,
			);
		}
	}

	get global(): boolean {
		return this.flags.includes('g');
	}

	/** Whether JavaScript's own engine is quick enough for the text. */
	protected isForNative(text: string): boolean {
		return text.length <= this.#longest;
	}

	test(text: string): boolean {
		return this.exec(text) !== null;
	}

	/** As RegExp does. @throws PatternError for a long text that only backtracking could search */
	exec(text: string): RegExpExecArray | null {
		if (this.isForNative(text)) {
			const native = this.#native;
			native.lastIndex = this.lastIndex;
			const found = native.exec(text);
			this.lastIndex = native.lastIndex;
			return found;
		}
		const found = this.#find(text, this.global ? this.lastIndex : 0);
		if (this.global) this.lastIndex = found === null ? 0 : found.index + found[0].length;
		return found;
	}

	#find(text: string, from: number): RegExpExecArray | null {
		if (this.#linear === undefined) {
			throw new PatternError(
				`A text of ${text.length} characters is too long for the regular expression ${this.source}`,
			);
		}
		if (from > text.length) return null;
		const matcher = this.#linear.matcher(text);
		if (!matcher.find(from)) return null;
		const groups = Array.from(
			{ length: matcher.groupCount() + 1 },
			(_, i) => matcher.group(i) ?? undefined,
		);
		const names = Object.entries(this.#linear.namedGroups());
		return Object.assign(groups, {
			index: matcher.start(),
			input: text,
			groups:
				names.length === 0
					? undefined
					: Object.fromEntries(names.map(([name, index]) => [name, groups[index]])),
		}) as unknown as RegExpExecArray;
	}

	[Symbol.replace](text: string, replacement: string | ((...found: string[]) => string)): string {
		if (this.isForNative(text)) return this.#replaceNatively(text, replacement);
		let result = '';
		let end = 0;
		for (const found of this.#all(text)) {
			result += text.slice(end, found.index) + replaced(found, replacement, text);
			end = found.index + found[0].length;
		}
		return result + text.slice(end);
	}

	#replaceNatively(text: string, replacement: string | ((...found: string[]) => string)): string {
		const native = this.#native;
		native.lastIndex = 0;
		return typeof replacement === 'string'
			? text.replace(native, replacement)
			: text.replace(native, replacement);
	}

	[Symbol.matchAll](text: string): IterableIterator<RegExpExecArray> {
		return this.#all(text);
	}

	/** All matches where the pattern is global, else the first. */
	*#all(text: string): Generator<RegExpExecArray, undefined> {
		this.lastIndex = 0;
		for (;;) {
			const found = this.exec(text);
			if (found === null) return;
			yield found;
			if (!this.global) return;
			if (found[0] === '') this.lastIndex = found.index + (isPair(text, found.index) ? 2 : 1);
			if (this.lastIndex > text.length) return;
		}
	}
}

const isPair = (text: string, index: number): boolean => (text.codePointAt(index) ?? 0) > 0xffff;

function compile(source: string, flags: string): RegExp {
	try {
		return new RegExp(source, flags);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new PatternError(`"${source}" is not a regular expression: ${reason}`);
	}
}

/** `$1`, `$<name>`, `$&`, `$$` in a replacement, as JavaScript reads them. */
const references = /\$(?:(\$)|(&)|(\d{1,2})|<([^>]*)>)/g;

function replaced(
	found: RegExpExecArray,
	replacement: string | ((...found: string[]) => string),
	text: string,
): string {
	if (typeof replacement === 'function') return replacement(...found, String(found.index), text);
	return replacement.replace(references, (whole: string, dollar, all, digits, name) => {
		if (dollar !== undefined) return '$';
		if (all !== undefined) return found[0];
		if (name !== undefined)
			return found.groups === undefined ? whole : (found.groups[String(name)] ?? '');
		const group = Number(digits);
		return group > 0 && group < found.length ? (found[group] ?? '') : whole;
	});
}
